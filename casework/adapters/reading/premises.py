"""What tells one property of a street from another: number, flat, name of the house."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

TOWNS = frozenset(
    """aberdeen bath bedford belfast birmingham blackburn blackpool bodmin bolton bournemouth
    bradford bridgwater brighton bristol burnley bury cambridge camborne cardiff carlisle chelmsford
    cheltenham chester colchester coventry crawley cornwall croydon dartmouth derby doncaster dorset
    dudley dundee durham eastbourne edinburgh essex exeter exmouth falmouth glasgow gloucester
    grimsby guildford halifax hastings hereford huddersfield hull ipswich ivybridge kent kingsbridge
    launceston leeds leicester lincoln liskeard liverpool london looe luton maidstone manchester
    margate middlesbrough milton newcastle newport newquay northampton norwich nottingham oldham
    oxford padstow paignton penzance peterborough poole portsmouth preston reading redruth rochdale
    rotherham salford salisbury saltash scotland sheffield slough solihull southampton southend
    stafford stockport stoke sunderland surrey swansea swindon taunton tavistock telford torpoint
    torquay totnes truro wakefield wales walsall warrington watford wigan wolverhampton worcester
    worthing yelverton york""".split()
)
"""Places that are no part of an English council of the south-west, when named after a street."""

LONGEST_NUMBER = 4
"""Digits of a house number at most: what is longer is the number of something else."""

_FLAT_WORDS = frozenset({"flat", "apartment", "apt", "unit"})
_FLOORS = {
    "ground": "ground", "first": "first", "1st": "first", "second": "second", "2nd": "second",
    "third": "third", "3rd": "third", "top": "top", "basement": "basement", "garden": "garden",
    "upper": "upper", "lower": "lower", "rear": "rear",
}  # fmt: skip
_FLOOR = re.compile(rf"\b({'|'.join(_FLOORS)})(?: ?floor)? (?:flat|apartment)\b[ ,]*")
_PREMISE = re.compile(
    r"^(?:(flat|apartment|apt|unit) ?([0-9]*[a-z]?))?[ ,]*([0-9]+ ?[a-z]?(?:-[0-9]+)?)?$"
)


@dataclass(frozen=True)
class Premise:
    """What tells one property of a street from another, in small letters without spaces."""

    number: str = ""
    flat: str = ""
    house: str = ""


_TEENS = {f"1{unit}": f"{unit}0" for unit in range(3, 10)}
_ALIKE = {**_TEENS, **{ten: teen for teen, ten in _TEENS.items()}}


def sounds_like(said: Premise) -> list[Premise]:
    """Premises whose number sounds like the one said: "seven A" like 78, thirteen like thirty."""
    number = said.number
    alike = [_ALIKE[number]] if number in _ALIKE else []
    if re.fullmatch("[0-9]{1,3}8", number):
        alike.append(f"{number[:-1]}a")
    if re.fullmatch("[0-9]{1,3}a", number):
        alike.append(f"{number[:-1]}8")
    return [Premise(one, said.flat) for one in alike]


def premise_from(before: str) -> Premise:
    """Number, flat and house name from "flat 2, 106", "14a", "106 flat 2" or "rose cottage"."""
    before = before.strip(" ,")
    floor = _FLOOR.search(before)
    if floor:
        rest = premise_from(_FLOOR.sub("", before))
        return Premise(rest.number, _FLOORS[floor[1]], rest.house)
    match = _PREMISE.match(before)
    if match:
        return Premise((match[3] or "").replace(" ", ""), (match[2] or "").replace(" ", ""))
    reversed_order = re.match(
        r"^([0-9]+ ?[a-z]?)[ ,]+(?:flat|apartment|apt|unit) ?([0-9]*[a-z]?)$", before
    )
    if reversed_order:
        return Premise(reversed_order[1].replace(" ", ""), reversed_order[2])
    number = re.search(r"\b([0-9]+[a-z]?)$", before)
    house = re.sub(r"\b(?:flat|apartment|unit) ?(?:[0-9]+[a-z]?|[a-z])?\b", "", before)
    house = " ".join(re.findall(r"[a-z]+", house))
    flat = re.search(r"\b(?:flat|apartment|unit) ?([0-9]+[a-z]?|[a-z])\b", before)
    return Premise(number[1] if number else "", flat[1] if flat else "", house)


def premises_in(words: Sequence[str]) -> tuple[Premise, ...]:
    """The premises that words before a street may mean, the likeliest first.

    "flat 2 1 0 6" is flat 2 at 106, or flat 21 at 06, or flat 210 at 6.
    """
    floor = _FLOOR.search(" ".join(words))
    if floor:
        rest = premises_in(_FLOOR.sub("", " ".join(words)).split())
        number = rest[0].number if rest else ""
        return (Premise(number, _FLOORS[floor[1]]),)
    flat_at = next((at for at, word in enumerate(words) if word in _FLAT_WORDS), None)
    if flat_at is None:
        digits = _last_number(words)
        return (Premise("".join(digits[:4])),) if digits else ()
    after = [w for w in words[flat_at + 1 :] if re.fullmatch(r"[0-9]+[a-z]?|[a-z]", w)][:6]
    before = [w for w in words[:flat_at] if re.fullmatch(r"[0-9]+[a-z]?", w)]
    if before:
        return (Premise("".join(before), "".join(after)),)
    splits = [Premise("".join(after[at:]), "".join(after[:at])) for at in range(1, len(after))]
    return tuple(splits) or ((Premise("", after[0]),) if after else ())


def _last_number(words: Sequence[str]) -> list[str]:
    """The digits nearest the street: in "old 1 stolen, 5 Mount Crescent" the house is 5."""
    numbers = [bool(re.fullmatch(r"[0-9]+[a-z]?", word)) for word in words]
    end = max((at + 1 for at, is_number in enumerate(numbers) if is_number), default=0)
    start = end
    while start and numbers[start - 1] and sum(map(len, words[start - 1 : end])) <= LONGEST_NUMBER:
        start -= 1
    return list(words[start:end])


def only_premise(words: Sequence[str]) -> Premise | None:
    """A premise where nothing but a number or a flat was said."""
    rest = [w for w in words if w not in ("number", "house", "no", "its", "the")]
    if not rest or any(w.isalpha() and len(w) > 1 and w not in _FLAT_WORDS for w in rest):
        return None
    if rest[0] in _FLAT_WORDS and len(rest) == 2:
        return Premise("", rest[1])
    return premise_from(" ".join(rest)) if len(rest) <= 3 else None
