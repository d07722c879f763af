"""What went out by text: who sent it, from where to where, and how far it got."""

from __future__ import annotations

import html
import re

import pytest

from casework.domain.conversations import Channel
from casework.domain.outbox import Delivery, Medium
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.office import Office
from casework.use_cases.queue_message import note_replied, queue_message
from casework.use_cases.record_delivery import record_delivery
from tests.casework.sending import outbox
from tests.desk.agents import Agent, Residents, make_app
from tests.office import Talk

ONE = "/conversations/h1"
MOBILE = "+447700900123"


@pytest.fixture
def sam(office: Office) -> Agent:
    return Agent(make_app(office, texts_from="+441632960000").test_client(), "Sam Taylor")


@pytest.fixture
def texting(office: Office, residents: Residents) -> Talk:
    """A run of texts, each answered in the reply, that is now with Sam."""
    talk, _ = residents.waits(channel=Channel.SMS, caller=MOBILE)
    with office.store.begin() as work:
        for turn in ("turn-1", "turn-2"):
            key = f"reply:{turn}:0"
            note_replied(office, work, to=MOBILE, text="Hello", key=key, conversation_id=talk.id)
        member = work.staff.by_name("Sam Taylor")
    assert member is not None
    accept_handoff(office, member, "h1")
    return talk


def asked(talk: Talk) -> str:
    """The question that came with the second reply."""
    return [one for one in talk.transcript if one.turn_id == "turn-2"][-1].said.text


def line(page: str, words: str) -> str:
    """The line of the whole transcript with these words, without its tags."""
    lines = re.findall(r'<li id="line-.*?</li>', html.unescape(page), re.DOTALL)
    found = next(one for one in lines if words in one)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_each_line_says_who_wrote_it_and_from_where(sam: Agent, texting: Talk) -> None:
    page = sam.sees(ONE)
    assert line(page, "my recycling bin").startswith("Resident by text from 07700 900 123")
    said = line(page, asked(texting))
    assert said.startswith("Assistant")
    assert said.endswith("Text from 01632 960 000 to 07700 900 123 Sent")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Delivery.DELIVERED, "Delivered"),
        (Delivery.UNDELIVERED, "Not delivered"),
        (Delivery.FAILED, "Failed"),
        (Delivery.OPTED_OUT, "Not sent: wants no texts"),
    ],
)
def test_how_far_a_text_got_is_told_in_words_and_a_lost_one_stands_out(
    sam: Agent, office: Office, texting: Talk, state: Delivery, words: str
) -> None:
    second = next(one for one in outbox(office) if one.key == "reply:turn-2:0")
    record_delivery(office, second.id, state, "30003")
    page = sam.sees(ONE)
    assert line(page, asked(texting)).endswith(words)
    assert ("A message did not arrive" in page) is (state is not Delivery.DELIVERED)


def test_an_agent_s_reply_shows_how_far_it_got(sam: Agent, office: Office, texting: Talk) -> None:
    sam.posts(f"{ONE}/reply", ONE, text="I will look into it. " * 20)
    page = sam.sees(ONE)
    mine = [one for one in outbox(office) if (one.key or "").startswith("agent:")]
    assert len(mine) > 2
    assert all(len(one.text) <= 320 for one in mine)
    assert line(page, "I will look into it").endswith("Waiting to go")
    record_delivery(office, mine[-1].id, Delivery.UNDELIVERED, "30003")
    record_delivery(office, mine[-2].id, Delivery.DELIVERED)
    assert line(sam.sees(ONE), "I will look into it").endswith("Not delivered")


def test_what_carries_no_line_is_listed_without_what_a_code_or_link_opens(
    sam: Agent, office: Office, texting: Talk
) -> None:
    with office.store.begin() as work:
        for key, text in (
            ("code:d1:now", "Your code to carry on is 123 456."),
            ("form:d1:now", "Go on here: https://contact.example/chat/go-on/SECRET thanks"),
        ):
            queue_message(
                office, work, medium=Medium.TEXT, to=MOBILE, text=text, key=key,
                conversation_id=texting.id,
            )  # fmt: skip
    page = sam.sees(ONE)
    assert "Also sent to them" in page
    assert "123 456" not in page
    assert "SECRET" not in page
    assert "https://contact.example/…" in page


def test_a_chat_shows_nothing_of_texts(sam: Agent, residents: Residents) -> None:
    residents.waits()
    page = sam.sees(ONE)
    assert "by text" not in page
    assert "Also sent" not in page
