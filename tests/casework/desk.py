"""A conversation that waits for a person, and the people who may take it."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Channel, Message, Mode
from casework.domain.handoffs import Handoff, HandoffReason
from casework.domain.outbox import Outgoing
from casework.domain.staff import Role, StaffMember
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.office import Office
from tests.office import Talk

SAM = StaffMember("s", "Sam Pole", Role.AGENT, "hash-s")
KIM = StaffMember("k", "Kim Dean", Role.SUPERVISOR, "hash-k")
BO = StaffMember("b", "Bo Back", Role.BACK_OFFICE, "hash-b", ("waste",))
MOBILE = "+447700900123"


def team(office: Office) -> None:
    """Has everybody above work here."""
    with office.store.begin() as work:
        for member in (SAM, KIM, BO):
            work.staff.save(member)


def enqueue(talk: Talk, handoff_id: str = "h1", **about: object) -> Handoff:
    """Has the resident of a conversation wait for a person."""
    now = talk.office.clock.now()
    handoff = Handoff(handoff_id, talk.id, now, now, HandoffReason.ASKED)
    handoff = replace(handoff, **about)  # type: ignore[arg-type]
    with talk.office.store.begin() as work:
        work.handoffs.add(handoff)
        work.conversations.save(replace(work.conversations.get(talk.id), mode=Mode.QUEUED))
    return handoff


def waiting(office: Office, channel: Channel = Channel.WEB, **about: str) -> Talk:
    """Somebody who waits, asked which bin it was that was missed."""
    team(office)
    talk = Talk(office, channel, **about)
    talk.says("my bin was missed", "missed_bin")
    talk.says("14 Elm Road PL4 7AA")
    enqueue(talk, about="missed_bin")
    return talk


def taken(office: Office, channel: Channel = Channel.WEB, **about: str) -> Talk:
    """As `waiting`, and Sam has it."""
    talk = waiting(office, channel, **about)
    accept_handoff(office, SAM, "h1")
    return talk


def handoff_of(office: Office, handoff_id: str = "h1") -> Handoff:
    with office.store.begin(reading=True) as work:
        return work.handoffs.get(handoff_id)


def newest(talk: Talk) -> Message:
    return talk.transcript[-1]


def texts(office: Office) -> list[Outgoing]:
    """What is to go out by text, oldest first."""
    with office.store.begin(reading=True) as work:
        return work.outbox.recent()[::-1]
