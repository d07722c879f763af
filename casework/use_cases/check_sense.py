"""Looks at dates together: an end before its start, or a day so long ago that it may be a slip."""

from __future__ import annotations

from casework.domain.branches import at_odds, is_doubtful
from casework.domain.conversations import Author, Turn, Utterance
from casework.domain.drafts import CONFIRM, Candidate, uses_in_order
from casework.domain.fields import Field
from casework.use_cases.filling import Filling
from casework.use_cases.read_back import read_back

HEARD = 0.75
"""How sure a recogniser must be of a value for it not to be asked about at once."""

ASKED_ABOUT = frozenset(
    {"person_name", "address", "location", "postcode", "date", "date_past", "phone", "contact"}
    | {"email", "account_ref", "case_ref", "reference", "registration", "money", "choice"}
)
"""Types that are short enough to be asked about, and long enough to be misheard."""

TOLD_BACK = ASKED_ABOUT - {"choice"}
"""Types that a recogniser gets wrong without its showing; a choice is one of few."""


def contradicts(filling: Filling, field: Field, value: object) -> bool:
    """Whether a value does not fit what was said before; says why, if so."""
    if not at_odds(field, value, filling.draft.values):
        return False
    filling.note(f"refused_{field.reason}")
    return True


def doubted(filling: Filling, field: Field, value: object) -> tuple[Candidate, ...]:
    """The value to be asked about once more, with why; nothing for one that is likely enough and
    was heard well."""
    if is_doubtful(field, value, filling.office.local_now.date()):
        filling.note("long_ago")
    elif field.type not in ASKED_ABOUT or heard_well(filling.turn):
        return ()
    words = read_back(filling.office, filling.conversation, filling.service, field, value)
    return (Candidate(words, value),)


def as_heard(filling: Filling, field: Field) -> tuple[Utterance, ...]:
    """What was taken for the answer, said in passing to whoever spoke it: a slip of the recogniser
    is put right at once, and not at the end. Where a number is safe with nobody it is not said."""
    value = filling.draft.value(field.id)
    spoken = filling.turn.sure is not None
    if not spoken or filling.unsafe or field.type not in TOLD_BACK or value is None:
        return ()
    if filling.draft.asking == CONFIRM or filling.conversation.offer is not None:
        return ()
    words = read_back(filling.office, filling.conversation, filling.service, field, value)
    text = filling.office.council.say("as_heard", filling.conversation.channel, value=words)
    return (Utterance(text=text, service=filling.shown),)


def heard_well(turn: Turn) -> bool:
    """Whether what was said is surely what was written down; true of what was typed or keyed."""
    return turn.sure is None or turn.sure >= HEARD


def drop_contradictions(filling: Filling) -> None:
    """Takes back what no longer fits an answer that was changed; it is asked again, with why."""
    for use in uses_in_order(filling.service, filling.draft):
        if contradicts(filling, use.field, filling.draft.value(use.field.id)):
            filling.draft = filling.draft.without_answer(use.field.id)


def tell_notice_rule(filling: Filling) -> None:
    """Tells once, when the date of a change is known, within what time a rule wants to hear."""
    rule = filling.service.notice_rule
    if rule is None or filling.draft.value(rule.field) is None:
        return
    before = filling.notes
    filling.tell(rule.said, within=rule.within)
    if said_before(filling, filling.notes[-1].text):
        filling.notes = before


def said_before(filling: Filling, text: str) -> bool:
    """Whether a text has been said since this form was begun."""
    return any(
        text in message.said.text
        for message in filling.work.conversations.messages(filling.conversation.id)
        if message.author is not Author.RESIDENT and message.at >= filling.draft.created_at
    )
