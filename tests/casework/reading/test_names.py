"""Names of people in replies."""

from __future__ import annotations

import pytest

NAMES = """
Jane Smith | Jane Smith
jane smith | Jane Smith
JANE SMITH | Jane Smith
my name is jane o'brien | Jane O'Brien
my name is jane o’brien | Jane O'Brien
it's Mrs Patel | Patel
Dr. Jane Smith | Jane Smith
this is Zbigniew | Zbigniew
jane smith speaking | Jane Smith
hi it's bob smith here thanks | Bob Smith
the name's Bond, James Bond | James Bond
Maria van der Berg | Maria van der Berg
maria van der berg | Maria van der Berg
Nguyễn Văn An | Nguyễn Văn An
siobhán | Siobhán
ó súilleabháin | Ó Súilleabháin
MCDONALD | McDonald
jean-paul gaultier | Jean-Paul Gaultier
Anne-Marie D'Arcy-Smith | Anne-Marie D'Arcy-Smith
Smith, Jane | Jane Smith
j a n e | Jane
it's Priya Shah P R I Y A | Priya Shah
Jon Smith spelled J O N | Jon Smith
my name is Jane Smith and I'm moving | Jane Smith
i'm jane smith from elm road | Jane Smith
Jane Smith, 12 Elm Road | Jane Smith
Jane and John Smith | Jane and John Smith
name: Jo Bloggs | Jo Bloggs
call me dave | Dave
Will May | Will May
Mark Street | Mark Street
J. R. Smith | J. R. Smith
her name was Jean Smith | Jean Smith
Mohammed Al-Fayed | Mohammed Al-Fayed
李小龙 | 李小龙
Ольга Иванова | Ольга Иванова
yes it's jane | Jane
Sid, Sid Turner | Sid Turner
it's Sid. Sid Turner | Sid Turner
Jean, Jean Ann Trevithick | Jean Ann Trevithick
my name's Jean, jean ann trevithick | Jean Ann Trevithick
Sidney Turner, no Tanner | Sidney Tanner
Sidney Turner no Tanner | Sidney Tanner
Sidney Turner, no sorry, Tanner | Sidney Tanner
Mary Jones, no, Marie Jones | Marie Jones
Sidney Turner, no thanks | Sidney Turner
Margaret Pascoe but everyone calls me Mags | Margaret Pascoe
Margaret Pascoe, everybody calls me Mags | Margaret Pascoe
Margaret Pascoe but people know me as Mags | Margaret Pascoe
Margaret Pascoe but you can call me Mags | Margaret Pascoe
Margaret Pascoe, known as Mags | Margaret Pascoe
everyone calls me Mags | Mags
Seven Ellis | Seven Ellis
"""


@pytest.mark.parametrize("row", NAMES.strip().splitlines())
def test_hears_a_name(hears, row):
    text, name = (part.strip() for part in row.split("|"))
    assert hears("name", text) == name


@pytest.mark.parametrize(
    "text",
    [
        "nine", "twenty one", "seven eight nine", "double two", "it's ten",
        "why do you need that", "123", "yes", "no", "I don't know", "hello", "skip", "what",
        "I need to report a pothole", "council tax", "none of your business", "it is", "my name",
        "i'm moving", "I'd rather not say", "can i speak to someone", "speaking", "07700 900123",
        "jane@example.com", "👍", "...", "good morning", "it's urgent", "I already told you",
        "who is this?", "never mind", "an apology", "an explanation please", "my bin was missed",
    ],
)  # fmt: skip
def test_hears_no_name_where_there_is_none(hears, text):
    assert hears("name", text) is None


@pytest.mark.parametrize(
    ("said", "held", "name"),
    [
        ("Smith", "Jane Smyth", "Jane Smith"),
        ("my surname is Jones", "Jane Smyth", "Jane Jones"),
        ("Jayne", "Jane Smith", "Jayne Smith"),
        ("Bob Brown", "Jane Smith", "Bob Brown"),
        ("no my name is Doreen not Doris", "Doris Trott", "Doreen Trott"),
        ("my name is Doreen", "Doris Trott", "Doreen Trott"),
        ("it's Ann, not Jane", "Jane Smith", "Ann Smith"),
    ],
)
def test_a_correction_puts_one_word_right(hears, said, held, name):
    assert hears("name", said, held) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is jane smith and I want to move", "Jane Smith"),
        ("I'm Jane Smith and I live at 14 Elm Road", "Jane Smith"),
        ("hi this is Priya Shah, I'm moving", "Priya Shah"),
        ("my name's Jo Bloggs", "Jo Bloggs"),
    ],
)
def test_finds_who_is_speaking(finds, text, name):
    assert finds("name", text) == {"name": name}


@pytest.mark.parametrize(
    "text",
    [
        "I'm moving", "I'm disabled and need help", "this is urgent", "I am Polish",
        "it's about my bin", "I'm calling about council tax", "this is Plymouth calling",
        "I'm not happy", "it's disgusting", "I'm Homeless", "my name has changed",
        "I'm renting", "it's the green bin", "this is the third time",
    ],
)  # fmt: skip
def test_finds_no_name_where_nobody_is_introduced(finds, text):
    assert finds("name", text) == {}
