"""Hears the answers by which residents show who they are. Nothing it says tells whether there is a
record, or which answer was wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from casework.domain.fields import Field
from casework.domain.identity import (
    ACCOUNT,
    AUTHORITY,
    DATE_OF_BIRTH,
    FIRST,
    NAME,
    POSTCODE,
    QUESTIONS,
    RELATIONSHIP,
    RESIDENT,
    SECRETS,
    THIRD_PARTY,
    Identity,
)
from casework.ports.reading import Read, Reading, Refused
from casework.use_cases.ask_draft import GIVES_UP_AFTER
from casework.use_cases.check_identity import (
    end_unverified,
    give,
    identity_question,
    keep_identity,
)
from casework.use_cases.filling import Filling, agrees, plain
from casework.use_cases.finish_draft import go_on
from casework.use_cases.identity_asked import ASKED_FIRST
from casework.use_cases.office import Progress
from casework.use_cases.steer_draft import goes_back, steer_draft
from casework.use_cases.take_along import take_along

WITHOUT = re.compile(
    r"(?i)\W*(?:skip (?:it all|all(?: of (?:it|this|them))?|the (?:check|questions))"
    r"|(?:carry|go) on without(?: (?:it|this|them|the check))?"
    r"|i(?:'d| would) rather not(?: be checked)?|no(?:ne of this)? checks?)\W*"
)
"""Wants to go on without any check."""

SKIPS = re.compile(r"(?i)\W*(?:skip(?: it| this)?|pass|rather not(?: say)?|next)\W*")

LACKS = re.compile(
    r"(?i)\b(?:(?:don'?t|do not|can'?t|cannot|haven'?t|have not|not) (?:\w+ ){0,3}"
    r"(?:have|know|got|find|remember|recall|say|sure|tell|see)|no idea|not sure|lost (?:it|the|my)|"
    r"forgot(?:ten)?)\b"
)
"""Does not have what is asked."""

WHY = re.compile(
    r"(?i)\W*(?:but |and |so )?(?:why\b|what(?:'s| is| do you need) (?:that|it|this) for\b"
    r"|what do you (?:need|want) (?:that|it|this|my \w+) for\b|do i have to\b)"
)
"""Asks what the question is for."""

_OTHERS = {
    NAME: "name",
    ACCOUNT: "account_ref",
    POSTCODE: "postcode",
    DATE_OF_BIRTH: "date_of_birth",
}
"""What may be given along with another answer, by the id under which a reader finds it."""

_BORN = re.compile(r"(?i)\b(?:born|birth|dob|birthday)\b")


def verify_resident(filling: Filling) -> Progress | None:
    """Deals with the reply to a question of identity; None at any other question."""
    asking = filling.draft.asking
    if asking not in ASKED_FIRST or filling.service.use(asking or "") is not None:
        return None
    if goes_back(filling):
        return _went_back(filling)
    if steered := steer_draft(filling):
        return steered
    if asking in {RELATIONSHIP, AUTHORITY, RESIDENT}:
        return _third_party(filling, asking)
    flags = filling.conversation.flags
    wanted = identity_question(filling)
    if wanted is None or filling.conversation.flags != flags:
        # They speak for somebody else, or it was settled elsewhere.
        return go_on(filling)
    return _answer(filling, asking)


def _answer(filling: Filling, asking: str) -> Progress:
    said = filling.said
    if filling.turn.choice is None and WHY.match(said):
        filling.note("field_help", help=filling.office.council.fields[asking].help)
        filling.keep(filling.draft)
        return Progress(filling.notes, filling=True)
    if filling.turn.choice is None and WITHOUT.fullmatch(said):
        return _without(filling)
    skips = SKIPS.fullmatch(said) is not None
    if skips or (filling.turn.choice is None and _lacks(filling, asking)):
        return _not_known(filling, asking)
    if asking in SECRETS:
        _hide(filling)
    corrected = _corrected(filling, asking)
    reading = None if corrected else read_as(filling, asking, said)
    along = _along(filling, asking)
    if isinstance(reading, Read):
        give(filling, asking, str(reading.value))
    for question, value in along.items():
        give(filling, question, value)
    if corrected or isinstance(reading, Read) or along:
        return go_on(filling)
    if isinstance(reading, Refused):
        filling.note(f"refused_{reading.reason}")
        return _again(filling, asking)
    if filling.turn.choice is None and _told_ahead(filling):
        return go_on(filling)
    filling.note("still_not_caught" if filling.draft.tries else "not_caught")
    return _again(filling, asking)


def _told_ahead(filling: Filling) -> bool:
    """Takes what answers a question still to come ("my new address is ..."), and says so."""
    before = filling.draft.answers
    take_along(filling)
    return filling.draft.answers != before


def read_as(filling: Filling, question: str, text: str) -> Reading | None:
    """What a reply gives for a question; a reference may be an account's or a claim's."""
    office = filling.office
    if question == ACCOUNT:
        account = office.reader.read(plain("account_ref"), text, office.context())
        if isinstance(account, Read):
            return account
    if question == DATE_OF_BIRTH:
        born = replace(office.council.fields[question], id="date_of_birth")
        return office.reader.read(born, text, office.context())
    return office.reader.read(office.council.fields[question], text, office.context())


def _lacks(filling: Filling, asking: str) -> bool:
    if isinstance(read_as(filling, asking, filling.said), Read):
        return False
    return filling.steers("dont_know") or LACKS.search(filling.said) is not None


def _not_known(filling: Filling, asking: str) -> Progress:
    """A factor that they do not have gives way to the next; without the rest there is no check."""
    if asking in FIRST:
        return _without(filling)
    identity = filling.conversation.identity or Identity()
    keep_identity(filling, identity.not_knowing(asking))
    return go_on(filling)


def _without(filling: Filling) -> Progress:
    if filling.draft.asking == ACCOUNT:
        _leaves_out_references(filling)
    end_unverified(filling, "declined")
    return go_on(filling)


def _leaves_out_references(filling: Filling) -> None:
    """Whoever has neither number is not asked for one of them again."""
    for field_id in ("account_ref", "claim_ref"):
        use = filling.service.use(field_id)
        if use is not None and use.optional and field_id not in filling.draft.answers:
            filling.answer(field_id, None)


def _again(filling: Filling, asking: str) -> Progress:
    """Asks once more in other words; the third time it goes on as if it were not known."""
    if filling.draft.tries >= GIVES_UP_AFTER:
        filling.notes = ()
        return _not_known(filling, asking)
    filling.keep(replace(filling.draft, tries=filling.draft.tries + 1))
    return Progress(filling.notes, filling=True)


def _corrected(filling: Filling, asking: str) -> bool:
    """Takes another value for something given before, when the reply names it: "no, my account
    number is ..."."""
    identity, text = filling.conversation.identity or Identity(), filling.turn.text
    fields = [filling.office.council.fields[n] for n in QUESTIONS if n in identity.given]
    if filling.turn.choice is not None or not fields:
        return False
    named = filling.office.reader.mentions(fields, text)
    if named is None or named == asking:
        return False
    words = filling.office.reader.correction(text)
    reading = read_as(filling, named, words)
    if not isinstance(reading, Read) and named == NAME:
        reading = _own_name(filling, text)
    if named in SECRETS:
        _hide(filling)
    if isinstance(reading, Read):
        give(filling, named, str(reading.value))
    else:
        keep_identity(filling, identity.without(named))
    return True


def _own_name(filling: Filling, text: str) -> Read | None:
    field = replace(plain("person_name"), id="name")
    found = filling.office.reader.find([field], text, filling.office.context())
    return Read(found["name"]) if "name" in found else None


def _along(filling: Filling, asking: str) -> dict[str, str]:
    """Answers to other questions still open that the reply plainly gives."""
    identity, text = filling.conversation.identity or Identity(), filling.turn.text
    if filling.turn.choice is not None or len(text.split()) < len(FIRST) + 1:
        return {}
    wanted = {n: i for n, i in _OTHERS.items() if n != asking and n not in identity.given}
    if not _BORN.search(text):
        wanted.pop(DATE_OF_BIRTH, None)
    fields: list[Field] = [
        replace(plain(_type(filling, question)), id=field_id)
        for question, field_id in wanted.items()
    ]
    found = filling.office.reader.find(fields, text, filling.office.context())
    along = {n: str(found[i]) for n, i in wanted.items() if i in found}
    if set(along) & SECRETS:
        _hide(filling)
    return along


def _type(filling: Filling, question: str) -> str:
    return "account_ref" if question == ACCOUNT else filling.office.council.fields[question].type


def _hide(filling: Filling) -> None:
    """Keeps the words of this turn from staff: they are compared, and nobody need read them."""
    identity = filling.conversation.identity or Identity()
    keep_identity(filling, identity.not_showing(filling.turn.id))


def _went_back(filling: Filling) -> Progress:
    identity = filling.conversation.identity or Identity()
    previous = identity.previous()
    if previous is None or identity.settled:
        filling.note("nothing_before")
        filling.keep(filling.draft)
        return Progress(filling.notes, filling=True)
    keep_identity(filling, identity.without(previous))
    filling.note("went_back")
    return go_on(filling)


def _third_party(filling: Filling, asking: str) -> Progress:
    """Who they are to the resident, who that is, and whether they say that this is on record."""
    identity = filling.conversation.identity or Identity()
    skips = SKIPS.fullmatch(filling.said) is not None or filling.steers("dont_know")
    field = filling.field
    if asking == AUTHORITY:
        agreed = agrees(filling.office, filling.turn)
        if agreed is None and not skips:
            return _asked_again(filling, asking)
        keep_identity(filling, replace(identity, authority=bool(agreed)))
        return go_on(filling)
    reading = None
    if field is not None:
        reading = filling.office.reader.read(field, filling.said, filling.office.context())
    if asking == RESIDENT and (isinstance(reading, Read) or skips):
        named = str(reading.value) if isinstance(reading, Read) else ""
        keep_identity(filling, replace(identity, resident=named))
        return go_on(filling)
    if isinstance(reading, Read) or skips:
        value = str(reading.value) if isinstance(reading, Read) else "other"
        keep_identity(filling, replace(identity, relationship=value))
        return go_on(filling)
    return _asked_again(filling, asking)


def _asked_again(filling: Filling, asking: str) -> Progress:
    if filling.draft.tries >= GIVES_UP_AFTER:
        identity = filling.conversation.identity or Identity(how=THIRD_PARTY)
        left: dict[str, dict[str, Any]] = {
            AUTHORITY: {"authority": False},
            RESIDENT: {"resident": ""},
        }
        keep_identity(filling, replace(identity, **left.get(asking, {"relationship": "other"})))
        return go_on(filling)
    filling.note("still_not_caught" if filling.draft.tries else "not_caught")
    filling.keep(replace(filling.draft, tries=filling.draft.tries + 1))
    return Progress(filling.notes, filling=True)
