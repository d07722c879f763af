"""The line to the assistant: a port, Rasa over HTTP, and a scripted fake beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from casework.domain.conversations import (
    Channel,
    Choice,
    Link,
    Needed,
    Upload,
    Utterance,
)
from casework.domain.errors import EngineFailure


@dataclass(frozen=True)
class Question:
    """One message for the assistant, with what was asked of the resident before it.

    `kind` is the type of answer awaited; `draft` the service whose form is being filled; `reads`
    says that the words hold one of the values that were asked for, in the council's own words for
    them, or the place; `about` is the service dealt with last; `steers` the command that the words
    are, such as `carry_on` or `later`, or `own_number` for the number they ring from; `gives_up`
    says that they let go of what was begun for something else;
    `sure` is how sure a recogniser was of the words.
    """

    conversation_id: str
    message_id: str
    channel: Channel
    text: str
    choice: str | None = None
    asks: str | None = None
    kind: str | None = None
    choices: tuple[Choice, ...] = ()
    draft: str | None = None
    keyed: bool = False
    sure: float | None = None
    reads: bool = False
    about: str | None = None
    steers: str | None = None
    gives_up: bool = False


class Engine(Protocol):
    """Answers one message."""

    def answer(self, question: Question) -> list[Utterance]:
        """What to say. Raises EngineFailure on an error, a timeout or no answer at all."""
        ...

    def check(self) -> None:
        """Raises EngineFailure when the assistant cannot be reached."""
        ...


class RasaEngine:
    """Rasa's REST channel. An empty answer means that an action failed: it is no silence."""

    def __init__(self, url: str, timeout: float = 8.0) -> None:
        """`url` of the assistant, on the loopback; `timeout`: seconds without a byte of answer."""
        self._http = httpx.Client(
            base_url=url,
            timeout=httpx.Timeout(timeout, connect=1.0),
            limits=httpx.Limits(max_connections=500, max_keepalive_connections=50),
            trust_env=False,
        )

    def answer(self, question: Question) -> list[Utterance]:
        body = {
            "sender": question.conversation_id,
            "message": question.text,
            "metadata": _metadata(question),
        }
        try:
            response = self._http.post("/webhooks/rest/webhook", json=body)
            response.raise_for_status()
            said = response.json()
        except (httpx.HTTPError, ValueError) as failure:
            raise EngineFailure(type(failure).__name__) from None
        return read_answer(said)

    def check(self) -> None:
        try:
            self._http.get("/", timeout=2.0).raise_for_status()
        except httpx.HTTPError as failure:
            raise EngineFailure(type(failure).__name__) from None


def _metadata(question: Question) -> dict[str, Any]:
    return {
        "message_id": question.message_id,
        "channel": str(question.channel),
        "asks": question.asks,
        "kind": question.kind,
        "choices": [{"value": c.value, "label": c.label} for c in question.choices],
        "choice": question.choice,
        "draft": question.draft,
        "keyed": question.keyed,
        "sure": question.sure,
        "reads": question.reads,
        "about": question.about,
        "steers": question.steers,
        "gives_up": question.gives_up,
    }


def read_answer(said: object) -> list[Utterance]:
    """The utterances in an answer of Rasa's REST channel. Raises EngineFailure if none is."""
    if not isinstance(said, Sequence) or not said:
        raise EngineFailure("no answer")
    found = []
    for message in said:
        custom = message.get("custom") if isinstance(message, Mapping) else None
        if not isinstance(custom, Mapping) or custom.get("failed"):
            raise EngineFailure("an action failed")
        try:
            found.append(_utterance(custom))
        except (KeyError, TypeError) as failure:
            raise EngineFailure(f"malformed answer: {type(failure).__name__}") from None
    return found


def _utterance(custom: Mapping[str, Any]) -> Utterance:
    return Utterance(
        text=str(custom["text"]),
        choices=tuple(Choice(**choice) for choice in custom.get("choices", ())),
        service=custom.get("service"),
        asks=custom.get("asks"),
        kind=custom.get("kind"),
        case_refs=tuple(custom.get("case_refs", ())),
        links=tuple(Link(**link) for link in custom.get("links", ())),
        upload=_upload(custom.get("upload")),
    )


def _upload(written: Mapping[str, Any] | None) -> Upload | None:
    if written is None:
        return None
    return Upload(written["case_ref"], tuple(Needed(**one) for one in written["needed"]))


class ScriptedEngine:
    """A fake with a script: each answer is given once, in order; failures can be scripted too."""

    def __init__(self, *answers: Sequence[Utterance] | EngineFailure) -> None:
        self.answers = list(answers)
        self.asked: list[Question] = []

    def answer(self, question: Question) -> list[Utterance]:
        self.asked.append(question)
        if not self.answers:
            raise EngineFailure("script is over")
        answer = self.answers.pop(0)
        if isinstance(answer, EngineFailure):
            raise answer
        return list(answer)

    def check(self) -> None:
        if not self.answers:
            raise EngineFailure("script is over")
