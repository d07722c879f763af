"""The page that lists which published answers must be looked at again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from casework.domain.errors import NotAllowed
from casework.domain.staff import Role
from casework.use_cases.list_reviews import list_reviews
from casework.use_cases.office import Office
from tests.desk.agents import Agent
from tests.office import make_office, on_duty


def test_a_supervisor_sees_that_nothing_is_overdue(signed_in: Callable[[str], Agent]) -> None:
    page = signed_in("Robin Pengelly").sees("/answers")
    assert "Nothing is overdue" in page


def test_what_is_overdue_is_listed_with_its_team_and_file() -> None:
    office = make_office()
    member = on_duty(office, "Mo", Role.SUPERVISOR)
    office.clock.advance(timedelta(days=3650))  # type: ignore[attr-defined]
    late, soon = list_reviews(office, member)
    assert len(late) >= 500
    assert soon == []
    assert {review.owner for review in late} <= set(office.council.teams)


def test_agents_have_no_such_page() -> None:
    office: Office = make_office()
    with pytest.raises(NotAllowed):
        list_reviews(office, on_duty(office, "Asha"))
