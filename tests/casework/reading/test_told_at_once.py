"""What the first sentence tells already, service by service, as `find` takes it."""

from __future__ import annotations

from typing import Any

import pytest

from casework.ports.reading import Context
from tests.office import NOW, the_council, the_reader

TOLD: list[tuple[str, str, dict[str, Any]]] = [
    ("bin_order", "need new brown bin old 1 stolen. Di Rowe, 5 Mount Crescent PL1 8RL",
     {"address": "5 Mount Crescent", "name": "Di Rowe", "bin_type": "refuse",
      "reason": "lost_or_stolen"}),
    ("bin_order", "di rowe, 5 mount crescent pl1 8rl, green bin cracked",
     {"address": "5 Mount Crescent", "name": "Di Rowe", "bin_type": "recycling",
      "reason": "damaged"}),
    ("bin_order", "green recycling, 5 mount crescent pl1 8rl",
     {"address": "5 Mount Crescent", "bin_type": "recycling"}),
    ("bin_order", "the wheel has come off my brown bin",
     {"bin_type": "refuse", "reason": "damaged"}),
    ("bin_order", "I need a bigger bin", {"reason": "too_small"}),
    ("bin_order", "can I have another recycling bin thanks, Joan Hicks",
     {"name": "Joan Hicks", "bin_type": "recycling", "reason": "extra"}),
    ("missed_bin", "4 Channel Gardens PL4 1TY", {"address": "4 Channel Gardens"}),
    ("missed_bin", "my brown bin at 4 Channel Gardens PL4 1TY",
     {"address": "4 Channel Gardens", "bin_type": "refuse"}),
    ("missed_bin", "its the garden one at 4 Channel Gardens",
     {"address": "4 Channel Gardens", "bin_type": "garden"}),
    ("missed_bin", "12 Brown Street PL1 1AA", {"address": "12 Brown Street"}),
    ("missed_bin", "brown bin missed this morning, it was out on time",
     {"collection_date": "2026-11-24", "bin_type": "refuse", "out_on_time": True}),
    ("missed_bin", "my recycling was missed, I put it out at 7 the night before",
     {"bin_type": "recycling", "out_on_time": True}),
    ("missed_bin", "my bin was not emptied, I put it out late, about 8", {"out_on_time": False}),
    ("missed_bin", "was out at 6.30 and you still drove past", {"out_on_time": True}),
    ("missed_bin", "my bin wasn't out but the neighbours were emptied", {}),
    ("allotments", "Joan Hicks, 07700 900123, 14 Elm Road PL4 7AA",
     {"contact": "+447700900123", "address": "14 Elm Road", "name": "Joan Hicks"}),
    ("blue_badge_change", "I've lost my blue badge", {"change": "lost"}),
    ("blue_badge_change", "my blue badge was stolen", {"change": "stolen"}),
    ("blue_badge_change", "my name is Jane Holt and my blue badge is lost",
     {"name": "Jane Holt", "change": "lost"}),
    ("occupancy_change", "I've been on my own since March", {"change": "living_alone"}),
    ("occupancy_change", "I live alone now since 1 October",
     {"change": "living_alone", "change_date": "2026-10-01"}),
    ("occupancy_change", "my son turned 18 on the 3rd",
     {"change": "turned_18", "change_date": "2026-11-03"}),
    ("occupancy_change", "my husband left in June and now I'm on my own",
     {"change": "living_alone"}),
    ("occupancy_change", "my partner moved in with me on the 14th",
     {"change": "joined", "change_date": "2026-11-14"}),
    ("income_change", "I've got a new job £450 a week",
     {"change": "job_started", "amount": "450.00", "frequency": "weekly"}),
    ("income_change", "my pay went up to 312 pounds 50 a week from 1 November",
     {"change": "pay_changed", "amount": "312.50", "frequency": "weekly",
      "change_date": "2026-11-01"}),
    ("income_change", "rent up from 1 December to £620 a month",
     {"change": "rent_changed", "amount": "620.00", "frequency": "monthly",
      "change_date": "2026-12-01"}),
    ("name_change", "I got married and changed my name", {"reason": "marriage"}),
    ("name_change", "you've spelt my name wrong", {"reason": "spelling"}),
    ("accessible_format", "can I have my letters in large print", {"preference": "large_print"}),
    ("graffiti", "there's racist graffiti by the bus stop", {"offensive": True}),
    ("graffiti", "graffiti on the bus stop, not offensive", {}),
    ("pothole", "a dangerous pothole by the shops", {"danger": True}),
    ("fly_tipping", "asbestos dumped by the gate", {"hazardous": True}),
    ("fly_tipping", "is there asbestos in it?", {}),
]  # fmt: skip


@pytest.mark.parametrize(("service", "words", "wanted"), TOLD)
def test_what_the_first_sentence_tells_is_taken(
    service: str, words: str, wanted: dict[str, Any]
) -> None:
    fields = [use.field for use in the_council().services[service].uses]
    found = the_reader().find(fields, words, Context(NOW))
    places = {name: v["lines"][0] for name, v in found.items() if isinstance(v, dict)}
    assert {**found, **places} == wanted
