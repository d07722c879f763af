"""Pictures sent by text message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Channel, Mode
from casework.domain.errors import SendingFailed
from casework.domain.evidence import MediaType
from casework.use_cases.fetch_pictures import TRIED_AGAIN_AFTER, fetch_pictures, queue_pictures
from tests import evidence_files as files
from tests.bot.evidence import Carrier, case_of, outbox, received, send, told
from tests.office import Talk

Begin = Callable[..., Talk]


@pytest.fixture
def texting(begin: Begin) -> Talk:
    talk = begin(Channel.SMS, caller="+447700900123")
    told(talk, "graffiti")
    return talk


def test_pictures_of_a_text_go_to_the_report_and_are_told_once(texting: Talk) -> None:
    case = case_of(texting)
    urls = ["https://carrier/1", "https://carrier/2"]
    queue_pictures(texting.office, texting.id, "MM1", urls)
    queue_pictures(texting.office, texting.id, "MM1", urls)
    carrier = Carrier({urls[0]: files.photo(), urls[1]: files.photo("green")})
    assert fetch_pictures(texting.office, carrier) == 2
    assert fetch_pictures(texting.office, carrier) == 0
    assert [one.channel for one in received(texting.office, case.ref)] == [Channel.SMS] * 2
    (text,) = outbox(texting.office)
    assert "2 photos" in text.text


def test_a_picture_that_is_no_picture_is_said(texting: Talk) -> None:
    queue_pictures(texting.office, texting.id, "MM1", ["https://carrier/1"])
    fetch_pictures(texting.office, Carrier({"https://carrier/1": files.PROGRAM}))
    (text,) = outbox(texting.office)
    assert "cannot take that kind" in text.text
    assert received(texting.office, case_of(texting).ref) == ()


def test_a_carrier_that_fails_is_tried_again_and_then_that_is_said(texting: Talk) -> None:
    queue_pictures(texting.office, texting.id, "MM1", ["https://carrier/1"])
    carrier = Carrier({"https://carrier/1": SendingFailed("503", again=True)})
    assert isinstance(texting.office.clock, FixedClock)
    for wait in TRIED_AGAIN_AFTER:
        assert fetch_pictures(texting.office, carrier) == 1
        assert fetch_pictures(texting.office, carrier) == 0
        assert outbox(texting.office) == []
        texting.office.clock.advance(timedelta(seconds=wait))
    fetch_pictures(texting.office, carrier)
    (text,) = outbox(texting.office)
    assert "did not reach us" in text.text
    assert carrier.asked == ["https://carrier/1"] * (len(TRIED_AGAIN_AFTER) + 1)


def test_a_picture_that_is_gone_is_not_waited_for(texting: Talk) -> None:
    queue_pictures(texting.office, texting.id, "MM1", ["https://carrier/1"])
    fetch_pictures(
        texting.office, Carrier({"https://carrier/1": SendingFailed("404", again=False)})
    )
    assert len(outbox(texting.office)) == 1


def test_a_picture_of_a_closed_run_of_texts_is_still_told(texting: Talk) -> None:
    queue_pictures(texting.office, texting.id, "MM1", ["https://carrier/1"])
    texting.conversations.end(texting.id)
    assert texting.conversation.mode is Mode.CLOSED
    fetch_pictures(texting.office, Carrier({"https://carrier/1": files.photo()}))
    assert any("photo" in one.text for one in outbox(texting.office))


def test_a_document_keeps_its_kind(talk: Talk) -> None:
    told(talk, "name_change")
    assert send(talk, files.pdf()).media_type is MediaType.PDF


# --- asked for twice ---
