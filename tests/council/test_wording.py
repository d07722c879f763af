"""Every sentence the code asks for is there, can be filled in, and is used."""

from __future__ import annotations

import json
from fnmatch import fnmatch
from functools import cache
from string import Formatter

import pytest
import yaml

from casework.adapters.yaml_lines import SCHEMAS
from casework.domain.cases import CaseStatus
from casework.domain.catalogue import Kind
from casework.domain.conversations import SAFETY, STEERING, Channel
from casework.domain.evidence import Refusal
from casework.domain.handoffs import HandoffReason
from casework.domain.wording import Spoken
from casework.use_cases.ask_draft import CONFIRMED_FIRST, OTHERWISE, SAFELY_ASKED
from casework.use_cases.finish_draft import _OWN_WORDS
from casework.use_cases.request_person import WhyCallback
from casework.use_cases.resume_check import KINDS as CHECKS
from casework.use_cases.steer import REPLIES
from tests.council.test_services import sentences
from tests.council.wording_use import reasons, uses
from tests.office import COUNCIL, the_council

HANDLED_OTHERWISE = REPLIES | {"stop", "repeat", "slower"}
"""Steering labels that never speak words of their own."""


@cache
def spelt_out() -> dict[str, set[str]]:
    """The keys that each computed key stands for."""
    council = the_council()
    formed = {s.kind for s in council.services.values() if s.full and s.uses}
    opening = formed - {Kind.ENQUIRY, Kind.TRACK}
    steering = STEERING - HANDLED_OTHERWISE
    return {
        "begin_*": {f"begin_{kind}" for kind in formed},
        "opened_*": {f"opened_{kind}" for kind in opening}
        | {f"opened_{one}" for one in _OWN_WORDS},
        "status_*": {f"status_{status}" for status in CaseStatus},
        "refused_*": {f"refused_{reason}" for reason in reasons()} | of_fields(),
        "really_*": {f"really_{command}" for command in CONFIRMED_FIRST},
        "offer_call_*": {"offer_call_closed", "offer_call_nobody"},
        "which_*": {"which_did_you_mean", "which_misunderstood"},
        "ask_safe_*": {f"ask_safe_{field}" for field in SAFELY_ASKED},
        "steer_*": {f"steer_{label}" for label in steering - {"out_of_scope", "goodbye"}},
        "steer_*_in_form": {f"steer_{label}_in_form" for label in steering - {"help"}},
        "queue_joined_*": {f"queue_joined_{reason}" for reason in HandoffReason},
        "person_callback_*": {f"person_callback_{why}" for why in WhyCallback},
        "resume_*": {f"resume_{question}" for question in CHECKS},
        "*_open_until": {"us_open_until", "place_open_until"},
        "*_open_on": {"us_open_on", "place_open_on"},
        "*_closed_on": {"us_closed_on", "place_closed_on"},
        "*_opens_today": {"us_opens_today", "place_opens_today"},
        "*_opens_on": {"us_opens_on", "place_opens_on"},
        "evidence_refused_*": {f"evidence_refused_{why}" for why in Refusal},
        "otherwise_*": {f"otherwise_{one}" for one in OTHERWISE.values()},
        "collection_*": {"collection_refuse", "collection_recycling"},
    }


@cache
def of_fields() -> set[str]:
    """The keys of reasons that the council's own fields give."""
    services = the_council().services.values()
    asked = [use.field for service in services for use in service.uses]
    return {f"refused_{field.reason}" for field in asked if field.reason}


@cache
def wording_file() -> dict[str, object]:
    text = (COUNCIL / "wording.yml").read_text(encoding="utf-8")
    keys: dict[str, object] = yaml.safe_load(text)["wording"]
    return keys


@cache
def asked_for() -> dict[str, frozenset[str]]:
    """Every key that the code may speak, with the values filled in wherever it does."""
    found: dict[str, frozenset[str]] = {}
    for use in uses():
        for key in spelt_out().get(use.key, {use.key}):
            found[key] = found[key] & use.values if key in found else use.values
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def variants(spoken: Spoken) -> list[str]:
    return [spoken.on(channel) for channel in Channel]


def test_every_computed_key_is_one_this_test_knows() -> None:
    assert {use.key for use in uses() if "*" in use.key} == set(spelt_out())


def test_every_wording_the_code_asks_for_is_there() -> None:
    missing = {key for key in asked_for() if key not in the_council().wording}
    assert missing == set()


def test_no_wording_is_unused() -> None:
    assert set(wording_file()) - set(asked_for()) == set()


@pytest.mark.parametrize("key", sorted(wording_file()))
def test_every_placeholder_can_be_filled(key: str) -> None:
    known = asked_for().get(key, frozenset()) | set(the_council().facts)
    for text in variants(the_council().wording[key]):
        assert placeholders(text) <= known


@pytest.mark.parametrize("channel", list(Channel))
def test_every_wording_can_be_said_on_every_channel(channel: Channel) -> None:
    council = the_council()
    for key, values in asked_for().items():
        said = council.say(key, channel, **dict.fromkeys(values, "x"))
        assert said or fnmatch(key, "*_between"), key
        assert "{" not in said, key


def test_every_reason_for_a_refusal_has_a_sentence() -> None:
    assert {f"refused_{reason}" for reason in reasons()} <= set(wording_file())
    assert len(reasons()) >= 10


def test_every_safety_rule_and_label_has_words_that_begin_with_what_to_do() -> None:
    council = the_council()
    wanted = SAFETY | {rule.wording for rule in council.safety_rules}
    for key in wanted:
        for text in variants(council.wording[key]):
            assert any(digit.isdigit() for digit in text[:110]), (key, text)
            assert placeholders(text) <= set(council.facts)


def test_answers_fill_in_only_what_is_looked_up() -> None:
    council = the_council()
    looked_up = {"bin_day": {"address", "collections"}, "not_council": {"name", "how"}}
    moment = {"today", "open_now", "first_stop_now"}
    for answer in council.answers.values():
        for part in answer.parts():
            known = {*council.facts, *moment, *looked_up.get(answer.service, ())}
            known |= {"lines"} if part.table else set()
            for spoken in filter(None, (part.said, part.missing)):
                for text in variants(spoken):
                    assert placeholders(text) <= known, answer.service


@pytest.mark.parametrize("key", sorted(wording_file()))
def test_a_listener_hears_at_most_two_sentences(key: str) -> None:
    said = the_council().wording[key].voice
    assert key.startswith("confirm") or sentences(said) <= 2, said


def test_a_council_that_leaves_a_wording_out_is_told_so_when_loading() -> None:
    """Write the keys that the code asks for into `required` of the schema when this fails."""
    schema = json.loads((SCHEMAS / "wording.json").read_text(encoding="utf-8"))
    # What the council's own fields ask for is checked with the fields.
    wanted = set(asked_for()) - of_fields()
    assert schema["properties"]["wording"]["required"] == sorted(wanted)
