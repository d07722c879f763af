"""Postcodes in every shape that a recogniser gives them, put into the usual one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casework.adapters.reading.postcodes import canonical
from telephony.spoken_letters import Heard, may_be_letters, spelt_out

# Royal Mail's postcode areas: what begins otherwise is no postcode, however it is spelt.
AREAS = frozenset(
    """AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E
    EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN
    LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO
    SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE""".split()
)
_DIGIT = str.maketrans("OI", "01")
_LETTER = str.maketrans("01", "OI")
# Where only a letter can stand, an eight is an A, the last sound of which it shares.
_LAST_LETTERS = str.maketrans("018", "OIA")


def districts_of(postcodes: Sequence[str]) -> frozenset[str]:
    """First halves of postcodes: "PL4"."""
    return frozenset(code.split()[0] for code in postcodes)


def with_postcodes(
    text: str, areas: Sequence[str], asked: bool, districts: frozenset[str] = frozenset()
) -> str:
    """The text with each postcode as "PL4 7AA"; `asked` when an address is awaited.

    Letters and digits only heard alike ("for", "eh") count in the council's own `areas` alone, in
    its `districts` where these are told, and in a sentence about something else only next to a
    digit that is sure.
    """
    out, at = [], 0
    found = _chosen(text, [area.upper() for area in areas], asked)
    for heard, postcode in found:
        if heard.guesses and districts and postcode.split()[0] not in districts:
            continue
        out += [text[at : heard.start], postcode]
        # "A. A." is two letters and no end of a sentence.
        dotted = bool(re.search(r"\.\s?[A-Za-z]$", text[heard.start : heard.end]))
        at = heard.end + (dotted and text[heard.end : heard.end + 1] == ".")
    return "".join(out) + text[at:]


def _chosen(text: str, areas: list[str], asked: bool) -> list[tuple[Heard, str]]:
    """Postcodes from left to right; of those that begin at one word the longest, then surest."""
    found: list[tuple[Heard, str]] = []
    for heard in spelt_out(text):
        postcode = _accepted(heard, areas, asked)
        if postcode and not _cut_short(text, heard, areas, postcode):
            found.append((heard, postcode))
    found.sort(key=lambda one: (one[0].start, -one[0].end, one[0].guesses))
    chosen: list[tuple[Heard, str]] = []
    for one in found:
        if not chosen or one[0].start >= chosen[-1][0].end:
            chosen.append(one)
    return chosen


def _cut_short(text: str, heard: Heard, areas: list[str], postcode: str) -> bool:
    """Whether a foreign postcode lacks the letter before it: "pea l 4 7 a a" is not Liverpool."""
    before = re.search(r"(\w+)[ .,-]+$", text[: heard.start])
    foreign = not postcode.startswith(tuple(areas)) if areas else True
    return foreign and before is not None and may_be_letters(before[1])


def _accepted(heard: Heard, areas: list[str], asked: bool) -> str | None:
    if not 5 <= len(heard.text) <= 7:
        return None
    compact = _put_right(heard.text)
    postcode = canonical(compact)
    area = re.match("[A-Z]+", compact)
    if postcode is None or area is None or area[0] not in AREAS:
        return None
    if re.match("[A-Z]+0[0-9]", compact.removesuffix(compact[-3:])):
        return None
    guesses = heard.guesses + (compact != heard.text)
    if not guesses:
        return postcode
    if area[0] not in areas:
        return None
    return postcode if asked or (heard.digits and heard.text.startswith(area[0])) else None


def _put_right(text: str) -> str:
    """O and 0, I and 1, A and 8 by their place: the last three are a digit and two letters."""
    outward, inward = text[:-3], text[-3:]
    letters = len(outward) - len(outward.lstrip("ABCDEFGHJKLMNPQRSTUVWXYZ"))
    outward = outward[: letters or 1].translate(_LETTER) + outward[letters or 1 :].translate(_DIGIT)
    return outward + inward[0].translate(_DIGIT) + inward[1:].translate(_LAST_LETTERS)
