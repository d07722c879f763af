"""The page on which editors see what residents meant."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from casework.use_cases.office import Office
from tests.desk.agents import Agent
from tests.office import Talk

LIKELY = (("pothole", 0.31), ("pavement", 0.2))


@pytest.fixture
def talks(office: Office) -> None:
    first = Talk(office)
    first.says("=the road by me is bad", "not_sure", ranking=LIKELY)
    first.presses("pavement")
    second = Talk(office)
    second.says("my bin thing", "not_sure", ranking=(("missed_bin", 0.4), ("bin_day", 0.3)))
    second.presses("no")


@pytest.mark.usefixtures("talks")
def test_a_supervisor_sees_the_newest_first_with_what_was_chosen(
    signed_in: Callable[[str], Agent],
) -> None:
    page = signed_in("Robin Pengelly").sees("/meant")
    assert page.index("my bin thing") < page.index("=the road by me is bad")
    assert "Report a pothole (31%)" in page
    assert "Chosen: Report a broken pavement" in page
    assert "Chosen: none of them" in page


@pytest.mark.usefixtures("talks")
def test_it_is_narrowed_to_what_was_chosen(signed_in: Callable[[str], Agent]) -> None:
    robin = signed_in("Robin Pengelly")
    assert "my bin thing" not in robin.sees("/meant?chosen=pavement")
    assert "the road by me" not in robin.sees("/meant?chosen=neither")
    assert "my bin thing" in robin.sees("/meant?chosen=neither")


@pytest.mark.usefixtures("talks")
def test_the_file_holds_the_same_and_no_formula(signed_in: Callable[[str], Agent]) -> None:
    answer = signed_in("Robin Pengelly").client.get("/desk/meant.csv?chosen=pavement")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    (row,) = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert row["words"] == "'=the road by me is bad"
    assert row["offered"] == "pothole 0.31; pavement 0.20"
    assert (row["chosen"], row["dealt"], row["channel"]) == ("pavement", "pavement", "Web chat")


@pytest.mark.usefixtures("talks")
def test_back_office_sees_what_concerns_its_own_teams(signed_in: Callable[[str], Agent]) -> None:
    page = signed_in("Bo Back").sees("/meant")
    assert "my bin thing" in page
    assert "the road by me" not in page


@pytest.mark.usefixtures("talks")
def test_agents_have_no_such_page(signed_in: Callable[[str], Agent]) -> None:
    sam = signed_in("Sam Taylor")
    assert sam.client.get("/desk/meant").status_code == 403
    assert sam.client.get("/desk/meant.csv").status_code == 403
    assert "What residents meant" not in sam.sees("/cases")
