"""An agent opens the case once the resident has agreed."""

from __future__ import annotations

import pytest

from casework.domain.conversations import Author, Channel, Mode
from casework.domain.drafts import DraftState
from casework.domain.errors import Conflict, FieldsMissing, NotAllowed
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.fill_as_agent import fill_as_agent
from casework.use_cases.hand_back import hand_back
from casework.use_cases.office import Office
from casework.use_cases.open_as_agent import open_as_agent
from casework.use_cases.read_context import read_context
from tests.casework.desk import BO, KIM, MOBILE, SAM, enqueue, newest, taken, team, texts
from tests.office import Talk, make_office, on_duty, values_of


@pytest.fixture
def office() -> Office:
    return make_office()


def complete(office: Office, channel: Channel = Channel.WEB, **about: str) -> Talk:
    """A missed bin with all that is needed, and Sam has the resident."""
    talk = taken(office, channel, **about)
    for field, text in (("bin_type", "recycling"), ("collection_date", "20 November 2026"),
                        ("out_on_time", "yes")):  # fmt: skip
        fill_as_agent(office, SAM, "h1", field, text)
    return talk


def test_it_is_opened_in_the_name_of_who_read_it_back_and_the_resident_is_told(
    office: Office,
) -> None:
    talk = complete(office)
    case = open_as_agent(office, SAM, "h1")
    assert talk.case(case.ref) == case
    assert (case.service, values_of(case)["bin_type"]) == ("missed_bin", "recycling")
    assert [(entry.by, entry.what) for entry in case.history] == [(SAM.name, "opened_as_agreed")]
    assert all(answer.confirmed for answer in case.fields.values())
    assert talk.draft is not None
    assert (talk.draft.state, talk.draft.case_ref) == (DraftState.CONFIRMED, case.ref)
    assert talk.draft.yes_turn_id == f"staff:{SAM.name}:h1"
    told = newest(talk)
    assert (told.author, told.said.case_refs) == (Author.SYSTEM, (case.ref,))
    assert f"{case.ref[:4]} {case.ref[4:]}" in told.said.text
    assert talk.conversation.mode is Mode.AGENT


def test_twice_is_as_once(office: Office) -> None:
    talk = complete(office)
    first = open_as_agent(office, SAM, "h1")
    assert open_as_agent(office, SAM, "h1") == first
    assert len(talk.cases) == 1


def test_what_is_missing_is_named_and_nothing_is_opened(office: Office) -> None:
    talk = taken(office)
    with pytest.raises(FieldsMissing) as refused:
        open_as_agent(office, SAM, "h1")
    assert refused.value.fields == ("bin_type", "collection_date", "out_on_time")
    assert talk.cases == []
    assert talk.draft is not None
    assert talk.draft.state is DraftState.FILLING


def test_a_texter_gets_the_reference_by_text(office: Office) -> None:
    complete(office, Channel.SMS, caller=MOBILE)
    case = open_as_agent(office, SAM, "h1")
    assert f"{case.ref[:4]} {case.ref[4:]}" in texts(office)[-1].text


def test_only_who_has_the_resident_may(office: Office) -> None:
    complete(office)
    with pytest.raises(Conflict):
        open_as_agent(office, KIM, "h1")
    with pytest.raises(NotAllowed):
        open_as_agent(office, BO, "h1")


def test_without_a_form_there_is_nothing_to_open(office: Office) -> None:
    team(office)
    talk = Talk(office)
    enqueue(talk)
    accept_handoff(office, SAM, "h1")
    with pytest.raises(Conflict):
        open_as_agent(office, SAM, "h1")


def test_the_persons_own_case_is_opened_with_its_fields_and_no_call(office: Office) -> None:
    agent = on_duty(office)
    talk = Talk(office)
    talk.says("my mum needs help to wash and dress", "adult_care")
    talk.answers("Priya Shah", "07700 900123")
    accept_handoff(office, agent, talk.handoff.id)
    case = open_as_agent(office, agent, talk.handoff.id)
    assert (case.service, case.team) == ("adult_care", "adult_care")
    assert set(case.fields) == {"name", "contact", "summary"}
    assert talk.cases == [case]
    hand_back(office, agent, talk.handoff.id)
    assert newest(talk).said.asks in {"topic", "offer"}


def test_how_often_they_were_not_understood_is_kept_for_the_agent(office: Office) -> None:
    agent = on_duty(office)
    talk = Talk(office)
    talk.says("asdf")
    talk.says("qwer")
    talk.presses("speak_to_agent")
    assert read_context(office, agent, talk.handoff.id).failed.misses == 2
    talk.presses("go_on")
    assert talk.conversation.misses == 0
