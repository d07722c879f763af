"""A council's line with its agents, and the carrier between: the real rooms, the stand-in and its
REST API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from casework.domain.conversations import Mode
from casework.domain.drafts import DraftState
from casework.domain.handoffs import Handoff, HandoffState
from casework.domain.staff import Availability, Role, StaffMember
from casework.ports.calls import CallControl
from casework.use_cases.ring_agents import RingAgents
from server.carriers import make_calls
from tests.office import Meant
from tests.telephony.conftest import BASE, CALLER, TOKEN, Line, make_line
from tests.twilio_stand_in.handset import Handset
from tests.twilio_stand_in.heard import Heard
from tests.twilio_stand_in.rest import TwilioRest
from tests.twilio_stand_in.switchboard import ConnectedCall, ScreenedCall

ACCOUNT = "AC" + "0" * 32


OURS = "+441632960000"


SAM, ALEX = "+447700900201", "+447700900202"


@dataclass
class Exchange:
    """The council's line with its agents, and the carrier between."""

    line: Line
    rest: TwilioRest
    ringing: RingAgents
    control: CallControl
    call: ConnectedCall | None = None

    def employs(self, name: str, phone: str | None, **about: Any) -> Handset:
        member = StaffMember(
            **{
                "id": name, "name": name.title(), "role": Role.AGENT, "token_hash": name,
                "phone": phone, "availability": Availability.AVAILABLE, **about,
            }
        )  # fmt: skip
        with self.line.office.store.begin() as work:
            work.staff.save(member)
        return Handset(phone or "", self.rest.switchboard)

    def rings(self, number: str | None = CALLER) -> ConnectedCall:
        self.call = ConnectedCall(
            "/twilio/voice", switchboard=self.rest.switchboard, from_number=number,
            status_url="/twilio/status",
        )  # fmt: skip
        self.call.begin()
        return self.call

    def wants_a_person(self) -> ConnectedCall:
        call = self.rings()
        self.line.engine.meant = Meant("pothole")
        call.say("there is a deep pothole outside my house")
        self.line.engine.meant = Meant()
        call.press("0")
        return call

    def says(self, text: str, label: str | None = None) -> Heard:
        assert self.call is not None
        self.line.engine.meant = Meant(label)
        return self.call.say(text)

    def look(self) -> None:
        """The worker does its chore."""
        self.ringing.look()

    @property
    def mode(self) -> Mode:
        return self.line.talks[0].mode

    @property
    def handoff(self) -> Handoff:
        with self.line.office.store.begin(reading=True) as work:
            return work.handoffs.of_conversation(self.line.talks[0].id)[-1]

    @property
    def drafts(self) -> list[tuple[str, DraftState]]:
        with self.line.office.store.begin(reading=True) as work:
            drafts = work.drafts.of_conversation(self.line.talks[0].id)
        return [(draft.service, draft.state) for draft in drafts]


def make_exchange(**parts_of_office: Any) -> Iterator[Exchange]:
    lines: list[Line] = []
    rest = TwilioRest(
        ACCOUNT, TOKEN, {OURS}, base_url=BASE, post=lambda *given: lines[0].post(*given)
    )
    with rest.serve():
        lines.append(make_line(environment={"TWILIO_API_BASE": rest.url}, **parts_of_office))
        control = make_calls(lines[0].settings)
        ringing = RingAgents(lines[0].office, control, timedelta(minutes=20))
        yield Exchange(lines[0], rest, ringing, control)


def rung_back(exchange: Exchange) -> tuple[Handset, ScreenedCall]:
    """Somebody who kept the place, and picks up when Sam rings them."""
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person().press("1")
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert agent.call is not None
    return agent, agent.call.far_end_answers()


def assert_left_to_the_team(exchange: Exchange) -> None:
    assert exchange.handoff.state is HandoffState.CALLBACK
    assert exchange.mode is Mode.CLOSED
    (case,) = exchange.line.cases(exchange.line.talks[0].id)
    assert case.service == "callback"
    assert case.fields["phone"].value == CALLER


def talks(exchange: Exchange) -> tuple[ConnectedCall, Handset]:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    return call, agent
