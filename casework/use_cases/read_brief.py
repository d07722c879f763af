"""What an agent hears before taking a call: enough to decide, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casework.domain.cases import Case, Verification
from casework.domain.catalogue import CALLBACK, PERSON
from casework.domain.drafts import Draft, DraftState
from casework.domain.handoffs import HandoffReason
from casework.use_cases.office import Office
from casework.use_cases.queue_rows import request_line, request_service
from casework.use_cases.read_conversations import verification_of

LONGEST_NAME = 60
"""Characters of a name that are worth hearing."""

LONGEST_WORDS = 15
"""Words of the resident's own that stand in for a service: more is no brief."""


@dataclass(frozen=True)
class Brief:
    """`name` is what the caller gave; `wants` a service's title or else their own words, and may
    be empty; `ref` the newest case opened in the call; `danger` says that a safety rule was met."""

    name: str | None
    verification: Verification
    wants: str
    ref: str | None
    danger: bool


def read_brief(office: Office, handoff_id: str) -> Brief:
    """The brief of a handoff. Raises NotFound."""
    with office.store.begin(reading=True) as work:
        handoff = work.handoffs.look(handoff_id)
        conversation = work.conversations.get(handoff.conversation_id)
        messages = work.conversations.messages(conversation.id)
        drafts = work.drafts.of_conversation(conversation.id)
        cases = work.cases.of_conversation(conversation.id)
    kept = [draft for draft in drafts if draft.state is not DraftState.DROPPED]
    parents = [case.ref for case in cases if case.parent_ref is None]
    found = request_service(handoff, conversation, kept)
    known = found is not None and found in office.council.services
    if known and found not in {PERSON, CALLBACK}:
        wants = office.council.service(str(found)).title
    else:
        wants = " ".join(request_line(messages, kept, handoff).split()[:LONGEST_WORDS])
    return Brief(
        name=_name(kept, cases),
        verification=verification_of(office, kept, cases),
        wants=wants,
        ref=parents[-1] if parents else None,
        danger=handoff.reason is HandoffReason.DANGER,
    )


def _name(drafts: Sequence[Draft], cases: Sequence[Case]) -> str | None:
    held = [*(case.fields for case in cases), *(draft.answers for draft in drafts)]
    names = [fields["name"].value for fields in held if "name" in fields]
    given = [str(name) for name in names if name]
    return given[-1][:LONGEST_NAME] if given else None
