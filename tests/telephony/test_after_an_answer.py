"""A no after an answer, and replies that come late: by text and by voice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from casework.domain.conversations import Mode
from casework.domain.drafts import DraftState
from casework.domain.staff import Availability, Role, StaffMember
from tests.telephony.conftest import Caller, Line, Texter

Texting = Callable[..., Texter]
Rings = Callable[..., Caller]
ASKED = ("when is the library open", "libraries")


def later(line: Line, **by: float) -> None:
    line.office.clock.advance(timedelta(**by))  # type: ignore[attr-defined]


def at_work(line: Line) -> None:
    with line.office.store.begin() as work:
        work.staff.save(
            StaffMember(
                "sam", "Sam", Role.AGENT, "hash", phone="+441632960700",
                availability=Availability.AVAILABLE,
            )
        )  # fmt: skip


def asks_pleased(somebody: Texter) -> list[str]:
    """Has a question answered by text, until it is asked whether that was it."""
    said = somebody.texts("do I have a driving licence from you", "not_council")
    for _ in range(3):
        talk = somebody.talks[-1]
        if talk.offer is not None and talk.offer.kind == "satisfied":
            return said
        said = somebody.texts("1")
    raise AssertionError(said)


def test_a_no_by_text_leads_to_other_words_and_the_same_again_to_a_person(texter: Texting) -> None:
    somebody = texter()
    said = asks_pleased(somebody)
    assert said[-1].count("?") <= 1
    said = somebody.texts("no", "deny")
    assert "other words" in said[-1]
    assert all(len(text) <= 320 for text in said)
    somebody.texts("my driving licence", "not_council")
    talk = somebody.talks[0]
    assert talk.offer is not None
    assert talk.offer.kind == "person"
    assert talk.mode is Mode.BOT
    assert len(somebody.talks) == 1


@pytest.mark.parametrize("word", ["no", "No.", "nope", "not really", "No thanks that's not it"])
def test_every_no_by_text_leads_on_and_none_ends_it(texter: Texting, word: str) -> None:
    somebody = texter()
    asks_pleased(somebody)
    said = somebody.texts(word, "deny")
    assert said
    assert "Goodbye" not in " ".join(said)
    talk = somebody.talks[0]
    assert talk.mode is Mode.BOT
    assert talk.offer is not None
    assert talk.offer.kind in {"topics", "person"}


@pytest.mark.parametrize("word", ["yes", "Yes thanks", "yep that's great", "I'm good thanks"])
def test_a_yes_by_text_asks_what_else(texter: Texting, word: str) -> None:
    somebody = texter()
    asks_pleased(somebody)
    somebody.texts(word, "affirm")
    talk = somebody.talks[0]
    assert talk.offer is not None
    assert talk.offer.kind == "more"


def pleased(caller: Caller) -> None:
    """Has a question answered by voice, until it is asked whether that was it."""
    caller.says("my driving licence", "not_council")
    caller.says("no thank you", "deny")
    talk = caller.line.talks[-1]
    assert talk.offer is not None
    assert talk.offer.kind == "satisfied"


@pytest.mark.parametrize("said", ["no", "know", "no it wasn't", "2"])
def test_a_no_by_voice_leads_to_other_words_and_then_to_a_person(
    line: Line, ring: Rings, said: str
) -> None:
    at_work(line)
    caller = ring()
    pleased(caller)
    heard = caller.presses(said) if said.isdigit() else caller.says(said, "deny")
    assert "other words" in heard.text
    assert heard.gather is not None
    caller.says("my driving licence", "not_council")
    talk = line.talks[0]
    assert talk.offer is not None
    assert talk.offer.kind == "person"
    caller.says("yes please", "affirm")
    assert line.talks[0].mode is Mode.QUEUED


def test_other_words_after_a_no_are_answered_as_a_new_question(line: Line, ring: Rings) -> None:
    caller = ring()
    pleased(caller)
    caller.says("no", "deny")
    caller.says("there is a pothole in my road", "pothole")
    with line.office.store.begin(reading=True) as work:
        (draft,) = work.drafts.of_conversation(line.talks[0].id)
    assert draft.service == "pothole"


def test_a_late_yes_to_whether_that_was_it_begins_anew_and_means_nothing_else(
    line: Line, texter: Texting
) -> None:
    somebody = texter()
    asks_pleased(somebody)
    later(line, hours=24, minutes=1)
    said = somebody.texts("yes", "affirm")
    assert len(somebody.talks) == 2
    old, new = somebody.talks
    assert new.offer is None or new.offer.kind == "more"
    assert "automated" in said[0]
    assert "sorry" not in " ".join(said).lower()
    assert line.cases(old.id) == line.cases(new.id) == []


def test_a_late_yes_to_a_read_back_opens_no_case(line: Line, texter: Texting) -> None:
    somebody = texter()
    for words, label in [
        ("my bin wasn't emptied", "missed_bin"), ("14 Elm Road PL4 7AA", None), ("1", None),
        ("yesterday", None), ("yes", None), ("skip", None),
    ]:  # fmt: skip
        somebody.texts(words, label)
    (talk,) = somebody.talks
    with line.office.store.begin(reading=True) as work:
        (draft,) = work.drafts.of_conversation(talk.id)
    assert draft.asking == "confirm"
    later(line, hours=24, minutes=1)
    said = somebody.texts("yes", "affirm")
    old, new = somebody.talks
    assert line.cases(old.id) == line.cases(new.id) == []
    with line.office.store.begin(reading=True) as work:
        assert work.drafts.get(draft.id).state is not DraftState.CONFIRMED
    assert said


def test_a_second_yes_after_a_case_was_opened_opens_no_other(line: Line, texter: Texting) -> None:
    somebody = texter()
    for words, label in [
        ("my bin wasn't emptied", "missed_bin"), ("14 Elm Road PL4 7AA", None), ("1", None),
        ("yesterday", None), ("yes", None), ("skip", None), ("yes", "affirm"),
    ]:  # fmt: skip
        somebody.texts(words, label)
    (talk,) = somebody.talks
    assert len(line.cases(talk.id)) == 1
    later(line, hours=3)
    said = somebody.texts("yes", "affirm")
    assert len(line.cases(talk.id)) == 1
    assert len(somebody.talks) == 1
    assert somebody.talks[0].draft_id is None or not line.cases(talk.id)[1:]
    assert said


def test_a_text_just_within_the_day_goes_on_where_it_was(line: Line, texter: Texting) -> None:
    somebody = texter()
    somebody.texts("my bin wasn't emptied", "missed_bin")
    later(line, hours=23, minutes=59)
    said = somebody.texts("14 Elm Road PL4 7AA")
    assert len(somebody.talks) == 1
    assert "automated" not in said[0]
