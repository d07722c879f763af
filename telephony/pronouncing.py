"""How values are read aloud: the one place that writes SSML.

What stands in a text as a value (letters one by one, digits, a telephone number, a time, an amount,
a date) is found by its shape and marked, so that the voice reads it as people do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from twilio.twiml.voice_response import Gather, Say, VoiceResponse

from telephony.manner import Manner

LANGUAGE = "en-GB"

CHARACTERS = "characters"
"""SSML's own way of spelling."""

LETTER_A = "eɪ"
"""The letter in IPA: alone among others it could be taken for the article."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHAPES = re.compile(
    r"(?P<spelt>(?<![\w'])[A-Z0-9](?: [A-Z0-9](?![\w'])){1,}(?:, [A-Z0-9](?: [A-Z0-9](?![\w']))*)*)"
    r"|(?P<money>£(?P<pounds>[0-9][0-9,]*)(?:\.(?P<pence>[0-9]{2}))?)"
    r"|(?P<time>(?<![\w.])(?P<hour>1[0-2]|[1-9])(?:[.:](?P<minute>[0-5][0-9]))? ?(?P<half>am|pm)\b)"
    rf"|(?P<date>(?<![\w.])(?P<day>[12][0-9]|3[01]|[1-9]) (?P<month>{_MONTHS})\b"
    r"(?: (?P<year>[12][0-9]{3}))?)"
    r"|(?P<phone>(?<![\w])0[0-9]{2,4}(?: ?[0-9]{3,4}){1,3}(?![\w]))"
    r"|(?P<digits>(?<![\w.,])[0-9]{5,}(?![\w]))"
    r"|(?P<code>(?<![\w'])(?=[A-Z]*[0-9])[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}(?![\w']))"
)
_ORDINAL = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_NAME = re.compile(r"(?<!^)(?<![.!?:] )(?<![\w'])[A-Z][a-z][a-z']*(?![\w'])|(?<=: )[A-Z][a-z']+")
_DAYS_AND_MONTHS = frozenset(
    f"{_MONTHS}|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Is|Yes|No".split("|")
)


@dataclass(frozen=True)
class Span:
    """A run of a text. `say_as` is how to read it, by SSML's own names; `alias` are other words in
    its place, `sounds` what it sounds like in IPA. Without any it is read as it stands."""

    text: str
    say_as: str | None = None
    alias: str | None = None
    sounds: str | None = None


def spans(text: str) -> Iterator[Span]:
    """A text in runs, values marked; the runs put together are the text."""
    end = 0
    for match in _SHAPES.finditer(text):
        if match.start() > end:
            yield Span(text[end : match.start()])
        yield from _marked(match)
        end = match.end()
    if end < len(text):
        yield Span(text[end:])


def spell_names(text: str) -> str:
    """A text whose names are followed by their letters, for whoever asks how they are spelt."""

    def letters(match: re.Match[str]) -> str:
        word = match[0].removesuffix("'s")
        if word in _DAYS_AND_MONTHS:
            return match[0]
        pause = "," if re.match(r" ?\w", text[match.end() :]) else ""
        return f"{match[0]}, {' '.join(word.upper().replace(chr(39), ''))}{pause}"

    return _NAME.sub(letters, text)


def read_out(
    verb: VoiceResponse | Gather, text: str, voice: str, manner: Manner | None = None
) -> None:
    """Has a text read aloud in British English by `voice`, one of Twilio's names for it."""
    manner = manner or Manner()
    if manner.spelt:
        text = spell_names(text)
    say = verb.say("", voice=voice, language=LANGUAGE)
    said = say
    if manner.slow or manner.loud:
        pace = {"rate": "80%"} if manner.slow else {}
        volume = {"volume": "x-loud"} if manner.loud else {}
        said = say.prosody("", **pace, **volume)
    for span in _joined(_readable(text, voice)):
        _write(said, span)


def _readable(text: str, voice: str) -> Iterator[Span]:
    """A text in runs that `voice` can read."""
    for span in spans(text):
        if span.say_as == CHARACTERS and _spells_nothing(voice):
            yield from _one_by_one(span.text)
        else:
            yield span


def _joined(runs: Iterable[Span]) -> Iterator[Span]:
    """The same with plain runs that follow each other as one: Twilio's library keeps only the last
    of them."""
    plain = ""
    for span in runs:
        if span == Span(span.text):
            plain += span.text
            continue
        if plain:
            yield Span(plain)
        plain = ""
        yield span
    if plain:
        yield Span(plain)


def _spells_nothing(voice: str) -> bool:
    """Whether a whole sentence with SSML's own spelling in it would be said by another voice
    (https://docs.aws.amazon.com/polly/latest/dg/say-as-tag.html)."""
    return voice.startswith("Polly.") and voice.endswith("-Neural")


def _one_by_one(text: str) -> Iterator[Span]:
    """Letters and digits as any voice reads them, with a pause between the halves of a code."""
    words = text.split()
    spelt = any(len(word) > 1 for word in words)
    apart = ", ".join(" ".join(word) for word in words) if spelt else text
    for run in re.split("(A)", apart):
        if run:
            yield Span(run, sounds=LETTER_A if run == "A" else None)


def _write(said: Say, span: Span) -> None:
    if span.sounds is not None:
        said.phoneme(span.text, alphabet="ipa", ph=span.sounds)
    elif span.say_as is not None:
        said.say_as(span.text, interpret_as=span.say_as)
    elif span.alias is not None:
        said.sub(span.text, alias=span.alias)
    else:
        said.append(span.text)


def _marked(match: re.Match[str]) -> Iterator[Span]:
    text = match[0]
    if match["spelt"]:
        yield from _letter_by_letter(text)
    elif match["money"]:
        yield Span(text, alias=_amount(match["pounds"], match["pence"]))
    elif match["time"]:
        yield Span(text, alias=_time(match["hour"], match["minute"], match["half"]))
    elif match["date"]:
        day = f"the {match['day']}{_ORDINAL.get(int(match['day']), 'th')} of {match['month']}"
        yield Span(text, alias=f"{day} {match['year']}" if match["year"] else day)
    elif match["phone"]:
        yield Span(text, say_as="telephone")
    elif match["digits"]:
        yield Span(text, say_as="digits")
    else:
        yield Span(text, say_as=CHARACTERS)


def _letter_by_letter(text: str) -> Iterator[Span]:
    """Groups one by one: the comma between them is a pause of its own."""
    for place, group in enumerate(text.split(", ")):
        if place:
            yield Span(", ")
        yield Span(group, say_as=CHARACTERS)


def _amount(pounds: str, pence: str | None) -> str:
    """Pounds and pence as people say them: "12 pounds 50", "3 pounds and 5 pence", "20 pence"."""
    whole, small = pounds.replace(",", ""), int(pence or 0)
    said = f"{whole} pound{'' if whole == '1' else 's'}"
    if not small:
        return said
    if whole == "0":
        return f"{small} pence"
    return f"{said} {small}" if small > 9 else f"{said} and {small} pence"


def _time(hour: str, minute: str | None, half: str) -> str:
    letters = "a m" if half == "am" else "p m"
    if not minute or minute == "00":
        return f"{hour} {letters}"
    past = f"oh {int(minute)}" if minute.startswith("0") else minute
    return f"{hour} {past} {letters}"
