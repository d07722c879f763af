"""What counts as the same person, and that nothing but the whole of it does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.identity import (
    ACCOUNT,
    CODE,
    DATE_OF_BIRTH,
    FACTORS,
    NAME,
    PHONE_DIGITS,
    POSTCODE,
    QUESTIONS,
    Identity,
    Stage,
    matches,
    same_person,
    speaks_for_another,
)
from casework.domain.residents import Resident
from tests.office import the_council

PRIYA = Resident(
    account_ref="40217753",
    name="Priya Shah",
    claim_ref="HB779221",
    date_of_birth="1991-10-14",
    phone="+447700900167",
    address="14 Elm Road",
    postcode="PL4 7AA",
    bill_code="TQ4273",
    services=("revenues", "waste"),
)
RIGHT = {
    NAME: "Priya Shah",
    ACCOUNT: "40217753",
    POSTCODE: "PL4 7AA",
    DATE_OF_BIRTH: "1991-10-14",
    PHONE_DIGITS: "167",
    CODE: "TQ4273",
}
WRONG = {
    NAME: "Jane Smith",
    ACCOUNT: "99999999",
    POSTCODE: "PL1 1AA",
    DATE_OF_BIRTH: "1990-10-14",
    PHONE_DIGITS: "168",
    CODE: "TQ4274",
}


def having(**answers: str) -> Identity:
    """Somebody who has given these answers, by the last part of the question."""
    identity = Identity()
    for name, value in answers.items():
        identity = identity.with_answer(f"verify_{name}", value, "c1")
    return identity


def of(given_answers: dict[str, str]) -> Identity:
    identity = Identity()
    for question, value in given_answers.items():
        identity = identity.with_answer(question, value, "c1")
    return identity


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("priya shah", "Priya Shah"), ("Mrs Priya Shah", "Priya Shah"),
        ("Shah, Priya", "Priya Shah"), ("P Shah", "Priya Shah"), ("Pryia Shah", "Priya Shah"),
        ("Daniel Okoro", "Dr Daniel James Okoro"), ("Siobhan O'Brien", "Siobhán O’Brien"),
        ("D J Okoro", "Daniel James Okoro"), ("Priya K Shah", "Priya Kaur Shah"),
    ],
)  # fmt: skip
def test_one_person_s_name_in_several_ways(said: str, held: str) -> None:
    assert same_person(said, held)


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("Shah", "Priya Shah"), ("Priya", "Priya Shah"), ("P S", "Priya Shah"), ("", "Priya Shah"),
        ("Anil Shah", "Priya Shah"), ("Priya Patel", "Priya Shah"), ("Priya Shah", ""),
        ("James Okoro", "Daniel James Okoro"), ("Mr Shah", "Priya Shah"),
    ],
)  # fmt: skip
def test_names_of_different_people(said: str, held: str) -> None:
    assert not same_person(said, held)


@pytest.mark.parametrize("pair", [(a, b) for a in FACTORS for b in FACTORS if a < b])
def test_any_two_factors_are_enough_with_name_and_reference(pair: tuple[str, str]) -> None:
    told = of({name: RIGHT[name] for name in (NAME, ACCOUNT, *pair)})
    assert matches(told, PRIYA, "c1", locked=False)
    assert not matches(told, PRIYA, "c1", locked=True)
    assert not matches(told, None, "c1", locked=False)
    assert not matches(told, PRIYA, "c2", locked=False)


@pytest.mark.parametrize("reference", ["HB779221", "hb 779 221", "4021 7753"])
def test_a_claim_number_serves_as_well_as_an_account_number(reference: str) -> None:
    told = having(name="Priya Shah", account_ref=reference, postcode="pl47aa", code="tq 4273")
    assert matches(told, PRIYA, "c1", locked=False)


@pytest.mark.parametrize("missing", [NAME, ACCOUNT, POSTCODE])
def test_nothing_less_is_enough(missing: str) -> None:
    wanted = {n: RIGHT[n] for n in (NAME, ACCOUNT, POSTCODE, CODE) if n != missing}
    assert not matches(of(wanted), PRIYA, "c1", locked=False)


def test_what_the_record_does_not_have_matches_nothing() -> None:
    bare = Resident(account_ref="40217753", name="Priya Shah", postcode="PL4 7AA")
    for name in (DATE_OF_BIRTH, PHONE_DIGITS, CODE):
        for value in ("", "\0", RIGHT[name]):
            told = of({NAME: "Priya Shah", ACCOUNT: "40217753", POSTCODE: "PL4 7AA", name: value})
            assert not matches(told, bare, "c1", locked=False)
    assert not matches(
        of(RIGHT | {ACCOUNT: ""}), replace(PRIYA, claim_ref=None), "c1", locked=False
    )


@given(
    st.lists(st.sampled_from(QUESTIONS), unique=True, min_size=4),
    st.sampled_from(QUESTIONS),
    st.lists(st.sampled_from(QUESTIONS), max_size=5),
)
def test_whatever_is_given_one_wrong_answer_verifies_nobody(
    names: list[str], wrong: str, more: list[str]
) -> None:
    values = {n: WRONG[n] if n == wrong or n in more else RIGHT[n] for n in names}
    told = of(values)
    expected = told.complete and wrong not in names and not set(more) & set(names)
    assert matches(told, PRIYA, "c1", locked=False) == expected


@given(st.dictionaries(st.sampled_from(QUESTIONS), st.text(max_size=20)))
def test_nothing_made_up_verifies_anybody(values: dict[str, str]) -> None:
    assert not matches(of(values), PRIYA, "c1", locked=False)
    assert not matches(of(values), None, "c1", locked=False)


def test_two_failures_end_it_and_what_was_given_is_forgotten() -> None:
    once = of(RIGHT).failed()
    assert once.stage is Stage.ASKING
    assert set(once.given) == {NAME, ACCOUNT}
    assert once.next_question() == POSTCODE
    twice = once.failed()
    assert (twice.stage, twice.how, dict(twice.given)) == (Stage.UNVERIFIED, "failed", {})


def test_what_is_not_known_gives_way_to_the_next_until_nothing_is_left() -> None:
    identity = having(name="Priya Shah", account_ref="40217753")
    asked = []
    while (question := identity.next_question()) is not None:
        asked.append(question)
        identity = identity.not_knowing(question)
    assert asked == list(FACTORS)
    assert not identity.complete


def test_secrets_are_kept_as_digests_only() -> None:
    kept = of(RIGHT).given
    for name in FACTORS:
        assert RIGHT[name] not in kept[name]


@pytest.mark.parametrize(
    ("text", "is_other"),
    [
        ("I'm ringing for my mum", True), ("Hello, I am calling on behalf of Mrs Jones", True),
        ("can you change my dad's council tax", True), ("it's for my neighbour", True),
        ("I’m her daughter", True), ("I'm the executor of my uncle", True),
        ("my mum is moving in with me", False), ("I'm calling for a new bin", False),
        ("I want my daughter to speak on my behalf", False), ("ringing about my bill", False),
        ("my husband has left", False), ("on behalf of me and nobody else", False),
    ],
)  # fmt: skip
def test_speaking_for_another_is_recognised(text: str, is_other: bool) -> None:
    assert speaks_for_another(text, the_council().identity.third_party) is is_other
