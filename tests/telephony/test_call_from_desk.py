"""Calls that an agent hands back or closes from the desk: on the stand-in and its REST API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from api.staff import create_staff_api
from casework.domain.conversations import Mode
from casework.domain.drafts import Answer, DraftState, Source
from casework.domain.handoffs import HandoffState
from casework.domain.tokens import hash_of
from casework.use_cases.fill_as_agent import fill_as_agent
from server.composition import words
from tests.desk.agents import Agent, make_app
from tests.telephony.exchange import SAM, Exchange, make_exchange
from tests.twilio_stand_in.handset import Handset
from tests.twilio_stand_in.switchboard import ConnectedCall

TOKEN = "the-token-of-sam"


class Talking:
    """A caller who talks with an agent, and that agent's desk."""

    def __init__(self, exchange: Exchange, *, begins: bool = True) -> None:
        """`begins` has the caller begin to report a pothole before they ask for a person."""
        self.exchange, self.office = exchange, exchange.line.office
        self.agent: Handset = exchange.employs("sam", SAM, token_hash=hash_of(TOKEN))
        app, council = Flask("desk"), exchange.line.settings.council_dir
        texts = words(council, "api", self.office.council)
        app.register_blueprint(create_staff_api(self.office, texts, exchange.control))
        self.client = app.test_client()
        self.call: ConnectedCall = exchange.wants_a_person() if begins else exchange.rings()
        if not begins:
            self.call.press("0")
        self.joins()

    def joins(self) -> None:
        self.exchange.look()
        self.agent.answers()
        self.agent.presses("1")
        assert self.call.talks_to == [SAM]
        self.exchange.rest.asked.clear()

    def does(self, what: str) -> tuple[int, Any]:
        """Presses a button of the desk: the status and what is read."""
        address = f"/api/staff/queue/{self.exchange.handoff.id}/{what}"
        answer = self.client.post(address, headers={"Authorization": f"Bearer {TOKEN}"})
        return answer.status_code, answer.json

    def fills(self, field: str, text: str) -> None:
        with self.office.store.begin(reading=True) as work:
            member = work.staff.get("sam")
        fill_as_agent(self.office, member, self.exchange.handoff.id, field, text)

    @property
    def conversation(self) -> str:
        return self.exchange.line.talks[0].id

    @property
    def agent_is_free(self) -> bool:
        return self.agent.call is not None and self.agent.call.over

    @property
    def refused(self) -> list[tuple[str, str, int]]:
        """What the carrier was asked in vain."""
        return [asked for asked in self.exchange.rest.asked if asked[2] >= 400]


@pytest.fixture
def talking() -> Iterator[Talking]:
    for exchange in make_exchange():
        yield Talking(exchange)


def test_handed_back_the_caller_hears_the_assistant_and_the_open_question(talking: Talking) -> None:
    status, row = talking.does("return")
    assert (status, row["state"]) == (200, "returned")
    heard = talking.call.news
    assert "automated assistant again" in heard.said[0]
    assert "Where is the pothole?" in heard.text
    assert "has left the call" not in heard.text
    assert talking.call.awaiting is not None
    assert talking.agent_is_free
    assert talking.exchange.mode is Mode.BOT
    assert talking.refused == []


def test_what_the_agent_filled_in_is_not_asked(talking: Talking) -> None:
    talking.fills("location", "Elm Road in Mutley near the school")
    talking.does("return")
    assert "Where is the pothole?" not in talking.call.news.text
    assert talking.exchange.line.transcript(talking.conversation)[-1].said.asks == "description"
    talking.exchange.says("about a foot across and deep, right by the kerb")
    assert talking.exchange.line.transcript(talking.conversation)[-1].said.asks == "danger"


def test_the_assistant_finishes_what_the_agent_helped_with(talking: Talking) -> None:
    exchange = talking.exchange
    talking.fills("location", "Elm Road in Mutley outside number fourteen")
    talking.fills("description", "about a foot across and really deep by the kerb")
    talking.does("return")
    assert exchange.line.transcript(talking.conversation)[-1].said.asks == "danger"
    exchange.says("no I don't think so")
    exchange.says("skip")
    assert exchange.line.cases(talking.conversation) == []
    exchange.says("yes that's right")
    (case,) = exchange.line.cases(talking.conversation)
    assert case.service == "pothole"
    assert case.fields["location"].value["street"] == "Elm Road"
    sources = {name: held.source for name, held in case.fields.items()}
    assert sources["description"] is sources["location"] is Source.AGENT
    assert sources["danger"] is Source.SAID
    assert case.fields["description"].value == "about a foot across and really deep by the kerb"


def test_the_desk_has_the_buttons_and_says_what_came_of_them(talking: Talking) -> None:
    app = make_app(talking.office, calls=talking.exchange.control, demo=["Sam"])
    desk = Agent(app.test_client(), "Sam")
    page = f"/conversations/{talking.exchange.handoff.id}"
    saved = desk.posts(
        f"{page}/fields", page, field="location", value="Elm Road in Mutley near the school"
    )
    assert "Tell the caller" in saved.text
    form = desk.form(page, f"{page}/return")
    talking.exchange.rest.fail_next(503, times=2)
    answer = desk.client.post(f"/desk{page}/return", data=form, follow_redirects=True)
    assert answer.status_code == 502
    assert "Hang up your phone" in answer.text
    answer = desk.client.post(f"/desk{page}/return", data=form, follow_redirects=True)
    assert "Handed back to the assistant" in answer.text
    assert "assistant again" in talking.call.news.text
    answer = desk.client.post(f"/desk{page}/close", data=form, follow_redirects=True)
    assert answer.status_code == 409
    assert "The call is over" in answer.text


def test_handed_back_without_a_form_the_caller_is_asked_what_else() -> None:
    for exchange in make_exchange():
        talking = Talking(exchange, begins=False)
        talking.does("return")
        assert "else" in talking.call.news.text
        assert talking.call.awaiting is not None


def test_closed_the_caller_hears_so_and_the_call_ends(talking: Talking) -> None:
    status, row = talking.does("close")
    assert (status, row["state"]) == (200, "ended")
    heard = talking.call.news
    assert "Sam has ended this call" in heard.text
    assert talking.call.over
    assert talking.agent_is_free
    assert talking.exchange.mode is Mode.CLOSED
    assert talking.exchange.handoff.ended_at is not None
    assert talking.refused == []


@pytest.mark.parametrize("what", ["return", "close"])
def test_pressed_twice_is_as_once(talking: Talking, what: str) -> None:
    talking.does(what)
    told = len(talking.exchange.line.transcript(talking.conversation))
    _ = talking.call.news
    assert talking.does(what)[0] == 200
    assert not talking.call.has_news
    assert len(talking.exchange.line.transcript(talking.conversation)) == told
    assert talking.refused == []


@pytest.mark.parametrize(
    ("what", "hears"), [("return", "assistant again"), ("close", "ended this")]
)
def test_while_the_carrier_is_down_hanging_up_does_the_same(
    talking: Talking, what: str, hears: str
) -> None:
    talking.exchange.rest.fail_next(503, times=2)
    status, told = talking.does(what)
    assert (status, told["error"]["code"]) == (502, "not_moved")
    assert "Hang up" in told["error"]["message"]
    assert talking.call.talks_to == [SAM]
    talking.agent.hangs_up()
    assert hears in talking.call.news.text
    assert talking.call.over is (what == "close")


def test_after_a_failure_it_can_be_pressed_again(talking: Talking) -> None:
    talking.exchange.rest.fail_next(503, times=2)
    assert talking.does("return")[0] == 502
    assert talking.does("return")[0] == 200
    assert talking.agent_is_free
    assert "assistant again" in talking.call.news.text


def test_if_the_caller_cannot_be_moved_the_end_of_the_agent_s_call_moves_them(
    talking: Talking,
) -> None:
    talking.exchange.rest.fail_next(503, times=1)
    assert talking.does("return")[0] == 200
    assert talking.agent_is_free
    assert "assistant again" in talking.call.news.text


def test_an_agent_s_call_that_could_not_be_ended_is_ended_later(talking: Talking) -> None:
    # The caller is moved; what ends the agent's call fails, from their webhook and from the desk.
    talking.exchange.rest.fail_next(None)
    talking.exchange.rest.fail_next(503, times=2)
    assert talking.does("return")[0] == 200
    assert not talking.agent_is_free
    assert "assistant again" in talking.call.news.text
    talking.exchange.says("Elm Road in Mutley near the school")
    assert talking.agent_is_free


def test_a_caller_who_has_gone_meanwhile_is_the_agent_s_to_know(talking: Talking) -> None:
    assert talking.call.room is not None
    talking.call.status_url = None
    talking.call.status = "completed"
    status, told = talking.does("return")
    assert (status, told["error"]["code"]) == (409, "conflict")
    assert talking.agent_is_free
    assert talking.exchange.handoff.state is HandoffState.ENDED


@pytest.mark.parametrize("what", ["return", "close"])
def test_once_the_caller_has_hung_up_nothing_is_handed_back(talking: Talking, what: str) -> None:
    talking.call.hang_up()
    assert talking.does(what)[0] == (409 if what == "return" else 200)
    assert talking.exchange.mode is Mode.CLOSED
    assert talking.refused == []


@pytest.mark.parametrize("what", ["return", "close"])
def test_once_the_agent_has_hung_up_the_caller_is_the_assistant_s(
    talking: Talking, what: str
) -> None:
    talking.agent.hangs_up()
    _ = talking.call.news
    assert talking.does(what)[0] == 409
    assert not talking.call.over
    assert not talking.call.has_news


def test_a_leg_that_is_over_already_is_not_ended_again(talking: Talking) -> None:
    talking.agent.hangs_up()
    talking.exchange.says("yes please")
    assert talking.exchange.rest.asked == []


def test_a_colleague_s_call_is_left_alone(talking: Talking) -> None:
    talking.exchange.employs("alex", None, token_hash=hash_of("of-alex"))
    address = f"/api/staff/queue/{talking.exchange.handoff.id}/close"
    answer = talking.client.post(address, headers={"Authorization": "Bearer of-alex"})
    assert answer.status_code == 409
    assert talking.call.talks_to == [SAM]


@pytest.mark.parametrize("place", ["outside 14 Elm Road", "Elm Road in Mutley near the school"])
def test_who_answers_the_earlier_question_is_understood(talking: Talking, place: str) -> None:
    talking.agent.hangs_up()
    assert "go back to your pothole report" in talking.call.news.text
    heard = talking.exchange.says(place)
    assert "understand" not in heard.text
    assert talking.exchange.drafts == [("pothole", DraftState.FILLING)]


def test_who_describes_it_instead_of_saying_yes_is_understood(talking: Talking) -> None:
    talking.fills("location", "Elm Road in Mutley near the school")
    talking.agent.hangs_up()
    heard = talking.exchange.says("about a foot across and really deep by the kerb")
    assert "understand" not in heard.text
    with talking.office.store.begin(reading=True) as work:
        (draft,) = work.drafts.of_conversation(talking.conversation)
    assert "foot across" in str(draft.value("description"))


@pytest.mark.parametrize("words_", ["what do you mean by that", "hello", "is anybody there now?"])
def test_what_is_no_answer_is_not_taken_for_one(talking: Talking, words_: str) -> None:
    talking.fills("location", "Elm Road in Mutley near the school")
    talking.agent.hangs_up()
    talking.exchange.says(words_)
    assert talking.exchange.drafts == [("pothole", DraftState.PARKED)]


def test_before_a_key_nothing_tells_who_calls() -> None:
    for exchange in make_exchange():
        agent = exchange.employs("sam", SAM)
        call = exchange.wants_a_person()
        _gives_a_name(exchange, "Priya Shah")
        exchange.look()
        assert "Priya" not in agent.answers().text
        assert agent.presses("1").said == ["This is Priya Shah.", "You are through to the caller."]
        assert call.talks_to == [SAM]


def test_words_of_the_caller_s_own_are_told_after_the_key_only() -> None:
    for exchange in make_exchange():
        agent = exchange.employs("sam", SAM)
        exchange.rings()
        exchange.says("I am Priya Shah and my neighbour Joe is at it again")
        assert exchange.call is not None
        exchange.call.press("0")
        exchange.look()
        brief = agent.answers().said[0]
        assert "who has not named a service" in brief
        assert "Priya" not in brief
        assert "Priya" in agent.presses("1").text


def _gives_a_name(exchange: Exchange, name: str) -> None:
    with exchange.line.office.store.begin() as work:
        (draft,) = work.drafts.of_conversation(exchange.line.talks[0].id)
        held = Answer(name, Source.SAID, exchange.line.office.clock.now())
        work.drafts.save(replace(draft, answers={**draft.answers, "name": held}))
