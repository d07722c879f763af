"""Answers, choices, links and offers as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from casework.domain.conversations import Choice, Link, Offer
from casework.domain.drafts import Answer, Candidate, Source
from casework.domain.errors import Invalid


def answers_to_json(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Answers by field id, moments in ISO 8601 and UTC. Raises Invalid for a naive moment."""
    return {name: _answer_to_json(answer) for name, answer in answers.items()}


def _answer_to_json(answer: Answer) -> dict[str, Any]:
    if answer.at.tzinfo is None:
        raise Invalid("a moment without a time zone")
    return {
        "value": answer.value,
        "source": str(answer.source),
        "at": answer.at.astimezone(UTC).isoformat(),
        "confirmed": answer.confirmed,
    }


def answers_from_json(stored: Mapping[str, Any]) -> dict[str, Answer]:
    """The answers back."""
    return {
        name: Answer(
            value=one["value"],
            source=Source(one["source"]),
            at=datetime.fromisoformat(one["at"]),
            confirmed=one["confirmed"],
        )
        for name, one in stored.items()
    }


def choices_to_json(choices: Iterable[Choice]) -> list[dict[str, str]]:
    """Label and value of each."""
    return [{"label": choice.label, "value": choice.value} for choice in choices]


def choices_from_json(stored: Iterable[Mapping[str, str]]) -> tuple[Choice, ...]:
    """The choices back."""
    return tuple(Choice(one["label"], one["value"]) for one in stored)


def links_to_json(links: Iterable[Link]) -> list[dict[str, str]]:
    """Label and address of each."""
    return [{"label": link.label, "url": link.url} for link in links]


def links_from_json(stored: Iterable[Mapping[str, str]]) -> tuple[Link, ...]:
    """The links back."""
    return tuple(Link(one["label"], one["url"]) for one in stored)


def candidates_to_json(candidates: Iterable[Candidate]) -> list[dict[str, Any]]:
    """Label and value of each; the value is any JSON."""
    return [{"label": one.label, "value": one.value} for one in candidates]


def candidates_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Candidate, ...]:
    """The candidates back."""
    return tuple(Candidate(one["label"], one["value"]) for one in stored)


def offer_to_json(offer: Offer | None) -> dict[str, Any] | None:
    """Kind and services."""
    return None if offer is None else {"kind": offer.kind, "services": list(offer.services)}


def offer_from_json(stored: Mapping[str, Any] | None) -> Offer | None:
    """The offer back."""
    return None if stored is None else Offer(stored["kind"], tuple(stored["services"]))
