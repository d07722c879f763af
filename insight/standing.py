"""How things stand at this moment, for those who watch over the machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from casework.domain.conversations import Channel
from casework.domain.figures import OutboxFigure
from casework.domain.handoffs import UNANSWERED, Handoff, HandoffReason
from casework.domain.outbox import Delivery
from casework.domain.staff import Availability
from casework.use_cases.office import Office
from casework.use_cases.staffing import TALKS, opened

LATELY = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """`waiting`, `talking` and `longest_wait` are of residents and people now; `agents` are those
    who talk to residents, by availability; `begun`, `missed` and `wanted` are of conversations
    begun in the last hour, `opened` of cases opened in the last day; `outbox` of messages of the
    last day or still to be sent, `oldest_due` is how long the oldest of these waits beyond its
    time."""

    open: bool
    waiting: int
    talking: int
    longest_wait: timedelta
    agents: Mapping[Availability, int]
    begun: Mapping[Channel, int]
    missed: int
    wanted: Mapping[HandoffReason, int]
    opened: Mapping[Channel, int]
    overdue: Mapping[str, int]
    outbox: Mapping[Delivery, int]
    oldest_due: timedelta


def read_standing(office: Office) -> Standing:
    """As it is now. Raises Busy or CaseworkError when the database does not answer."""
    now = office.clock.now()
    with office.store.begin(reading=True) as work:
        handoffs = work.handoffs.open()
        staff = work.staff.all()
        begun = work.figures.conversations(now - LATELY, now)
        wanted = work.figures.handoffs(now - LATELY, now)
        cases = work.figures.cases(now - DAY, now)
        overdue = work.figures.overdue(now)
        outbox = work.figures.outbox(now - DAY, now)
    waiting: list[Handoff] = [one for one in handoffs if one.state in UNANSWERED]
    channels = Counter(one.channel for one in begun)
    reasons = Counter(one.reason for one in wanted)
    from_channel = Counter(one.channel for one in cases if not one.is_part)
    there = Counter(one.availability for one in staff if one.role in TALKS)
    return Standing(
        open=opened(office),
        waiting=len(waiting),
        talking=len(handoffs) - len(waiting),
        longest_wait=max((now - one.created_at for one in waiting), default=timedelta()),
        agents={word: there[word] for word in Availability},
        begun={channel: channels[channel] for channel in Channel},
        missed=sum(one.missed for one in begun),
        wanted={reason: reasons[reason] for reason in HandoffReason},
        opened={channel: from_channel[channel] for channel in Channel},
        overdue={team: overdue.get(team, 0) for team in office.council.teams},
        outbox=_by_state(outbox),
        oldest_due=max(
            (now - one.oldest_due_at for one in outbox if one.oldest_due_at is not None),
            default=timedelta(),
        ),
    )


def _by_state(outbox: list[OutboxFigure]) -> Mapping[Delivery, int]:
    found = {one.state: one.number for one in outbox}
    return {state: found.get(state, 0) for state in Delivery}
