"""Calls put through to agents: on the real rooms, the stand-in and its REST API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Mode
from casework.domain.drafts import DraftState
from casework.domain.errors import Busy
from casework.domain.handoffs import CallState, Handoff, HandoffState
from casework.domain.staff import Availability, Role, StaffMember
from casework.ports.calls import CallControl
from casework.use_cases.end_calls import note_lost
from casework.use_cases.ring_agents import RingAgents
from server.carriers import make_calls
from telephony import caller_leg
from telephony.calls_out import TwilioCalls
from telephony.prompts import Room
from telephony.transfer import LOOKS, Transfer
from tests.office import LONDON, Meant
from tests.telephony.conftest import BASE, CALLER, TOKEN, Line, make_line
from tests.twilio_stand_in.handset import Handset
from tests.twilio_stand_in.heard import Heard
from tests.twilio_stand_in.rest import TwilioRest
from tests.twilio_stand_in.signing import signature
from tests.twilio_stand_in.switchboard import ConnectedCall, ScreenedCall

ACCOUNT = "AC" + "0" * 32
OURS = "+441632960000"
SAM, ALEX = "+447700900201", "+447700900202"
SUNDAY = datetime(2026, 11, 22, 10, 30, tzinfo=LONDON)


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


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    yield from make_exchange()


def test_a_caller_waits_and_hears_where_they_stand(exchange: Exchange) -> None:
    exchange.employs("sam", SAM)
    call = exchange.rings()
    heard = call.press("0")
    assert "number 1 in the queue" in heard.text
    assert "press 1" in call.silence().text
    for _ in range(3):
        heard = call.silence()
        assert "You are number 1 in the queue" in heard.text
        assert "Press 1 and we will call you back" in heard.text
        seconds = int(heard.verbs[-1].attributes["timeout"])
        assert "still in the queue" in call.silence().text
        # Two sentences, each of about seven seconds, and the quiet after each.
        assert 2 * seconds + 14 <= 46
    assert exchange.mode is Mode.QUEUED


def test_a_caller_comes_into_the_conference_once_the_agent_has_taken_the_call(
    exchange: Exchange,
) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    assert call.room is None
    agent.answers()
    agent.presses("1")
    assert call.room is not None
    assert call.room.name == exchange.handoff.id
    (conference,) = call.news.verbs[-1].nested
    assert conference.attributes["startConferenceOnEnter"] == "false"


def test_a_caller_whom_the_carrier_does_not_fetch_comes_by_themselves(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    exchange.rest.fail_next(503)
    agent.presses("1")
    assert call.room is None
    call.silence()
    assert call.talks_to == [SAM]


def test_an_agent_takes_the_call_after_a_brief_of_one_sentence(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    assert "ringing somebody" in [call.silence().text, call.silence().text][1]
    brief = agent.answers().said[0]
    assert "pothole" in brief.lower()
    assert "not verified" in brief
    assert "the roads team" in brief
    assert "in English" in brief
    assert brief.count(".") == 1
    assert agent.presses("1").said == ["You are through to the caller."]
    assert agent.talks_to == [CALLER]
    assert call.talks_to == [SAM]
    assert exchange.mode is Mode.AGENT
    assert exchange.handoff.state is HandoffState.TAKEN
    assert exchange.handoff.agent == "sam"


def test_what_was_captured_stays_with_the_conversation(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert exchange.drafts == [("pothole", DraftState.FILLING)]


def test_a_call_that_is_declined_goes_to_the_next_agent(exchange: Exchange) -> None:
    alex, sam = exchange.employs("alex", ALEX), exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    assert not sam.rings
    alex.answers()
    assert "next person" in alex.presses("2").text
    assert alex.heard.over
    exchange.look()
    assert not alex.rings
    sam.answers()
    sam.presses("1")
    assert call.talks_to == [SAM]
    assert exchange.handoff.tried == ("alex", "sam")


@pytest.mark.parametrize("fails", ["is_busy", "does_not_answer", "cannot_be_reached"])
def test_an_agent_who_cannot_be_had_is_passed_over(exchange: Exchange, fails: str) -> None:
    alex, sam = exchange.employs("alex", ALEX), exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    getattr(alex, fails)()
    assert exchange.handoff.state is HandoffState.WAITING
    exchange.look()
    sam.answers()
    sam.presses("1")
    assert call.talks_to == [SAM]


def test_a_machine_presses_no_key_and_hears_the_brief_once(exchange: Exchange) -> None:
    alex, sam = exchange.employs("alex", ALEX), exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    said = alex.goes_to_voicemail()
    assert sum("pothole" in one.lower() for one in said) == 1
    exchange.look()
    assert sam.rings


def test_an_agent_who_hangs_up_before_a_key_has_not_taken_it(exchange: Exchange) -> None:
    alex, sam = exchange.employs("alex", ALEX), exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    alex.answers()
    alex.hangs_up()
    assert exchange.mode is Mode.QUEUED
    exchange.look()
    assert sam.rings


def test_when_nobody_is_left_the_caller_hears_so_and_is_rung_back(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.does_not_answer()
    exchange.look()
    heard = call.news
    assert exchange.handoff.state is HandoffState.CALLBACK
    assert exchange.mode is Mode.BOT
    assert heard.said
    assert heard.gather is not None
    assert call.awaiting is not None
    assert exchange.drafts[-1] == ("callback", DraftState.FILLING)
    exchange.says("Priya Shah")
    assert not call.over


def test_the_caller_who_hangs_up_first_stops_the_ringing(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    assert agent.rings
    call.hang_up()
    assert exchange.handoff.state is HandoffState.GONE
    assert exchange.mode is Mode.CLOSED
    assert not agent.rings
    exchange.look()
    assert not agent.rings


def test_an_agent_who_picks_up_after_the_caller_has_gone_hears_so(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    exchange.rest.fail_next(503, times=2)
    call.hang_up()
    assert "nobody is waiting" in agent.presses("1").text
    assert agent.heard.over


def test_the_caller_who_hangs_up_while_talking_ends_it_for_the_agent(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    call.hang_up()
    assert exchange.handoff.state is HandoffState.ENDED
    assert agent.call is not None
    assert agent.call.over


def test_when_the_agent_hangs_up_the_caller_hears_so_and_goes_on(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    agent.hangs_up()
    heard = call.news
    assert "has left the call" in heard.text
    assert exchange.handoff.state is HandoffState.ENDED
    assert exchange.mode is Mode.BOT
    assert not call.over
    assert call.awaiting is not None


def test_a_caller_whose_agent_s_end_was_not_told_is_not_left_alone(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert agent.call is not None
    agent.call.room, room = None, agent.call.room
    assert room is not None
    exchange.rest.switchboard.leave(agent.call, room, ends=True)
    assert call.room is not None
    exchange.line.office.clock.advance(timedelta(seconds=60))  # type: ignore[attr-defined]
    call.hold()
    assert call.room is None
    assert "has left the call" in call.news.text
    assert exchange.handoff.state is HandoffState.ENDED


def test_star_leads_to_a_call_back(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    assert "press 1" in call.press("*").text
    assert "ring you when it is your turn" in call.press("1").text
    assert call.over
    assert exchange.handoff.ring_back == CALLER
    assert agent.rings


def test_a_caller_of_no_known_number_is_asked_for_one(exchange: Exchange) -> None:
    exchange.employs("sam", SAM)
    call = exchange.rings(None)
    call.press("0")
    call.press("1")
    assert exchange.handoff.state is HandoffState.CALLBACK
    assert exchange.mode is Mode.BOT
    assert exchange.drafts[-1] == ("callback", DraftState.FILLING)
    assert not call.over


def test_key_1_alone_keeps_the_place_and_says_so(exchange: Exchange) -> None:
    exchange.employs("sam", SAM)
    exchange.wants_a_person()
    call = exchange.wants_a_person()
    call.silence()
    heard = call.press("1")
    assert "you are number 2 in the queue" in heard.text
    assert "ring you when it is your turn" in heard.text
    assert call.over
    second = exchange.line.talks[1]
    with exchange.line.office.store.begin(reading=True) as work:
        (handoff,) = work.handoffs.of_conversation(second.id)
        assert [one.id for one in work.handoffs.waiting()][1] == handoff.id
        assert [draft.service for draft in work.drafts.of_conversation(second.id)] == ["pothole"]
    assert handoff.state is HandoffState.WAITING
    assert handoff.ring_back == CALLER
    assert second.mode is Mode.CLOSED


def test_a_key_pressed_twice_while_waiting_keeps_one_place(exchange: Exchange) -> None:
    exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    call.press("1")
    again = call.resend(-2)
    assert b"ring you when it is your turn" in bytes(again.body)
    assert exchange.handoff.ring_back == CALLER


def test_who_kept_a_place_is_rung_before_those_who_came_later(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    first = exchange.wants_a_person()
    first.press("1")
    later = exchange.wants_a_person()
    assert "number 2 in the queue" in [later.silence().text, later.silence().text][1]
    exchange.look()
    agent.answers()
    assert "ringing them for you" in agent.presses("1").text
    assert agent.call is not None
    assert agent.call.dials is not None
    assert agent.call.dials.text == CALLER
    caller = agent.call.far_end_answers()
    caller.press("1")
    assert caller.joined
    assert "number 1 in the queue" in [later.silence().text, later.silence().text][1]
    caller.hang_up()
    assert agent.call.over
    talks = {talk.call_sid: talk for talk in exchange.line.talks}
    with exchange.line.office.store.begin(reading=True) as work:
        (handoff,) = work.handoffs.of_conversation(talks[first.call_sid].id)
    assert handoff.state is HandoffState.ENDED
    assert talks[first.call_sid].mode is Mode.CLOSED
    assert exchange.line.cases(talks[first.call_sid].id) == []
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert later.talks_to == [SAM]


@pytest.mark.parametrize("status", ["no-answer", "busy", "failed"])
def test_who_does_not_answer_when_rung_back_leaves_a_case(exchange: Exchange, status: str) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person().press("1")
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert agent.call is not None
    assert "did not take the call" in agent.call.far_end_is_over(status).text
    assert_left_to_the_team(exchange)


def rung_back(exchange: Exchange) -> tuple[Handset, ScreenedCall]:
    """Somebody who kept the place, and picks up when Sam rings them."""
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person().press("1")
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert agent.call is not None
    return agent, agent.call.far_end_answers()


def test_whoever_picks_up_hears_who_rings_and_nothing_of_the_matter(exchange: Exchange) -> None:
    _, caller = rung_back(exchange)
    assert "Plymouth City Council" in caller.heard.text
    assert "press 1 or say yes" in caller.heard.text
    assert "pothole" not in caller.heard.text.lower()
    assert not caller.joined


@pytest.mark.parametrize(
    "words",
    [
        "yes",
        "Yes please",
        "hello, yes",
        "speaking",
        "Yeah hello it is",
        "yes, that's me",
        "Okay.",
        "Hello? Yes, I'm still here",
        "yes go on then",
        "sure",
    ],
)
def test_whoever_says_yes_is_joined_to_the_agent(exchange: Exchange, words: str) -> None:
    agent, caller = rung_back(exchange)
    assert "putting you through" in caller.say(words).text
    assert caller.joined
    assert exchange.handoff.call_state is CallState.TALKING
    caller.hang_up()
    assert agent.call is not None
    assert "The call is over" in agent.call.news.text
    assert exchange.handoff.state is HandoffState.ENDED
    assert exchange.line.cases(exchange.line.talks[0].id) == []


def test_somebody_who_says_hello_first_is_asked_again_and_not_lost(exchange: Exchange) -> None:
    _, caller = rung_back(exchange)
    assert "This is Plymouth City Council" in caller.say("hello? who's that?").text
    assert "press 1 or say yes" in caller.say("sorry dear I was in the garden").text
    caller.press("1")
    assert caller.joined


@pytest.mark.parametrize(
    "greeting",
    [
        "",
        "Hi, you've reached Bob, please leave a message after the tone",
        "yes hello this is the voicemail of Ann Smith I can't take your call",
        "anything",
        "that would be lovely",
        "Send it.",
        "if you would like",
        "thank you very much",
    ],
)
def test_a_machine_is_not_taken_for_the_caller(exchange: Exchange, greeting: str) -> None:
    agent, caller = rung_back(exchange)
    heard = caller.say(greeting) if greeting else caller.silence()
    while not caller.over:
        heard = caller.silence()
    assert "another time" in heard.text
    assert not caller.joined
    assert exchange.handoff.reached_at is None
    assert agent.call is not None
    assert "did not take the call" in agent.call.news.text
    assert_left_to_the_team(exchange)


@pytest.mark.parametrize("answer", ["2", "no thank you", "no, wrong number"])
def test_whoever_says_no_is_not_joined(exchange: Exchange, answer: str) -> None:
    agent, caller = rung_back(exchange)
    if answer.isdigit():
        caller.press(answer)
    else:
        caller.say(answer)
    while not caller.over:
        caller.silence()
    assert not caller.joined
    assert agent.call is not None
    assert "did not take the call" in agent.call.news.text
    assert_left_to_the_team(exchange)


def test_a_yes_that_was_hardly_heard_joins_nobody(exchange: Exchange) -> None:
    _, caller = rung_back(exchange)
    caller.say("yes", 0.2)
    assert not caller.joined
    assert caller.awaiting is not None


def test_a_yes_after_the_agent_has_gone_is_told_the_truth(exchange: Exchange) -> None:
    _, caller = rung_back(exchange)
    with exchange.line.office.store.begin() as work:
        gone = work.handoffs.get(exchange.handoff.id)
        work.handoffs.save(replace(gone, state=HandoffState.CALLBACK))
    assert "another time" in caller.press("1").text
    assert not caller.joined


def test_a_yes_of_which_twilio_does_not_say_how_sure_it_is_counts(exchange: Exchange) -> None:
    _, caller = rung_back(exchange)
    caller.say("yes", 0.0)
    assert caller.joined


def test_whoever_was_written_down_as_reached_and_is_not_joined_leaves_a_case(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, caller = rung_back(exchange)
    real = caller_leg.note_reached

    def note_reached(*about: Any) -> bool:
        real(*about)
        raise Busy("the store")

    monkeypatch.setattr(caller_leg, "note_reached", note_reached)
    assert "another time" in caller.say("yes").text
    assert caller.over
    assert not caller.joined
    assert exchange.handoff.reached_at is None
    assert_left_to_the_team(exchange)


def test_a_talk_that_ended_before_it_was_known_that_nobody_was_joined_leaves_a_case(
    exchange: Exchange,
) -> None:
    _, caller = rung_back(exchange)
    caller.press("1")
    caller.hang_up()
    assert exchange.handoff.state is HandoffState.ENDED
    assert exchange.handoff.agent is not None
    note_lost(exchange.line.office, exchange.handoff.id, exchange.handoff.agent)
    assert_left_to_the_team(exchange)


@pytest.mark.parametrize("answer", ["1", "yes please"])
def test_a_yes_of_somebody_rung_back_outlives_a_busy_store(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    _, caller = rung_back(exchange)
    busy = iter([True, True])
    real = caller_leg.note_reached

    def note_reached(*about: Any) -> bool:
        if next(busy, False):
            raise Busy("the store")
        return real(*about)

    monkeypatch.setattr(caller_leg, "note_reached", note_reached)
    if answer.isdigit():
        caller.press(answer)
    else:
        caller.say(answer)
    assert caller.joined


def test_an_agent_who_hangs_up_before_they_answer_leaves_a_case(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person().press("1")
    exchange.look()
    agent.answers()
    agent.presses("1")
    agent.hangs_up()
    assert_left_to_the_team(exchange)


def test_when_nobody_is_left_to_ring_back_the_team_gets_a_case(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person().press("1")
    exchange.look()
    agent.does_not_answer()
    exchange.look()
    assert_left_to_the_team(exchange)


def test_a_place_that_was_kept_lasts_longer_than_a_wait_on_the_line(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person().press("1")
    exchange.line.office.clock.advance(timedelta(minutes=45))  # type: ignore[attr-defined]
    exchange.look()
    assert agent.rings


def test_when_the_council_closes_whoever_kept_a_place_is_left_to_the_team(
    exchange: Exchange,
) -> None:
    exchange.employs("sam", SAM)
    exchange.wants_a_person().press("1")
    exchange.line.office.clock.advance(timedelta(hours=12))  # type: ignore[attr-defined]
    exchange.look()
    assert_left_to_the_team(exchange)


def assert_left_to_the_team(exchange: Exchange) -> None:
    assert exchange.handoff.state is HandoffState.CALLBACK
    assert exchange.mode is Mode.CLOSED
    (case,) = exchange.line.cases(exchange.line.talks[0].id)
    assert case.service == "callback"
    assert case.fields["phone"].value == CALLER


def test_star_leads_on_without_a_person(exchange: Exchange) -> None:
    exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    call.press("*")
    call.press("2")
    assert exchange.mode is Mode.BOT
    assert exchange.drafts == [("pothole", DraftState.FILLING)]


def test_who_says_nothing_after_the_star_keeps_their_place(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    call.press("*")
    heard = call.silence()
    assert heard.gather is not None
    assert exchange.mode is Mode.QUEUED
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert call.talks_to == [SAM]


def test_star_while_talking_does_not_end_the_talk(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    call.press("*")
    assert call.talks_to == [SAM]


def test_who_is_out_of_the_talk_as_the_agent_goes_is_told_so(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    room = Transfer.room

    def goes_first(transfer: Transfer, call_sid: str) -> Room | None:
        with exchange.line.office.store.begin() as work:
            held = work.handoffs.get(exchange.handoff.id)
            work.handoffs.save(replace(held, state=HandoffState.ENDED, call=None))
            talk = work.conversations.get(exchange.line.talks[0].id)
            work.conversations.save(replace(talk, mode=Mode.BOT))
        return room(transfer, call_sid)

    monkeypatch.setattr(Transfer, "room", goes_first)
    path, form = f"/twilio/voice/left?poll={LOOKS}", {"CallSid": call.call_sid}
    signed = {"X-Twilio-Signature": signature(TOKEN, BASE + path, form)}
    answer = exchange.line.post(BASE + path, form, signed).body.decode()
    assert "has left the call" in answer


def test_a_carrier_that_fails_is_tried_again(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.rest.fail_next(503, times=2)
    exchange.look()
    exchange.look()
    assert not agent.rings
    exchange.look()
    assert agent.rings
    assert exchange.handoff.tried == ("sam",)


def test_a_carrier_that_keeps_failing_leads_to_a_call_back(exchange: Exchange) -> None:
    exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.rest.fail_next(503, times=5)
    for _ in range(4):
        exchange.look()
    assert exchange.handoff.state is HandoffState.CALLBACK
    # The carrier does not move the caller either: they come by themselves.
    assert call.silence().gather is not None
    assert exchange.drafts[-1] == ("callback", DraftState.FILLING)


def test_a_number_that_cannot_be_rung_is_passed_over(exchange: Exchange) -> None:
    exchange.employs("alex", "+4477")
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    exchange.look()
    assert agent.rings


def test_an_agent_who_is_talking_is_waited_for(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    first = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    second = exchange.wants_a_person()
    exchange.look()
    assert not agent.rings
    assert second.room is None
    assert "number 1 in the queue" in [second.silence().text, second.silence().text][1]
    first.hang_up()
    exchange.look()
    assert agent.rings


def test_lost_news_of_a_call_does_not_keep_the_caller_waiting(exchange: Exchange) -> None:
    exchange.employs("alex", ALEX)
    sam = exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    exchange.line.office.clock.advance(timedelta(seconds=100))  # type: ignore[attr-defined]
    exchange.look()
    exchange.look()
    assert sam.rings


def test_out_of_hours_it_is_a_call_back_as_before() -> None:
    for exchange in make_exchange(clock=FixedClock(SUNDAY)):
        agent = exchange.employs("sam", SAM)
        call = exchange.wants_a_person()
        exchange.look()
        assert call.awaiting is not None
        assert not agent.rings
        assert exchange.drafts[-1][0] == "callback"


def test_a_key_pressed_twice_takes_the_call_once(exchange: Exchange) -> None:
    agent = exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    assert agent.call is not None
    assert b"<Conference" in bytes(agent.call.retry_last().body)
    assert exchange.handoff.state is HandoffState.TAKEN


def test_late_news_changes_nothing(exchange: Exchange) -> None:
    alex, sam = exchange.employs("alex", ALEX), exchange.employs("sam", SAM)
    exchange.wants_a_person()
    exchange.look()
    alex.does_not_answer()
    exchange.look()
    sam.answers()
    sam.presses("1")
    exchange.rest.switchboard.placed[0].retry_last()
    assert exchange.handoff.agent == "sam"
    assert exchange.handoff.state is HandoffState.TAKEN


def talks(exchange: Exchange) -> tuple[ConnectedCall, Handset]:
    agent = exchange.employs("sam", SAM)
    call = exchange.wants_a_person()
    exchange.look()
    agent.answers()
    agent.presses("1")
    return call, agent


def test_a_caller_on_hold_hears_so_and_comes_back_to_the_same_agent(exchange: Exchange) -> None:
    call, agent = talks(exchange)
    control = exchange.control
    assert isinstance(control, TwilioCalls)
    assert control.hold(call.call_sid)
    assert "on hold" in call.news.text
    assert agent.talks_to == []
    assert agent.call is not None
    assert not agent.call.over
    assert exchange.handoff.state is HandoffState.TAKEN
    assert "on hold" in call.silence().text
    assert control.resume(call.call_sid)
    assert agent.talks_to == [CALLER]
    assert exchange.mode is Mode.AGENT


def test_an_agent_who_hangs_up_during_a_hold_leaves_nobody_on_hold(exchange: Exchange) -> None:
    call, agent = talks(exchange)
    control = exchange.control
    assert isinstance(control, TwilioCalls)
    control.hold(call.call_sid)
    agent.hangs_up()
    heard = call.listen(call.silence())
    assert "has left the call" in heard.text
    assert exchange.mode is Mode.BOT


def test_nobody_is_held_who_has_hung_up(exchange: Exchange) -> None:
    call, _ = talks(exchange)
    control = exchange.control
    assert isinstance(control, TwilioCalls)
    call.hang_up()
    assert not control.hold(call.call_sid)


PATHS = [
    *("/twilio/voice/held", "/twilio/voice/rejoin", "/twilio/voice/queued"),
    *("/twilio/voice/hold", "/twilio/voice/left", "/twilio/voice/back", "/twilio/agent"),
    *("/twilio/agent/dialled", "/twilio/agent/caller/asked", "/twilio/agent/caller/agreed"),
    *("/twilio/agent/key", "/twilio/agent/silent", "/twilio/agent/over", "/twilio/agent/status"),
]


@pytest.mark.parametrize("path", PATHS)
def test_only_twilio_may_call_these(exchange: Exchange, path: str) -> None:
    assert exchange.line.post(BASE + path, {"CallSid": "CA1"}, {}).status == 403


@pytest.mark.parametrize("path", PATHS)
def test_nobody_hears_of_an_error_in_twilio_s_words(exchange: Exchange, path: str) -> None:
    form = {"CallSid": "CA1"}
    signed = {"X-Twilio-Signature": signature(TOKEN, BASE + path, form)}
    assert exchange.line.post(BASE + path, form, signed).status in {200, 204}
