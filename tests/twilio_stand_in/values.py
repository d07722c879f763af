"""Checks on the values of TwiML attributes: each says what is wrong, or None."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

Check = Callable[[str], str | None]

MOST_HINTS = 500
LONGEST_HINT = 100

SPEECH_MODELS = {
    "default",
    "numbers_and_commands",
    "phone_call",
    "experimental_conversations",
    "experimental_utterances",
}


def anything(value: str) -> str | None:
    return None


def boolean(value: str) -> str | None:
    return None if value in ("true", "false") else "must be true or false"


def one_of(*allowed: str) -> Check:
    def check(value: str) -> str | None:
        return None if value in allowed else f"must be one of {', '.join(allowed)}"

    return check


def some_of(*allowed: str) -> Check:
    """A list with spaces between, each word allowed and none twice."""

    def check(value: str) -> str | None:
        words = value.split(" ")
        good = len(set(words)) == len(words) and set(words) <= set(allowed)
        return None if good else f"must be some of {', '.join(allowed)}, with single spaces"

    return check


def integer(least: int, most: int | None = None) -> Check:
    def check(value: str) -> str | None:
        if not re.fullmatch(r"[0-9]+", value):
            return "must be a whole number"
        if int(value) < least or (most is not None and int(value) > most):
            return f"must be from {least} to {most}" if most else f"must be at least {least}"
        return None

    return check


def integer_or(word: str, least: int) -> Check:
    number = integer(least)

    def check(value: str) -> str | None:
        return None if value == word or number(value) is None else f"must be a number or {word}"

    return check


def matching(pattern: str, meaning: str) -> Check:
    def check(value: str) -> str | None:
        return None if re.fullmatch(pattern, value) else f"must be {meaning}"

    return check


def url(value: str) -> str | None:
    """Relative or absolute; absolute ones are http or https and name a host."""
    if not value.strip() or re.search(r"\s", value):
        return "must be an address without spaces"
    parts = urlsplit(value)
    if parts.scheme and (parts.scheme not in ("http", "https") or not parts.netloc):
        return "must be an http or https address, or a relative one"
    return None


def absolute_url(value: str) -> str | None:
    """Of what is told later, by whoever does not know the document: nothing to be relative to."""
    return url(value) or (None if urlsplit(value).scheme else "must be a whole address")


def hints(value: str) -> str | None:
    phrases = [phrase.strip() for phrase in value.split(",")]
    if len(phrases) > MOST_HINTS:
        return f"has {len(phrases)} phrases, at most {MOST_HINTS} are taken"
    longest = max(phrases, key=len)
    if len(longest) > LONGEST_HINT:
        return f"has a phrase of {len(longest)} characters, at most {LONGEST_HINT} are taken"
    return None


def speech_model(value: str) -> str | None:
    specific = r"googlev2_(long|short|telephony|telephony_short)|deepgram_nova-[23](-[a-z]+)*"
    named = value in SPEECH_MODELS or re.fullmatch(specific, value)
    return None if named else "is no speech model"


method = one_of("GET", "POST")
one_key = matching(r"[0-9#*]?", "one of 0 to 9, # or *, or empty")
keys = matching(r"[0-9#*]*", "made of 0 to 9, # and *")
dial_tones = matching(r"[0-9A-Dw#*]+", "made of 0 to 9, A to D, w, # and *")
number = matching(r"\+[1-9][0-9]{6,14}", "a number such as +441632960000")
sender = matching(r"\+[1-9][0-9]{6,14}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}", "a number or sender id")
say_language = matching(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "a language tag such as en-GB")
gather_language = matching(
    r"[a-z]{2,3}(-[A-Za-z]{4})?-([A-Z]{2}|[0-9]{3})|multi", "a language with its region, as en-GB"
)
voice = matching(
    r"man|woman|alice|Polly\.\w+(-(Neural|Generative))?"
    r"|Google\.[a-z]{2,3}-[A-Z]{2}-[A-Za-z0-9-]+",
    "man, woman, alice or a Polly or Google voice",
)
volume = matching(
    r"default|silent|x-soft|soft|medium|loud|x-loud|[+-][0-9]+(\.[0-9]+)?dB",
    "a word such as loud, or a change such as +6dB",
)
rate = matching(
    r"x-slow|slow|medium|fast|x-fast|([2-9][0-9]|1[0-9][0-9]|200)%",
    "a word such as slow, or 20% to 200%",
)
pitch = matching(
    r"default|x-low|low|medium|high|x-high|[+-][0-9]+(\.[0-9]+)?%",
    "a word such as low, or a change such as -5%",
)
duration = matching(r"([0-9]+ms|(10|[0-9](\.[0-9]+)?)s)", "a time such as 500ms, at most 10s")
