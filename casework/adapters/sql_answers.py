"""Answers, utterances, offers and what they hold as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from casework.domain.conversations import (
    Choice,
    Dealt,
    Link,
    Needed,
    Offer,
    Upload,
    Utterance,
)
from casework.domain.drafts import Answer, Candidate, Source
from casework.domain.errors import Invalid
from casework.domain.handoffs import Note
from casework.domain.identity import Identity, Stage


def answers_to_json(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Answers by field id, moments in ISO 8601 and UTC. Raises Invalid for a naive moment."""
    return {name: _answer_to_json(answer) for name, answer in answers.items()}


def _answer_to_json(answer: Answer) -> dict[str, Any]:
    return {
        "value": answer.value,
        "source": str(answer.source),
        "at": _moment(answer.at),
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
    if offer is None:
        return None
    return {"kind": offer.kind, "services": list(offer.services), "words": offer.words}


def offer_from_json(stored: Mapping[str, Any] | None) -> Offer | None:
    """The offer back."""
    if stored is None:
        return None
    return Offer(stored["kind"], tuple(stored["services"]), stored["words"])


def utterance_to_json(said: Utterance) -> dict[str, Any]:
    """All that is said; also the columns of a message."""
    return {
        "text": said.text,
        "choices": choices_to_json(said.choices),
        "service": said.service,
        "asks": said.asks,
        "kind": said.kind,
        "case_refs": list(said.case_refs),
        "links": links_to_json(said.links),
        "upload": upload_to_json(said.upload),
    }


def utterance_from_json(stored: Mapping[str, Any]) -> Utterance:
    """The utterance back."""
    return Utterance(
        text=stored["text"],
        choices=choices_from_json(stored["choices"]),
        service=stored["service"],
        asks=stored["asks"],
        kind=stored["kind"],
        case_refs=tuple(stored["case_refs"]),
        links=links_from_json(stored["links"]),
        # What a turn led to may have been stored before there was evidence.
        upload=upload_from_json(stored.get("upload")),
    )


def upload_to_json(upload: Upload | None) -> dict[str, Any] | None:
    """The case and what it needs."""
    if upload is None:
        return None
    needed = [
        {"kind": one.kind, "label": one.label, "optional": one.optional} for one in upload.needed
    ]
    return {"case_ref": upload.case_ref, "needed": needed}


def upload_from_json(stored: Mapping[str, Any] | None) -> Upload | None:
    """The upload back."""
    if stored is None:
        return None
    needed = tuple(Needed(one["kind"], one["label"], one["optional"]) for one in stored["needed"])
    return Upload(stored["case_ref"], needed)


def notes_to_json(notes: Iterable[Note]) -> list[dict[str, str]]:
    """When, who and what of each. Raises Invalid for a naive moment."""
    return [{"at": _moment(note.at), "by": note.by, "text": note.text} for note in notes]


def notes_from_json(stored: Iterable[Mapping[str, str]]) -> tuple[Note, ...]:
    """The notes back."""
    return tuple(Note(datetime.fromisoformat(one["at"]), one["by"], one["text"]) for one in stored)


def _moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise Invalid("a moment without a time zone")
    return at.astimezone(UTC).isoformat()


def dealt_to_json(dealt: Dealt | None) -> dict[str, Any] | None:
    """The turn's id, what was said and whether a draft awaited answers."""
    if dealt is None:
        return None
    said = [utterance_to_json(one) for one in dealt.said]
    return {"turn_id": dealt.turn_id, "said": said, "filling": dealt.filling}


def dealt_from_json(stored: Mapping[str, Any] | None) -> Dealt | None:
    """What the turn led to, back."""
    if stored is None:
        return None
    said = tuple(utterance_from_json(one) for one in stored["said"])
    return Dealt(stored["turn_id"], said, stored["filling"])


def identity_to_json(identity: Identity | None) -> dict[str, Any] | None:
    """Every field by its name."""
    if identity is None:
        return None
    lists = {name: list(getattr(identity, name)) for name in ("unknown", "services", "checked")}
    plain = {"stage": str(identity.stage), "given": dict(identity.given)}
    return {**vars(identity), **lists, **plain}


def identity_from_json(stored: Mapping[str, Any] | None) -> Identity | None:
    """The identity back."""
    if stored is None:
        return None
    lists = {name: tuple(stored[name]) for name in ("unknown", "services", "checked")}
    return Identity(**{**stored, **lists, "stage": Stage(stored["stage"])})
