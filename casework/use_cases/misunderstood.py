"""What follows when a service was begun that the resident did not mean: a choice of others."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.commands import gives_up_first
from casework.domain.conversations import SAFETY, Conversation, Turn
from casework.ports.store import Work
from casework.use_cases.filling import Filling
from casework.use_cases.forget_draft import forget
from casework.use_cases.not_understood import offer_others, offer_person
from casework.use_cases.office import Office, Progress, offering, speak

NOT_MEANT = "not:"
"""Noted in `offered`, before the service: what was taken for it is not begun once more."""

FAINT = 0.01
"""Probability below which even a second guess is not worth offering."""


def wrong_service(filling: Filling) -> Progress:
    """Lets go of the form, and goes back to what was said: other services it may have meant."""
    forget(filling.work, filling.draft)
    conversation = replace(filling.conversation, draft_id=None)
    turn, rest = filling.turn, gives_up_first(filling.turn.text)
    if rest is not None:
        # What they mean instead has been said in the same breath.
        meant = replace(turn, text=rest, rankings={rest: turn.ranking})
    else:
        meant = replace(turn, text=filling.draft.opening or turn.text)
    return not_meant(filling.office, filling.work, conversation, filling.shown, meant)


def not_meant(
    office: Office, work: Work, conversation: Conversation, service: str, turn: Turn
) -> Progress:
    """Offers what else the words of `turn` may have meant, or asks for others; the second wrong
    guess brings a person, or the question written down."""
    again = any(one.startswith(NOT_MEANT) for one in conversation.offered)
    conversation = replace(conversation, offered=(*conversation.offered, f"{NOT_MEANT}{service}"))
    refused = {one.removeprefix(NOT_MEANT) for one in conversation.offered}
    ranked = turn.rankings.get(turn.text, ())
    likely = [name for name, p in ranked if name not in refused and p >= FAINT]
    turn = replace(turn, ranking=ranked)
    if again:
        return offer_person(office, work, conversation, likely, turn)
    others = [name for name in likely if name in office.council.services.keys() - SAFETY]
    if others:
        return offer_others(office, work, conversation, others, turn)
    conversation = offering(work, conversation, None)
    said = speak(office, conversation, "misunderstood", asks="topic")
    return Progress((said,), filling=False)


def refused_before(
    office: Office, work: Work, conversation: Conversation, service: str, turn: Turn
) -> Progress | None:
    """A person, or the question written down, in place of a service that was begun once and not
    meant; None for any other, and for one that is chosen."""
    marker = f"{NOT_MEANT}{service}"
    if marker not in conversation.offered or turn.choice is not None:
        return None
    offered = tuple(one for one in conversation.offered if one != marker)
    return offer_person(office, work, replace(conversation, offered=offered), [service], turn)
