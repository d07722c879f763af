"""The queue, my settings, and taking a conversation."""

from __future__ import annotations

import re
from datetime import timedelta

from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Channel
from casework.domain.handoffs import HandoffReason
from casework.use_cases.office import Office
from tests.desk.agents import Agent, Residents


def test_the_queue_says_who_waits_danger_first(
    sam: Agent, residents: Residents, office: Office
) -> None:
    residents.waits("the green bin was left again today")
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(timedelta(minutes=64))
    residents.waits("somebody here is very unsafe tonight", reason=HandoffReason.DANGER)
    page = sam.sees()
    assert page.index("somebody here") < page.index("the green bin")
    assert "Danger</span>" in page
    assert "Has waited 1 hour 4 minutes" in page
    assert "<title>(2) Queue" in re.sub(r"\s+", " ", page)
    assert "Report a missed bin" in page


def test_what_a_resident_wrote_is_never_markup(sam: Agent, residents: Residents) -> None:
    residents.waits("<script>alert(1)</script> bin missed again today")
    sam.posts("/conversations/h1/accept")
    for path in ("/desk", "/desk/conversations/h1", "/desk/fragments/conversations/h1"):
        page = sam.client.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_availability_and_phone_are_saved(sam: Agent) -> None:
    page = sam.posts("/availability", availability="busy").text
    assert re.search(r'value="busy" aria-pressed="true"', page)
    assert "Sam Taylor, busy" in page
    assert 'value="07700 900 982"' in sam.posts("/phone", phone="07700 900982").text
    refused = sam.posts("/phone", phone="ring me")
    assert refused.status_code == 400
    assert "Enter a telephone number" in refused.text
    assert 'name="phone" type="tel" autocomplete="tel" value=""' in sam.posts("/phone").text


def test_accepting_leads_to_the_conversation(sam: Agent, residents: Residents) -> None:
    talk, _ = residents.waits()
    answer = sam.posts("/conversations/h1/accept")
    assert answer.request.path == "/desk/conversations/h1"
    assert "You have this conversation now" in answer.text
    assert "Sam Taylor has joined" in talk.transcript[-1].said.text
    # The same again, as a double click does.
    assert sam.posts("/conversations/h1/accept").status_code == 200
    assert "Nobody is waiting" in sam.sees()


def test_who_comes_second_hears_who_has_it(sam: Agent, jo: Agent, residents: Residents) -> None:
    residents.waits()
    drawn = jo.form("", "/conversations/h1/accept")
    sam.posts("/conversations/h1/accept")
    answer = jo.client.post("/desk/conversations/h1/accept", data=drawn)
    assert answer.status_code == 409
    assert "Sam Taylor has taken this conversation" in answer.text
    assert "With colleagues" in jo.sees()
    assert 'name="text"' not in jo.sees("/conversations/h1")


def test_a_call_is_accepted_on_the_phone(sam: Agent, residents: Residents) -> None:
    residents.waits(channel=Channel.VOICE, caller="+447700900982")
    page = sam.sees()
    assert "Calls ring the phones" in page
    assert "/conversations/h1/accept" not in page
    answer = sam.posts("/conversations/h1/accept")
    assert answer.status_code == 409
    assert "accepted on the phone" in answer.text


def test_nobody_and_nothing_at_an_address_that_is_made_up(sam: Agent) -> None:
    for path in ("/conversations/none", "/conversations/a b", "/cases/1", "/cases/99999999"):
        answer = sam.client.get(f"/desk{path}")
        assert answer.status_code == 404
        assert "Go to the start of the desk" in answer.text


def test_without_script_a_page_can_read_itself_again(sam: Agent) -> None:
    page = sam.sees("?watch=1")
    assert '<meta http-equiv="refresh" content="20">' in page
    assert "desk.js" not in page
