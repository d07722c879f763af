"""The council's services, fields, answers and safety rules fail no resident."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import yaml

from casework.domain.catalogue import CALLBACK, INTAKE, Kind, Service
from casework.domain.conversations import SAFETY
from casework.domain.fields import Field
from casework.domain.identity import AUTHORITY, QUESTIONS, RESIDENT
from casework.domain.safety import SafetyRule
from casework.use_cases.ask_draft import PERSON
from casework.use_cases.whose_job import BODIES, NOT_OURS, whose_job
from tests.office import (
    COUNCIL,
    NOW,
    make_office,
    the_council,
    the_gazetteer,
    the_screen,
)

SERVICES = list(the_council().services.values())
RULES = list(the_council().safety_rules)
CHANNELS = ("web", "sms", "voice")


def named(one: Any) -> str:
    return str(one.id)


def raw(name: str) -> Any:
    return yaml.safe_load((COUNCIL / f"{name}.yml").read_text(encoding="utf-8"))


def sentences(text: str) -> int:
    """How many sentences a text has; "6.30am" and "e.g." end none."""
    return len(re.findall(r"[.?!](?:\s+(?=[A-Z])|$)", text.strip().rstrip(".?!") + "."))


def fields_as_asked() -> list[tuple[str, Field]]:
    """Every field as each service asks it, once for each different wording."""
    found = {
        (use.field.id, use.field.ask, use.field.again): (service.id, use.field)
        for service in SERVICES
        for use in service.uses
    }
    return list(found.values())


@pytest.mark.parametrize("service", SERVICES, ids=named)
def test_every_service_has_a_title_for_a_button_and_words_for_a_sentence(service: Service) -> None:
    assert 0 < len(service.title) <= 40
    assert service.title[0].isupper()
    assert 0 < len(service.short) <= 60
    assert not service.short.endswith(".")
    assert service.team in the_council().teams


def test_titles_are_told_apart() -> None:
    titles = [service.title for service in SERVICES]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(
    "service", [s for s in SERVICES if s.kind is Kind.ENQUIRY and s.full], ids=named
)
def test_every_enquiry_answered_in_full_has_an_answer_a_source_and_a_review_date(
    service: Service,
) -> None:
    answer = the_council().answers[service.id]
    assert answer.said.web
    assert answer.said.sms
    assert answer.said.voice
    assert answer.source.startswith("https://")
    assert isinstance(answer.reviewed, date)
    assert answer.reviewed <= NOW.date()


@pytest.mark.parametrize("name", sorted(the_council().answers))
def test_every_answer_fits_its_channels(name: str) -> None:
    answer = the_council().answers[name]
    assert isinstance(answer.reviewed, date)
    for part in answer.parts():
        for spoken in filter(None, (part.said, part.missing)):
            assert len(spoken.sms) <= 320
            assert sentences(spoken.voice) <= 2
            assert "http" not in spoken.voice
        for link in part.links:
            assert link.url.startswith("https://")


def test_what_follows_an_answer_is_a_service() -> None:
    for answer in the_council().answers.values():
        for part in answer.parts():
            assert part.next is None or part.next in the_council().services


@pytest.mark.parametrize("service", SERVICES, ids=named)
def test_every_service_without_an_answer_can_be_taken_down(service: Service) -> None:
    answered = service.id in the_council().answers and not service.uses
    special = service.id == PERSON or service.id in SAFETY
    if answered or special or (service.full and service.uses):
        return
    taken = the_council().services[CALLBACK if service.kind is Kind.HUMAN else INTAKE]
    assert taken.uses


def test_the_services_that_the_code_names_are_there() -> None:
    services = the_council().services
    assert {PERSON, CALLBACK, INTAKE, NOT_OURS, "bin_day", "case_status", *SAFETY} <= set(services)
    assert services[CALLBACK].use("when") is not None
    assert services["house_move"].use("services_to_tell") is not None


@pytest.mark.parametrize("service", SERVICES, ids=named)
def test_every_condition_of_a_field_names_an_earlier_field_and_its_options(
    service: Service,
) -> None:
    before: dict[str, Field] = {}
    for use in service.uses:
        for name, values in use.when.items():
            assert name in before
            options = {option.id for option in before[name].options}
            if before[name].type == "contact":
                options = {"phone", "email"}
            assert set(values) <= {*options, "given"}
        before[use.field.id] = use.field


@pytest.mark.parametrize("service", [s for s in SERVICES if s.tells], ids=named)
def test_every_team_is_told_only_what_the_form_asks(service: Service) -> None:
    asked = {use.field.id for use in service.uses}
    for tell in service.tells:
        assert tell.team in the_council().teams
        assert tell.team != service.team
        assert set(tell.fields) <= asked
        assert tell.why.startswith("So that")


@pytest.mark.parametrize("service", SERVICES, ids=named)
def test_optional_fields_say_how_to_leave_them_out(service: Service) -> None:
    for use in service.uses:
        if use.optional:
            assert "skip" in use.field.skip, use.field.id


@pytest.mark.parametrize(
    ("service", "field"), fields_as_asked(), ids=[f"{s}-{f.id}" for s, f in fields_as_asked()]
)
def test_every_question_can_be_asked_and_heard(service: str, field: Field) -> None:
    for spoken in (field.ask, field.again):
        for channel in CHANNELS:
            assert getattr(spoken, channel)
        assert sentences(spoken.voice) <= 2, spoken.voice
        assert len(spoken.sms) <= 160, spoken.sms
    assert field.ask.web != field.again.web
    assert field.help
    assert field.names
    assert field.label
    if field.type == "choice":
        assert len(field.options) >= 2
        assert all(option.words for option in field.options)


def test_every_field_is_asked_by_some_service() -> None:
    asked = {use.field.id for service in SERVICES for use in service.uses}
    first = {*QUESTIONS, AUTHORITY, RESIDENT, "third_party_relationship"}
    assert set(raw("fields")["fields"]) == asked | first


def test_what_differs_for_one_service_names_a_service_that_asks_it() -> None:
    for name, entry in raw("fields")["fields"].items():
        for service_id in entry.get("for", {}):
            service = the_council().services[service_id]
            assert service.use(name) is not None, (name, service_id)


def test_options_are_told_apart_by_their_words() -> None:
    for service_id, field in fields_as_asked():
        ids = [option.id for option in field.options]
        labels = [option.label.lower() for option in field.options]
        assert len(ids) == len(set(ids)), (service_id, field.id)
        assert len(labels) == len(set(labels)), (service_id, field.id)
        words = [word.lower() for option in field.options for word in set(option.words)]
        twice = {word for word in words if words.count(word) > 1}
        assert not twice, (service_id, field.id, twice)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_safety_rule_fires_with_its_label(rule: SafetyRule) -> None:
    screen = the_screen()
    for sentence in rule.fires:
        for said in (sentence, sentence.upper(), f"hello, {sentence}"):
            fired = screen.screen(said)
            assert fired is not None, said
            assert fired.label == rule.label, said


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_safety_rule_stays_quiet(rule: SafetyRule) -> None:
    for sentence in rule.quiet:
        assert the_screen().screen(sentence) is None, sentence


def test_no_question_or_help_of_ours_would_set_a_rule_off_when_repeated_by_a_resident() -> None:
    """A resident who reads a button's label back is in no danger."""
    for service in SERVICES:
        if service.id not in SAFETY:
            assert the_screen().screen(service.title) is None, service.title


def test_every_safety_label_is_a_service_and_has_a_rule_or_words() -> None:
    council = the_council()
    labels = {rule.label for rule in RULES}
    assert labels <= SAFETY
    assert labels == SAFETY
    assert set(council.wording) >= {rule.wording for rule in RULES}


def test_whose_job_something_is_has_a_name_and_a_way_there() -> None:
    office = make_office()
    bodies = office.tables.rows(BODIES)
    assert len(bodies) >= 45
    for body in bodies:
        first = body["words"].split(";")[0]
        assert whose_job(office, f"I need help with my {first} please") == body
        assert re.search(r"\d|www\.|bill|stop|pages", body["how"])
        assert sentences(body["how"]) == 1, body["how"]


def test_every_service_is_answered_and_most_by_topics() -> None:
    council = the_council()
    assert set(council.answers) == set(council.services)
    for name, answer in council.answers.items():
        enquiry = council.services[name].kind is Kind.ENQUIRY
        assert len(answer.topics) in (range(4, 13) if enquiry else range(2, 7)), name


def test_life_events_offer_services_and_do_not_offer_what_began_them() -> None:
    for event in the_council().life_events:
        assert event.services[0] not in event.services[1:]
        assert len(event.services) == len(set(event.services))
        assert event.offer.endswith("?")


def test_every_property_has_a_day_on_which_its_bins_are_emptied() -> None:
    gazetteer = the_gazetteer()
    days = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    for postcode in ("PL4 7AA", "PL2 1AB"):
        for place in gazetteer.at_postcode(postcode):
            assert place.bin_day in days
            assert place.bin_week in {"A", "B"}


def test_every_property_of_the_gazetteer_can_be_looked_up() -> None:
    text = (COUNCIL / "gazetteer.csv").read_text(encoding="utf-8").splitlines()
    uprns = [line.split(",", 1)[0] for line in text[1:]]
    assert len(uprns) == len(set(uprns))
    places = [the_gazetteer().property(uprn) for uprn in uprns]
    assert all(place is not None for place in places)
    assert {place.bin_week for place in places if place} == {"A", "B"}
    assert {place.bin_day for place in places if place} <= {
        "monday", "tuesday", "wednesday", "thursday", "friday",
    }  # fmt: skip
