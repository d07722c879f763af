"""What keys pressed on a telephone mean, given what was asked last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casework.domain.catalogue import PERSON
from casework.domain.conversations import Choice, Utterance
from casework.use_cases.filling import UNKEYABLE
from telephony.manner import Manner

PAGE = 3
"""Choices that keys stand for at a time: nobody keeps more in mind than they hear in one breath."""

MORE = str(PAGE + 1)
"""The key for more choices; 9 is for a repeat, 0 for a person."""

DATES = frozenset({"date", "date_past", "date_of_birth"})
NUMBERS = frozenset(
    {"phone", "contact", "account_ref", "case_ref", "reference", "digits", "resume_code"}
)
PLACES = frozenset({"address", "location", "postcode"})
OF_ANY_LENGTH = frozenset({"account_ref", "reference", "digits"})
"""Numbers that may be a single digit, for all we know of other people's."""

SPOKEN = UNKEYABLE
"""What no keys can say: a caller who does not speak gets a link by text, or leaves it out."""

LINK, UNSAID = "1", "2"
"""The keys for these two."""

LEFT_OUT = "00"
"""The keys that leave out a place: every other number could be a house's."""

LOOKED_UP = frozenset({"account_ref", "case_ref", "reference", "registration"})
"""What people must find on a letter or walk out to the car for."""

LONGEST_HOUSE_NUMBER = 4
"""Digits of a house number; a postcode has at least five letters and digits."""

PATIENT = 20
"""Seconds that somebody has for an answer who types it, or has it typed for them."""

_ON_KEYS = {
    letter: key
    for key, letters in enumerate(("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"), 2)
    for letter in letters
}

_ASKS_NUMBER = re.compile(r"\bnumber\b", re.IGNORECASE)


@dataclass(frozen=True)
class Pressed:
    """What keys said: words as typed, a choice's value, or a command.

    `command` is "person", "repeat", "more" (the next choices), "back" (the question before), "menu"
    (services to choose from), "link" (to go on in writing), "unsaid" (to leave it out) or "done"
    (a hash alone).
    """

    text: str = ""
    choice: str | None = None
    command: str | None = None


@dataclass(frozen=True)
class Plan:
    """How keys are awaited: how many (None for any), the key that ends them, and for how long."""

    num_digits: int | None
    finish_on_key: str
    seconds: int


def pressed(
    digits: str,
    said: Utterance | None,
    page: int = 0,
    manner: Manner | None = None,
    postcodes: Sequence[str] = (),
) -> Pressed | None:
    """What keys mean after `said`, of whose choices `page` was offered; None when nothing.

    A hash at the end of `digits` closed them. `postcodes` are those that letters on the keys can
    stand for.
    """
    keys, closed = re.sub(r"[^0-9*]", "", digits), digits.endswith("#")
    if keys in ("0", "*"):
        return Pressed(command="person" if keys == "0" else "back")
    if not keys:
        return Pressed(command="done") if closed else None
    money = said is not None and said.kind == "money"
    if keys == "9" and not money and not (closed and _may_be_one_digit(said, manner)):
        return Pressed(command="repeat")
    if said is None:
        return None
    if keys == for_something_else(said, page):
        return Pressed(command="menu")
    if by_keys_alone(said, manner) and keys in (LINK, UNSAID):
        return Pressed(command="link" if keys == LINK else "unsaid")
    if _by_house_number(said, manner) and len(keys) <= LONGEST_HOUSE_NUMBER and "*" not in keys:
        return _house_number(keys, said, manner)
    if len(keys) == 1 and not money:
        one = said.kind in OF_ANY_LENGTH and closed
        return _chosen(keys, said, page) or (Pressed(text=keys) if one else None)
    return _value(keys, said, postcodes)


def by_number(said: Utterance, manner: Manner | None) -> bool:
    """Whether keys are awaited for a place: its postcode, or its house number."""
    keyed = manner is not None and (manner.keypad or manner.offered)
    return keyed and said.kind in PLACES - {"postcode"} and not _chooses(said)


def leaves_out(said: Utterance, manner: Manner | None) -> str:
    """The keys that leave out what is keyed as a number, where it may be left out."""
    return LEFT_OUT if _by_house_number(said, manner) else "1"


def by_keys_alone(said: Utterance, manner: Manner | None) -> bool:
    """Whether somebody who does not speak is asked for what no keys can say."""
    keyed = manner is not None and manner.keypad
    return keyed and said.kind in SPOKEN and not _chooses(said)


def plan(said: Utterance | None, manner: Manner | None = None) -> Plan:
    """How to await the answer to `said`.

    A question that keys do not answer still awaits one, so that 0 brings a person at once.
    """
    manner = manner or Manner()
    kind = said.kind if said else None
    seconds = 8 if kind in LOOKED_UP else 6
    unhurried = manner.patient or manner.waiting
    if unhurried:
        seconds = PATIENT
    if said is None or _chooses(said):
        return Plan(1, "", min(seconds, 5) if said and not unhurried else seconds)
    if kind in DATES or kind == "case_ref":
        return Plan(8, "#", seconds)
    if kind == "resume_code":
        return Plan(6, "#", seconds)
    places = kind in PLACES and (manner.keypad or manner.offered)
    if kind in NUMBERS or kind == "money" or places or _asks_house_number(said):
        return Plan(None, "#", seconds)
    # A hash in the middle of a story is left to the carrier, which ignores it: one that came to us
    # would have put an end to what is being heard.
    told = kind == "text" or said.asks == "topic"
    return Plan(1, "#" if told else "", seconds)


def offered(said: Utterance, page: int = 0) -> list[tuple[str, Choice]]:
    """The keys of a page and their choices, three or at most four; a person is on key 0 always.

    Empty for an amount of money, where every key but 0 is part of the amount.
    """
    choices = _in_order(said)
    size = _size(choices)
    shown = choices[page * size : (page + 1) * size]
    return [(str(key), choice) for key, choice in enumerate(shown, 1)]


def more(said: Utterance, page: int = 0) -> bool:
    """Whether choices are left after this page: key 4 gives them."""
    choices = _in_order(said)
    return len(choices) > (page + 1) * _size(choices)


def for_something_else(said: Utterance, page: int = 0) -> str | None:
    """The key for services to choose from where anything may be asked for: the one behind the
    choices there are ("No, that's all"). None at any other question."""
    if said.asks != "topic" or more(said, page):
        return None
    return str(len(offered(said, page)) + 1)


def _size(choices: list[Choice]) -> int:
    """Choices of a page. A fourth alone is told with the rest: to offer it takes as long."""
    return len(choices) if len(choices) == PAGE + 1 else PAGE


def _in_order(said: Utterance) -> list[Choice]:
    """The choices as keys count them: in a yes or no question 1 is always yes and 2 no."""
    if said.kind == "money":
        return []
    choices = [choice for choice in said.choices if choice.value != PERSON]
    by_value = {choice.value: choice for choice in choices}
    if "yes" in by_value and "no" in by_value:
        others = [choice for choice in choices if choice.value not in ("yes", "no")]
        return [by_value["yes"], by_value["no"], *others]
    return choices


def _chooses(said: Utterance) -> bool:
    """Whether a question is answered by one key. A way out ("skip") makes it no choice."""
    return said.kind == "yes_no" or any(choice.value != "skip" for choice in _in_order(said))


def _chosen(key: str, said: Utterance, page: int) -> Pressed | None:
    if key == MORE and more(said, page):
        return Pressed(command="more")
    for own_key, choice in offered(said, page):
        if own_key == key:
            return Pressed(choice=choice.value)
    if said.kind == "yes_no" and not said.choices and key in "12":
        return Pressed(choice="yes" if key == "1" else "no")
    return None


def _may_be_one_digit(said: Utterance | None, manner: Manner | None) -> bool:
    """Whether a single digit can be all of the number that is asked for."""
    if said is None or _chooses(said):
        return False
    return said.kind in OF_ANY_LENGTH or _by_house_number(said, manner)


def _by_house_number(said: Utterance, manner: Manner | None) -> bool:
    return by_number(said, manner) or _asks_house_number(said)


def _house_number(keys: str, said: Utterance, manner: Manner | None) -> Pressed | None:
    """A house number without noughts in front; the way out of the question, where it has one."""
    number = keys.lstrip("0")
    if not number:
        skips = keys == LEFT_OUT and any(choice.value == "skip" for choice in said.choices)
        return Pressed(choice="skip") if skips else None
    # A digit alone could be taken for a key of a menu.
    return Pressed(text=f"number {number}" if by_number(said, manner) else number)


def postcode_on_keys(keys: str, postcodes: Sequence[str]) -> str | None:
    """The postcode that keys with letters on them spell ("754722" is PL4 7AA); None when none of
    `postcodes` does, or more than one."""
    found = [one for one in postcodes if _keyed(one) == keys]
    return found[0] if len(found) == 1 else None


def _keyed(postcode: str) -> str:
    return "".join(str(_ON_KEYS.get(sign, sign)) for sign in postcode.replace(" ", ""))


def _value(keys: str, said: Utterance, postcodes: Sequence[str]) -> Pressed | None:
    """A value keyed in: its digits, in the shape in which the reader knows it."""
    if said.kind == "money":
        amount = re.fullmatch(r"([0-9]*)(?:\*([0-9]{0,2}))?", keys)
        if amount is None:
            return None
        return Pressed(text=f"{amount[1] or '0'}.{amount[2]}" if amount[2] else amount[1])
    if "*" in keys:
        return None
    if said.kind in DATES:
        return Pressed(text=_date(keys))
    if said.kind in PLACES and not _chooses(said) and len(keys) > LONGEST_HOUSE_NUMBER:
        postcode = postcode_on_keys(keys, postcodes)
        return Pressed(text=postcode) if postcode else None
    if said.kind in NUMBERS or _asks_house_number(said):
        return Pressed(text=keys)
    return None


def _date(keys: str) -> str:
    """DDMMYYYY, DDMMYY or DDMM with strokes, impossible or not: the reader says what is wrong."""
    if len(keys) in (6, 8):
        return f"{keys[:2]}/{keys[2:4]}/{keys[4:]}"
    return f"{keys[:2]}/{keys[2:]}" if len(keys) == 4 else keys


def _asks_house_number(said: Utterance) -> bool:
    """Whether a question for a place asks for its number, so that digits can answer it."""
    if said.kind not in PLACES or _chooses(said) or said.kind == "postcode":
        return False
    return bool(_ASKS_NUMBER.search(said.text))
