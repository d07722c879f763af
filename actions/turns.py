"""Reads what casework needs out of Rasa's tracker, and writes what casework says back into it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from casework.domain.conversations import Second, Turn, Utterance

REMEMBERED = 5
"""Guesses at each earlier message that are kept in mind."""


def turn_of(tracker: Tracker) -> Turn:
    """The resident's turn behind the latest message, with what the model understood of it."""
    message = tracker.latest_message
    metadata = message.get("metadata") or {}
    understood = message.get("understood") or {}
    ranking = message.get("intent_ranking") or []
    return Turn(
        id=str(metadata.get("message_id") or message.get("message_id") or ""),
        text=message.get("text") or "",
        label=understood.get("label"),
        confidence=float(understood.get("confidence") or 0.0),
        ranking=tuple((guess["name"], float(guess["confidence"])) for guess in ranking),
        choice=metadata.get("choice"),
        keyed=bool(metadata.get("keyed")),
        sure=metadata.get("sure"),
        topics={
            service: tuple((str(name), float(score)) for name, score in ranked)
            for service, ranked in (message.get("topics") or {}).items()
        },
        question=bool(message.get("question")),
        second=_second_of(message.get("second")),
        rankings=_said_before(message),
    )


def _said_before(message: dict[str, Any]) -> dict[str, tuple[tuple[str, float], ...]]:
    """The likeliest labels of each message so far, by its words, where the assistant tells."""
    return {
        said["text"]: tuple(
            (guess["name"], float(guess["confidence"])) for guess in said["ranking"][:REMEMBERED]
        )
        for said in message.get("said_before") or ()
    }


def _second_of(heard: dict[str, Any] | None) -> Second | None:
    """What else the message asks for, as SecondRequest of the pipeline tells it."""
    if not heard:
        return None
    return Second(
        label=str(heard["label"]),
        confidence=float(heard["confidence"]),
        words=str(heard["words"]),
        first=str(heard["first"]),
    )


def intent_of(tracker: Tracker) -> str:
    """The label that the assistant acted on."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def utter(dispatcher: CollectingDispatcher, said: Iterable[Utterance]) -> None:
    """Sends utterances as structured messages; only `bot/engine.py` reads them."""
    for utterance in said:
        dispatcher.utter_message(json_message=as_json(utterance))


def as_json(utterance: Utterance) -> dict[str, Any]:
    """An utterance as JSON; `bot/engine.py` turns it back."""
    return dataclasses.asdict(utterance)
