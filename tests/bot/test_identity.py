"""Who a resident is: asked before a change, answered or skipped, and told to nobody who is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.adapters.residents_csv import read_residents
from casework.adapters.surroundings import FixedClock
from casework.domain.cases import Verification
from casework.domain.catalogue import Notice
from casework.domain.conversations import Channel
from casework.domain.drafts import Source
from casework.domain.identity import THIRD_PARTY, IdentityRules
from casework.domain.staff import Role
from casework.use_cases.import_residents import import_residents
from casework.use_cases.office import Office
from casework.use_cases.read_conversations import read_conversation
from tests.office import COUNCIL, NOW, Talk, flaws, make_office, on_duty, the_council, values_of

PRIYA = ("Priya Shah", "4021 7753", "PL4 7AA", "14 October 1991")
NOBODY = ("Priya Shah", "9999 9999", "PL4 7AA", "14 October 1991")
WRONG = ("Priya Shah", "4021 7753", "PL1 1AA", "3 May 1970")


@pytest.fixture
def known() -> Office:
    """An office that knows the demo's residents."""
    office = make_office()
    import_residents(office, read_residents(COUNCIL / "demo" / "residents.csv"))
    return office


def begins(office: Office, said: str = "I'm moving house", **about: Any) -> Talk:
    talk = Talk(office, identifies=True, **about)
    talk.says(said, "house_move")
    return talk


def fail(talk: Talk) -> None:
    """Gives the name and the reference, and twice two factors that are wrong."""
    talk.answers(*WRONG[:2])
    talk.answers(*WRONG[2:])
    talk.answers(*WRONG[2:])


def test_the_right_answers_verify_and_the_case_says_so(known: Office) -> None:
    talk = begins(known)
    assert talk.asks == "verify_name"
    assert "skip" in talk.choices
    talk.answers(*PRIYA)
    assert talk.conversation.identity is not None
    assert talk.conversation.identity.account_ref == "40217753"
    assert "checked who you are" in talk.said
    assert talk.asks == "direction"
    talk.says("within plymouth")
    assert "14 Elm Road" in talk.said
    while talk.asks != "confirm":
        told = {
            "new_address": "5 Oak Street PL2 1AB", "move_date": "12 December",
            "services_to_tell": "bins",
        }  # fmt: skip
        talk.says(told.get(str(talk.asks), "I own it" if talk.asks == "tenure" else "skip"))
        assert len(talk.transcript) < 80
    for asked in ("name", "contact", "old_address", "account_ref"):
        assert asked not in {m.said.asks for m in talk.transcript}
    assert "Priya Shah" in talk.said
    talk.says("yes")
    parent = talk.cases[0]
    assert parent.verification is Verification.IDENTITY
    assert parent.verified_how == "questions"
    assert parent.account_ref == "40217753"
    assert parent.fields["contact"].source is Source.RECORD
    assert values_of(parent)["old_address"]["postcode"] == "PL4 7AA"
    assert "check who you are" not in talk.said
    assert flaws(talk) == []


def test_two_failures_end_it_and_the_report_is_taken_as_intake(known: Office) -> None:
    talk = begins(known)
    talk.answers(*WRONG)
    assert "did not match" in talk.said
    assert talk.asks == "verify_postcode"
    talk.answers(*WRONG[2:])
    assert talk.asks == "direction"
    identity = talk.conversation.identity
    assert identity is not None
    assert (identity.how, identity.account_ref, dict(identity.given)) == ("failed", None, {})
    assert "Elm Road" not in "".join(m.said.text for m in talk.transcript)


def test_an_account_that_does_not_exist_hears_the_very_same(known: Office) -> None:
    talks = [begins(known), begins(known)]
    for one, answers in zip(talks, (WRONG, ("Priya Shah", "9999 9999", *WRONG[2:])), strict=True):
        one.answers(*answers)
        one.answers(*answers[2:])
    heard = [[m.said.text for m in t.transcript] for t in talks]
    ours = [
        [text for text in texts if "9999" not in text and "7753" not in text] for texts in heard
    ]
    assert ours[0] == ours[1]
    assert [m.said.asks for m in talks[0].transcript] == [m.said.asks for m in talks[1].transcript]


@pytest.mark.parametrize("wrong", range(4))
def test_whichever_answer_is_wrong_the_words_are_the_same(known: Office, wrong: int) -> None:
    bad = ("Jane Smith", "9999 9999", "PL1 1AA", "3 May 1970")
    talk = begins(known)
    talk.answers(*(bad[n] if n == wrong else PRIYA[n] for n in range(4)))
    assert talk.said == _words_of_failure(known)


def _words_of_failure(office: Office) -> str:
    talk = begins(office)
    talk.answers("Jane Smith", "9999 9999", "PL1 1AA", "3 May 1970")
    return talk.said


@given(st.lists(st.integers(0, 8), min_size=8, max_size=16))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_row_of_wrong_answers_ever_verifies(picks: list[int]) -> None:
    words = ["PL1 1AA", "3 May 1970", "999", "XX 9999", "I don't know", "go on", "Jane Smith",
             "4021 7753", "go back"]  # fmt: skip
    office = make_office()
    import_residents(office, read_residents(COUNCIL / "demo" / "residents.csv"))
    talk = begins(office)
    talk.answers("Priya Shah", "4021 7753")
    for pick in picks:
        if not (talk.asks or "").startswith("verify_"):
            break
        talk.says(words[pick], "go_back" if words[pick] == "go back" else None)
        assert not (talk.conversation.identity and talk.conversation.identity.verified)


def test_what_is_not_known_gives_way_to_the_next_factor(known: Office) -> None:
    talk = begins(known)
    talk.answers("Priya Shah", "4021 7753", "PL4 7AA")
    assert talk.asks == "verify_date_of_birth"
    talk.says("I don't know that", "dont_know")
    assert talk.asks == "verify_phone_digits"
    talk.presses("skip")
    assert talk.asks == "verify_code"
    talk.says("T Q 4 2 7 3")
    assert talk.conversation.identity is not None
    assert talk.conversation.identity.verified


def test_without_enough_to_go_by_nobody_hears_of_a_failure(known: Office) -> None:
    talk = begins(known)
    talk.answers("Priya Shah", "4021 7753", "PL4 7AA", "skip", "I don't know", "skip")
    assert talk.asks == "direction"
    assert "match" not in "".join(m.said.text for m in talk.transcript)
    assert talk.conversation.identity is not None
    assert talk.conversation.identity.how == "not_known"


@pytest.mark.parametrize("said", ["skip", "I don't have it", "carry on without", "[skip]"])
def test_it_can_be_skipped_and_the_name_given_is_not_asked_again(known: Office, said: str) -> None:
    talk = begins(known)
    talk.answers("Jane O'Brien", said)
    assert talk.asks == "direction"
    assert talk.values["name"] == "Jane O'Brien"
    assert talk.conversation.identity is not None
    assert talk.conversation.identity.how == "declined"


def test_what_the_opening_said_is_not_asked(known: Office) -> None:
    talk = Talk(known, identifies=True)
    talk.says(
        "my name is Priya Shah, my account number is 4021 7753 and I'm moving from "
        "14 Elm Road PL4 7AA to 5 Oak Street PL2 1AB",
        "house_move",
    )
    assert talk.asks == "verify_date_of_birth"
    talk.says("14/10/1991")
    assert talk.conversation.identity is not None
    assert talk.conversation.identity.verified


def test_an_earlier_answer_can_be_put_right(known: Office) -> None:
    talk = begins(known)
    talk.answers("Priya Shah", "4021 7754", "PL4 7AA")
    talk.says("sorry, my account number is 4021 7753", "correct_answer")
    assert talk.asks == "verify_date_of_birth"
    talk.says("14 October 1991")
    assert talk.conversation.identity is not None
    assert talk.conversation.identity.verified


def test_what_is_told_ahead_of_its_question_is_kept(known: Office) -> None:
    talk = begins(known)
    talk.answers(*PRIYA[:3])
    talk.says("my new address is 7 Oak Street, PL2 1AB")
    assert talk.asks == "verify_date_of_birth"
    assert "7 Oak Street" in talk.said
    talk.answers(PRIYA[3])
    assert talk.values["new_address"]["lines"] == ["7 Oak Street"]


def test_why_it_is_asked_is_explained_and_a_person_always_comes(known: Office) -> None:
    talk = begins(known)
    talk.says("why do you need that?", "house_move")
    assert "so that nobody else can change it" in talk.said
    assert talk.asks == "verify_name"
    talk.says("I want to talk to a person", "speak_to_agent")
    assert not (talk.asks or "").startswith("verify_")


def test_danger_comes_before_any_question_of_identity(known: Office) -> None:
    talk = begins(known)
    talk.says("my husband is hitting me right now")
    assert "999" in talk.said


def test_it_holds_for_the_rest_of_the_conversation(known: Office) -> None:
    talk = begins(known)
    talk.answers(*PRIYA)
    talk.says("stop", "stop")
    talk.presses("yes") if talk.asks == "offer" else None
    talk.says("my income has changed", "income_change")
    assert not (talk.asks or "").startswith("verify_")
    assert talk.conversation.identity is not None
    assert talk.conversation.identity.verified


def test_five_failures_lock_the_account_and_nobody_is_told(known: Office) -> None:
    for _ in range(3):
        fail(begins(known))
    locked = begins(known)
    locked.answers(*PRIYA)
    assert locked.said == _words_of_failure(known)
    later = begins(replace(known, clock=FixedClock(NOW + timedelta(hours=25))))
    later.answers(*PRIYA)
    assert later.conversation.identity is not None
    assert later.conversation.identity.verified


def test_five_failures_from_one_number_lock_it_for_every_account(known: Office) -> None:
    about = {"channel": Channel.VOICE, "caller": "+447700900999"}
    for reference in ("1111 1111", "2222 2222", "3333 3333"):
        talk = begins(known, **about)
        talk.answers("Jane Smith", reference, "PL1 1AA", "3 May 1970")
        talk.answers("PL1 1AA", "3 May 1970")
    talk = begins(known, **about)
    talk.answers(*PRIYA)
    assert talk.conversation.identity is not None
    assert not talk.conversation.identity.verified
    other = begins(known, channel=Channel.VOICE, caller="+447700900998")
    other.answers(*PRIYA)
    assert other.conversation.identity is not None
    assert other.conversation.identity.verified


def test_whoever_speaks_for_another_is_never_verified(known: Office) -> None:
    talk = begins(known, "I'm ringing for my mum, she is moving house")
    assert THIRD_PARTY in talk.conversation.flags
    assert talk.asks == "relationship"
    talk.says("I'm her daughter")
    assert talk.asks == "resident_name"
    talk.says("Beryl Shah")
    assert talk.asks == "authority_on_record"
    talk.says("yes")
    assert talk.asks == "direction"
    talk.answers("within", "Ann Shah", "07700 900123", "14 Elm Road PL4 7AA",
                 "5 Oak Street PL2 1AB", "12 December", "own", "no one")  # fmt: skip
    while talk.asks != "confirm":
        talk.says("none" if talk.asks == "services_to_tell" else "skip")
    assert "Beryl Shah" in talk.said
    talk.says("yes")
    case = talk.cases[0]
    assert all(values_of(one)["resident_name"] == "Beryl Shah" for one in talk.cases)
    assert case.verification is Verification.UNVERIFIED
    assert case.verified_how == "third_party"
    assert case.valid_notice is False
    assert THIRD_PARTY in case.flags
    assert values_of(case)["relationship"] == "child"
    assert values_of(case)["authority_on_record"] is True


def test_saying_so_in_the_middle_of_the_check_ends_it(known: Office) -> None:
    talk = begins(known)
    talk.says("it's for my mum")
    assert talk.asks == "relationship"
    talk.answers("her son", "Joan Shah", "no")
    assert talk.asks == "direction"


def test_staff_do_not_read_what_was_only_given_as_a_check(known: Office) -> None:
    talk = begins(known)
    talk.answers("Priya Shah", "4021 7753", "PL4 7AA", "14 October 1991")
    record = read_conversation(known, on_duty(known, role=Role.SUPERVISOR), talk.id)
    texts = [message.said.text for message in record.messages]
    assert "[checked]" in texts
    assert not any("1991" in text for text in texts)
    assert record.verification is Verification.IDENTITY


def test_the_services_that_know_the_resident_come_first(known: Office) -> None:
    talk = begins(known)
    talk.answers(*PRIYA, "within", "5 Oak Street PL2 1AB", "12 December", "own", "no one")
    while talk.asks not in {"services_to_tell", "confirm"}:
        talk.says("skip")
    theirs = [c for c in talk.choices if c in the_council().teams]
    assert set(theirs[:4]) == {"waste", "parking", "elections", "libraries"}


def test_a_lost_reference_is_no_matter_to_whoever_is_known(known: Office) -> None:
    first = begins(known)
    first.answers(*PRIYA, "within", "5 Oak Street PL2 1AB", "12 December", "own", "no one")
    while first.asks != "confirm":
        first.says("none" if first.asks == "services_to_tell" else "skip")
    first.says("yes")
    ref = first.cases[0].ref
    talk = Talk(known, identifies=True)
    talk.says("how is my report getting on", "case_status")
    talk.says("I've lost the number", "dont_know")
    assert talk.asks == "verify_name"
    talk.answers(*PRIYA)
    assert f"{ref[:4]} {ref[4:]}" in talk.said
    assert "your move" in talk.said


def test_a_lost_reference_without_identity_tells_nothing(known: Office) -> None:
    talk = Talk(known, identifies=True)
    talk.says("how is my report getting on", "case_status")
    talk.says("I've lost the number", "dont_know")
    talk.says("skip")
    assert "Without the reference" in talk.said
    assert not talk.refs


@pytest.mark.parametrize("verified", [True, False])
def test_notice_by_identity_is_valid_only_of_whoever_is_known(verified: bool) -> None:
    council = the_council()
    move = council.services["house_move"]
    rule = {Channel.WEB: Notice.IDENTITY}
    services = {**council.services, "house_move": replace(move, notice=rule)}
    office = make_office(council=replace(council, services=services))
    import_residents(office, read_residents(COUNCIL / "demo" / "residents.csv"))
    talk = begins(office)
    talk.answers(*(PRIYA if verified else ("skip",)))
    while talk.asks != "confirm":
        told = {
            "direction": "within", "name": "Jane Smith", "contact": "07700 900123",
            "old_address": "14 Elm Road PL4 7AA", "new_address": "5 Oak Street PL2 1AB",
            "move_date": "12 December", "tenure": "own", "services_to_tell": "none",
        }  # fmt: skip
        talk.says(told.get(str(talk.asks), "no one" if talk.asks == "other_adults" else "skip"))
        assert len(talk.transcript) < 80
    talk.says("yes")
    assert talk.cases[0].valid_notice is verified


def test_the_rules_of_lock_out_are_the_council_s() -> None:
    assert the_council().identity.lock_failures == IdentityRules().lock_failures


def test_every_channel_asks_the_same(known: Office) -> None:
    talk = begins(known, channel=Channel.VOICE, caller="+447700900167")
    talk.answers("priya shah", "four oh two one double seven five three", "P L 4 7 A A")
    talk.says("1 6 7", "dont_know") if talk.asks == "verify_phone_digits" else None
    assert talk.asks == "verify_date_of_birth"
    assert "900167" not in "".join(m.said.text for m in talk.transcript)


def test_a_change_that_needs_no_check_says_whom_it_is_for_too(known: Office) -> None:
    talk = Talk(known)
    talk.says("my mum's blue badge was stolen", "blue_badge_change")
    assert talk.asks == "resident_name"
    talk.says("Beryl Hicks")
    assert talk.asks == "name"
    assert "your own full name" in talk.said
    talk.answers("Joan Hicks", "skip", "skip", "07700 900123")
    assert "Beryl Hicks" in talk.said
    talk.says("yes", "affirm")
    held = values_of(talk.cases[0])
    assert (held["resident_name"], held["name"]) == ("Beryl Hicks", "Joan Hicks")


@pytest.mark.parametrize(
    ("opening", "speaker"),
    [
        ("I have power of attorney for my mum", "another"),
        ("I've got lasting power of attorney for dad", "another"),
        ("I look after my brother and need to talk about his bills", "another"),
        ("I want someone else to be able to speak to you for me", "me"),
        ("I want my daughter to deal with my council tax", "me"),
        ("can my son ring for me", "me"),
        ("power of attorney", None),
        ("how do I set up a power of attorney", None),
    ],
)
def test_who_speaks_for_whom_is_heard_or_asked_first(
    known: Office, opening: str, speaker: str | None
) -> None:
    talk = Talk(known)
    talk.says(opening, "third_party_authority")
    assert talk.values.get("speaker") == speaker
    assert (talk.asks == "speaker") == (speaker is None)


def test_whoever_speaks_for_another_is_asked_for_the_name_of_that_person(known: Office) -> None:
    talk = Talk(known)
    talk.says("I have power of attorney for my mum", "third_party_authority")
    assert "your own full name" in talk.said
    talk.answers("Joan Hicks", "07700 900123")
    assert "you speak for" in talk.said
    talk.says("Beryl Hicks")
    assert "Who are you to" in talk.said
    talk.answers("she's my mum", "I have it")
    assert "Person you speak for: Beryl Hicks" in talk.said
    assert talk.values["relationship"] == "child"
