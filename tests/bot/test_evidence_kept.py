"""Files that were sent in: who may see them, and when they go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.adapters.surroundings import FixedClock
from casework.domain.errors import BadPart, CaseworkError, NotFound
from casework.use_cases.ask_for_evidence import ask_for_evidence
from casework.use_cases.fetch_pictures import fetch_pictures, queue_pictures
from casework.use_cases.find_contact import Told
from casework.use_cases.forget_evidence import (
    forget_evidence_of_case,
    forget_evidence_of_conversation,
    forget_unwanted_evidence,
)
from casework.use_cases.read_cases import read_case
from casework.use_cases.read_evidence import read_evidence
from casework.use_cases.send_by_link import view_link
from tests import evidence_files as files
from tests.bot.evidence import (
    BENEFITS,
    ELECTIONS,
    KIM,
    REVENUES,
    Carrier,
    case_of,
    link_for,
    outbox,
    received,
    send,
    store_of,
    told,
)
from tests.office import Talk


def test_staff_open_it_and_that_is_written_down(talk: Talk) -> None:
    case = told(talk, "name_change")
    held = send(talk, files.photo())
    found, data = read_evidence(talk.office, REVENUES, case.ref, held.id)
    assert found == held
    assert data == store_of(talk.office).held[held.stored_name]
    last = case_of(talk).history[-1]
    assert (last.by, last.what) == ("Rae Venue", "evidence_opened")


def test_a_team_told_of_the_proof_sees_it_and_others_do_not(talk: Talk) -> None:
    case = told(talk, "name_change")
    held = send(talk, files.photo())
    parts = {part.team: part.ref for part in read_case(talk.office, KIM, case.ref).parts}
    assert received(talk.office, parts["benefits"], BENEFITS) == (held,)
    read_evidence(talk.office, BENEFITS, parts["benefits"], held.id)
    assert received(talk.office, parts["elections"], ELECTIONS) == ()
    for member, ref in [(ELECTIONS, parts["elections"]), (ELECTIONS, case.ref)]:
        with pytest.raises(NotFound):
            read_evidence(talk.office, member, ref, held.id)


def test_a_file_changed_on_the_disk_is_not_shown(talk: Talk) -> None:
    case = told(talk, "name_change")
    held = send(talk, files.photo())
    store_of(talk.office).held[held.stored_name] += b"more"
    with pytest.raises(CaseworkError, match="changed"):
        read_evidence(talk.office, KIM, case.ref, held.id)


def test_staff_ask_for_it_again(talk: Talk) -> None:
    case = told(talk, "name_change", contact="07700 900123")
    assert ask_for_evidence(talk.office, KIM, case.ref) is Told.TEXT
    (text,) = outbox(talk.office)
    assert "/evidence/" in text.text
    assert talk.conversations.since(talk.id).messages[-1].said.upload is not None
    assert case_of(talk).history[-1].what == "evidence_asked"
    assert ask_for_evidence(talk.office, KIM, case.ref) is Told.TEXT
    assert len(outbox(talk.office)) == 2


def test_a_part_is_not_asked_for_by_itself(talk: Talk) -> None:
    case = told(talk, "name_change")
    (part, *_) = read_case(talk.office, KIM, case.ref).parts
    with pytest.raises(BadPart):
        ask_for_evidence(talk.office, KIM, part.ref)


# --- asked for twice ---


def test_files_go_with_their_case(talk: Talk) -> None:
    case = told(talk, "name_change")
    send(talk, files.photo())
    code = link_for(talk, case.ref)
    assert forget_evidence_of_case(talk.office, case.ref) == 1
    assert store_of(talk.office).held == {}
    assert received(talk.office, case.ref) == ()
    with pytest.raises(NotFound):
        view_link(talk.office, code)
    assert forget_evidence_of_case(talk.office, case.ref) == 0


def test_what_never_had_a_case_goes_with_its_conversation(talk: Talk) -> None:
    talk.says("there is graffiti", "graffiti")
    send(talk, files.photo())
    queue_pictures(talk.office, talk.id, "MM1", ["https://carrier/1"])
    assert forget_evidence_of_conversation(talk.office, talk.id) == 1
    assert store_of(talk.office).held == {}
    assert fetch_pictures(talk.office, Carrier({})) == 0


def test_what_was_sent_for_a_matter_given_up_is_no_part_of_the_next(talk: Talk) -> None:
    talk.says("I changed my name", "name_change")
    send(talk, files.photo())
    talk.says("stop")
    talk.says("yes", "affirm")
    case = told(talk, "missed_bin")
    assert received(talk.office, case.ref) == ()
    assert forget_unwanted_evidence(talk.office) == 1
    assert store_of(talk.office).held == {}
    assert forget_unwanted_evidence(talk.office) == 0


def test_what_is_still_being_told_keeps_its_files_for_a_week(talk: Talk) -> None:
    talk.says("there is graffiti", "graffiti")
    send(talk, files.photo())
    assert forget_unwanted_evidence(talk.office) == 0
    later = talk.office.clock.now() + timedelta(days=9)
    office = replace(talk.office, clock=FixedClock(later))
    assert forget_unwanted_evidence(office) == 1


def test_a_photo_sent_before_anything_was_told_goes_with_the_first_matter(talk: Talk) -> None:
    held = send(talk, files.photo())
    case = told(talk, "graffiti")
    assert [one.id for one in received(talk.office, case.ref)] == [held.id]


# --- asked for twice ---
