"""Which of the services, topics or rows offered a message means."""

from __future__ import annotations

from civicline_rasa.digressions import SHORT, SMALL_TALK
from civicline_rasa.follow_ups import Topics, plainly_about, stays_with, topic_named
from civicline_rasa.intents import ANSWER, Ranking
from civicline_rasa.phrasing import (
    NONE_OF_THEM,
    is_request,
    matching_choices,
    place_in_list,
    tidy,
    words,
)
from civicline_rasa.question_asked import A_PERSON, ROW, SAFETY, STEERING, Asked
from civicline_rasa.replies import adds_something

# Among the services offered, one this much likelier than the next is meant.
CLEARLY = 2.0
LEAST_OFFERED = 0.08


def topic_meant(
    text: str, ranking: Ranking, asked: Asked, sure: bool, topics: Topics
) -> str | None:
    """With nothing asked, or only what it is about: a further question, a topic or a row named."""
    top = ranking[0]["name"] if ranking else None
    place = place_in_list(text, len(asked.choices)) if asked.choices else None
    if place is not None and "/" in asked.choices[place]["value"]:
        # "The second one", of the topics just offered: not a wish to go back.
        return str(asked.choices[place]["value"]).partition("/")[0]
    if sure and top in (STEERING | {A_PERSON}):
        return None
    if asked.kind == ROW and not (sure and top != asked.about and is_request(text)):
        return ANSWER
    named = topic_named(text, asked.choices)
    if named is not None and (not sure or top == asked.about):
        return named.partition("/")[0]
    if top not in SMALL_TALK and stays_with(text, asked.about, topics, top, sure):
        return asked.about
    if not sure:
        likely = [e["name"] for e in ranking[:3] if e["confidence"] >= LEAST_OFFERED]
        return plainly_about(topics, [name for name in likely if name not in SAFETY])
    return None


def service_meant(
    text: str, ranking: Ranking, asked: Asked, sure: bool, known: set[str]
) -> str | None:
    """Which of the services offered is meant: by place, by name, or by the model's own view."""
    offered = [choice for choice in asked.choices if choice["value"] in known]
    values = {choice["value"] for choice in offered}
    top = ranking[0]["name"] if ranking else None
    if NONE_OF_THEM.match(tidy(text)) and len(words(text)) <= SHORT:
        if not sure or top in STEERING or not adds_something(NONE_OF_THEM.sub("", tidy(text))):
            return ANSWER
        return top if top in values else None
    place = place_in_list(text, len(asked.choices))
    if place is not None:
        value = asked.choices[place]["value"]
        return value if value in known else ANSWER
    if sure and top not in values:
        return ANSWER if top in STEERING else None
    named = matching_choices(text, offered)
    if len(named) == 1:
        return named[0]["value"]
    within = [entry for entry in ranking if entry["name"] in values]
    if within and within[0]["confidence"] >= LEAST_OFFERED:
        second = within[1]["confidence"] if len(within) > 1 else 0.0
        if within[0]["confidence"] >= CLEARLY * second:
            return str(within[0]["name"])
    return ANSWER
