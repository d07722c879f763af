"""House moves on the telephone, each to its end: by keys alone, by speech alone, with a third of
the words garbled, through Relay UK, and twenty at once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.journeys.conftest import Staff
from tests.journeys.phones import Caller, ring
from tests.product import Product

SPOKEN = {
    "direction": "to another house in Plymouth",
    "name": "Priya Shah",
    "contact": "oh seven seven double oh nine hundred one two three",
    "old_address": "fourteen elm road p l four seven a a",
    "new_address": "seven oak street p l two one a b",
    "move_date": "the twelfth of december",
    "tenure": "we're renting it from a private landlord",
    "other_adults": "just me",
    "services_to_tell": "bins please",
}
KEYED = {
    "contact": "07700900123#",
    "old_address": "754722#",
    "new_address": "752122#",
    "move_date": "12122026",
}
HOUSE = {"old_address": "14#", "new_address": "7#"}
MEANT = ("within", "tenant", "yes")
"""Choices that the caller would make."""
NOISE = "mumble barley crackle hiss sandwich umbrella velvet".split()


def newest(caller: Caller) -> dict[str, Any]:
    message: dict[str, Any] = caller.talk["messages"][-1]
    return message


def is_right(caller: Caller, field: str) -> bool:
    """Whether what was captured is what the caller means."""
    held = caller.fields.get(field, {}).get("value")
    if field == "old_address":
        return bool(held) and held["lines"][:1] == ["14 Elm Road"]
    if field == "new_address":
        return bool(held) and held["lines"][:1] == ["7 Oak Street"]
    wanted = {"contact": "+447700900123", "direction": "within", "name": "Priya Shah"}
    if field == "move_date":
        return str(held).endswith("-12-12")
    return field not in wanted or held == wanted[field]


def assert_moved(caller: Caller, staff: Staff, *, named: bool = True) -> None:
    """The move is with the council, as it was meant."""
    assert caller.refs, caller.heard.text
    case = staff.case(caller.refs[0])
    assert case["service"] == "house_move"
    fields = case["fields"]
    assert fields["old_address"]["postcode"] == "PL4 7AA"
    assert fields["old_address"]["lines"] == ["14 Elm Road"]
    assert fields["new_address"]["postcode"] == "PL2 1AB"
    assert fields["move_date"].endswith("-12-12")
    assert fields["contact"] == "+447700900123"
    assert fields["name"] == ("Priya Shah" if named else None)
    assert case["children"]


def key_for(caller: Caller) -> str:
    """The key, or keys, that answer what is asked."""
    asked = newest(caller)
    asks = asked["asks"]
    real = [c for c in asked["choices"] if c["value"] not in {"skip", "speak_to_agent"}]
    if asks in KEYED and not real:
        half = "house number or name" in caller.heard.text
        return HOUSE[asks] if half and asks in HOUSE else KEYED[asks]
    if "press 1 and hash" in caller.heard.text:
        return "1#"
    values = [choice["value"] for choice in real]
    meant = next((value for value in MEANT if value in values), None)
    return str(values.index(meant) + 1) if meant else "1" if real else "2"


def test_by_keys_alone(product: Product, staff: Staff) -> None:
    caller = ring(product, staff)
    caller.presses("1")
    choices = [choice["value"] for choice in newest(caller)["choices"]]
    at = choices.index("house_move")
    for _ in range(at // 3):
        caller.presses("4")
    caller.presses(str(at % 3 + 1))
    for _ in range(40):
        if caller.refs:
            break
        caller.presses(key_for(caller))
    assert_moved(caller, staff, named=False)
    sources = {field["source"] for field in caller.fields.values()}
    assert sources <= {"keyed", "looked up", "record"}


def answers_by_speech(caller: Caller, most: int = 40) -> None:
    for _ in range(most):
        if caller.refs:
            return
        asks = str(caller.asked)
        if asks == "confirm":
            caller.says("yes that's right")
        else:
            caller.says(SPOKEN.get(asks, "skip"))


def test_by_speech_alone(product: Product, staff: Staff) -> None:
    caller = ring(product, staff, None)
    caller.says("hello I'm moving house")
    answers_by_speech(caller)
    assert_moved(caller, staff)


def test_through_relay_uk(product: Product, staff: Staff) -> None:
    caller = ring(product, staff)
    caller.says("hello, you are through to Relay UK")
    assert "relay_uk" in caller.talk["flags"]
    for _ in range(3):
        # The assistant is typing.
        caller.keeps_silent()
        assert not caller.heard.over
    caller.says("I'm moving house. Go ahead.")
    for _ in range(60):
        if caller.refs:
            break
        caller.keeps_silent()
        asks = str(caller.asked)
        caller.says("Yes, that is right." if asks == "confirm" else SPOKEN.get(asks, "skip"))
    assert_moved(caller, staff)


def garbled(text: str, chance: random.Random) -> tuple[str, float]:
    """Words as a bad line passes them on, three in ten of them wrong, and how sure it is."""
    words = [chance.choice(NOISE) if chance.random() < 0.3 else word for word in text.split()]
    wrong = sum(a != b for a, b in zip(words, text.split(), strict=True))
    return " ".join(words), max(0.25, 0.93 - 0.35 * wrong)


def replies_over_a_bad_line(caller: Caller, chance: random.Random) -> None:
    """One answer of somebody who listens: they confirm what is right, refuse what is wrong, and
    take to the keys once these are told."""
    asked = newest(caller)
    asks, told = str(asked["asks"]), caller.heard.text
    if asks == "confirm":
        wrong = [field for field in SPOKEN if not is_right(caller, field)]
        choices = [choice["value"] for choice in asked["choices"]]
        if set(wrong) & set(choices):
            # Which part to change: the keys tell it for sure.
            at = choices.index(next(field for field in wrong if field in choices))
            for _ in range(at // 3):
                caller.presses("4")
            caller.presses(str(at % 3 + 1))
        else:
            caller.presses("2" if wrong else "1")
    elif "yes or no" in told and asks in SPOKEN:
        postcodes = {"old_address": "P L 4, 7 A A", "new_address": "P L 2, 1 A B"}
        value = {"old_address": "14 Elm Road", "new_address": "7 Oak Street", "name": "Priya Shah",
                 "move_date": "12 December", "contact": "0 7 7 0 0, 9 0 0, 1 2 3"}  # fmt: skip
        right = value.get(asks, "another") in told and postcodes.get(asks, "") in told
        caller.presses("1" if right else "2")
    elif ("Key in" in told and asks in KEYED) or "press 1 for" in told:
        caller.presses(key_for(caller))
    else:
        caller.says(*garbled(SPOKEN.get(asks, "skip"), chance))


def opens_over_a_bad_line(caller: Caller, chance: random.Random) -> None:
    """Says what it is about until that is understood, and refuses what it is not about."""
    for _ in range(12):
        talk = caller.talk
        if talk["service"] == "house_move" and caller.asked != "topic":
            return
        choices = [choice["value"] for choice in newest(caller)["choices"]]
        if "house_move" in choices:
            caller.presses(str(choices.index("house_move") % 3 + 1))
        elif "no" in choices and caller.asked in {"offer", "satisfied"}:
            caller.presses("1" if "about your move" in caller.heard.text else "2")
        elif caller.asked == "topic":
            caller.says(*garbled("hello I am moving house soon", chance))
        else:
            caller.says(*garbled("stop that please", chance))


@pytest.mark.parametrize("seed", [1, 2])
def test_with_three_words_in_ten_garbled(product: Product, staff: Staff, seed: int) -> None:
    chance = random.Random(seed)
    caller = ring(product, staff)
    opens_over_a_bad_line(caller, chance)
    for _ in range(70):
        if caller.refs or caller.heard.over:
            break
        replies_over_a_bad_line(caller, chance)
    assert_moved(caller, staff)


def test_twenty_at_once_each_with_their_own_answers(product: Product, staff: Staff) -> None:
    def moves(number: int) -> Caller:
        caller = ring(product, staff, None if number % 2 else f"+44770090{number:04}")
        caller.says("I'm moving house")
        for _ in range(40):
            if caller.refs:
                break
            asks = str(caller.asked)
            if asks == "confirm":
                caller.says("yes that's right")
            elif asks == "old_address":
                caller.says(f"{number + 1} Elm Road PL4 7AA")
            else:
                caller.says(SPOKEN.get(asks, "skip"))
        return caller

    with ThreadPoolExecutor(20) as people:
        callers = list(people.map(moves, range(20)))
    refs = [caller.refs[0] for caller in callers]
    assert len(set(refs)) == 20
    for number, ref in enumerate(refs):
        assert staff.case(ref)["fields"]["old_address"]["lines"] == [f"{number + 1} Elm Road"]
