"""Tells residents who follow a report what whoever made it is told."""

from __future__ import annotations

from collections.abc import Collection

from casework.domain.cases import Case
from casework.domain.conversations import Channel
from casework.domain.errors import NotFound
from casework.domain.followers import Follower
from casework.domain.outbox import Medium
from casework.domain.phones import is_mobile
from casework.domain.working_time import contact_from
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.queue_message import queue_message
from casework.use_cases.read_back import grouped_reference

SAFE_CONTACT = "safe_contact"


def tell_followers(
    office: Office, work: Work, case: Case, text: str, told: Collection[str | None] = ()
) -> set[str]:
    """Sends `text` to each follower who gave a contact, but those in `told`; gives where it went.

    It goes out in the hours in which the council writes to residents, and never to somebody whom
    it could put at risk.
    """
    sent: set[str] = set()
    for place, follower in enumerate(work.followers.of_case(case.ref)):
        to = follower.contact
        if to is None or to in {*told, *sent} or _at_risk(work, follower):
            continue
        medium = Medium.EMAIL if "@" in to else Medium.TEXT if is_mobile(to) else None
        if medium is not None and _queued(office, work, case, text, to, medium, place):
            sent.add(to)
    return sent


def _at_risk(work: Work, follower: Follower) -> bool:
    try:
        return SAFE_CONTACT in work.conversations.get(follower.conversation_id).flags
    except NotFound:
        # A case is kept longer than the conversation in which it was followed.
        return False


def _queued(
    office: Office, work: Work, case: Case, text: str, to: str, medium: Medium, place: int
) -> bool:
    by_text = medium is Medium.TEXT
    channel = Channel.SMS if by_text else Channel.WEB
    council, ref = office.council, grouped_reference(case.ref, channel)
    subject = "" if by_text else council.say("follower_subject", channel, ref=ref)
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
            text=text,
        ),
        key=f"follow:{case.ref}:{len(case.history)}:{place}",
        case_ref=case.ref,
        due_at=contact_from(office.clock.now(), council.contact, office.zone),
    )
