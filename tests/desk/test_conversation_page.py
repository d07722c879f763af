"""A conversation with everything captured, and what an agent does in it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Author, Channel, Mode
from casework.domain.handoffs import HandoffState
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.office import Office
from tests.casework.desk import handoff_of
from tests.desk.agents import Agent, Residents
from tests.office import Talk

ONE = "/conversations/h1"


@pytest.fixture
def talk(sam: Agent, residents: Residents) -> Talk:
    """A resident whom Sam has."""
    talk, _ = residents.waits()
    sam.posts(f"{ONE}/accept")
    return talk


def by_agent(talk: Talk) -> list[str]:
    return [one.said.text for one in talk.transcript if one.author is Author.AGENT]


def test_all_is_there_in_the_order_in_which_it_is_read(sam: Agent, talk: Talk) -> None:
    page = sam.sees(ONE)
    order = [
        "Who</h2>", "14 Elm Road, PL4 7AA", "Not verified", "What they want</h2>",
        "my recycling bin was missed on Friday", "Why it came to a person</h2>",
        "They asked for a person", "Done so far, and what failed</h2>", "What we hold</h2>",
        "Green bin (recycling)", "typed", "Friday 20 November 2026", "Being asked now",
        "Open cases</h2>", "The conversation</h2>", "Web chat", "English", "Waited", "Flags",
        "Last turns</h2>", "Reply</h2>", "Whole transcript", "Notes for colleagues</h2>",
    ]  # fmt: skip
    places = []
    for words in order:
        start = places[-1] if places else 0
        assert words in page[start:], words
        places.append(page.index(words, start))
    assert talk.said.split("\n")[0] in page


def test_a_reply_is_said_once_however_often_it_is_sent(sam: Agent, talk: Talk) -> None:
    form = {**sam.form(ONE, f"{ONE}/reply"), "text": "Hello, I am Sam."}
    for _ in range(2):
        answer = sam.client.post(f"/desk{ONE}/reply", data=form, follow_redirects=True)
        assert "Hello, I am Sam." in answer.text
    assert by_agent(talk) == ["Hello, I am Sam."]
    # A page that the browser kept can be used to say something else.
    sam.client.post(f"/desk{ONE}/reply", data={**form, "text": "And this."})
    assert by_agent(talk) == ["Hello, I am Sam.", "And this."]


@pytest.mark.parametrize(("text", "said"), [("  ", "Write a reply first"), ("x" * 2001, "at most")])
def test_a_reply_that_is_refused_stays_in_its_box(
    sam: Agent, talk: Talk, text: str, said: str
) -> None:
    answer = sam.posts(f"{ONE}/reply", ONE, text=text)
    assert answer.status_code == 400
    assert said in answer.text
    assert f">{text}</textarea>" in answer.text
    assert by_agent(talk) == []


def test_a_reply_to_whom_somebody_else_has_says_who(
    sam: Agent, jo: Agent, talk: Talk, office: Office
) -> None:
    form = {**sam.form(ONE, f"{ONE}/reply"), "text": "Too late"}
    sam.posts(f"{ONE}/return", ONE)
    answer = sam.client.post(f"/desk{ONE}/reply", data=form)
    assert answer.status_code == 409
    assert "was not sent" in answer.text
    form = {**jo.form(ONE, f"{ONE}/notes"), "text": "Not mine", "turn": "abcdefgh"}
    assert jo.client.post(f"/desk{ONE}/reply", data=form).status_code == 409
    assert by_agent(talk) == []


def test_a_text_goes_out_by_text(sam: Agent, residents: Residents, office: Office) -> None:
    residents.waits(channel=Channel.SMS, caller="+447700900123")
    sam.posts(f"{ONE}/accept")
    assert "They get a text" in sam.sees(ONE)
    sam.posts(f"{ONE}/reply", ONE, text="We come on Thursday.")
    with office.store.begin(reading=True) as work:
        assert "We come on Thursday." in [one.text for one in work.outbox.recent()]


def test_an_agent_fills_and_corrects_fields(sam: Agent, talk: Talk) -> None:
    page = sam.posts(f"{ONE}/fields", ONE, field="out_on_time", value="Yes").text
    assert re.search(r"<span class=\"value\" dir=\"auto\">Yes</span>\s*<span class=\"hint\">filled "
                     "by an agent", page)  # fmt: skip
    sam.posts(f"{ONE}/fields", ONE, field="bin_type", value="Food waste")
    assert talk.values["out_on_time"] is True
    assert talk.values["bin_type"] != "recycling"
    answer = sam.posts(f"{ONE}/fields", ONE, field="collection_date", value="banana")
    assert answer.status_code == 400
    assert "could not be read" in answer.text
    assert 'value="banana"' in answer.text


def test_a_note_is_kept_once_and_residents_never_see_it(
    sam: Agent, jo: Agent, talk: Talk, office: Office
) -> None:
    form = {**sam.form(ONE, f"{ONE}/notes"), "note": "Card 4111 1111 1111 1111"}
    for _ in range(2):
        sam.client.post(f"/desk{ONE}/notes", data=form)
    notes = handoff_of(office).notes
    assert [(one.by, one.text.split()[0]) for one in notes] == [("Sam Taylor", "Card")]
    assert "4111" not in jo.sees(ONE)
    assert all("Card" not in one.said.text for one in talk.transcript)


def test_hand_back_and_close(sam: Agent, residents: Residents, office: Office) -> None:
    first, _ = residents.waits()
    second, _ = residents.waits()
    for path in (ONE, "/conversations/h2"):
        sam.posts(f"{path}/accept")
    assert "Handed back to the assistant" in sam.posts(f"{ONE}/return", ONE).text
    assert first.conversation.mode is Mode.BOT
    answer = sam.posts("/conversations/h2/close", "/conversations/h2")
    assert "The conversation is closed" in answer.text
    assert second.conversation.mode is Mode.CLOSED
    assert handoff_of(office, "h2").state is HandoffState.ENDED
    # What is over can still be read.
    assert "Handed back" in sam.sees(ONE)


def test_whoever_is_there_keeps_their_conversations(sam: Agent, talk: Talk, office: Office) -> None:
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(timedelta(minutes=5))
    answer = sam.client.post("/desk/alive", data=sam.form(ONE, f"{ONE}/notes"))
    assert answer.status_code == 204
    assert handoff_of(office).seen_at == office.clock.now()


def test_only_the_agent_who_has_it_can_write(jo: Agent, talk: Talk) -> None:
    page = jo.sees(ONE)
    assert "With Sam Taylor" in page
    for action in ("reply", "fields", "return", "close"):
        assert f"{ONE}/{action}" not in page
        form = {**jo.form(ONE, f"{ONE}/notes"), "text": "x", "field": "bin_type", "value": "glass"}
        assert jo.client.post(f"/desk{ONE}/{action}", data=form).status_code == 409


def test_a_call_is_talked_in_on_the_phone_and_can_be_handed_back_or_closed(
    sam: Agent, residents: Residents, office: Office
) -> None:
    residents.waits(channel=Channel.VOICE, caller="+447700900982")
    with office.store.begin(reading=True) as work:
        member = work.staff.by_name("Sam Taylor")
    assert member is not None
    accept_handoff(office, member, "h1")
    page = sam.sees(ONE)
    assert "talk on the phone" in page
    for action in ("fields", "return", "close"):
        assert f"{ONE}/{action}" in page
    assert f"{ONE}/reply" not in page
    answer = sam.posts(f"{ONE}/reply", ONE, text="Hello")
    assert answer.status_code == 409
    assert "talk on the phone" in answer.text


def test_the_case_is_opened_when_the_resident_agreed(sam: Agent, talk: Talk) -> None:
    assert "Resident agreed: open the case" in sam.sees(ONE)
    refused = sam.posts(f"{ONE}/case", ONE)
    assert refused.status_code == 400
    assert "Fill in first: " in refused.text
    assert talk.cases == []
    sam.posts(f"{ONE}/fields", ONE, field="out_on_time", value="Yes")
    page = sam.posts(f"{ONE}/case", ONE).text
    (case,) = talk.cases
    assert "The case is open" in page
    assert f"{case.ref[:4]} {case.ref[4:]}" in page
    assert "Resident agreed: open the case" not in page
