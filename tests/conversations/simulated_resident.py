"""A made-up resident who answers whatever is asked, from the table in every_service.yml."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from casework.domain.catalogue import Kind
from tests.conversations.expectations import is_value
from tests.conversations.people import Person
from tests.office import the_council
from tests.product import TOP

TABLE: dict[str, Any] = yaml.load(
    (Path(__file__).parent / "every_service.yml").read_text(encoding="utf-8"), yaml.BaseLoader
)
CHANNELS = ("web", "voice", "sms")
PROVED = [
    service.id
    for service in the_council().services.values()
    if service.kind in {Kind.CHANGE, Kind.REQUEST, Kind.REPORT} and service.full
]
"""The services that end in a case by themselves."""

MOST_TURNS = 40


class Stuck(AssertionError):
    """The made-up resident could not go on; the message holds what was said."""


@dataclass
class Known:
    """Somebody on the council's books, and how they answer what shows who they are."""

    row: dict[str, str]

    def answer(self, asks: str) -> str:
        row = self.row
        born = date.fromisoformat(row["date_of_birth"])
        answers = {
            "verify_name": row["name"],
            "verify_account_ref": row["account_ref"],
            "verify_postcode": row["postcode"],
            "verify_date_of_birth": f"{born.day} {born:%B %Y}",
            "verify_phone_digits": row["phone"][-3:],
            "verify_code": row["bill_code"],
        }
        return answers[asks]


def somebody_known(number: int) -> Known:
    """The resident in this line of the demo's file, from 0; everybody but the best known."""
    file = TOP / "council" / "demo" / "residents.csv"
    with file.open(encoding="utf-8", newline="") as rows:
        people = [row for row in csv.DictReader(rows) if row["date_of_birth"] and row["bill_code"]]
    return Known(people[20 + number])


@dataclass
class SimulatedResident:
    """Fills one service's form; `known` shows who they are, anybody else skips that.

    `told` is each field asked for and what the case must hold of it.
    """

    person: Person
    service: str
    channel: str
    known: Known | None = None
    told: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def asks_for_it(self) -> None:
        self._says(TABLE["openings"][self.service])

    def fills_the_form(self) -> None:
        """Answers until everything is read back. Raises Stuck."""
        for _ in range(MOST_TURNS):
            asks, about = self.person.asks, self.person.services
            if about and self.service not in about:
                raise self.stuck(f"it is now about {sorted(about)}")
            if asks == "confirm":
                return
            self._says(self._answer_to(asks))
        raise self.stuck("the form never came to an end")

    def confirms(self) -> None:
        if self.channel == "voice":
            self.person.keys("1")
            self._note("key 1")
        else:
            self._says("yes that's right" if self.channel == "web" else "yes")

    def stuck(self, why: str) -> Stuck:
        transcript = "\n".join(self.lines)
        return Stuck(f"{self.service} by {self.channel}: {why}\n{transcript}")

    def faults_of(self, case: dict[str, Any]) -> list[str]:
        """What the case lacks or has otherwise than it was told."""
        fields = case["fields"]
        found = [
            f"{name} is {fields.get(name)!r}, not {stored!r}"
            for name, stored in self.told.items()
            if not (name in fields and is_value(fields[name], stored))
        ]
        for use in the_council().service(self.service).uses:
            name = use.field.id
            always = use.asked and not (use.optional or use.when or use.optional_when)
            if always and fields.get(name) is None and self.told.get(name) != "null":
                found.append(f"{name} is missing")
        return found

    def _answer_to(self, asks: str | None) -> str:
        """What they say to a question; what is noted is what must come of it."""
        name = str(asks)
        self.counts[name] = self.counts.get(name, 0) + 1
        if self.counts[name] > 2:
            raise self.stuck(f"{name} is asked again and again")
        if name.startswith("verify_"):
            return "skip" if self.known is None else self.known.answer(name)
        if name == "offer":
            person_first = self.service == "bereavement"
            return "no" if person_first else "yes please"
        variants = TABLE["for"].get(self.service, {}).get(name) or TABLE["answers"].get(name)
        if variants is None:
            raise self.stuck(f"no answer is known to {name}")
        return self._variant(name, variants)

    def _variant(self, name: str, variants: list[dict[str, Any]]) -> str:
        """Another wording on each channel and for each service, the same in each run."""
        number = PROVED.index(self.service) + CHANNELS.index(self.channel)
        chosen = variants[number % len(variants)]
        spoken = self.channel == "voice"
        stored = chosen["stored"]
        self.told[name] = chosen.get("stored_spoken", stored) if spoken else stored
        said: str = chosen.get("spoken", chosen["says"]) if spoken else chosen["says"]
        return said

    def _says(self, text: str) -> None:
        self.lines.append(f"  RESIDENT: {text}")
        self.person.says(text)
        self._note("")

    def _note(self, act: str) -> None:
        if act:
            self.lines.append(f"  RESIDENT: {act}")
        self.lines.append(f"  COUNCIL (asks {self.person.asks}): {self.person.heard}")
