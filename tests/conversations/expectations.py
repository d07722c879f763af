"""What a conversation should have come to, held against the cases that staff see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.conversations.conversation import Script, Words
from tests.conversations.people import Person

PLAIN = {
    *("service", "about", "team", "status", "tier"),
    *("verification", "verified_how", "valid_notice"),
}
"""What of a case is compared as it is written."""

WORDS_FOR = {"true": True, "false": False, "null": None}


def missing_words(heard: str, says: Words, never_says: Words) -> Iterator[str]:
    """What was not said though it should have been, or was though it should not."""
    plain = squeezed(heard)
    for wanted in says:
        if not any(squeezed(one) in plain for one in wanted.split(" | ")):
            yield f"should have said “{wanted}”"
    for unwanted in never_says:
        if squeezed(unwanted) in plain:
            yield f"should never have said “{unwanted}”"


def squeezed(text: str) -> str:
    """Small letters, one kind of quote, single spaces."""
    return " ".join(text.lower().replace("’", "'").split())


def case_faults(case: Mapping[str, Any], expected: Mapping[str, Any], person: Person) -> list[str]:
    """What is wrong with a case; nothing when it is as expected."""
    unknown = set(expected) - PLAIN - {"fields", "without", "children", "flags"}
    assert not unknown, f"no such key of a case: {sorted(unknown)}"
    found = [
        f"{key} is {case[key]!r}, not {expected[key]!r}"
        for key in PLAIN & set(expected)
        if case[key] != WORDS_FOR.get(expected[key], expected[key])
    ]
    held = case["fields"]
    for name, wanted in expected.get("fields", {}).items():
        if name not in held:
            found.append(f"{name} is not there, it should be {wanted!r}")
        elif not is_value(held[name], wanted):
            found.append(f"{name} is {held[name]!r}, not {wanted!r}")
    found += [f"{one} should not be there" for one in expected.get("without", ()) if one in held]
    flags = case["flags"]
    found += [f"flag {one} is missing" for one in expected.get("flags", ()) if one not in flags]
    if "children" in expected:
        teams = sorted(person.staff.case(ref)["team"] for ref in case["children"])
        if teams != sorted(expected["children"]):
            found.append(f"the teams told are {teams}, not {sorted(expected['children'])}")
    return found


def is_value(value: Any, wanted: Any) -> bool:
    """Whether a stored value is the one written. "~words" need only be part of it; an address is
    written "14 Elm Road, PL4 7AA", a place by its street or its words; a list item by item."""
    if isinstance(wanted, list):
        return isinstance(value, list) and sorted(map(str, value)) == sorted(wanted)
    if wanted in WORDS_FOR:
        return value is WORDS_FOR[wanted]
    readings = forms_of(value)
    if wanted.startswith("~"):
        return any(squeezed(wanted[1:]) in squeezed(one) for one in readings)
    return wanted in readings


def forms_of(value: Any) -> list[str]:
    """A stored value as somebody would write it."""
    if not isinstance(value, dict):
        return [str(value)]
    forms = [str(value[key]) for key in ("street", "text", "said", "postcode") if value.get(key)]
    if value.get("lines"):
        parts = [*value["lines"], *([value["postcode"]] if value.get("postcode") else [])]
        forms.append(", ".join(parts))
    return forms


def end_faults(script: Script, person: Person) -> list[str]:
    """What the end of the conversation lacks or has too much of."""
    talk = person.talk
    cases = [person.staff.case(ref) for ref in talk["cases"]]
    heads = [case for case in cases if case["parent_ref"] is None]
    found = []
    if script.no_case and cases:
        found.append(f"no case should be there: {[case['service'] for case in cases]}")
    wanted = ((script.case,) if script.case else ()) + script.cases
    if wanted and len(heads) != len(wanted):
        found.append(f"cases are {[case['service'] for case in heads]}, not {len(wanted)}")
    for case, expected in zip(heads, wanted, strict=False):
        found += case_faults(case, expected, person)
    if script.handoff == "queued" and talk["mode"] != "queued":
        found.append(f"should be queued for a person, but is in mode {talk['mode']}")
    if script.handoff == "none" and talk["mode"] != "bot":
        found.append(f"should be with the assistant, but is in mode {talk['mode']}")
    found += [f"flag {one} is missing" for one in script.flags if one not in talk["flags"]]
    if script.verification and talk["verification"] != script.verification:
        found.append(f"verification is {talk['verification']}, not {script.verification}")
    return found
