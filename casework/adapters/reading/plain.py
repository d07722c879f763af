"""Plain answers: yes and no, free text, amounts of money."""

from __future__ import annotations

import re
import unicodedata

from casework.adapters.reading.choices import hits_in
from casework.adapters.reading.phrases import is_filler, is_question, is_unsaid
from casework.adapters.reading.spoken import clean, pieces
from casework.domain.drafts import Candidate
from casework.domain.fields import Field
from casework.ports.reading import Pick, Read, Reading, Refused

_THUMBS = {"👍": True, "👎": False, "✅": True, "❌": False, "✔": True, "✓": True, "👌": True}
_SUBJECT = r"(?:it|they|he|she|that|there|i|we|you|everyone|everybody|someone|somebody|both|this)"
_VERB = r"(?:is|are|was|were|am|did|do|does|has|have|had|can|could|would|will|might|should)"
_NOT = (
    r"(?:isn'?t|aren'?t|wasn'?t|weren'?t|didn'?t|don'?t|doesn'?t|hasn'?t|haven'?t|hadn'?t|can'?t|"
    r"couldn'?t|wouldn'?t|won'?t|(?:" + _VERB + r") not)"
)
_TAILS = (
    r"(?:[ ,]+(?:really|thanks?|thank you|please|at all|yet|i think|actually|sadly|it|so|now|"
    r"all|mate|love|sorry|at the moment|that i know of|as far as i know|of course))*"
)
_NO = (
    re.compile(
        rf"\b(?:{_SUBJECT}(?:'s|'re)? ?)?(?:{_VERB} ?)?(?:\bnot|n'?t) "
        r"(?:quite |all |really |entirely )?(?:right|correct|true|likely)\b|"
        r"\bthat'?s wrong\b"
    ),
    re.compile(r"\b(?:no|nope|nah|naw|nay|negative|nae)\b"),
    re.compile(rf"^(?:{_SUBJECT}(?:'s| is|'re)? ?)?(?:{_NOT}|not)\b"),
    re.compile(
        r"\bnot (?:really|at all|yet|that i know|as far as|particularly|now|any ?more|"
        r"exactly)\b"
    ),
    re.compile(r"\b(?:i )?(?:do not|don'?t) (?:think|believe) so\b|\bi doubt it\b"),
    re.compile(r"^(?:no one|nobody|noone|none|nothing|never|neither|incorrect|wrong|false)\b"),
    re.compile(
        r"\b(?:of course|absolutely|definitely|certainly|obviously|probably|hopefully|"
        r"i guess) not\b"
    ),
    re.compile(r"\brather not\b"),
)  # fmt: skip
_YES = (
    re.compile(
        r"\b(?:yes|yeah|yea|yep|yup|ye|yah|aye|ya|yes+|yess+|affirmative|uh huh|mhm|"
        r"mm+[ -]?hm+|yh)\b"
    ),
    re.compile(
        rf"^(?:well |um |er |oh )*{_SUBJECT}(?:'s)? ?(?:definitely |certainly |really |just |"
        rf"probably )?"
        rf"(?:{_VERB}){_TAILS}$"
    ),
    re.compile(
        r"\b(?:of course|absolutely|definitely|certainly|indeed|you bet|too right|exactly)\b"
    ),
    re.compile(
        r"^(?:that'?s |that is |it'?s |it is |looks |sounds |everything(?:'s| is|) )?(?:all )?"
        r"(?:of (?:that|it|this)(?:'s| is) )?(?:dead |quite |exactly )?"
        r"(?:right|correct|true|fine|good|great|perfect|ok|okay|sure|alright|spot on)\b"
    ),
    re.compile(
        r"\bi (?:think|believe|suppose|guess|reckon|hope|would say) so\b|\bgo ahead\b|"
        r"\bplease do\b"
    ),
    re.compile(
        r"^(?:very much so|obviously|probably|likely|please|always|everything is|ok|"
        r"sure thing)\b"
    ),
)  # fmt: skip
_OPENS = re.compile(
    r"(?:no|nope|nah|naw|nay|negative|nae)\b|(?:yes|yeah|yep|yup|aye)\b.{0,20}?\b(?:and|also)\b"
)
"""An answer with a question behind it, as in "yes, and when is the next collection?"."""
_SET_YES = re.compile(
    r"(?:(?:yes|yeah|aye|oh|well|um|ok|okay)[ ,]+)*(?:go on|go for it|do it|(?:just )?send it|"
    r"why not|k|kk|yeh|for sure|'?course|that'?s the one|i'?d say so|"
    r"(?:i'?m |i am )?happy with (?:that|it|all that))"
    r"(?:[ ,]+(?:then|please|thanks|thank you|now|mate|love))*"
)
"""Replies that agree only as they stand."""
_ALL_CORRECT = re.compile(
    r"(?:no|nope|nah)\b(?:[ ,.]+(?:no|thanks|thank you|that'?s fine|it'?s fine))*[ ,.]+"
    r"(?:(?:that|it|this|they)(?:'s| is|'re| are)? all|(?:that'?s |that is )?everything(?:'s| is)?|"
    r"all (?:of )?(?:it|that|this)(?:'s| is)|all)(?: quite| completely| absolutely)? correct\b"
    r"(?! (?:but|except|apart)\b)[^?]{0,20}"
)
"""A no to "anything to change?" with the agreement behind it."""
_CURRENCY = re.compile(
    r"£|\bpounds?\b|\bquid\b|\bpence\b|\bgbp\b|[0-9]p\b|\b(?:grand|tenner|fiver)s?\b", re.IGNORECASE
)
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
    options = {hit.option for hit in hits_in(field.options, text)} if field.options else set()
    if options & {"yes", "true"} and not options & {"no", "false"}:
        return Read(True)
    if options & {"no", "false"} and not options & {"yes", "true"}:
        return Read(False)
    return _polarity(plain)


def _polarity(plain: str) -> Reading | None:
    if _SET_YES.fullmatch(plain) or _ALL_CORRECT.fullmatch(plain):
        return Read(True)
    if re.fullmatch(r"no (?:changes|corrections)(?: needed| thanks| please| to make)*", plain):
        return None
    if not plain or is_unsaid(plain) or (is_question(plain) and not _OPENS.match(plain)):
        return None
    plain = re.sub(r"\bno (?:problem|worries|idea|bother)\b", "", plain).strip()
    size = len(plain.split())
    denied = any(pattern.search(plain) for pattern in _NO)
    affirmed = any(pattern.search(_without_denials(plain)) for pattern in _YES)
    # "Yes, it is not safe" may answer either way.
    if affirmed and not denied and re.search(r"\bnot\b|n't\b", plain):
        return None
    if denied == affirmed:
        return _first_word(plain) if denied else None
    # A long story with a "no" in it is no answer, unless it begins or ends with one.
    if size > 8 and not _at_edge(plain, denied):
        return None
    return Read(affirmed)


def _without_denials(plain: str) -> str:
    for pattern in _NO:
        plain = pattern.sub(" ", plain)
    return plain.strip()


def _first_word(plain: str) -> Reading | None:
    """ "No, it's fine" is a no; "yes, it is not safe" could be either and is asked again."""
    if re.match(r"(?:no|nope|nah)\b(?!.*\b(?:sorry|wait|actually yes|yes|yeah)\b)", plain):
        return Read(False)
    return None


def _at_edge(plain: str, denied: bool) -> bool:
    parts = plain.split()
    edges = (" ".join(parts[:4]), " ".join(parts[-2:]))
    return any(pattern.search(edge) for pattern in (_NO if denied else _YES) for edge in edges)


def read_text(field: Field, text: str) -> Reading | None:
    """What was said, white space collapsed. Refused as text_short or text_long."""
    said = unicodedata.normalize("NFC", text)
    said = "".join(c if c.isprintable() else " " for c in said)
    said = " ".join(said.split())
    if is_filler(said[:200]) and len(said) <= 200:
        return None
    if len(said) < field.min_length:
        return Refused("text_short")
    return Refused("text_long") if len(said) > field.max_length else Read(said)


def read_money(text: str) -> Reading | None:
    """An amount as "12.50"; several amounts are picked from. Refused as amount_invalid."""
    amounts = amounts_in(text)
    if len(amounts) > 1:
        return Pick(tuple(Candidate(f"£{one}", one) for one in amounts[:4]))
    if not amounts:
        return None
    return Refused("amount_invalid") if len(amounts[0]) > 11 else Read(amounts[0])


def names_currency(text: str) -> bool:
    """Whether a text speaks of pounds or pence."""
    return bool(_CURRENCY.search(clean(text)))


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
