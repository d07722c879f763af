"""Names spelt out and email addresses read aloud, as they will be written."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from casework.adapters.reading.contacts import find_email, find_phone, tries_email

# Letters that a telephone line makes one of: a spelling that differs in these alone proves nothing.
_SOUND_ALIKE = ("bcdegptvz", "mn", "fs", "ajk")
LONGEST_NAME = 5
"""Words before a spelling: "my name is Priya Shah"."""
_TITLES = frozenset("mr mrs ms miss mx dr prof rev st".split())
_SPELLING = re.compile(
    r"[ ,.]+(?:and )?(?:that's|that is|thats|it's|its|spelt|spelled|spelling|which is)?"
    r"(?: spelt| spelled)?[ ,.:]*(?P<letters>(?:(?:double )?[a-z](?:[ .,-]+|$)){3,})$",
    re.IGNORECASE,
)
_WITH_LETTER = re.compile(
    r"\b(?!spelt|spelled)([a-z]{2,}),? with an? ([a-z]|ph)\b(?=[ ,.]*(?:[a-z'-]{2,}[ .]*)?$)",
    re.IGNORECASE,
)
_BARE_SPELLING = re.compile(r"(?:[A-Za-z][.-]?(?:[ ,-]+|$)){4,}")
_MARKS = (
    (r" ?\b(?:dot|full stop)\b ?", "."),
    (r" ?\b(?:underscore|under score)\b ?", "_"),
    (r" ?\b(?:hyphen|dash)\b ?", "-"),
    (r" ?\b(?:at sign|at symbol)\b ?", "@"),
)
_HOSTS = (
    (r"\b(?:gee|g|ge) ?mail\b", "gmail"), (r"\bhot ?male?\b|\bhot mail\b", "hotmail"),
    (r"\bout look\b", "outlook"), (r"\b(?:eye|i) cloud\b", "icloud"), (r"\bya ?hoo\b", "yahoo"),
    (r"\b(?:b t|bee tee|bt) internet\b", "btinternet"), (r"\bco uk\b", "co.uk"),
    (r"\.coke\b|\.com?\.you kay\b|\.co\.u k\b", ".co.uk"), (r"\.calm\b|\.come\b", ".com"),
)  # fmt: skip
_NOISE = re.compile(
    r"\b(?:all |in )*(?:one word|lower ?case|together|small letters|no spaces?)\b[ ,]*|\bcapital "
)
_LEADS = frozenset(
    "is at it's its on email address use me to yes and my um er mail name i'm i am this the "
    "first last full surname mr mrs ms miss dr".split()
)


def with_spelt_name(text: str) -> str:
    """A name without the spelling that followed it, put right where the two differ.

    "Priya Shaw that's s h a h" is "Priya Shah". Letters alone are a name when a pause shows where
    the first name ends ("P-R-I-Y-A S-H-A-H"); without one they stay as they are.
    """
    text = _WITH_LETTER.sub(_with_letter, text)
    bare = text.strip(" .")
    if _BARE_SPELLING.fullmatch(bare):
        groups = [re.sub("[^A-Za-z]", "", part) for part in _groups(bare)]
        return " ".join(map(str.capitalize, groups)) if len(groups) == 2 else text
    match = _SPELLING.search(text)
    if match and len(text[: match.start()].split()) <= LONGEST_NAME:
        spelt = re.sub(r"(?i)double ([a-z])", r"\1 \1", match["letters"])
        return _put_right(text[: match.start()].strip(" ,."), re.sub("[^a-z]", "", spelt.lower()))
    words = text.split()
    # A pause between first and last name comes as a full stop.
    if 2 <= len(words) <= 4 and all(w.strip(".,").replace("'", "").isalpha() for w in words):
        return " ".join(
            w if w.lower().strip(".") in _TITLES or len(w) < 4 or at == len(words) - 1
            else w.rstrip(".") for at, w in enumerate(words)
        )  # fmt: skip
    return text


def _groups(bare: str) -> list[str]:
    """The parts of letters said one by one, as far as pauses show them."""
    for pause in (r",\s+", r"(?<=[A-Za-z])\.?\s+(?=[A-Za-z]-)" if "-" in bare else r"\.\.+"):
        parts = re.split(pause, bare)
        if len(parts) == 2 and all(len(part) > 2 for part in parts):
            return parts
    return [bare]


def _put_right(name: str, spelt: str) -> str:
    words = name.split()
    if not words or len(spelt) < 3:
        return name
    joined = "".join(word.lower() for word in words[-2:])
    first = words[-2].lower() if len(words) > 1 else ""
    if _same(joined, spelt):
        return name
    if first and spelt.startswith(first) and fuzz.ratio(joined, spelt) >= 60:
        return " ".join([*words[:-1], spelt.removeprefix(first).capitalize()])
    likeness = [fuzz.ratio(word.lower(), spelt) for word in words]
    best = max(likeness)
    if best < 50 and sum(word.lower() not in _LEADS for word in words) == 1:
        return f"{name} {spelt.capitalize()}"
    place = len(words) - 1 if best < 50 or likeness[-1] >= best - 10 else likeness.index(best)
    if not _same(words[place].lower(), spelt):
        words[place] = spelt.capitalize()
    return " ".join(words)


def _same(heard: str, spelt: str) -> bool:
    """Whether a spelling says what was heard, but for one letter easily taken for another."""
    if len(heard) != len(spelt):
        return False
    differing = [(a, b) for a, b in zip(heard, spelt, strict=True) if a != b]
    return not differing or (
        len(differing) == 1
        and any(differing[0][0] in group and differing[0][1] in group for group in _SOUND_ALIKE)
    )


def _with_letter(match: re.Match[str]) -> str:
    """ "Ann with an e" is Anne; "Steven with a v" needs nothing."""
    name, letter = match[1], match[2].lower()
    return name if letter in name.lower() or letter != "e" else name + "e"


def with_email(text: str) -> str | None:
    """The address when a reply is an email address, written or read aloud; None otherwise."""
    lowered = re.sub(r"\b([a-z0-9])\.(?=\s+(?:[a-z0-9]\b|at\b))", r"\1", text.lower())
    lowered = re.sub(r"\s*@\s*", "@", lowered).strip(" .")
    lowered = re.sub(r"(?<=[a-z])\. (?=(?:com|co|org|net|gov|uk|ac)\b)", ".", lowered)
    lowered = re.sub(r"\b([a-z]) (?:for|as in) \1[a-z]+\b", r"\1", _NOISE.sub("", lowered))
    for pattern, mark in (*_MARKS, *_HOSTS):
        lowered = re.sub(pattern, mark, lowered)
    lowered = re.sub(r"\b(?:at|add) (?=[a-z0-9 -]{1,30}\.[a-z]{2})", "at ", lowered)
    lowered = re.sub(r"(?<![\w'])[a-z](?: [a-z]\b)+", lambda m: m[0].replace(" ", ""), lowered)
    lowered = re.sub(r"(?<=\w) ?at (?=[a-z0-9 -]+\.[a-z])", "@", lowered)
    words = lowered.replace("@", " @ ").split()
    if not tries_email(lowered) or len(words) > 14 or find_phone(text):
        return None
    before, _, after = lowered.rpartition("@")
    local = before.split()
    # "priya shah@gmail.com": a recogniser writes the end of an address together.
    if len(local) == 2 and not {word.strip(",.:") for word in local} & _LEADS:
        before = "".join(local)
    return find_email(f"{before} at {after}" if " " in before.strip() else f"{before}@{after}")
