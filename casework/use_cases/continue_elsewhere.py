"""Goes on where a conversation on another channel was, for whoever holds the link given there."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.continuations import Continuation
from casework.domain.conversations import Conversation, Turn, Utterance
from casework.domain.drafts import Draft, DraftState
from casework.domain.errors import NotFound
from casework.domain.tokens import hash_of
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft, question
from casework.use_cases.begin_service import resume
from casework.use_cases.offer_next import handed_over
from casework.use_cases.office import Office, speak


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
    conversation = replace(
        conversation,
        flags=before.flags,
        kept=before.kept,
        offered=before.offered,
        language=before.language,
    )
    work.conversations.save(conversation)
    return _taken_over(office, work, conversation, parked)


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


def _taken_over(
    office: Office, work: Work, conversation: Conversation, parked: Draft
) -> tuple[Utterance, ...]:
    """The draft lives on here, and is over where it was begun."""
    here = replace(parked, id=office.ids.new_id(), conversation_id=conversation.id)
    work.drafts.add(here)
    work.drafts.save(replace(parked, state=DraftState.DROPPED))
    turn = Turn(id=here.id, text="")
    progress = resume(office, work, conversation, here, turn)
    conversation = work.conversations.get(conversation.id)
    draft = active_draft(work, conversation)
    service = office.council.service(parked.about or parked.service)
    hello = speak(office, conversation, "continued", service=service.id, short=service.short)
    asked = () if draft is None else (question(office, conversation, draft),)
    # Its own "let's carry on" is said in the greeting.
    return (hello, *progress.said[1:], *asked)
