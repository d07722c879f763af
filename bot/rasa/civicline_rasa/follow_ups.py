"""Messages that lean on what was just answered: "and how much is it", "what about weekends"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from civicline_rasa.phrasing import (
    Choice,
    is_question,
    matching_choices,
    place_in_list,
    tidy,
    words,
)

Topics = Mapping[str, Sequence[Sequence[Any]]]

FITS = 0.5
"""The score from which on a topic fits what was said."""
NEARLY = 0.3
"""As FITS, for words that plainly lean on what came before."""
ASKS_HOW = 0.15
"""As NEARLY, for what asks how long or how much: a service has one topic of that."""
CLEARLY = 0.6
"""The score from which on a topic tells which service is meant though the model is not sure."""

A_PERSON_WANTED = frozenset({"callback", "speak_to_agent"})
"""Never a further question: "call me please"."""

_LEAN = re.compile(
    r"^(?:(?:ok|okay|right|thanks|thank you|great|yes|no|um+|er+m?|oh|ah|so|well)\b[\s,.!]*)*"
    r"(?:and\b|also\b|but\b|(?:what|how) about\b|what if\b|(?:is|are|was|were|do|does|did|can|"
    r"could|will|would) (?:it|they|that|those|these|there)\b|(?:can|do|could|should|would|must) i\b"
    r"|(?:how|when|where|why|what|who|which)\b.*\b(?:it|they|them|that|those|one)\b"
    r"|how (?:much|long|often|many|soon|do i|can i)\b|(?:when|where)(?: do| can| is| are)?\b)"
)
_POINTING = frozenset(
    """
    and also but what how about if is are was were do does did can could will would it they them
    that those these there i should must when where why who which one ones much long often many
    soon the a an to for on at in of my me you we be get cost costs have has need take takes with
    please then ok okay right thanks thank great yes no so well um er oh ah this their its open
    closed apply pay day days time times free else any some from by as long
    ring call phone contact number appointment appointments online email website web post person
    form forms book booking deadline wait list queue allowed near nearest address
    today tonight tomorrow now week weeks weekend weekends weekday weekdays evening evenings morning
    mornings afternoon saturday saturdays sunday sundays monday mondays tuesday wednesday thursday
    friday bank holiday holidays christmas easter year years month opening hours late early
    price prices charge charges fee fees quick quickly fast old many far go come use still really
    got left going getting paying costing need needed told know find out
    usually work works happen happens next after afterwards before first then there's it's that's
    what's how's where's when's who's won't don't isn't not
    """.split()
)
# Of those, the ones that alone ask nothing: "yes please", "that one", "ok thanks".
_EMPTY = frozenset(
    """
    yes no ok okay right thanks thank you great please it that this these those one ones the a an
    and but so well um er oh ah i my me not first next then go come really now still
    """.split()
)
_DOING = frozenset(
    "fix fixes fixed fixing mend mended sort sorted do done fill filled finish finished "
    "until till quickly".split()
)
# "When are you open" is about nobody's form.
_IT = frozenset("it that this them they one".split()) | _DOING - {"do", "until", "till"}
# Asks after a time or a price whatever else is asked: "how long" is no answer to a yes or no.
_HOW = re.compile(r"^(?:(?:and|but|so|ok|okay)\b[\s,]*)*how (?:long|soon|quick\w*|fast|much)\b")
FRAGMENT = 5
"""Words of the longest message that needs no verb to go on from what came before: "on Sundays?"."""

# Asked though nothing in front says so, as speech and thumbs put it: "sofa collection how much".
_WONDERS = re.compile(
    r"\bhow (?:much|long|soon|many|often|quick(?:ly)?|fast|big|deep|high|old|far|can i)\b"
    r"|\bhow do (?:i|you|we)\b"
    r"|\b(?:what|when|where|who|how)(?:s|'s|'re)\b|^(?:the )?(?:cost|price|charge|fee)s?\b"
    r"|\b(?:cost|price|charge|fee|wait)s?\??$|\bfree\??$"
    r"|\b(?<!know )(?:when|what|who|why|which|whose) (?:\w+ )?(?:will|can|do|does|should|is|are|if|"
    r"happens|pays|moves|fixes|counts?|has to)\b"
    r"|^(?:what|which|who|whose|how|why)\b(?! a\b)"
    r"|\bcan (?:i|we|they|he|she|anyone|anybody|my \w+)\b"
    r"(?! (?:please )?(?:report|order|book|apply|request))"
    r"|(?<!\bhe )(?<!\bshe )(?<!\bit )(?<!\bthey )(?<!\byou )(?<!\bwhat )"
    r"\b(?:(?:do|does|is|are|should|must|am) (?:i|it|you|they|that|this|there|he|she|my)"
    r"|will (?:i|it|they|that|this|there|he|she|my))\b"
    r"|^(?:um+ |er+ |so |and )*(?:do|does|is|are|should|am|has|have)\b"
    r"|\b(?:wonder|want to know|like to know|tell me|any idea|find out|ask)\w* (?:\w+ )?"
    r"(?:if|whether|how|what|when|where|who|why|which|about)\b"
)
# Put as a question and meant as a wish: "can you come and take my sofa".
_ASKS_TO_ACT = re.compile(
    r"\b(?:can|could|would|will|won't|can't) (?:you|someone|somebody|anyone|one of you|we)\b"
    r"(?! (?:please )?(?:tell|explain|say|let me know|advise|confirm))(?! take\b)"
)


def asks_to_know(text: str) -> bool:
    """Whether it asks for an answer rather than for something to be done."""
    tidied = tidy(text)
    if _WONDERS.search(tidied):
        return True
    return is_question(text) and not _ASKS_TO_ACT.search(tidied)


def leans(text: str) -> bool:
    """Whether a message is put as if it went on from what came before."""
    said = words(text)
    if len(said) <= FRAGMENT and points_only(text) and not _EMPTY.issuperset(said):
        return True
    return bool(_LEAN.match(tidy(text))) and len(said) <= 12


def points_only(text: str) -> bool:
    """Whether it has no words of its own to say what it is about: "how much is it"."""
    return all(word in _POINTING for word in words(text))


def asks_how(text: str) -> bool:
    """Whether it asks how long, how soon or how much, which answers no yes or no."""
    return bool(_HOW.match(tidy(text)))


def asks_of(text: str, draft: str | None, topics: Topics, polar: bool) -> Topics:
    """The topics, that of the form's own service fitting if a question leans on it: "how long to
    fix it" has no words of its own to say what is to be mended. `polar`: a yes or no is awaited."""
    ranked = topics.get(draft or "", ())
    enough = ASKS_HOW if asks_how(text) else NEARLY
    if not ranked or not enough <= float(ranked[0][1]) < FITS or not leans(text):
        return topics
    said = set(words(text))
    if not said <= _POINTING | _DOING or not (asks_how(text) or said & _IT):
        return topics
    if polar and not asks_how(text):
        return topics
    name = ranked[0][0]
    return {**topics, str(draft): [[name, FITS], *ranked[1:]]}


def stays_with(text: str, about: str | None, topics: Topics, top: str | None, sure: bool) -> bool:
    """Whether a message is a further question about the service dealt with last.

    `top` is the label that the model thinks of first, and `sure` whether it is sure of it.
    """
    if about is None or about not in topics or (sure and top in A_PERSON_WANTED):
        return False
    own, other = _best(topics, about), _best(topics, top)
    if top == about:
        return not sure and own >= FITS
    if leans(text):
        if points_only(text):
            return True
        return own >= NEARLY and (not sure or own > other)
    return not sure and own >= FITS and own > other


def plainly_about(topics: Topics, services: Sequence[str]) -> str | None:
    """The likely service one of whose topics fits clearly, where the model itself is not sure."""
    best = max(services, key=lambda service: _best(topics, service), default=None)
    return best if best is not None and _best(topics, best) >= CLEARLY else None


def asks_about(service: str | None, topics: Topics) -> bool:
    """Whether a topic of a service fits."""
    return service is not None and _best(topics, service) >= FITS


def topic_named(text: str, choices: Sequence[Choice]) -> str | None:
    """Which topic on offer a message names, by its place or its title; `service/topic`."""
    offered = [choice for choice in choices if "/" in choice.get("value", "")]
    if not offered or len(words(text)) > 8:
        return None
    place = place_in_list(text, len(offered))
    if place is not None:
        return offered[place]["value"]
    titles = [{"label": one.get("label", ""), "value": one["value"].partition("/")[2]}
              for one in offered]  # fmt: skip
    named = matching_choices(text, titles)
    if len(named) != 1:
        return None
    return next(o["value"] for o in offered if o["value"].endswith("/" + named[0]["value"]))


def _best(topics: Topics, service: str | None) -> float:
    ranked = topics.get(service or "", ())
    return float(ranked[0][1]) if ranked else 0.0
