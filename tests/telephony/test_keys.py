"""What the keys of a telephone mean after each kind of question."""

from __future__ import annotations

import pytest

from casework.domain.catalogue import PERSON
from casework.domain.conversations import Choice, Utterance
from casework.domain.fields import Field
from casework.domain.wording import Spoken
from casework.ports.reading import Context, Read, Refused
from telephony.keys import Plan, Pressed, more, offered, plan, pressed
from telephony.manner import Manner
from telephony.speaking import keys_for
from tests.office import NOW, the_reader
from tests.telephony.conftest import Line

YES, NO = Choice("Yes", "yes"), Choice("No", "no")
SKIP, AGENT = Choice("Skip", "skip"), Choice("A person", PERSON)
TEAMS = tuple(Choice(f"Team {n}", f"team_{n}") for n in range(1, 11))


def asking(kind: str | None, *choices: Choice, text: str = "What is it?") -> Utterance:
    return Utterance(text, choices=choices, asks=kind, kind=kind)


CONFIRMS = asking("confirm", YES, NO, AGENT)
OFFERS = asking("offer", *TEAMS[:2], AGENT, NO)
MANY = asking("choices", *TEAMS, AGENT)


@pytest.mark.parametrize(
    "said",
    [None, CONFIRMS, OFFERS, MANY]
    + [
        asking(kind)
        for kind in (
            "topic text person_name address location postcode date date_of_birth phone contact "
            "email account_ref case_ref reference registration yes_no choice"
        ).split()
    ],
)
def test_three_keys_mean_the_same_everywhere(said: Utterance | None) -> None:
    assert pressed("0", said) == Pressed(command="person")
    assert pressed("9", said) == Pressed(command="repeat")
    assert pressed("*", said) == Pressed(command="back")
    assert pressed("", said) is None


@pytest.mark.parametrize("said", [None, CONFIRMS, OFFERS, MANY, asking("date"), asking("phone")])
def test_a_hash_alone_is_done_and_nine_closed_by_one_a_repeat(said: Utterance | None) -> None:
    assert pressed("#", said) == Pressed(command="done")
    assert pressed("9#", said) == Pressed(command="repeat")


@pytest.mark.parametrize("kind", ["yes_no", "confirm", "offer", "satisfied"])
def test_one_is_yes_and_two_is_no_in_whatever_order_they_stand(kind: str) -> None:
    for choices in ((YES, NO), (NO, YES), (AGENT, NO, YES)):
        said = asking(kind, *choices)
        assert pressed("1", said) == Pressed(choice="yes")
        assert pressed("2", said) == Pressed(choice="no")
        assert pressed("3", said) is None
        assert [choice.value for _, choice in offered(said)] == ["yes", "no"]


def test_a_yes_or_no_question_can_be_skipped_by_the_third_key() -> None:
    assert pressed("3", asking("yes_no", YES, NO, SKIP)) == Pressed(choice="skip")


def test_a_yes_or_no_question_without_buttons_is_answered_by_keys_too() -> None:
    assert pressed("2", asking("yes_no")) == Pressed(choice="no")


def test_an_offer_of_services_is_chosen_by_number_and_never_a_person() -> None:
    assert offered(OFFERS) == [("1", TEAMS[0]), ("2", TEAMS[1]), ("3", NO)]
    assert pressed("3", OFFERS) == Pressed(choice="no")
    assert pressed("4", OFFERS) is None
    assert pressed("5", OFFERS) is None


def test_many_choices_come_three_at_a_time() -> None:
    pages = [[choice.value for _, choice in offered(MANY, page)] for page in range(4)]
    assert pages == [
        ["team_1", "team_2", "team_3"],
        ["team_4", "team_5", "team_6"],
        ["team_7", "team_8", "team_9"],
        ["team_10"],
    ]
    assert [key for key, _ in offered(MANY, 1)] == ["1", "2", "3"]
    assert [more(MANY, page) for page in range(4)] == [True, True, True, False]
    assert pressed("4", MANY) == Pressed(command="more")
    assert pressed("2", MANY, 1) == Pressed(choice="team_5")
    assert pressed("4", MANY, 3) is None
    assert pressed("3", MANY, 3) is None
    assert pressed("12", MANY) is None


def test_exactly_four_choices_need_no_second_page() -> None:
    said = asking("choice", *TEAMS[:4], AGENT)
    assert not more(said)
    assert pressed("4", said) == Pressed(choice="team_4")
    assert pressed("5", said) is None
    assert offered(said, 1) == []


@pytest.mark.parametrize(
    ("kind", "keys", "text"),
    [
        ("date", "24112026", "24/11/2026"),
        ("date_past", "241126", "24/11/26"),
        ("date_of_birth", "01051984", "01/05/1984"),
        ("date", "31022027", "31/02/2027"),
        ("date", "2411", "24/11"),
        ("date", "24112026#", "24/11/2026"),
        ("date", "12345", "12345"),
        ("phone", "07700900123", "07700900123"),
        ("contact", "07700900123#", "07700900123"),
        ("account_ref", "40217753", "40217753"),
        ("case_ref", "48291578", "48291578"),
        ("reference", "204118", "204118"),
        ("digits", "167", "167"),
        ("money", "12*50", "12.50"),
        ("money", "12*5", "12.5"),
        ("money", "12*", "12"),
        ("money", "*50", "0.50"),
        ("money", "9", "9"),
        ("money", "1", "1"),
        ("money", "1200", "1200"),
    ],
)
def test_a_value_is_keyed_in_as_digits(kind: str, keys: str, text: str) -> None:
    assert pressed(keys, asking(kind)) == Pressed(text=text)


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("topic", "123"),
        ("text", "5"),
        ("person_name", "7"),
        ("postcode", "4"),
        ("registration", "12"),
        ("email", "44"),
        ("phone", "3"),
        ("phone", "077*00"),
        ("date", "3"),
        ("money", "1*2*3"),
        ("money", "1*234"),
        ("confirm", "12"),
        ("address", "14"),
    ],
)
def test_keys_that_mean_nothing_here_are_no_answer(kind: str, keys: str) -> None:
    assert pressed(keys, asking(kind)) is None


def test_digits_are_a_house_number_where_one_was_asked_for() -> None:
    said = asking("address", text="What is the house number or name?")
    assert pressed("14", said) == Pressed(text="14")
    assert pressed("7", said) == Pressed(text="7")
    assert pressed("9", said) == Pressed(command="repeat")
    assert pressed("9#", said) == Pressed(text="9")
    assert pressed("09#", said) == Pressed(text="9")
    assert pressed("0#", said) == Pressed(command="person")
    assert pressed("1", asking("address", *TEAMS[:2], text="Which number?")) == Pressed(
        choice="team_1"
    )


KEYPAD, TOLD = Manner(keypad=True), Manner(offered=True)


@pytest.mark.parametrize("manner", [KEYPAD, TOLD])
@pytest.mark.parametrize("number", range(1, 13))
def test_every_house_number_can_be_keyed_by_whoever_uses_keys(manner: Manner, number: int) -> None:
    for said in (asking("address"), asking("location", SKIP)):
        for keys in (f"{number}#", f"0{number}#"):
            assert pressed(keys, said, manner=manner) == Pressed(text=f"number {number}")


def test_a_place_is_left_out_by_two_noughts_which_are_no_house_number() -> None:
    assert pressed("00#", asking("location", SKIP), manner=KEYPAD) == Pressed(choice="skip")
    assert pressed("00#", asking("location"), manner=KEYPAD) is None


def test_how_to_leave_out_a_place_is_told_with_keys_that_no_house_has(line: Line) -> None:
    place = " ".join(part.text for part in keys_for(
        asking("location", SKIP), line.wording, manner=KEYPAD))  # fmt: skip
    number = " ".join(part.text for part in keys_for(
        asking("phone", SKIP), line.wording, manner=KEYPAD))  # fmt: skip
    assert "press 0 twice" in place
    assert "press 1 and hash" in number


@pytest.mark.parametrize("kind", ["account_ref", "reference", "digits"])
def test_a_number_of_any_length_may_be_a_nine(kind: str) -> None:
    assert pressed("9#", asking(kind)) == Pressed(text="9")
    assert pressed("9", asking(kind)) == Pressed(command="repeat")
    assert pressed("1#", asking(kind, SKIP)) == Pressed(choice="skip")


def test_a_date_can_be_picked_or_keyed_when_several_were_understood() -> None:
    said = asking("date", *TEAMS[:2])
    assert pressed("2", said) == Pressed(choice="team_2")
    assert pressed("24112026", said) == Pressed(text="24/11/2026")


def test_a_question_that_may_be_skipped_takes_a_value_or_the_first_key() -> None:
    said = asking("phone", SKIP)
    assert pressed("1", said) == Pressed(choice="skip")
    assert pressed("07700900123", said) == Pressed(text="07700900123")
    assert plan(said) == Plan(None, "#", 6)


def test_an_amount_of_money_leaves_no_key_for_choices() -> None:
    assert offered(asking("money", SKIP)) == []
    assert pressed("1", asking("money", SKIP)) == Pressed(text="1")


@pytest.mark.parametrize(
    ("said", "awaited"),
    [
        (None, Plan(1, "", 6)),
        (CONFIRMS, Plan(1, "", 5)),
        (OFFERS, Plan(1, "", 5)),
        (MANY, Plan(1, "", 5)),
        (asking("yes_no"), Plan(1, "", 5)),
        (asking("date", *TEAMS[:2]), Plan(1, "", 5)),
        (asking("topic"), Plan(1, "#", 6)),
        (asking("topic", AGENT), Plan(1, "#", 6)),
        (asking("text", SKIP), Plan(1, "#", 6)),
        (asking("person_name"), Plan(1, "", 6)),
        (asking("address"), Plan(1, "", 6)),
        (asking("address", text="What is the house number?"), Plan(None, "#", 6)),
        (asking("registration"), Plan(1, "", 8)),
        (asking("date"), Plan(8, "#", 6)),
        (asking("date_past"), Plan(8, "#", 6)),
        (asking("date_of_birth"), Plan(8, "#", 6)),
        (asking("case_ref"), Plan(8, "#", 8)),
        (asking("account_ref"), Plan(None, "#", 8)),
        (asking("reference"), Plan(None, "#", 8)),
        (asking("phone"), Plan(None, "#", 6)),
        (asking("contact"), Plan(None, "#", 6)),
        (asking("money"), Plan(None, "#", 6)),
    ],
)
def test_keys_are_awaited_as_the_question_needs(said: Utterance | None, awaited: Plan) -> None:
    assert plan(said) == awaited


@pytest.mark.parametrize(
    ("kind", "keys", "value"),
    [
        ("date", "05122026", "2026-12-05"),
        ("date", "051226", "2026-12-05"),
        ("date_of_birth", "010584", "1984-05-01"),
        ("date", "31022027", "date_impossible"),
        ("phone", "07700900123", "+447700900123"),
        ("contact", "0770090012", "phone_invalid"),
        ("case_ref", "48291578", "48291578"),
        ("case_ref", "48291579", "case_ref_wrong"),
        ("account_ref", "40217753", "40217753"),
        ("money", "12*50", "12.50"),
        ("money", "12*5", "12.50"),
    ],
)
def test_what_is_keyed_is_read_or_refused_with_a_reason(kind: str, keys: str, value: str) -> None:
    nothing = Spoken("", "", "")
    meant = pressed(keys, asking(kind))
    assert meant is not None
    asked = Field(kind, type=kind, label=kind, ask=nothing, again=nothing)
    reading = the_reader().read(asked, meant.text, Context(NOW))
    assert reading == (
        Refused(value) if value.endswith(("invalid", "impossible", "wrong")) else Read(value)
    )


def test_one_at_the_open_question_brings_services_to_choose_from() -> None:
    assert pressed("1", asking("topic")) == Pressed(command="menu")
