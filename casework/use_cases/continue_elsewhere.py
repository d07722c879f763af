"""Goes on where a conversation on another channel was, for whoever holds the link given there."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.continuations import Continuation
from casework.domain.conversations import Conversation, Turn, Utterance
from casework.domain.drafts import Draft, DraftState, Source
from casework.domain.errors import NotFound
from casework.domain.identity import Identity
from casework.domain.tokens import hash_of
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft, question
from casework.use_cases.offer_next import handed_over
from casework.use_cases.office import Office, Progress, speak
from casework.use_cases.resume_draft import resume


def open_link(office: Office, code: str) -> None:
    """Raises NotFound for a link that leads nowhere (any more), whyever."""
    with office.store.begin(reading=True) as work:
        _continuation(office, work, code)


def continue_elsewhere(
    office: Office, work: Work, conversation: Conversation, code: str
) -> tuple[Utterance, ...]:
    """Takes over into a new conversation what was begun in the one that the link came from.

    What was said there is not asked again. The link works once. Raises NotFound.
    """
    continuation, parked = _continuation(office, work, code)
    before = work.conversations.get(continuation.conversation_id)
    work.continuations.save(replace(continuation, used_by=conversation.id))
    progress = take_over(office, work, conversation, before, parked)
    conversation = work.conversations.get(conversation.id)
    draft = active_draft(work, conversation)
    asked = () if draft is None else (question(office, conversation, draft),)
    return (*progress.said, *asked)


def _continuation(office: Office, work: Work, code: str) -> tuple[Continuation, Draft]:
    """The link and the draft it leads to: not one used, too old, or whose matter is dealt with."""
    continuation = work.continuations.get(hash_of(code))
    # The conversation first, as in every turn: the other order could wait for itself.
    before = work.conversations.get(continuation.conversation_id)
    draft = work.drafts.get(continuation.draft_id)
    over = continuation.used_by is not None or continuation.expires_at <= office.clock.now()
    if over or draft.state is not DraftState.PARKED or handed_over(work, before, draft):
        raise NotFound("link")
    return continuation, draft


def take_over(
    office: Office, work: Work, conversation: Conversation, before: Conversation, parked: Draft
) -> Progress:
    """Goes on in `conversation` with the draft put aside in `before`, where it is then over. Danger
    known there is known here; what was kept for later there is kept here."""
    conversation = replace(
        conversation,
        flags=_joined(conversation.flags, before.flags),
        kept=_joined(conversation.kept, before.kept),
        kept_words={**before.kept_words, **conversation.kept_words},
        offered=_joined(conversation.offered, before.offered),
        language=before.language,
        identity=conversation.identity or _not_asked_again(before.identity),
    )
    work.conversations.save(conversation)
    # What came from a record is for whoever proves here who they are.
    own = {name: a for name, a in parked.answers.items() if a.source is not Source.RECORD}
    new_id = office.ids.new_id()
    here = replace(parked, id=new_id, conversation_id=conversation.id, answers=own)
    work.drafts.add(here)
    work.drafts.save(replace(parked, state=DraftState.DROPPED))
    work.evidence.hand_over(before.id, conversation.id, parked.id, here.id)
    progress = resume(office, work, conversation, here, Turn(id=here.id, text=""))
    service = office.council.service(parked.about or parked.service)
    hello = speak(office, conversation, "continued", service=service.id, short=service.short)
    # Its own "let's carry on" is said in the greeting.
    return Progress((hello, *progress.said[1:]), progress.filling)


def _not_asked_again(before: Identity | None) -> Identity | None:
    """Whoever would not, or could not, show who they are there need not say so again. Identity that
    held there has to be shown here."""
    return before if before is not None and before.settled and not before.verified else None


def _joined(here: tuple[str, ...], there: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*here, *there)))
