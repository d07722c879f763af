"""No text breaks a reader, none takes long, and what is no date never becomes one."""

from __future__ import annotations

import itertools
import random
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from casework.adapters.reading.gazetteer import CsvGazetteer
from casework.adapters.reading.reader import PlainReader
from casework.adapters.reading.scripted import ScriptedReader
from casework.ports.reading import AnswerReader, Context, Gazetteer, Pick, Read, Refused

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Europe/London"))

NASTY = [
    "", " ", "\x00", "a\x00b", "👍🏽👩‍👩‍👧", "🏠" * 500, "x" * 5000, "9" * 5000, "1 " * 2500,
    "(" * 300, "oh " * 800, "double " * 500, "one hundred and " * 300, "a.b." * 800,
    "@" * 500, "a@" * 500,
    "مرحبا أعيش في شارع إلم ١٤", "٠٧٧٠٠ ٩٠٠١٢٣", "१४ एल्म रोड", "\u202e14 elm road\u202c",
    "½ Elm Road", "²³", "①②",
    "Ⅷ", "Ω", "İ", "ß", "ﬁ", "\ud800", "0", "00", "-1", "+", "+44", "+44+44", "31/31/31",
    "00/00/0000",
    "99999999", "0000000000000", "29/02/2027", "1/1/1", "nan", "None", "null", "{}", "[]",
    "{name}", "%s",
    "'; drop table cases; --", "<script>", "\\", "\\d+", "(?:", "[", "not", "not not", "not,",
    "but", "no no no",
    "flat", "flat flat flat", "flat a", "number", "the", "the the", "to", "to to", ",,,,", "...",
    "-", "'", "''",
    "o'", "'o", "o'o'o'", "st st st",
    "january " * 300, "5 may " * 300, "PL4 8AA " * 200, "pl4 8a", "p l", "///",
    "///a.b.c", "91.0000,181.0000", "50.3755,-4.1427 " * 50, "my name is",
    "my name is my name is", "I'm I'm",
    "week on", "in 999 years", "999 years ago", "in 999 months", "2 thousand years ago",
    "12 thousand",
    "end of", "first of", "the 0th", "the 99th", "£", "£.", "£,", "£1,2,3", "k", "1k1k", "all",
    "all except",
    "everything but", "1 and", "and 1", "one one one one", "a" * 64 + "@" + "b" * 250 + ".com",
    "\n\n\t", "ⅯⅯ",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_reads_any_text_without_failing(reader, fields, text):
    for one, held in itertools.product(fields, (None, "2026-12-05", {"lines": ["1 Elm Road"]})):
        reading = reader.read(one, text, Context(NOW, held))
        assert not isinstance(reading, Refused) or reading.reason.isidentifier()
    reader.find(fields, text, Context(NOW))
    reader.mentions(fields, text)
    reader.correction(text)


def test_survives_any_mixture_of_words(reader, fields):
    chance = random.Random(7)
    words = [w for text in NASTY for w in text[:200].split()[:3]] + (
        "14 elm road flat the next friday 5 december not but and to from my name is oh double "
        "hundred thousand week last of PL4 8AA at dot com sorry no yes"
    ).split() * 4
    for _ in range(400):
        text = " ".join(chance.choices(words, k=chance.randint(1, 12)))
        assert set(reader.find(fields, text, Context(NOW))) <= {one.id for one in fields}
        for one in fields:
            reading = reader.read(one, text, Context(NOW))
            assert reading is None or isinstance(reading, Read | Pick | Refused)


FIRST = (
    "April May June Jan Augusta Mark Will Sue Jack Priya Mohammed Zbigniew Siobhan Tuesday".split()
)
LAST = "March Day Friday Summers Winter Weekes Seconds Munday Smith Sunder Monk Decker".split()
STREETS = "March May Friday Seventh Sun Saturn Jubilee Octagon Novem Second Marlborough".split()


def test_names_and_addresses_are_never_dates(hears):
    for first, last in itertools.product(FIRST, LAST):
        if "day" not in (first + last).lower():
            assert hears("move_date", f"{first} {last}") is None, (first, last)
    for number, street, kind in itertools.product(
        (1, 5, 12, 31), STREETS, ("Road", "Street", "Close")
    ):
        assert hears("move_date", f"{number} {street} {kind}") is None, (number, street)
        assert hears("move_date", f"{number} {street} {kind}, PL{number % 9 + 1} 2AA") is None


def test_is_quick(reader, fields):
    sentence = (
        "I'm moving from 12 Elm Road PL4 8AA to 3 Oak Street on 5 December, call 07700 900123"
    )
    reader.warm(NOW)
    reader.find(fields, sentence, Context(NOW))

    def least(act) -> float:
        times = []
        for _ in range(7):
            began = time.process_time()
            act()
            times.append(time.process_time() - began)
        return min(times)

    for one in fields:
        assert least(lambda one=one: reader.read(one, sentence, Context(NOW))) < 0.005
    assert least(lambda: reader.find(fields, sentence, Context(NOW))) < 0.02


def test_the_adapters_keep_to_their_ports(reader, gazetteer):
    readers: list[AnswerReader] = [reader, ScriptedReader()]
    known: Gazetteer = gazetteer
    assert all(callable(one.correction) for one in readers)
    assert known.property("elm_road_14_mannamead").postcode == "PL4 8AA"
    assert known.property("nowhere") is None
    assert isinstance(reader, PlainReader)


def test_reads_a_gazetteer_file(tmp_path):
    path = tmp_path / "gazetteer.csv"
    path.write_text(
        "uprn,address,street,locality,postcode,ward,lat,lon,bin_day,bin_week,councillors\n"
        '1,"Flat 2, 106 Mutley Plain, Mutley, Plymouth, PL4 6LL",Mutley Plain,Mutley,PL4 6LL,'
        "W,50.38,-4.13,Monday,A,A B\n",
        encoding="utf-8",
    )
    one = CsvGazetteer.from_file(path).property("1")
    assert one is not None
    assert (one.bin_day, one.lat) == ("Monday", 50.38)


def test_the_scripted_reader_says_what_it_was_told(field):
    scripted = ScriptedReader({("name", "it's Jo"): "Jo", ("name", "no"): Refused("x")})
    assert scripted.read(field("name"), "it's Jo", Context(NOW)).value == "Jo"
    assert scripted.read(field("name"), "no", Context(NOW)) == Refused("x")
    assert scripted.read(field("name"), "else", Context(NOW)) is None
    assert [text for _, text, _ in scripted.asked] == ["it's Jo", "no", "else"]
