"""How a caller wants to be talked to, and the plain ways of asking for it.

It is kept with the conversation's flags, so that it outlives every request and whoever takes the
call sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from casework.domain.conversations import BY_KEYS

KEYPAD, RELAY, SLOWER, LOUDER = BY_KEYS, "relay_uk", "slower", "louder"
FLAGS = frozenset({KEYPAD, RELAY, SLOWER, LOUDER})


@dataclass(frozen=True)
class Manner:
    """`keypad`: answers by keys alone. `relay`: through Relay UK, where each sentence is typed by
    an assistant before it can be answered. `slow` and `loud` are how the voice speaks; `spelt`
    has what was said last read out letter by letter, this once; `offered` has keys beside speech
    for a question that was not understood; `texts` says that they can be sent a text; `waiting`
    that they have just asked for a moment."""

    keypad: bool = False
    relay: bool = False
    slow: bool = False
    loud: bool = False
    spelt: bool = False
    offered: bool = False
    texts: bool = False
    waiting: bool = False

    @property
    def patient(self) -> bool:
        """Whether long silences are nothing to worry about."""
        return self.relay or self.keypad


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: flags to be kept, and the words that are left. `spell` wants what was
    said last letter by letter."""

    flags: tuple[str, ...] = ()
    rest: str = ""
    spell: bool = False


def manner_of(flags: Iterable[str], *, spelt: bool = False) -> Manner:
    """The manner that a conversation's flags ask for."""
    held = set(flags)
    return Manner(
        keypad=KEYPAD in held,
        relay=RELAY in held,
        slow=SLOWER in held or RELAY in held,
        loud=LOUDER in held,
        spelt=spelt,
    )


_LEAD = (
    r"(?:(?:um|er|erm|sorry|please|hello|hi|ok|okay|yes|and|but|well|actually|can|could|would|may|"
    r"you|i|we|just|to|let|me|like|want|need|prefer|rather|i'd|i'll|i'm|have|going|will|it|be)"
    r"\b[\s,.!?]*)*"
)
_TAIL = (
    r"(?:[\s,.!?]*\b(?:please|thanks|thank you|instead|then|now|a bit|a little|if i can|"
    r"if possible|for me|to me|again)\b)*[\s,.!?]*"
)
_KEYS = re.compile(
    rf"(?i){_LEAD}(?:(?:use|using|do (?:it|this) (?:with|on|by)|answer (?:with|by|on)|press|go by)"
    rf"\s+(?:the |my )?(?:key ?pad|keys|buttons|numbers on my phone)|key ?pad|(?:key|type) it in"
    rf"|(?:can't|cannot|can not) (?:speak|talk)(?: (?:right )?now)?){_TAIL}"
)
_RELAY = re.compile(
    r"(?i)\b(?:(?:i'?m|i am|we'?re|this is|you'?re|calling|ringing|here)\b[\s,]*(?:\w+\s+){0,4}?)?"
    r"(?:(?:through|via|on|with|by|using|from)\s+)?(?:a |the )?"
    r"(?:relay u\.? ?k\.?|text relay|text call|relay (?:service|assistant|operator|call)\b"
    r"|type ?talk|next generation text"
    r"|(?:deaf|hard of hearing) (?:caller|person|customer) (?:is )?typing)"
    r"(?:\s+(?:service|assistant|operator|call|here|user)\b)*[\s,.!]*"
)
_RELAYING = re.compile(
    r"(?i)\b(?:i(?: will|'ll| am|'m) (?:be )?(?:typing|reading|relaying)\b[^.!?]*"
    r"|(?:calling|ringing|here) (?:for|on behalf of|with) (?:an? |my )?"
    r"(?:deaf|hard of hearing)\b[^,.!?]*)[\s,.!?]*"
)
"""What an assistant says of the service itself."""
_GO_AHEAD = re.compile(r"(?i)[\s,.!]*\b(?:go ahead|(?-i:GA))\b[\s,.!]*$")
_NOT_RELAY = re.compile(
    r"(?i)^\W*(?:what|whats|what's|is|are|do|does|how|can|why)\b"
    r"|\b(?:don'?t|not|no longer|without)\b"
)
"""Asks about it, or says that it is not so."""
_WANTS = re.compile(
    r"(?i)\b(?:want|need|would like|report|tell|ask|pay|apply|order|book|moving|my|our|about)\b"
)
_SLOWER = re.compile(
    rf"(?i){_LEAD}(?:speak |talk |say (?:it|that) |go )?(?:a (?:bit|little) )?(?:more )?"
    rf"(?:slower|slowly|slow down|not so fast)(?: down)?{_TAIL}"
    rf"|{_LEAD}(?:you(?:'re| are) )?(?:talking|speaking|going|it's|that's|that was)?\s*"
    rf"(?:much |far |a bit |way )?too (?:fast|quick|quickly){_TAIL}"
)
_LOUDER = re.compile(
    rf"(?i){_LEAD}(?:speak |talk |say (?:it|that) )?(?:a (?:bit|little) )?(?:much )?"
    rf"(?:louder|speak up|turn (?:it|the volume) up){_TAIL}"
    rf"|{_LEAD}(?:can't|cannot|can (?:hardly|barely)|couldn't|hardly) hear (?:you|that|it|a word)"
    rf"(?: (?:very well|properly|well|you say|at all))?{_TAIL}"
    rf"|{_LEAD}(?:you're |you are |it's |that's )?(?:too|very|so) quiet{_TAIL}"
)
_SPELL = re.compile(
    rf"(?i){_LEAD}(?:spell (?:it|that|this|them|the name|the street|the address|the word)(?: out)?"
    rf"|how (?:do you|is (?:it|that)|are they) (?:spell (?:it|that)|spelt|spelled)"
    rf"|letter by letter){_TAIL}"
)


def wish_in(text: str) -> Wish | None:
    """How somebody asks to be talked to, if the words ask for nothing else. Whoever calls through
    Relay UK mostly says so in front of what they want: that is left as `rest`."""
    plain = " ".join(text.split())
    if _SPELL.fullmatch(plain):
        return Wish(spell=True)
    if _KEYS.fullmatch(plain):
        return Wish((KEYPAD,))
    if _SLOWER.fullmatch(plain):
        return Wish((SLOWER,))
    if _LOUDER.fullmatch(plain):
        return Wish((LOUDER,))
    relay = _RELAY.search(plain)
    if relay is None or _NOT_RELAY.search(plain[: relay.end()]):
        return None
    rest = re.sub(r"(?i)^(?:and|so|but)\b[\s,]*", "", _RELAYING.sub("", plain[relay.end() :]))
    rest = without_go_ahead(rest)
    before = re.sub(r"(?i)^(?:hello|hi|good (?:morning|afternoon|evening))\b[\s,.!]*", "",
                    plain[: relay.start()]).strip(" ,.")  # fmt: skip
    if not _WANTS.search(before):
        # "You are through to" and the like announce the service, and nothing else.
        before = ""
    left = " ".join(part for part in (before, rest) if len(part.split()) > 2)
    return Wish((RELAY,), left)


def without_go_ahead(text: str) -> str:
    """The words without the "go ahead" by which those who talk through an assistant pass the word
    on; alone it is an answer."""
    return _GO_AHEAD.sub("", text) or text
