"""What an agent hears about a call: enough to decide, and who it is once they have taken it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casework.domain.cases import Case, Verification
from casework.domain.catalogue import CALLBACK, PERSON
from casework.domain.drafts import Draft, DraftState
from casework.domain.handoffs import HandoffReason
from casework.use_cases.office import Office, known_service
from casework.use_cases.queue_rows import request_line, request_service
from casework.use_cases.read_conversations import unshown, verification_of

LONGEST_NAME = 60
"""Characters of a name that are worth hearing."""

LONGEST_WORDS = 15
"""Words of the resident's own that stand in for a service: more is no brief."""


@dataclass(frozen=True)
class Brief:
    """`wants` is a service's title with its `team`, both empty without one; `language` a code such
    as "en"; `danger` says that a safety rule was met. These tell nothing of who calls.

    `name` is what the caller gave, `words` their own where no service is known (may be empty),
    `ref` the newest case opened in the call. These are for whoever has taken the call.
    """

    verification: Verification
    wants: str
    team: str
    language: str
    danger: bool
    name: str | None
    words: str
    ref: str | None


def read_brief(office: Office, handoff_id: str) -> Brief:
    """The brief of a handoff. Raises NotFound."""
    with office.store.begin(reading=True) as work:
        handoff = work.handoffs.look(handoff_id)
        conversation = work.conversations.get(handoff.conversation_id)
        messages = unshown(conversation, work.conversations.messages(conversation.id))
        drafts = work.drafts.of_conversation(conversation.id)
        cases = work.cases.of_conversation(conversation.id)
    kept = [draft for draft in drafts if draft.state is not DraftState.DROPPED]
    parents = [case.ref for case in cases if case.parent_ref is None]
    found = request_service(handoff, conversation, kept)
    service = None if found in {PERSON, CALLBACK} else known_service(office, found)
    words = "" if service else request_line(messages, kept, handoff)
    return Brief(
        verification=verification_of(office, kept, cases, conversation),
        wants=service.title if service else "",
        team=office.council.teams[service.team].name if service else "",
        language=conversation.language,
        danger=handoff.reason is HandoffReason.DANGER,
        name=_name(kept, cases),
        words=" ".join(words.split()[:LONGEST_WORDS]),
        ref=parents[-1] if parents else None,
    )


def _name(drafts: Sequence[Draft], cases: Sequence[Case]) -> str | None:
    held = [*(case.fields for case in cases), *(draft.answers for draft in drafts)]
    names = [fields["name"].value for fields in held if "name" in fields]
    given = [str(name) for name in names if name]
    return given[-1][:LONGEST_NAME] if given else None
