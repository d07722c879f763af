"""Records what a resident was offered when the assistant was not sure, and what they meant.

Nothing is learned from it by itself: editors read it and write examples.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casework.domain.conversations import SAFE_CONTACT, Conversation, Turn
from casework.domain.guesses import LONGEST, NEITHER, Guess
from casework.domain.redaction import redact_payments
from casework.ports.store import Work
from casework.use_cases.office import Office


def note_guess(
    office: Office, work: Work, conversation: Conversation, turn: Turn, offered: Iterable[str]
) -> None:
    """Records the words of a turn and the services offered for them. What is said by somebody whom
    it could put at risk is left out."""
    if SAFE_CONTACT in conversation.flags:
        return
    likely = dict(turn.ranking)
    work.guesses.add(
        Guess(
            id=office.ids.new_id(),
            conversation_id=conversation.id,
            at=office.clock.now(),
            channel=conversation.channel,
            words=redact_payments(turn.text)[:LONGEST],
            offered=tuple((one, round(likely.get(one, 0.0), 3)) for one in offered),
        )
    )


def note_neither(work: Work, conversation: Conversation) -> None:
    """None of the services offered last was meant."""
    for guess in work.guesses.open_of(conversation.id)[-1:]:
        work.guesses.save(replace(guess, chosen=NEITHER))


def note_dealt(work: Work, conversation: Conversation, service: str) -> None:
    """What the conversation has turned to: chosen, if it was one of those just offered."""
    pending = conversation.offer is not None and conversation.offer.kind in {"which", "person"}
    guesses = work.guesses.open_of(conversation.id)
    for guess in guesses:
        offered = {name for name, _ in guess.offered}
        if pending and guess is guesses[-1] and guess.chosen is None and service in offered:
            guess = replace(guess, chosen=service)
        work.guesses.save(replace(guess, dealt=service))
