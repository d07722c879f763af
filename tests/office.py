"""An office at work on the real council's folder, and an assistant told what each message means."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation import Conversations
from bot.engine import Question
from bot.messages import Inbound
from casework.adapters.clean_evidence import FileCleaner
from casework.adapters.council_files import load_council
from casework.adapters.csv_tables import CsvTables
from casework.adapters.locks import InProcessLocks
from casework.adapters.memory_evidence import MemoryEvidenceStore
from casework.adapters.memory_store import MemoryStore
from casework.adapters.reading.gazetteer import CsvGazetteer
from casework.adapters.reading.reader import PlainReader
from casework.adapters.reading.screening import MatcherScreen
from casework.adapters.surroundings import FixedClock, GovUkHolidays, SequentialIdentifiers
from casework.domain.cases import Case
from casework.domain.catalogue import Council
from casework.domain.conversations import (
    STEERING,
    Author,
    Channel,
    Conversation,
    Message,
    Second,
    Turn,
    Utterance,
)
from casework.domain.drafts import CONFIRM, Draft, DraftState
from casework.domain.errors import EngineFailure, NotFound
from casework.domain.handoffs import Handoff
from casework.domain.staff import Availability, Role, StaffMember
from casework.ports.evidence import EvidenceRoom
from casework.use_cases.ask_draft import ask_draft
from casework.use_cases.begin_service import begin_service
from casework.use_cases.not_understood import not_understood
from casework.use_cases.office import Office, Progress
from casework.use_cases.open_draft import REUSED
from casework.use_cases.steer import steer
from casework.use_cases.take_answer import take_answer

TOP = Path(__file__).parents[1]
COUNCIL = TOP / "council"
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=LONDON)
"""A Tuesday morning in November."""

REPLIES = frozenset("affirm deny dont_know correct_answer go_back start_again stop".split())
"""Labels that the assistant hands to whatever was asked."""


@cache
def the_council() -> Council:
    """The council's book, read once."""
    return load_council(COUNCIL)


@cache
def the_gazetteer() -> CsvGazetteer:
    """The council's properties, read once."""
    return CsvGazetteer.from_file(COUNCIL / "gazetteer.csv")


@cache
def the_tables() -> CsvTables:
    """The council's tables, read once."""
    return CsvTables.from_folder(COUNCIL / "tables")


@cache
def the_reader() -> PlainReader:
    """The real reader, made once."""
    council = the_council()
    return PlainReader(
        the_gazetteer(), council.account_ref_pattern, council.towns, council.reference_pattern
    )


@cache
def the_screen() -> MatcherScreen:
    """The real safety rules, compiled once."""
    return MatcherScreen(the_council().safety_rules)


def make_office(now: datetime = NOW, **parts: Any) -> Office:
    """An office with an empty store and a clock that stands still; `parts` replace others."""
    made: dict[str, Any] = {
        "council": the_council(),
        "store": MemoryStore(),
        "reader": the_reader(),
        "screen": the_screen(),
        "gazetteer": the_gazetteer(),
        "clock": FixedClock(now),
        "ids": SequentialIdentifiers(),
        "holidays": GovUkHolidays("england-and-wales"),
        "tables": the_tables(),
        "evidence": EvidenceRoom(MemoryEvidenceStore(), FileCleaner()),
    }
    return Office(**{**made, **parts})


def on_duty(
    office: Office,
    name: str = "Asha Agent",
    role: Role = Role.AGENT,
    availability: Availability = Availability.AVAILABLE,
    phone: str | None = None,
) -> StaffMember:
    """A member of staff at work, or where else they are."""
    member = StaffMember(name, name, role, token_hash=name, phone=phone, availability=availability)
    with office.store.begin() as work:
        work.staff.save(member)
    return member


def copy_of_council(folder: Path) -> Path:
    """The council's folder copied, to be broken."""
    return shutil.copytree(COUNCIL, folder / "council", ignore=shutil.ignore_patterns("demo"))


@dataclass(frozen=True)
class Meant:
    """What the model makes of a message: its label, and its guesses."""

    label: str | None = None
    confidence: float = 0.95
    ranking: tuple[tuple[str, float], ...] = ()
    topic: str | None = None
    question: bool = False
    second: Second | None = None


@dataclass
class TalkingEngine:
    """Implements `Engine` as the assistant and its actions do, but for the model.

    `meant` is what the next message is taken for. `down` has every answer fail; `breaks_off` has
    the process die after the turn is done, before its answer is given.
    """

    office: Office
    meant: Meant = field(default_factory=Meant)
    down: bool = False
    breaks_off: bool = False
    asked: list[Question] = field(default_factory=list)

    def answer(self, question: Question) -> list[Utterance]:
        self.asked.append(question)
        if self.down:
            raise EngineFailure("down")
        progress = self._deal(question)
        more = ask_draft(self.office, question.conversation_id) if progress.filling else ()
        said = [*progress.said, *more]
        if self.breaks_off:
            raise KeyboardInterrupt
        if not said:
            raise EngineFailure("no answer")
        return said

    def check(self) -> None:
        if self.down:
            raise EngineFailure("down")

    def _deal(self, question: Question) -> Progress:
        office, conversation_id, label = self.office, question.conversation_id, self.meant.label
        turn = Turn(
            question.message_id,
            question.text,
            label,
            self.meant.confidence if label else 0.0,
            self.meant.ranking,
            question.choice,
            question.keyed,
            {label: ((self.meant.topic, 0.9),)} if label and self.meant.topic else {},
            self.meant.question,
            self.meant.second,
            sure=question.sure,
        )
        if question.choice is not None:
            service, slash, _ = question.choice.partition("/")
            if slash and service in office.council.services:
                return begin_service(office, conversation_id, service, turn)
            if question.choice in office.council.services and question.asks in {
                "service",
                "topic",
                None,
            }:
                return begin_service(office, conversation_id, question.choice, turn)
            return take_answer(office, conversation_id, turn)
        if question.steers is not None:
            return take_answer(office, conversation_id, turn)
        if question.asks not in {None, "topic"} and (
            label is None or label in REPLIES or label == question.draft
        ):
            return take_answer(office, conversation_id, turn)
        if label is None or label == "not_sure":
            return not_understood(office, conversation_id, turn, label == "not_sure")
        if label in STEERING:
            return steer(office, conversation_id, label, turn)
        return begin_service(office, conversation_id, label, turn)


class Talk:
    """One conversation as a resident has it. It notes what is asked again though it was said.

    Unless it `identifies`, questions of who they are are skipped as soon as they come.
    """

    def __init__(
        self,
        office: Office,
        channel: Channel = Channel.WEB,
        *,
        identifies: bool = False,
        **about: Any,
    ) -> None:
        self.office = office
        self.identifies = identifies
        self.engine = TalkingEngine(office)
        self.conversations = Conversations(office, self.engine, InProcessLocks())
        started = self.conversations.start(channel, **about)
        self.id, self.token = started.conversation_id, started.token
        self.heard: list[Message] = list(started.messages)
        self.asked_again: list[str] = []
        self._turns = 0
        self._known: dict[str, set[str]] = {}
        self._taking_back = False

    def says(
        self,
        text: str,
        label: str | None = None,
        *,
        confidence: float = 0.95,
        ranking: Sequence[tuple[str, float]] = (),
        turn_id: str | None = None,
        topic: str | None = None,
        question: bool = False,
        second: Second | None = None,
    ) -> list[Message]:
        """Sends words; `label` is what the model takes them for, `topic` what fits them of that
        service. Gives the replies."""
        changing = bool(self.draft and self.draft.changing)
        self._taking_back = changing or label in {
            "correct_answer", "go_back", "start_again", "deny",
        }  # fmt: skip
        self.engine.meant = Meant(label, confidence, tuple(ranking), topic, question, second)
        return self._send(Inbound(turn_id or self._turn_id(), self.id, text=text))

    def presses(self, choice: str, *, turn_id: str | None = None) -> list[Message]:
        """Presses a button by its value."""
        self._taking_back = choice == "no" or bool(self.draft and self.draft.changing)
        self.engine.meant = Meant()
        return self._send(Inbound(turn_id or self._turn_id(), self.id, choice=choice))

    def presses_label(self, label: str) -> list[Message]:
        """Presses a button by what stands on it."""
        value = next(c.value for c in self.heard[-1].said.choices if c.label == label)
        return self.presses(value)

    def answers(self, *texts: str) -> list[Message]:
        """Replies to one question after the other; "[value]" presses a button."""
        replies: list[Message] = []
        for text in texts:
            pressed = text.startswith("[")
            replies = self.presses(text.strip("[]")) if pressed else self.says(text)
        return replies

    def _turn_id(self) -> str:
        self._turns += 1
        return f"turn-{self._turns}"

    def _send(self, inbound: Inbound) -> list[Message]:
        newest = max(message.seq for message in self.transcript)
        replies = self.conversations.handle(inbound)
        self.heard = replies or self.heard
        if replies and replies[-1].seq > newest:
            self._check(replies)
            asks = replies[-1].said.asks or ""
            if asks.startswith("verify_") and not self.identifies:
                return self._skip_identity(replies)
        return replies

    def _skip_identity(self, replies: list[Message]) -> list[Message]:
        self.engine.meant = Meant()
        skipped = self.conversations.handle(Inbound(self._turn_id(), self.id, choice="skip"))
        self.heard = [*replies[:-1], *skipped]
        self._check(self.heard)
        return self.heard

    def _check(self, replies: list[Message]) -> None:
        """Notes a field asked for although this draft, or for lasting facts another, holds it."""
        asks = replies[-1].said.asks if replies else None
        drafts = [d for d in self.drafts if d.state is not DraftState.DROPPED]
        kept = {draft.id for draft in drafts}
        self._known = {name: known for name, known in self._known.items() if name in kept}
        for draft in drafts:
            known = self._known.setdefault(draft.id, set())
            asked_now = draft.id == self.conversation.draft_id and asks not in {None, CONFIRM}
            others = set().union(*(k for d, k in self._known.items() if d != draft.id))
            if asked_now and not self._taking_back and asks in known | (others & REUSED):
                self.asked_again.append(str(asks))
            known.clear()
            known.update(name for name, a in draft.answers.items() if a.value is not None)

    @property
    def said(self) -> str:
        """The last replies as one text."""
        return "\n".join(message.said.text for message in self.heard)

    @property
    def asks(self) -> str | None:
        """What is awaited now."""
        return self.heard[-1].said.asks

    @property
    def choices(self) -> list[str]:
        """The values of the buttons on offer."""
        return [choice.value for choice in self.heard[-1].said.choices]

    @property
    def refs(self) -> list[str]:
        """Case references in the last replies."""
        return [ref for message in self.heard for ref in message.said.case_refs]

    @property
    def conversation(self) -> Conversation:
        with self.office.store.begin(reading=True) as work:
            return work.conversations.get(self.id)

    @property
    def transcript(self) -> list[Message]:
        with self.office.store.begin(reading=True) as work:
            return work.conversations.messages(self.id)

    @property
    def drafts(self) -> list[Draft]:
        with self.office.store.begin(reading=True) as work:
            return work.drafts.of_conversation(self.id)

    @property
    def draft(self) -> Draft | None:
        """The draft that the conversation points to, whatever its state."""
        draft_id = self.conversation.draft_id
        return next((draft for draft in self.drafts if draft.id == draft_id), None)

    @property
    def values(self) -> dict[str, Any]:
        """The answers of that draft."""
        assert self.draft is not None
        return self.draft.values

    @property
    def handoff(self) -> Handoff:
        """The newest handoff of the conversation."""
        with self.office.store.begin(reading=True) as work:
            return work.handoffs.of_conversation(self.id)[-1]

    @property
    def cases(self) -> list[Case]:
        with self.office.store.begin(reading=True) as work:
            return work.cases.of_conversation(self.id)

    def case(self, ref: str) -> Case | None:
        try:
            with self.office.store.begin(reading=True) as work:
                return work.cases.get(ref)
        except NotFound:
            return None


def values_of(case: Case) -> dict[str, Any]:
    """A case's fields without their provenance."""
    return {name: answer.value for name, answer in case.fields.items()}


def flaws(talk: Talk) -> list[str]:
    """What no conversation may have, whatever it is about."""
    found = [f"asked again: {name}" for name in talk.asked_again]
    transcript = talk.transcript
    if [message.seq for message in transcript] != list(range(1, len(transcript) + 1)):
        found.append("gaps in the transcript")
    own_braces = any("{" in m.said.text for m in transcript if m.author is Author.RESIDENT)
    for message in transcript:
        if message.author is Author.RESIDENT:
            continue
        text = message.said.text
        unfilled = "{" in text and not own_braces
        if not text.strip() or unfilled or "None" in text or "  " in text:
            found.append(f"unfinished words: {text!r}")
        values = [choice.value for choice in message.said.choices]
        if len(values) != len(set(values)):
            found.append(f"one choice twice: {values}")
    return found
