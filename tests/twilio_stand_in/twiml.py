"""Reading TwiML as strictly as Twilio documents it."""

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

from tests.twilio_stand_in import faults
from tests.twilio_stand_in.speech import say_fault
from tests.twilio_stand_in.values import url as url_fault
from tests.twilio_stand_in.verbs import BAD_URL, BY_CHANNEL, RULES, SCHEMA, SSML, VERBS

BODY_TOO_LARGE = 11750
EMPTY_BODY = 11770
PARSE_FAILURE = 12100
NOT_A_RESPONSE = 12102
INVALID_CONTENT_TYPE = 12300
INVALID_VERB_FOR_MESSAGE = 14110

LARGEST_BODY = 64 * 1024
LONGEST_SAY = 4096
LONGEST_MESSAGE = 1600

XML_TYPES = {"text/xml", "application/xml", "text/html"}
MOST_MEDIA = 10
IN_GATHER = {13511: 13321, 13510: 13322}


class TwimlRefused(Exception):
    """An answer of ours that Twilio would not carry out; `code` is the nearest of Twilio's own."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        faults.note(f"TwiML {self}")


@dataclass(frozen=True)
class Verb:
    """An element of TwiML, checked.

    `text` is what would be spoken or sent: of a Say without its SSML, of a Message its body.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    nested: tuple["Verb", ...] = ()


def parse(body: bytes | str, content_type: str, channel: str | None = None) -> list[Verb]:
    """The verbs of a document in order.

    `channel` is "voice" or "messaging", whose verbs alone are then allowed; None allows both.
    Raises TwimlRefused.
    """
    kind = content_type.split(";")[0].strip().lower()
    if kind not in XML_TYPES:
        raise TwimlRefused(INVALID_CONTENT_TYPE, f"{content_type or 'none'} is not XML")
    raw = body.encode() if isinstance(body, str) else body
    if len(raw) > LARGEST_BODY:
        raise TwimlRefused(BODY_TOO_LARGE, f"{len(raw)} bytes, at most {LARGEST_BODY} are read")
    if not raw.strip():
        raise TwimlRefused(EMPTY_BODY, "the body is empty")
    root = _root(raw)
    allowed = BY_CHANNEL[channel] if channel else frozenset(VERBS)
    unknown = INVALID_VERB_FOR_MESSAGE if channel == "messaging" else SCHEMA
    _no_text(root)
    verbs = []
    for element in root:
        if element.tag not in allowed:
            raise TwimlRefused(unknown, f"<{element.tag}> is no verb here")
        verbs.append(_verb(element))
    return verbs


def _root(raw: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in raw:
        raise TwimlRefused(PARSE_FAILURE, "a document type is not read")
    try:
        root = ElementTree.fromstring(raw)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        # The latter are encodings that there are not, or of more than one byte.
        raise TwimlRefused(PARSE_FAILURE, str(error)) from error
    if root.tag != "Response":
        raise TwimlRefused(NOT_A_RESPONSE, f"the root is <{root.tag}>, not <Response>")
    if root.attrib:
        raise TwimlRefused(SCHEMA, "<Response> has no attributes")
    return root


def _verb(element: ElementTree.Element, inside: str = "") -> Verb:
    name = element.tag
    rule = RULES[name]
    attributes = _attributes(element, inside)
    if rule.text == "no":
        _no_text(element)
    nested = []
    for child in element:
        if child.tag not in rule.nested:
            code = {"Gather": 13320, "Dial": 13215}.get(name, SCHEMA)
            raise TwimlRefused(code, f"<{child.tag}> cannot stand in <{name}>")
        nested.append(_verb(child, inside=name))
    verb = Verb(name, attributes, _text(element), tuple(nested))
    _check_whole(verb)
    if name == "Say" and (wrong := say_fault(element)):
        code, reason = wrong
        raise TwimlRefused(IN_GATHER.get(code, code) if inside == "Gather" else code, reason)
    return verb


def _attributes(element: ElementTree.Element, inside: str) -> dict[str, str]:
    known = RULES[element.tag].attributes
    found = {}
    for raw_name, value in element.attrib.items():
        name = raw_name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")
        if name not in known:
            raise TwimlRefused(SCHEMA, f"<{element.tag}> has no attribute {name}")
        check, code = known[name]
        fault = check(value)
        if fault:
            code = IN_GATHER.get(code, code) if inside == "Gather" else code
            raise TwimlRefused(code, f"{element.tag} {name}={value[:60]!r} {fault}")
        found[name] = value
    return found


def _no_text(element: ElementTree.Element) -> None:
    parts = [element.text or "", *(child.tail or "" for child in element)]
    if "".join(parts).strip():
        raise TwimlRefused(SCHEMA, f"text where <{element.tag}> takes none")


def _text(element: ElementTree.Element) -> str:
    if element.tag == "Say" or element.tag in SSML:
        return " ".join(_spoken(element).split())
    if element.tag == "Message" and element.find("Body") is not None:
        return "\n".join(body.text or "" for body in element.findall("Body"))
    return _own_text(element).strip()


def _own_text(element: ElementTree.Element) -> str:
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _spoken(element: ElementTree.Element) -> str:
    """The text of an element and all below; a pause or the end of a sentence parts words."""
    parts = [element.text or ""]
    for child in element:
        apart = " " if child.tag in ("break", "p", "s") else ""
        parts += [apart, _spoken(child), apart, child.tail or ""]
    return "".join(parts)


def _check_whole(verb: Verb) -> None:
    """Rules that no single attribute shows."""
    if verb.name == "Say":
        _check_say(verb)
    elif verb.name in ("Message", "Sms"):
        _check_message(verb)
    elif verb.name in ("Redirect", "Media") or (
        verb.name == "Play" and not verb.attributes.get("digits")
    ):
        _check_address(verb)
    elif verb.name == "Gather":
        _check_gather(verb)
    elif verb.name in ("Dial", "Number", "Conference", "Queue", "Sip"):
        _check_dial(verb)
    elif verb.name == "Enqueue":
        _check_queue(verb)


def _check_gather(verb: Verb) -> None:
    given = verb.attributes
    if "speechModel" in given and given.get("speechTimeout") == "auto":
        raise TwimlRefused(13335, "speechTimeout auto does not go with a speechModel")
    if given.get("enhanced") == "true" and given.get("speechModel") != "phone_call":
        raise TwimlRefused(13334, "enhanced goes with the speechModel phone_call alone")


def _check_say(verb: Verb) -> None:
    if not re.search(r"\w", verb.text):
        raise TwimlRefused(13520, "nothing to say")
    if len(verb.text) > LONGEST_SAY:
        raise TwimlRefused(13521, f"{len(verb.text)} characters, at most {LONGEST_SAY} are said")


def _check_message(verb: Verb) -> None:
    has_media = any(noun.name == "Media" for noun in verb.nested)
    if not verb.text.strip() and not has_media:
        raise TwimlRefused(14103, "an empty message")
    if sum(noun.name == "Media" for noun in verb.nested) > MOST_MEDIA:
        raise TwimlRefused(14103, f"more than {MOST_MEDIA} pictures")
    if len(verb.text) > LONGEST_MESSAGE:
        raise TwimlRefused(14103, f"{len(verb.text)} characters, at most {LONGEST_MESSAGE}")


def _check_address(verb: Verb) -> None:
    fault = url_fault(verb.text)
    if fault:
        raise TwimlRefused(BAD_URL, f"{verb.name} {verb.text[:60]!r} {fault}")


def _check_dial(verb: Verb) -> None:
    if verb.name == "Dial":
        if verb.text and verb.nested:
            raise TwimlRefused(13215, "<Dial> takes a number or nouns, not both")
        if not verb.text and not verb.nested:
            raise TwimlRefused(13223, "<Dial> without anyone to dial")
        rooms = [noun for noun in verb.nested if noun.name in ("Conference", "Queue")]
        if rooms and len(verb.nested) > 1:
            raise TwimlRefused(13215, f"<{rooms[0].name}> stands alone in <Dial>")
    number = verb.text if verb.name in ("Dial", "Number") and not verb.nested else None
    if number is not None and not re.fullmatch(
        r"\+[1-9][0-9]{6,14}", re.sub(r"[ ()-]", "", number)
    ):
        raise TwimlRefused(13223, f"{number!r} is not a phone number with its country")
    if verb.name == "Conference" and not 1 <= len(verb.text) <= 128:
        raise TwimlRefused(13237, "a conference is named in 1 to 128 characters")
    if verb.name == "Queue" and not 1 <= len(verb.text) <= 64:
        raise TwimlRefused(14213 if verb.text else 14212, "a queue is named in 1 to 64 characters")
    if verb.name == "Sip" and not verb.text.lower().startswith(("sip:", "sips:")):
        raise TwimlRefused(13243, f"{verb.text!r} is not a SIP address")


def _check_queue(verb: Verb) -> None:
    if "workflowSid" in verb.attributes:
        return
    if not 1 <= len(verb.text) <= 64:
        raise TwimlRefused(14205 if verb.text else 14204, "a queue is named in 1 to 64 characters")
