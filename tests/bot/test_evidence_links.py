"""The link by which a file can be sent in: to whom, for what, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from casework.adapters.surroundings import FixedClock
from casework.domain.conversations import Channel
from casework.domain.errors import NotFound
from casework.domain.outbox import Delivery
from casework.domain.tokens import hash_of
from casework.use_cases.record_delivery import record_delivery
from casework.use_cases.send_by_link import accept_by_link, finish_link, view_link
from tests import evidence_files as files
from tests.bot.evidence import code_in, link_for, outbox, received, told, upload_links
from tests.office import Talk

Begin = Callable[..., Talk]


def test_a_link_says_what_for_and_never_who(talk: Talk) -> None:
    case = told(talk, "name_change", new_name="Hannah Pryce")
    view = view_link(talk.office, link_for(talk, case.ref))
    assert view.matter == "Change your name"
    assert view.needed == ("Proof of the new name",)
    assert "Pryce" not in repr(view)
    assert case.ref not in repr(view)


def test_a_link_is_used_up_when_the_resident_says_that_was_all(talk: Talk) -> None:
    case = told(talk, "name_change")
    code = link_for(talk, case.ref)
    accept_by_link(talk.office, code, files.photo())
    accept_by_link(talk.office, code, files.pdf())
    finish_link(talk.office, code)
    for use in (view_link, finish_link):
        with pytest.raises(NotFound):
            use(talk.office, code)
    with pytest.raises(NotFound):
        accept_by_link(talk.office, code, files.heic())
    assert len(received(talk.office, case.ref)) == 2


def test_a_link_grows_too_old(talk: Talk) -> None:
    code = link_for(talk, told(talk, "name_change").ref)
    assert isinstance(talk.office.clock, FixedClock)
    talk.office.clock.advance(timedelta(days=6, hours=23))
    view_link(talk.office, code)
    talk.office.clock.advance(timedelta(hours=1))
    with pytest.raises(NotFound):
        view_link(talk.office, code)


def test_only_a_hash_of_the_code_is_kept(talk: Talk) -> None:
    code = link_for(talk, told(talk, "name_change").ref)
    with talk.office.store.begin(reading=True) as work:
        assert work.upload_links.get(hash_of(code)).code_hash != code
        with pytest.raises(NotFound):
            work.upload_links.get(code)


# --- asked for twice ---


def test_a_link_asked_for_again_is_said_to_be_on_its_way_and_where(begin: Begin) -> None:
    talk = begin(Channel.VOICE, caller="+447700900999")
    told(talk, "name_change", contact="07700 900123")
    links = len(upload_links(talk.office))
    talk.says("how do I send it", "help")
    talk.says("how can I send the document", "help")
    assert len(outbox(talk.office)) == 1
    assert len(upload_links(talk.office)) == links
    assert "already" in talk.said
    assert "1 2 3" in talk.said
    assert "the team will tell you" not in talk.said


def test_a_link_that_has_not_come_after_a_while_is_sent_anew(begin: Begin) -> None:
    talk = begin(Channel.VOICE, caller="+447700900999")
    told(talk, "name_change", contact="07700 900123")
    talk.office.clock.advance(timedelta(minutes=11))  # type: ignore[attr-defined]
    talk.says("how can I send the document", "help")
    assert "I've texted you a link" in talk.said
    first, second = outbox(talk.office)
    assert code_in(first.text) != code_in(second.text)


def test_a_link_that_did_not_arrive_is_not_said_to_be_there(begin: Begin) -> None:
    talk = begin(Channel.VOICE, caller="+447700900999")
    told(talk, "name_change", contact="07700 900123")
    (lost,) = outbox(talk.office)
    record_delivery(talk.office, lost.id, Delivery.UNDELIVERED, "30005")
    talk.says("how can I send the document", "help")
    assert "I've texted you a link" in talk.said
    assert len(outbox(talk.office)) == 2


def test_a_link_mailed_is_said_to_be_mailed(begin: Begin) -> None:
    talk = begin(Channel.VOICE)
    told(talk, "name_change", contact="hannah@example.com")
    talk.says("how can I send the document", "help")
    assert "already" in talk.said
    assert "email" in talk.said
    assert len(outbox(talk.office)) == 1
