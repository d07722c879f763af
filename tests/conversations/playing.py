"""Plays a script at the running product, and tells the whole transcript when it goes wrong."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from tests.conversations.conversation import Script, Step
from tests.conversations.expectations import end_faults, missing_words
from tests.conversations.people import Person, codes_in, meet
from tests.journeys.agents import set_clock
from tests.journeys.conftest import Staff
from tests.product import Product

MOST_ANSWERS = 30
NUMBERS = (f"+4477009{number:05}" for number in itertools.count(800))
"""Mobiles that nobody else rings or texts from."""


class WentWrong(AssertionError):
    """The conversation was not as it should be; the message holds all of it."""


@dataclass
class Play:
    """A script being played. `ref` and `code` are the last that were told."""

    script: Script
    product: Product
    staff: Staff
    number: str = ""
    ref: str = ""
    code: str = ""
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.number = self.script.number or next(NUMBERS)
        set_clock(self.product, self.script.clock)
        self.person = self._meets(self.script.channel)

    def whole(self) -> None:
        """Every step, and the end. Raises WentWrong."""
        for step in self.script.steps:
            self.step(step)
        faults = end_faults(self.script, self.person)
        if faults:
            self._fail("at the end", faults)

    def step(self, step: Step) -> None:
        """One step. Raises WentWrong for a fault, and where one is written down that is no more."""
        if step.act == "answers":
            self._answers(step)
        else:
            self._act(step.act, self._filled(step.what), step.sure)
        says = tuple(self._filled(words, grouped=True) for words in step.says)
        faults = list(missing_words(self.person.heard, says, step.never_says))
        if step.asks and str(self.person.asks).replace("None", "null") not in step.asks:
            faults.append(f"should ask {' or '.join(step.asks)}, but asks {self.person.asks}")
        if step.service and step.service not in self.person.services:
            faults.append(f"should be about {step.service}, not {self.person.services or 'none'}")
        if step.mode and self.person.talk["mode"] != step.mode:
            faults.append(f"should be in mode {step.mode}")
        if step.falls_short:
            faults = [] if faults else ["no longer falls short: take that line out of the file"]
        if faults:
            self._fail(f"after “{step.what or step.act}”", faults)

    def _act(self, act: str, what: str, sure: float | None = None) -> None:
        self.lines.append(f"  RESIDENT ({act}): {what}")
        if act == "resident" and sure is not None:
            self.person.is_heard(what, sure)
        elif act == "resident":
            self.person.says(what)
        elif act == "press":
            self.person.presses(what)
        elif act == "key":
            self.person.keys(what)
        elif act == "silence":
            self.person.keeps_silent()
        elif act == "hangs_up":
            self.person.leaves()
            return
        elif act == "clock":
            set_clock(self.product, what)
            return
        elif act == "begins":
            self.person = self._meets(what)
            return
        self._noted()

    def _answers(self, step: Step) -> None:
        """Answers what is asked for as long as it is known, whatever the order."""
        for _ in range(MOST_ANSWERS):
            asks = self.person.asks or ""
            text = step.answers.get(asks)
            if text is None and asks.startswith("verify_"):
                text = "skip"
            if text is None:
                return
            act = {"[": "press", "#": "key"}.get(text[:1], "resident")
            self._act(act, self._filled(text.strip("[]#") if act != "resident" else text))
        self._fail("while answering", [f"never came to an end, still asks {self.person.asks}"])

    def _meets(self, channel: str) -> Person:
        self.lines.append(f"  -- by {channel} --")
        person = meet(channel, self.product, self.staff, self.number)
        self.person = person
        self._noted()
        return person

    def _noted(self) -> None:
        person = self.person
        about = ", ".join(sorted(person.services))
        self.lines.append(f"  COUNCIL: {person.heard}\n      (asks {person.asks}; about {about})")
        self.ref = person.refs[-1] if person.refs else self.ref
        codes = codes_in(person.heard)
        if codes and "code" in person.heard.lower():
            self.code = codes[-1].replace(" ", "")

    def _filled(self, text: str, grouped: bool = False) -> str:
        """{ref} is the last reference told, {wrong ref} the same with one digit wrong, {code} the
        last code, {question} what was asked last. A reference is written in two groups where it is
        told."""
        wrong = self.ref[:3] + str((int(self.ref[3]) + 1) % 10) + self.ref[4:] if self.ref else ""
        question = self.person.replies[-1]["text"] if self.person.replies else ""
        filled = {"{ref}": self.ref, "{wrong ref}": wrong, "{code}": self.code}
        filled["{question}"] = question
        for name, value in filled.items():
            if name in text and not value:
                self._fail("before it could be said", [f"there is no {name} yet"])
            shown = f"{value[:4]} {value[4:]}" if grouped and "ref" in name else value
            text = text.replace(name, shown)
        return text

    def _fail(self, where: str, faults: list[str]) -> None:
        told = "\n".join(f"- {fault}" for fault in faults)
        transcript = "\n".join(self.lines)
        raise WentWrong(f"{self.script.title}: {where}\n{told}\n{transcript}")
