"""How the council answers its residents, in numbers. No number is of one person by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casework.domain.conversations import Channel
from casework.domain.errors import NotAllowed
from casework.domain.figures import WITHIN
from casework.domain.staff import Role, StaffMember
from casework.use_cases.office import Office
from insight.cases import CaseNumbers, count_cases
from insight.conversations import Contacts, People, count_contacts, count_people
from insight.forms import Forms, count_forms
from insight.period import Period

__all__ = ["Indicators", "read_indicators"]


@dataclass(frozen=True)
class Answers:
    """Messages that the assistant answered, and how many of them within each number of seconds."""

    total: int
    within: Mapping[float, int]


@dataclass(frozen=True)
class Indicators:
    """All that is counted of a time; see the parts."""

    period: Period
    contacts: Contacts
    people: People
    answers: Mapping[Channel, Answers]
    cases: CaseNumbers
    forms: Forms


def read_indicators(office: Office, member: StaffMember, period: Period) -> Indicators:
    """Counts a time. For supervisors and the back office: raises NotAllowed for agents, whose own
    work it would measure to their colleagues."""
    if member.role is Role.AGENT:
        raise NotAllowed("indicators")
    start, end = period.start, period.end
    with office.store.begin(reading=True) as work:
        conversations = work.figures.conversations(start, end)
        handoffs = work.figures.handoffs(start, end)
        cases = work.figures.cases(start, end)
        drafts = work.figures.drafts(start, end)
        times = work.figures.answer_times(start, end)
    return Indicators(
        period=period,
        contacts=count_contacts(conversations, handoffs, cases),
        people=count_people(handoffs),
        answers={
            channel: Answers(times[channel].total, dict(times[channel].within))
            if channel in times
            else Answers(0, dict.fromkeys(WITHIN, 0))
            for channel in Channel
        },
        cases=count_cases(office, cases),
        forms=count_forms(office, drafts),
    )
