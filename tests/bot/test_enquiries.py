"""Questions that are answered at once, or after one question back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from casework.adapters.csv_tables import MemoryTables
from casework.domain.conversations import Channel, Turn
from casework.use_cases.begin_service import begin_service
from tests.office import LONDON, Talk, make_office, the_council


def test_how_to_pay_council_tax_is_answered_at_once(talk: Talk) -> None:
    talk.says("can I pay by direct debit", "council_tax_pay", topic="direct_debit")
    assert "Direct Debit" in talk.said
    assert talk.heard[0].said.service == "council_tax_pay"
    assert talk.heard[0].said.links
    assert talk.asks == "satisfied"
    talk.says("yes thanks", "affirm")
    assert talk.asks == "topic"
    assert talk.cases == []


@pytest.mark.parametrize("channel", list(Channel))
def test_an_answer_is_the_one_of_its_channel(begin: Callable[..., Talk], channel: Channel) -> None:
    talk = begin(channel)
    talk.says("how much are the fines", "library", topic="fines")
    answer = the_council().answers["library"].topics["fines"]
    assert talk.heard[0].said.text == answer.said.on(channel).format_map(the_council().facts)
    assert talk.heard[0].said.service == "library"


@pytest.mark.parametrize(
    ("channel", "most"), [(Channel.WEB, 4), (Channel.SMS, 3), (Channel.VOICE, 3)]
)
def test_when_no_topic_fits_the_overview_and_some_topics_are_offered(
    begin: Callable[..., Talk], channel: Channel, most: int
) -> None:
    talk = begin(channel)
    talk.says("something about libraries", "library")
    assert talk.asks == "topic"
    assert len(talk.choices) == most
    assert all(choice.startswith("library/") for choice in talk.choices)
    talk.presses(talk.choices[1])
    assert talk.heard[0].said.service == "library"
    assert talk.asks == "satisfied"


def test_an_answer_that_did_not_help_is_put_in_other_words_once_and_then_a_person(
    talk: Talk,
) -> None:
    talk.says("can I pay by direct debit", "council_tax_pay", topic="direct_debit")
    talk.says("no", "deny")
    assert talk.asks == "topic"
    assert "council_tax_pay/direct_debit" not in talk.choices
    talk.says("I mean at the post office", "council_tax_pay", topic="bank_transfer")
    assert talk.asks == "satisfied"
    talk.says("no", "deny")
    assert talk.asks == "offer"
    assert talk.choices == ["speak_to_agent", "information_request"]
    talk.presses("speak_to_agent")
    talk.answers("Priya Shah", "07700 900123", "tomorrow morning", "yes")
    (case,) = talk.cases
    assert (case.service, case.about, case.team) == ("callback", "council_tax_pay", "revenues")


def test_a_question_about_something_that_is_ordered_is_answered_before_it_is_begun(
    talk: Talk,
) -> None:
    topic = next(iter(the_council().answers["parking_permit"].topics))
    talk.says("how much is a permit?", "parking_permit", topic=topic, question=True)
    assert talk.asks == "offer"
    assert talk.draft is None
    talk.says("yes", "affirm")
    assert talk.draft is not None
    assert talk.draft.service == "parking_permit"


def test_a_question_in_the_middle_of_its_form_is_answered_and_the_form_goes_on(
    talk: Talk,
) -> None:
    talk.says("I want a permit", "parking_permit")
    asked = talk.asks
    topic = next(iter(the_council().answers["parking_permit"].topics))
    service = the_council().service("parking_permit").id
    turn = Turn("q", "how much is it?", service, topics={service: ((topic, 0.9),)}, question=True)
    progress = begin_service(talk.office, talk.id, service, turn)
    assert len(progress.said) == 1
    assert progress.filling
    talk.says("hm")
    assert talk.asks == asked


def test_a_caller_with_a_mobile_is_offered_the_link_by_text_once(
    begin: Callable[..., Talk],
) -> None:
    talk = begin(Channel.VOICE, caller="+447700900123")
    talk.says("can I pay by direct debit", "council_tax_pay", topic="direct_debit")
    assert talk.asks == "offer"
    talk.says("yes please", "affirm")
    assert talk.asks == "satisfied"
    assert "sent it" in talk.heard[0].said.text
    talk.says("yes", "affirm")
    talk.says("and by bank", "council_tax_pay", topic="bank_transfer")
    assert talk.asks == "satisfied"


def test_a_withheld_number_is_offered_no_text(begin: Callable[..., Talk]) -> None:
    talk = begin(Channel.VOICE)
    talk.says("can I pay by direct debit", "council_tax_pay", topic="direct_debit")
    assert talk.asks == "satisfied"


def test_opening_hours_know_the_time(talk: Talk) -> None:
    talk.says("is the central library open", "library", topic="opening_hours")
    assert "open now until 5.30pm" in talk.said
    late = Talk(make_office(datetime(2026, 11, 28, 18, tzinfo=LONDON)))
    late.says("is the central library open", "library", topic="opening_hours")
    assert "closed now and opens again on Monday at 9am" in late.said


def test_which_library_is_asked_once_and_then_answered(talk: Talk) -> None:
    talk.says("when is the library open", "library", topic="opening_hours")
    assert (talk.asks, talk.heard[-1].said.kind) == ("topic", "row")
    talk.says("plympton", "library")
    assert "Harewood" in talk.said
    assert talk.asks == "satisfied"


@pytest.mark.parametrize(
    ("said", "place"),
    [("can i recycle pizza boxes", "green recycling bin"), ("where do batteries go", "shop"),
     ("what about an old matress", "bulky")],
)  # fmt: skip
def test_where_a_thing_goes_is_looked_up(talk: Talk, said: str, place: str) -> None:
    talk.says(said, "recycling_what_goes")
    assert place in talk.said


def test_a_councillor_is_found_by_ward_or_by_address(talk: Talk) -> None:
    talk.says("who is the councillor for Stoke", "councillor")
    assert "Farida Bright" in talk.said
    talk.says("and for my own house", "councillor")
    assert talk.asks == "address"
    talk.says("14 Elm Road PL4 7AA")
    assert "Kate Malik" in talk.said


def test_roadworks_are_found_by_street(talk: Talk) -> None:
    talk.says("are there roadworks near me", "roadworks")
    assert talk.asks == "location"
    talk.says("Mutley Plain")
    assert "new gas main" in talk.said


def test_gritting_names_the_route_or_says_there_is_none(talk: Talk) -> None:
    talk.says("do you grit Mutley Plain", "gritting")
    assert "Mutley Plain is on Route" in talk.said
    talk.says("is my street gritted", "gritting")
    talk.says("Pier Villas")
    assert "not on a gritting route" in talk.said


def test_no_school_is_closed_unless_one_is_reported(talk: Talk) -> None:
    talk.says("is school shut today", "school_closures")
    assert "No school closure is reported today, Tuesday 24 November" in talk.said


def test_a_school_that_is_closed_today_is_named() -> None:
    row = {"date": "2026-11-24", "school": "Elm Primary School", "reason": "no heating"}
    talk = Talk(make_office(tables=MemoryTables(school_closures=[row])))
    talk.says("is school shut today", "school_closures")
    assert "Elm Primary School: no heating" in talk.said


def test_the_next_half_term_is_counted_from_today(talk: Talk) -> None:
    talk.says("when is half term", "school_term_dates")
    assert "February half term" in talk.said.split("\n\n")[1]
    assert "October half term: Monday 26 October" not in talk.said


def test_a_planning_application_is_found_by_its_number(talk: Talk) -> None:
    talk.says("what happened to 26/01107/FUL", "planning_search")
    assert "26/01107/FUL" in talk.heard[0].said.text
    assert talk.asks == "satisfied"


def test_the_bin_day_of_a_known_address(talk: Talk) -> None:
    talk.says("when is my bin day", "bin_day")
    assert talk.asks == "address"
    talk.says("14 Elm Road PL4 7AA")
    assert "Monday 30 November" in talk.said
    assert "Monday 7 December" in talk.said
    assert talk.heard[0].said.service == "bin_day"
    assert talk.asks == "topic"
    assert talk.cases == []


def test_an_address_in_the_opening_sentence_is_not_asked_for(talk: Talk) -> None:
    talk.says("which bin goes out this week at 14 Elm Road PL4 7AA", "bin_day")
    assert "Monday 30 November" in talk.said
    assert talk.asks == "topic"


def test_a_collection_on_a_bank_holiday_is_a_day_later() -> None:
    talk = Talk(make_office(datetime(2026, 12, 22, 10, tzinfo=LONDON)))
    talk.says("when is my bin day", "bin_day")
    talk.says("14 Elm Road PL4 7AA")
    assert "Tuesday 29 December" in talk.said


def test_an_address_that_is_not_ours_is_told_the_truth(talk: Talk) -> None:
    talk.says("when is my bin day", "bin_day")
    talk.says("9 Nowhere Street, Exeter EX1 1AA")
    assert "could not find that address" in talk.said
    assert talk.asks == "address"
    talk.says("14 Elm Road PL4 7AA")
    assert "Monday 30 November" in talk.said


def test_an_address_of_the_opening_words_that_is_not_ours_is_asked_for_again(talk: Talk) -> None:
    talk.says("bin day for 9 High Street, Exeter EX4 3AA", "bin_day")
    assert "could not find that address" in talk.said
    assert talk.asks == "address"


def test_an_address_that_is_never_found_ends_with_a_person(talk: Talk) -> None:
    talk.says("when is my bin day", "bin_day")
    talk.answers(*(f"{number} Nowhere Street, Exeter EX1 1AA" for number in (1, 2, 3)))
    assert talk.asks == "offer"
    talk.says("go on then")
    assert talk.draft is not None
    assert (talk.draft.service, talk.draft.about) == ("callback", "bin_day")


def test_a_postcode_alone_is_completed_by_the_house_number(talk: Talk) -> None:
    talk.says("when is my bin day", "bin_day")
    talk.says("PL4 7AA")
    assert talk.asks == "address"
    assert "house number" in talk.said
    talk.says("14")
    assert "14 Elm Road, PL4 7AA" in talk.said
    assert "Monday 30 November" in talk.said


def test_a_street_that_the_city_has_twice_is_offered_to_choose_from(talk: Talk) -> None:
    talk.says("when is my bin day", "bin_day")
    talk.says("14 Elm Road")
    assert talk.asks == "address"
    assert talk.choices == ["1", "2", "none_of_these"]
    talk.says("the first one")
    assert "next collections at 14 Elm Road" in talk.said


def test_missed_bin_takes_the_address_of_the_bin_day_and_does_not_ask_for_it_again(
    talk: Talk,
) -> None:
    talk.says("when is my bin day", "bin_day")
    talk.says("14 Elm Road PL4 7AA")
    talk.says("well they missed it", "missed_bin")
    assert talk.asks == "bin_type"
    talk.answers("the green one", "yesterday", "yes", "skip")
    assert "14 Elm Road" in talk.said
    talk.says("yes", "affirm")
    (case,) = talk.cases
    assert case.fields["address"].value["uprn"] == "10099000063"


def test_a_service_of_somebody_else_is_named_with_the_way_there(talk: Talk) -> None:
    talk.says("I need to renew my passport", "not_council")
    assert "HM Passport Office" in talk.said
    assert talk.heard[0].said.service == "not_council"
    assert talk.asks == "satisfied"


@pytest.mark.parametrize(
    "service",
    sorted(s.id for s in the_council().services.values() if s.id != "speak_to_agent"),
)
@pytest.mark.parametrize("channel", list(Channel))
def test_no_service_is_ever_not_understood(
    begin: Callable[..., Talk], service: str, channel: Channel
) -> None:
    talk = begin(channel)
    talk.says("hello I want that", service)
    assert talk.heard[0].said.service == service
    assert talk.asks is not None
    assert "understand" not in talk.said


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("and on sunday?", "On Sunday 29 November it is closed"),
        ("what about tomorrow", "On Wednesday 25 November it is open 9am to 5.30pm"),
        ("and christmas day", "On Friday 25 December it is closed"),
        ("what time does it close", "open now until 5.30pm"),
    ],
)
def test_a_further_question_of_time_is_about_the_place_named_before(
    talk: Talk, said: str, told: str
) -> None:
    talk.says("is the central library open", "library", topic="opening_hours")
    talk.says(said, "library", topic="opening_hours")
    assert "Central" in talk.said
    assert told in talk.said


def test_another_place_that_is_not_ours_is_not_taken_for_the_one_before(talk: Talk) -> None:
    talk.says("is the central library open", "library", topic="opening_hours")
    talk.says("what about ivybridge", "library", topic="opening_hours")
    assert "Central Library" not in talk.said


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-24T17:20", "open now until 5.30pm"),  # closing in ten minutes
        ("2026-11-24T17:30", "closed now and opens again on Wednesday at 9am"),
        ("2026-12-24T18:00", "closed now and opens again on Tuesday at 9am"),
        ("2026-11-24T08:59", "closed now and opens today at 9am"),
    ],
)
def test_hours_at_their_edges(moment: str, told: str) -> None:
    talk = Talk(make_office(datetime.fromisoformat(moment).replace(tzinfo=LONDON)))
    talk.says("is the central library open now", "library", topic="opening_hours")
    assert told in talk.said


def test_the_tip_is_shut_on_christmas_day_and_says_so(talk: Talk) -> None:
    talk.says("is weston mill open on christmas day", "recycling_centre", topic="opening_hours")
    assert "On Friday 25 December it is closed" in talk.said
    assert "Chelson" not in talk.said


def test_our_own_hours_on_a_day_that_is_named(talk: Talk) -> None:
    talk.says("are you open on saturday", "contact_and_hours", topic="phone_hours")
    assert "On Saturday 28 November we are closed" in talk.said


def test_a_short_question_that_no_topic_fits_is_not_taken_for_the_wish_to_begin(
    talk: Talk,
) -> None:
    service = "bulky_waste"
    turn = Turn("q", "is it done by hand", service, topics={service: (("price", 0.3),)},
                question=True)  # fmt: skip
    progress = begin_service(talk.office, talk.id, service, turn)
    assert not progress.filling
    assert progress.said[-1].asks == "topic"
    first, *_, last = progress.said[-1].choices
    assert (first.value, last.value) == ("bulky_waste/price", service)
    begin_service(talk.office, talk.id, service, Turn("r", last.label, service, choice=service))
    assert talk.draft is not None


def test_who_to_ring_is_about_the_organisation_named_before(talk: Talk) -> None:
    talk.says("I want to renew my passport", "not_council")
    talk.says("who do I ring", "not_council")
    assert "Passport Office" in talk.said


def test_a_caller_hears_no_address_of_a_page_and_may_have_it_texted(
    begin: Callable[..., Talk],
) -> None:
    talk = begin(Channel.VOICE, caller="+447700900123")
    talk.says("my driving licence", "not_council")
    assert "www" not in talk.said
    assert "0300 790 6801" in talk.said
    assert talk.asks == "offer"
