"""Tells residents who follow a report how it stands: never what staff write to whoever made it."""

from __future__ import annotations

from collections.abc import Collection

from casework.domain.cases import Case
from casework.domain.contact_wishes import ContactWishes, written_from
from casework.domain.conversations import SAFE_CONTACT, Channel, Conversation
from casework.domain.errors import NotFound
from casework.domain.followers import Follower
from casework.domain.outbox import Medium
from casework.domain.phones import is_mobile
from casework.ports.store import Work
from casework.use_cases.hear_wishes import wishes_in
from casework.use_cases.office import Office
from casework.use_cases.queue_message import queue_message
from casework.use_cases.read_back import grouped_reference


def tell_followers(
    office: Office, work: Work, case: Case, told: Collection[str | None] = ()
) -> set[str]:
    """Sends the case's status to each follower who gave a contact, but those in `told`; gives where
    it went.

    Followers are strangers to the resident who made the report: they hear the council's word for
    the status and nothing that staff wrote. It goes out in the hours in which the council writes to
    residents, and in theirs, and never to somebody whom it could put at risk.
    """
    sent: set[str] = set()
    for place, follower in enumerate(work.followers.of_case(case.ref)):
        to = follower.contact
        if to is None or to in {*told, *sent}:
            continue
        conversation = _conversation(work, follower)
        if conversation is not None and SAFE_CONTACT in conversation.flags:
            continue
        medium = Medium.EMAIL if "@" in to else Medium.TEXT if is_mobile(to) else None
        wishes = _wishes(office, work, conversation)
        if medium is None or not wishes.allows(medium.value):
            continue
        if _queued(office, work, case, to, medium, wishes, place):
            sent.add(to)
    return sent


def _conversation(work: Work, follower: Follower) -> Conversation | None:
    """None when it is gone: a case is kept longer than the conversation in which it was
    followed."""
    try:
        return work.conversations.get(follower.conversation_id)
    except NotFound:
        return None


def _wishes(office: Office, work: Work, conversation: Conversation | None) -> ContactWishes:
    if conversation is None:
        return ContactWishes()
    return wishes_in(office, work.conversations.messages(conversation.id))


def _queued(
    office: Office,
    work: Work,
    case: Case,
    to: str,
    medium: Medium,
    wishes: ContactWishes,
    place: int,
) -> bool:
    by_text = medium is Medium.TEXT
    channel = Channel.SMS if by_text else Channel.WEB
    council, ref = office.council, grouped_reference(case.ref, channel)
    subject = "" if by_text else council.say("follower_subject", channel, ref=ref)
    state = council.say(f"status_{case.status}", channel)
    return queue_message(
        office,
        work,
        medium=medium,
        to=to,
        subject=subject,
        text=council.say(
            "follower_text" if by_text else "follower_email",
            channel,
            ref=ref,
            state=state,
        ),
        key=f"follow:{case.ref}:{len(case.history)}:{place}",
        case_ref=case.ref,
        due_at=written_from(office.clock.now(), council.contact, wishes, office.zone),
    )
