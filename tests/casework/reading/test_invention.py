"""No text breaks a reader, and no reader invents: a value is made of what was said."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.adapters.reading.date_words import MONTHS, WEEKDAYS
from casework.adapters.reading.references import is_case_ref
from casework.ports.reading import Context, Pick, Read, Refused
from tests.casework.reading.conftest import NOW, OPTIONS, STREETS

QUICK = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
WORDS = """\
14 elm road flat the next friday 5 december not but and to from my name is oh double treble
hundred thousand week last of PL4 8AA p l four eight a at dot com sorry no yes one two seven
07700 900123 jane smith @ example.com £12.50 quid ab12 cde hb 204118 4829 1578 third morning
after before mutley plain church monday ago tomorrow green bin aye know all correct capital for
apple & / - , . ? 1984 spain without x ray half past ten quarter £ fortnight christmas moved on
st""".split()
SAID = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
ANY_TEXT = st.one_of(st.text(max_size=120), SAID)
NUMBER_WORD = re.compile(
    r"(?i)[0-9]|zero|nought|nil|oh|\bo\b|one|two|too?|three|four|for|five|six|seven|eight|ate|nine|"
    r"\bten|eleven|twelve|teen|twenty|thirty|fou?rty|fifty|sixty|hundred|thousand|double|treble|"
    r"triple|won|free|grand|tenner|fiver|half"
)
TYPES = sorted({
    "date", "date_past", "person_name", "contact", "phone", "email", "address",
    "location", "yes_no", "choice", "choices", "text", "money", "account_ref", "reference",
    "case_ref", "registration", "postcode", "callback_slot",
})  # fmt: skip


def _values(reading: object) -> list:
    if isinstance(reading, Read):
        return [reading.value]
    return [one.value for one in reading.candidates] if isinstance(reading, Pick) else []


@pytest.fixture(scope="module")
def of_type(fields):
    """The first field of each type."""
    return {one.type: one for one in reversed(fields)}


@QUICK
@given(text=ANY_TEXT)
def test_no_reader_fails_on_any_text(reader, fields, text):
    for field in fields:
        reading = reader.read(field, text, Context(NOW))
        assert reading is None or isinstance(reading, Read | Pick | Refused)
    assert set(reader.find(fields, text, Context(NOW))) <= {field.id for field in fields}
    assert isinstance(reader.correction(text), str)
    reader.mentions(fields, text)


@QUICK
@given(text=SAID)
@pytest.mark.parametrize(
    "field_type", ["phone", "postcode", "account_ref", "reference", "case_ref", "money"]
)
def test_a_number_comes_only_of_numbers(reader, of_type, field_type, text):
    for value in _values(reader.read(of_type[field_type], text, Context(NOW))):
        assert NUMBER_WORD.search(text), value


@QUICK
@given(digits=st.text("0123456789", min_size=1, max_size=14), gap=st.sampled_from(["", " ", "-"]))
@pytest.mark.parametrize("field_type", ["account_ref", "case_ref", "reference"])
def test_a_reference_has_the_digits_said_in_their_order(reader, of_type, field_type, digits, gap):
    for value in _values(reader.read(of_type[field_type], gap.join(digits), Context(NOW))):
        assert value in digits
        assert field_type != "case_ref" or is_case_ref(value)


@QUICK
@given(digits=st.text("0123456789", min_size=1, max_size=14))
def test_a_telephone_number_ends_with_the_digits_said(reader, of_type, digits):
    for value in _values(reader.read(of_type["phone"], f"my number is {digits}", Context(NOW))):
        assert digits.lstrip("0").removeprefix("44").lstrip("0") == value.removeprefix("+44") or (
            digits.startswith("00") and value == "+" + digits.lstrip("0")
        )


@QUICK
@given(said=st.text("abdefghjlnpqrstuwxyz0123456789 ", min_size=1, max_size=12))
@pytest.mark.parametrize("field_type", ["postcode", "registration", "reference"])
def test_letters_and_digits_are_those_said(reader, of_type, field_type, said):
    kept = [c for c in said.upper() if c != " "]
    # O and 0, I and 1 are put right by their place in a plate.
    alike = str.maketrans("OI", "01")
    for value in _values(reader.read(of_type[field_type], said, Context(NOW))):
        left = [c.translate(alike) for c in kept]
        assert all(c in left for c in value.replace(" ", "").translate(alike))


@QUICK
@given(text=st.lists(st.sampled_from([w for w in WORDS if not NUMBER_WORD.search(w)]), min_size=1,
                     max_size=10).map(" ".join))  # fmt: skip
def test_a_date_comes_only_of_words_for_days(reader, of_type, text):
    dated = re.search(
        rf"(?i)\b(?:{'|'.join([*MONTHS, *WEEKDAYS])}|third|tomorrow|week|fortnight|ago|morning|"
        r"christmas|last|next)\b", text)  # fmt: skip
    for kind in ("date", "date_past"):
        assert dated or not _values(reader.read(of_type[kind], text, Context(NOW)))


@QUICK
@given(day=st.dates(date(2026, 1, 1), date(2027, 11, 1)),
       shape=st.sampled_from(["{d}/{m}/{y}", "{d} {M} {y}", "{d}.{m}.{y}", "{y}-{m:02}-{d:02}",
                              "the {d} {M} {y} please", "{M} {d} {y}", "{d} {m} {y}"]))  # fmt: skip
def test_a_date_in_full_is_read_as_that_day_and_day_before_month(reader, of_type, day, shape):
    said = shape.format(d=day.day, m=day.month, y=day.year, M=f"{day:%B}")
    reading = reader.read(of_type["date"], said, Context(NOW))
    assert _values(reading) == [day.isoformat()] or isinstance(reading, Refused)


@QUICK
@given(text=ANY_TEXT)
def test_the_letters_of_a_name_are_those_said(reader, of_type, text):
    for value in _values(reader.read(of_type["person_name"], text, Context(NOW))):
        said = unicodedata.normalize("NFKC", text).casefold()
        for word in value.casefold().split():
            if word != "and":
                assert all(c in said for c in word if c.isascii() and c.isalpha())


@QUICK
@given(text=ANY_TEXT)
def test_an_email_address_has_only_letters_that_were_said(reader, of_type, text):
    for value in _values(reader.read(of_type["email"], text, Context(NOW))):
        said = unicodedata.normalize("NFKC", text).lower()
        assert all(c in said for c in value if c.isalpha())


@QUICK
@given(text=ANY_TEXT)
def test_an_address_is_of_the_gazetteer_or_of_the_words_said(reader, gazetteer, of_type, text):
    for value in _values(reader.read(of_type["address"], text, Context(NOW))):
        if value["matched"]:
            one = gazetteer.property(value["uprn"])
            assert one is not None
            assert value["postcode"] == one.postcode
        else:
            streets = " ".join(STREETS).casefold()
            for word in re.findall(r"[^\W\d_]{4,}", " ".join(value["lines"]).casefold()):
                assert word in text.casefold() or word in streets or word in "apartment unit"


@QUICK
@given(text=ANY_TEXT)
def test_a_choice_is_one_of_the_options(reader, fields, text):
    for field in fields:
        if field.type in ("choice", "choices", "callback_slot"):
            ids = {option.id for option in OPTIONS[field.id]}
            for value in _values(reader.read(field, text, Context(NOW))):
                assert (set(value) if isinstance(value, list) else {value}) <= ids


@QUICK
@given(text=st.text(max_size=60))
def test_yes_and_no_are_never_both_or_made_of_nothing(reader, of_type, text):
    for value in _values(reader.read(of_type["yes_no"], text, Context(NOW))):
        assert value in (True, False)
        assert text.strip()


def test_every_type_is_tried(of_type):
    assert set(TYPES) <= set(of_type)
