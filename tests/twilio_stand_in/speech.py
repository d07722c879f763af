"""Who reads aloud, and what each voice can be told.

Sources: https://www.twilio.com/docs/voice/twiml/say/text-speech for the voices, and for what they
make of SSML https://docs.aws.amazon.com/polly/latest/dg/supportedtags.html. Of voices in other
languages than the British ones only the shape of the name is known here.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

POLLY: Mapping[str, Mapping[str, frozenset[str]]] = {
    "en-GB": {
        "": frozenset({"Amy", "Brian", "Emma"}),
        "-Neural": frozenset({"Amy", "Arthur", "Brian", "Emma"}),
        "-Generative": frozenset({"Amy", "Brian"}),
    },
    "cy-GB": {"": frozenset({"Gwyneth"})},
    "en-GB-WLS": {"": frozenset({"Geraint"})},
}
BRITISH = {
    name: language for language, kinds in POLLY.items() for n in kinds.values() for name in n
}
GOOGLE = re.compile(
    r"Google\.(en-GB-((Standard|Wavenet|Neural2)-[ABCDFNO]|Chirp3-HD-[A-Z][a-z]+)"
    r"|cy-GB-Standard-[AB])"
)

NEEDED = {
    "say-as": "interpret-as",
    "sub": "alias",
    "phoneme": "ph",
    "lang": "xml:lang",
    "w": "role",
}

INVALID_TEXT, INVALID_VOICE, INVALID_LANGUAGE, SCHEMA = 13520, 13511, 13512, 12200

SPELT = frozenset({"characters", "spell-out"})


def say_fault(say: ElementTree.Element) -> tuple[int, str] | None:
    """What is wrong with a Say as a whole: Twilio's code, and why."""
    return next(_faults(say), None)


def _faults(say: ElementTree.Element) -> Iterator[tuple[int, str]]:
    voice, language = say.get("voice", ""), say.get("language")
    yield from _voice_faults(voice, language)
    within = list(say.iter())[1:]
    if within and voice in {"man", "woman", "alice"}:
        yield INVALID_TEXT, "SSML needs a Polly or Google voice"
    for element in within:
        needed = NEEDED.get(element.tag)
        if needed and not _given(element, needed):
            yield SCHEMA, f"<{element.tag}> needs {needed}"
        if element.tag == "prosody" and not element.attrib:
            yield SCHEMA, "<prosody> changes nothing"
        yield from _unspoken(element, voice)


def _voice_faults(voice: str, language: str | None) -> Iterator[tuple[int, str]]:
    """A British voice that there is not, or one of another language than the words."""
    if match := re.fullmatch(r"Polly\.([A-Za-z]+)(-\w+)?", voice):
        name, kind = match[1], match[2] or ""
        own = BRITISH.get(name)
        british = own or (language if language in POLLY else None)
        if british and name not in POLLY[british].get(kind, ()):
            yield INVALID_VOICE, f"there is no voice {voice} of {british}"
        if own and language not in (None, own):
            yield INVALID_LANGUAGE, f"{voice} reads {own}, not {language}"
    elif match := re.match(r"Google\.([a-z]+-[A-Z]+)-", voice):
        if match[1] in POLLY and not GOOGLE.fullmatch(voice):
            yield INVALID_VOICE, f"there is no voice {voice}"
        if language not in (None, match[1]):
            yield INVALID_LANGUAGE, f"{voice} reads {match[1]}, not {language}"


def _unspoken(element: ElementTree.Element, voice: str) -> Iterator[tuple[int, str]]:
    """What a newer Polly voice does not carry out."""
    if not voice.startswith("Polly.") or "-" not in voice:
        return
    if element.tag == "emphasis":
        yield INVALID_TEXT, f"{voice} knows no <emphasis>"
    if element.tag == "prosody" and element.get("pitch"):
        yield INVALID_TEXT, f"{voice} knows no pitch"
    if voice.endswith("-Neural") and element.get("interpret-as") in SPELT:
        # Not refused: Polly has the whole sentence said by its old voice of that name.
        yield INVALID_TEXT, f"{voice} spells nothing, and another voice would say the sentence"


def _given(element: ElementTree.Element, name: str) -> bool:
    qualified = name.replace("xml:", "{http://www.w3.org/XML/1998/namespace}")
    return bool(element.get(qualified))
