"""Indicators of real conversations: what they count, and of what time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from casework.domain.cases import CaseStatus
from casework.domain.conversations import Channel
from casework.domain.errors import NotAllowed
from casework.domain.handoffs import HandoffReason, HandoffState
from casework.domain.staff import Role, StaffMember
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.office import Office
from casework.use_cases.update_case import CaseChange, update_case
from insight.forms import LEFT_AFTER
from insight.indicators import Indicators, read_indicators
from insight.period import EARLIEST, LONGEST, Period, chosen
from tests.casework.desk import enqueue
from tests.office import NOW, Talk, make_office, on_duty

LONDON = ZoneInfo("Europe/London")
BIN = ("my recycling bin was missed on Friday", "14 Elm Road PL4 7AA")


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def supervisor(office: Office) -> StaffMember:
    return on_duty(office, "Robin", Role.SUPERVISOR)


def later(office: Office, span: timedelta) -> None:
    office.clock.advance(span)  # type: ignore[attr-defined]


def reports_a_bin(office: Office, channel: Channel = Channel.WEB) -> str:
    """A report of a missed bin to its end; the reference."""
    talk = Talk(office, channel)
    talk.says(BIN[0], "missed_bin")
    for _ in range(12):
        if talk.refs:
            return talk.refs[0]
        answer = {
            "address": BIN[1], "collection_date": "Friday", "out_on_time": "yes",
            "confirm": "yes", "contact": "ann@example.com",
        }.get(talk.asks or "", "skip")  # fmt: skip
        talk.says(answer, "affirm" if answer == "yes" else None)
    raise AssertionError(f"no case: {talk.asks} {talk.said}")


def counted(office: Office, member: StaffMember) -> Indicators:
    later(office, timedelta(seconds=1))
    now = office.clock.now()
    return read_indicators(office, member, Period(now - timedelta(days=7), now))


def test_what_the_assistant_does_alone_is_told_from_what_people_do(
    office: Office, supervisor: StaffMember
) -> None:
    Talk(office)
    reports_a_bin(office)
    waiting = Talk(office)
    waiting.says(BIN[0], "missed_bin")
    enqueue(waiting, "h1", about="missed_bin", reason=HandoffReason.COMPLEX)
    later(office, timedelta(minutes=3))
    accept_handoff(office, supervisor, "h1")
    found = counted(office, supervisor)
    contacts = found.contacts
    assert (contacts.total, contacts.spoke, contacts.contained) == (3, 2, 1)
    assert contacts.contained_share == 0.5
    assert contacts.by_channel == {Channel.VOICE: 0, Channel.SMS: 0, Channel.WEB: 3}
    assert found.people.by_reason[HandoffReason.COMPLEX] == 1
    assert found.people.by_state[HandoffState.TAKEN] == 1
    assert found.people.median_wait == found.people.longest_wait == timedelta(minutes=3)
    assert found.answers[Channel.WEB].total > 0


def test_messages_that_were_not_understood_are_counted(
    office: Office, supervisor: StaffMember
) -> None:
    talk = Talk(office)
    talk.says("blub")
    talk.says("blub blub")
    contacts = counted(office, supervisor).contacts
    assert (contacts.missed, contacts.with_misses) == (2, 1)


def test_cases_are_told_by_hour_team_and_whether_they_are_in_time(
    office: Office, supervisor: StaffMember
) -> None:
    first, second, third = (reports_a_bin(office) for _ in range(3))
    later(office, timedelta(hours=1))
    update_case(office, supervisor, first, CaseChange(status=CaseStatus.FIXED))
    later(office, timedelta(days=5))
    update_case(office, supervisor, second, CaseChange(status=CaseStatus.FIXED))
    later(office, timedelta(hours=12))
    reports_a_bin(office)
    cases = counted(office, supervisor).cases
    waste = cases.by_team["waste"]
    assert (waste.opened, waste.in_time, waste.late, waste.open, waste.overdue) == (4, 1, 1, 1, 1)
    assert third
    assert (cases.matters, cases.out_of_hours) == (4, 1)
    assert cases.by_hour[10] == 3
    assert cases.by_hour[23] == 1
    assert cases.by_service == {"missed_bin": 4}


def test_a_form_counts_as_left_when_nobody_goes_on_with_it(
    office: Office, supervisor: StaffMember
) -> None:
    talk = Talk(office)
    talk.says("my bin was missed", "missed_bin")
    asked = talk.asks
    assert asked is not None
    forms = counted(office, supervisor).forms
    assert (forms.all.begun, forms.all.going, forms.all.left) == (1, 1, 0)
    later(office, LEFT_AFTER + timedelta(minutes=1))
    forms = counted(office, supervisor).forms
    assert (forms.all.going, forms.all.left) == (0, 1)
    assert forms.left_at == {asked: 1}


def test_agents_are_not_measured_by_their_colleagues(office: Office) -> None:
    with pytest.raises(NotAllowed):
        counted(office, on_duty(office, "Asha"))


def test_days_are_the_councils_and_the_last_one_counts_whole() -> None:
    now = datetime(2026, 11, 24, 10, 30, tzinfo=LONDON)
    period = chosen(date(2026, 10, 24), date(2026, 10, 25), now, LONDON)
    assert period.start == datetime(2026, 10, 24, tzinfo=LONDON)
    assert period.end == datetime(2026, 10, 26, tzinfo=LONDON)
    # The clocks went back that night.
    assert period.end.timestamp() - period.start.timestamp() == 49 * 3600


def test_what_cannot_be_counted_is_cut_off() -> None:
    assert chosen(None, None, NOW, LONDON) == Period(NOW - timedelta(days=28), NOW)
    assert chosen(date.min, date.max, NOW, LONDON) == Period(NOW - LONGEST, NOW)
    nothing = chosen(NOW, NOW - timedelta(days=1), NOW, LONDON)
    assert nothing.start > nothing.end


@pytest.mark.parametrize("last", [date.min, datetime.min.replace(tzinfo=UTC), date(1999, 12, 30)])
def test_a_time_before_all_records_ends_where_they_could_begin(last: date | datetime) -> None:
    assert chosen(None, last, NOW, LONDON) == Period(EARLIEST - timedelta(days=28), EARLIEST)
    assert chosen(date.min, last, NOW, LONDON) == Period(EARLIEST - LONGEST, EARLIEST)
