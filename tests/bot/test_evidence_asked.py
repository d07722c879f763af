"""Proof and photos: who is asked for them, when and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from casework.domain.conversations import Channel
from casework.use_cases.read_cases import read_case
from casework.use_cases.send_by_link import accept_by_link
from tests import evidence_files as files
from tests.bot.evidence import KIM, code_in, offer, outbox, told
from tests.office import Talk

Begin = Callable[..., Talk]


def test_a_change_that_needs_proof_asks_for_it_with_a_day(talk: Talk) -> None:
    case = told(talk, "name_change")
    (asked,) = [m for m in talk.heard if m.said.upload]
    assert "deed poll" in asked.said.text
    assert "Tuesday 8 December" in asked.said.text
    assert asked.said.upload is not None
    assert asked.said.upload.case_ref == case.ref
    assert [one.label for one in asked.said.upload.needed] == ["Proof of the new name"]
    assert talk.asks is not None


def test_who_has_no_proof_is_not_asked_but_the_case_lists_it(talk: Talk) -> None:
    case = told(talk, "name_change", evidence="I do not have any")
    assert offer(talk) is None
    listed = read_case(talk.office, KIM, case.ref).evidence
    assert [one.proof.id for one in listed.needed] == ["new_name"]
    assert listed.missing


def test_what_is_needed_depends_on_the_answers(begin: Begin) -> None:
    student = told(begin(), "occupancy_change", change="someone became a student")
    office = student and begin().office
    joined = told(begin(), "occupancy_change", change="someone moved in")
    listed = [read_case(office, KIM, one.ref).evidence.needed for one in (student, joined)]
    assert [[one.proof.id for one in needed] for needed in listed] == [["student"], []]


def test_a_report_says_that_a_photo_helps(talk: Talk) -> None:
    told(talk, "graffiti")
    (said,) = [m.said for m in talk.heard if m.said.upload]
    assert said.upload is not None
    assert [one.optional for one in said.upload.needed] == [True]
    assert "photo" in said.text.lower()


def test_what_needs_nothing_says_nothing(talk: Talk) -> None:
    told(talk, "missed_bin")
    assert offer(talk) is None


def test_a_caller_gets_a_link_by_the_contact_they_gave(begin: Begin) -> None:
    talk = begin(Channel.VOICE, caller="+447700900999")
    case = told(talk, "name_change", contact="07700 900123")
    (text,) = outbox(talk.office)
    assert text.to == "+447700900123"
    assert text.case_ref == case.ref
    assert len(text.text) <= 320
    assert any("I've texted you a link" in m.said.text for m in talk.heard)
    assert accept_by_link(talk.office, code_in(text.text), files.photo()).evidence.case_ref == (
        case.ref
    )


def test_a_caller_with_an_address_gets_it_by_mail(begin: Begin) -> None:
    talk = begin(Channel.VOICE)
    told(talk, "name_change", contact="hannah@example.com")
    (mail,) = outbox(talk.office)
    assert mail.to == "hannah@example.com"
    assert "/evidence/" in mail.text
    assert any("I've emailed you a link" in m.said.text for m in talk.heard)


def test_nothing_is_sent_to_whom_it_could_put_at_risk(begin: Begin) -> None:
    talk = begin(Channel.VOICE)
    with talk.office.store.begin() as work:
        held = work.conversations.get(talk.id)
        work.conversations.save(replace(held, flags=("safe_contact",)))
    told(talk, "income_change")
    assert outbox(talk.office) == []
    assert any("the team will tell you how" in m.said.text for m in talk.heard)


def test_a_caller_hears_nothing_of_photos_that_only_help(begin: Begin) -> None:
    talk = begin(Channel.VOICE)
    told(talk, "graffiti")
    assert not any("photo" in m.said.text.lower() for m in talk.heard[-4:])


# --- asked for twice ---


@pytest.mark.parametrize(
    "words",
    [
        "I want to send a photo",
        "can I send you a picture of it?",
        "how do I upload a document",
        "I've got a photo",
        "can i attach some pictures",
        "Where do I send the certificate?",
        "let me show you a picture",
        "i have a photo of it",
        "is there a way to send you photos",
        "Sorry, can I add a photo",
    ],
)
def test_whoever_wants_to_send_something_is_told_how_and_asked_on(talk: Talk, words: str) -> None:
    talk.says("there is graffiti", "graffiti")
    asks = talk.asks
    said = talk.says(words)
    assert said[0].said.upload is not None
    assert talk.asks == asks
    assert not talk.engine.asked or talk.engine.asked[-1].text != words


@pytest.mark.parametrize(
    "words",
    [
        "someone put a picture on the wall",
        "I will be sending a complaint",
        "a photo shop window",
        "my certificate is lost",
        "I want to send a parcel",
    ],
)
def test_what_only_sounds_like_it_is_an_answer(talk: Talk, words: str) -> None:
    talk.says("there is graffiti", "graffiti")
    talk.says(words)
    assert talk.engine.asked[-1].text == words


def test_with_nothing_told_yet_it_is_the_assistants_to_answer(talk: Talk) -> None:
    talk.says("I want to send a photo", "not_sure")
    assert talk.engine.asked[-1].text == "I want to send a photo"


def test_it_can_be_sent_later_in_the_same_conversation(talk: Talk) -> None:
    case = told(talk, "graffiti")
    talk.says("I want to send a photo")
    assert offer(talk).case_ref == case.ref


# --- asked for twice ---
