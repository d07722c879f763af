"""Whoever gets a text sees at once who writes, and no text is long."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.adapters.council_files import BEGINS_BY_TEXT, load_council
from casework.domain.conversations import Channel
from casework.domain.errors import CouncilDataError
from casework.domain.staff import Role, StaffMember
from casework.use_cases.end_calls import caller_left
from casework.use_cases.update_case import CaseChange, update_case
from tests.casework.changes import fill
from tests.casework.sending import outbox
from tests.office import Talk, copy_of_council, make_office, the_council

MOBILE = "+447700900123"
KIM = StaffMember("k", "Kim Dean", Role.SUPERVISOR, "hash-k")


@pytest.mark.parametrize("key", sorted(BEGINS_BY_TEXT))
def test_a_text_that_begins_a_contact_begins_with_who_sends_it(key: str) -> None:
    words = the_council().wording[key].sms
    assert words.startswith("{name}")
    assert words.count("{name}") == 1


def test_a_council_that_leaves_its_name_out_is_told_so(tmp_path: Path) -> None:
    folder = copy_of_council(tmp_path)
    file = folder / "wording.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('update_text: "{name}, about', 'update_text: "About'), "utf-8")
    with pytest.raises(CouncilDataError, match="begins with who sends it"):
        load_council(folder)


def test_an_update_and_a_link_name_the_council_once_and_are_short() -> None:
    office = make_office()
    talk = Talk(office, Channel.VOICE, caller=MOBILE)
    fill(talk, "name_change", contact="07700 900123")
    talk.says("yes", "affirm")
    case = next(one for one in talk.cases if one.parent_ref is None)
    told = CaseChange(tell_resident="We have your form. " * 30)
    update_case(office, KIM, case.ref, told)
    texts = [one.text for one in outbox(office)]
    assert all(len(text) <= 320 for text in texts)
    link, first, *rest = texts
    assert link.startswith("Plymouth City Council, about ")
    assert first.startswith("Plymouth City Council, about ")
    assert " ".join(texts).count("Plymouth City Council") == 2
    assert rest
    assert rest[-1].endswith("Reply STOP for no more texts.")


def test_a_call_that_is_cut_off_is_followed_by_a_text_that_says_whose_it_is() -> None:
    office = make_office()
    talk = Talk(office, Channel.VOICE, caller=MOBILE)
    talk.says("there is a pothole", "pothole")
    talk.says("Elm Road in Mutley near the post office")
    caller_left(office, talk.id)
    (text,) = outbox(office)
    assert text.text.startswith("Plymouth City Council: ")
    assert len(text.text) <= 320
