"""Telephone numbers and email addresses, typed, keyed or spoken."""

from __future__ import annotations

import re

import phonenumbers

from casework.adapters.reading.spoken import clean, digit_runs, pieces
from casework.domain.fields import Field
from casework.ports.reading import Read, Reading, Refused

# Numbers that Ofcom keeps for drama; phonenumbers calls them invalid.
_DRAMA = re.compile(
    r"\+44(?:7700900[0-9]{3}|1632960[0-9]{3}|1(?:1[3-8]|21|31|41|51|61)4960[0-9]{3}"
    r"|1914980[0-9]{3}|2079460[0-9]{3}|2896496[0-9]{3}|2920180[0-9]{3}|8081570[0-9]{3}"
    r"|9098790[0-9]{3}|3069990[0-9]{3})"
)
_EMAIL = re.compile(
    r"(?<![\w.+'-])([A-Za-z0-9](?:[A-Za-z0-9._%+'-]{0,62}[A-Za-z0-9_+-])?)@"
    r"((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24})(?![\w@-])"
)
_MISTYPED_ENDINGS = frozenset({"con", "cmo", "coom", "comm", "vom", "ocm", "ukk"})
_TRIES_EMAIL = re.compile(
    r"@|\bat (?:[a-z0-9-]+ ){1,4}dot\b(?! ?[0-9])|"
    r"\b(?:gmail|hotmail|outlook|yahoo|icloud|btinternet)\b|\bdot com\b"
)
_LEAD = re.compile(
    r"^.*\b(?:e-?mail(?: address)?(?: is|'s)?(?: me)?(?: at| on)?|it's|it is|that's|address is|"
    r"use|is)"
    r"[ :,]+",
)
_MARKS = (
    (r" ?\b(?:dot|point|full stop)\b ?", "."),
    (r" ?\b(?:underscore|under score)\b ?", "_"),
    (r" ?\b(?:dash|hyphen|minus)\b ?", "-"),
    (r" \bplus\b ", "+"),
    (r" ?\b(?:at sign|at symbol)\b ?", "@"),
)


def read_contact(field: Field, text: str) -> Reading | None:
    """A telephone number as E.164, or an email address in small letters.

    The field's type says which it may be. Refused as phone_invalid, phone_short (only the
    beginning of one) or email_invalid.
    """
    kind = field.type
    email = find_email(text) if kind != "phone" else None
    if email is not None:
        return Read(email)
    phone = find_phone(text) if kind != "email" else None
    if phone is not None:
        return Read(phone)
    if kind != "phone" and tries_email(text):
        return Refused("email_invalid")
    digits = max(
        (len(run.text.lstrip("+")) for run in digit_runs(clean(text), " -().,/")), default=0
    )
    if kind != "email" and (digits >= 5 or (digits >= 3 and len(clean(text)) <= digits + 4)):
        return Refused("phone_short" if _begins(text) else "phone_invalid")
    if kind == "email" and re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+", clean(text).lower()):
        return Refused("email_invalid")
    return None


def _begins(text: str) -> bool:
    """Whether a reply is the beginning of a number, as when it is said in two breaths."""
    runs = [run.text for run in digit_runs(clean(text), " -().,/")]
    return len(runs) == 1 and bool(re.fullmatch(r"0[1-9][0-9]{1,6}", runs[0]))


def find_phone(text: str) -> str | None:
    """The first valid telephone number in a text, as E.164."""
    return next(iter(phones_in(text)), None)


def phones_in(text: str) -> list[str]:
    """Every valid telephone number in a text, as E.164."""
    plain = re.sub(r"(?i)\b(?:ext|extension)\b.*", "", clean(text)).replace("(0)", "")
    found: list[str] = []
    # "07700 900123, 14 Elm Road": what follows a comma may be another number.
    for run in [*digit_runs(plain, " -().,/"), *digit_runs(plain, " -()./")]:
        number = e164(run.text)
        if number:
            found.append(number)
    return list(dict.fromkeys(found))


def e164(digits: str) -> str | None:
    """A number in international form, if it is one that can be rung. British unless it has a +."""
    if not 9 <= len(digits) <= 17:
        return None
    if digits.startswith("+440"):
        digits = "+44" + digits[4:]
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif re.fullmatch(r"44[1-9][0-9]{9}", digits):
        digits = "+" + digits
    elif re.fullmatch(r"7[0-9]{9}", digits):
        digits = "0" + digits
    try:
        number = phonenumbers.parse(digits, "GB")
    except phonenumbers.NumberParseException:
        return None
    formatted = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if phonenumbers.is_valid_number(number) or _DRAMA.fullmatch(formatted):
        return formatted
    return None


def find_email(text: str) -> str | None:
    """The first email address in a text, typed or said ("jane dot smith at example dot com")."""
    plain = clean(text)
    for candidate in (plain, _said_email(plain) if " " in plain else ""):
        match = _EMAIL.search(candidate)
        if match and _plausible(match[1], match[2]):
            return match.group().lower()
    return None


def tries_email(text: str) -> bool:
    """Whether a text tries to give an email address."""
    return bool(_TRIES_EMAIL.search(clean(text).lower()))


def _plausible(local: str, domain: str) -> bool:
    ending = domain.rsplit(".", 1)[-1].lower()
    return ".." not in local and ending not in _MISTYPED_ENDINGS


def _said_email(plain: str) -> str:
    """Spoken marks as marks, spelt letters joined; empty unless an address is spoken."""
    lowered = plain.lower().rstrip(".")
    if not re.search(r" at |@", lowered):
        return ""
    lowered = re.sub(r"\b(?:all )?(?:one word|lower ?case|together)\b[ ,]*", "", lowered)
    for pattern, mark in _MARKS:
        lowered = re.sub(pattern, mark, lowered)
    if "@" not in lowered:
        lowered = re.sub(r"^(.*) at (?=[^@]*[a-z0-9]\.[a-z])", r"\1@", lowered)
    before, _, after = lowered.rpartition("@")
    if "." not in after:
        return ""
    local = _local_part(before)
    domain = re.match(r"[a-z0-9-]+(?: [a-z0-9-]+){0,2}?(?:\.[a-z0-9-]+)+", after.strip())
    return f"{local}@{domain.group().replace(' ', '')}" if domain and local else ""


def _local_part(before: str) -> str:
    """What is said before "at", without what leads up to it, in one word."""
    before = _LEAD.sub("", before.strip(" ,"))
    tokens = pieces(before)
    if sum(len(token.text) > 1 and token.text.isalpha() for token in tokens) > 3:
        return ""
    spoken = "".join(
        token.text if token.is_number or token.text in "._-+'" or token.text.isalnum() else ""
        for token in tokens
    )
    return spoken if len(before.split()) <= 12 else ""
