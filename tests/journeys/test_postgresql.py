"""The same conversation on PostgreSQL."""

from __future__ import annotations

import pytest

from tests.casework.store.conftest import fresh_database
from tests.journeys.conftest import Resident
from tests.journeys.test_whole_way import MOVE
from tests.product import running_product


def test_a_house_move_on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> None:
    var = tmp_path_factory.mktemp("elsewhere")
    with fresh_database() as url, running_product(var, url) as product:
        resident = Resident(product.address)
        resident.says("I'm moving house")
        resident.tells(MOVE)
        resident.picks("yes")
        assert len(resident.refs) == 1
        assert resident.http.get("/readyz").status_code == 200
