"""Plain answers: yes and no, amounts of money."""

from __future__ import annotations

import re

from casework.adapters.reading.choices import hits_in
from casework.adapters.reading.polarity import asks_back, polarity
from casework.adapters.reading.spoken import clean, pieces
from casework.domain.drafts import Candidate
from casework.domain.fields import Field
from casework.ports.reading import Pick, Read, Reading, Refused

_THUMBS = {"👍": True, "👎": False, "✅": True, "❌": False, "✔": True, "✓": True, "👌": True}
_SLANG = (
    (re.compile(r"\bgrand\b"), "thousand"),
    (re.compile(r"\ba (?=hundred|thousand)"), "one "),
    (re.compile(r"\ba tenner\b"), "10 pounds"),
    (re.compile(r"\ba fiver\b"), "5 pounds"),
    (re.compile(r"\b(?:and )?a half thousand\b"), "thousand five hundred"),
    (re.compile(r"\bhalf (?:a|one) thousand\b"), "five hundred"),
)
_AMOUNT = re.compile(r"£? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{1,2}))?(?![0-9]) ?(k\b)?")


def read_yes_no(field: Field, text: str) -> Reading | None:
    """True or False; None when a reply is neither, or both."""
    for sign, meaning in _THUMBS.items():
        if sign in text:
            return Read(meaning)
    plain = clean(text).lower().strip(" .!,")
    if plain in ("know", "n", "2", "na"):
        return Read(False)
    if plain in ("y", "1", "yes please"):
        return Read(True)
    told = field.options and not asks_back(plain)
    options = {hit.option for hit in hits_in(field.options, text)} if told else set()
    if options & {"yes", "true"} and not options & {"no", "false"}:
        return Read(True)
    if options & {"no", "false"} and not options & {"yes", "true"}:
        return Read(False)
    return None if (meant := polarity(plain)) is None else Read(meant)


def read_money(text: str) -> Reading | None:
    """An amount as "12.50"; several amounts are picked from. Refused as amount_invalid."""
    amounts = amounts_in(text)
    if len(amounts) > 1:
        return Pick(tuple(Candidate(f"£{one}", one) for one in amounts[:4]))
    if not amounts:
        return None
    return Refused("amount_invalid") if len(amounts[0]) > 11 else Read(amounts[0])


def amounts_in(text: str) -> list[str]:
    """Amounts of money in a text, in pounds with two decimals."""
    plain = _spoken_amounts(clean(text).lower())
    plain = re.sub(r"\b[0-9]+(?:st|nd|rd|th|/[0-9]+|%)", " ", plain)
    found: list[str] = []
    for match in _AMOUNT.finditer(plain):
        if match.start() and plain[match.start() - 1] in ".-" and plain[match.start()] != "£":
            continue
        pounds = int(match[1].replace(",", "")[:15]) * (1000 if match[3] else 1)
        pence = (match[2] or "0").ljust(2, "0")
        if match[3] and match[2]:
            pounds, pence = pounds + int(match[2].ljust(3, "0")), "00"
        if re.match(r" ?(?:p|pence)\b", plain[match.end() :]) and not match[2] and pounds < 100:
            pounds, pence = 0, f"{pounds:02d}"
        found.append(f"{pounds}.{pence}")
    return list(dict.fromkeys(found))


def _spoken_amounts(plain: str) -> str:
    """ "Twelve pounds fifty" and "twelve fifty" as 12.50, other number words as digits."""
    out, end = [], 0
    for said, meant in _SLANG:
        plain = said.sub(meant, plain)
    for token in pieces(plain, homophones=False):
        out.append(plain[end : token.start])
        out.append(token.text if token.is_number else plain[token.start : token.end])
        end = token.end
    text = "".join(out) + plain[end:]
    text = re.sub(
        r"\b([0-9,]+) ?(?:pounds?|quid) (?:and )?([0-9]{2})(?: ?p| pence)?\b(?! ?(?:a|per|each|"
        r"days))",
        r"\1.\2", text)  # fmt: skip
    return re.sub(r"^(\D*)([0-9]{1,3}) ([0-9]{2})(?: pence| p)?\b", r"\1\2.\3", text)
