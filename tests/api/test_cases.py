"""What staff read and change of cases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from casework.domain.conversations import Author, Channel, Mode, Utterance

CASE = "/api/staff/cases/48291573"


def refs(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.json
    return [one["ref"] for one in answer.json]


@pytest.mark.parametrize("written", ["48291573", "4829 1573", "4829%201573", "4829-1573"])
def test_a_case_whole(moved: Any, written: str) -> None:
    answer = moved.client("agent").get(f"/api/staff/cases/{written}")
    assert answer.status_code == 200
    assert answer.json == {
        "ref": "48291573",
        "service": "house_move",
        "about": None,
        "team": "revenues",
        "status": "open",
        "assignee": None,
        "duplicate_of": None,
        "applied": False,
        "tier": "assisted",
        "verification": "unverified",
        "verified_how": None,
        "valid_notice": False,
        "flags": [],
        "fields": {"name": "Ann Trott"},
        "field_details": {
            "name": {
                "value": "Ann Trott",
                "source": "typed",
                "at": "2026-11-24T10:30:00+00:00",
                "confirmed": True,
            }
        },
        "opened_at": "2026-11-24T10:31:30+00:00",
        "due_at": "2026-12-04T10:30:00+00:00",
        "parent_ref": None,
        "children": ["10000012"],
        "conversation_id": "chat",
        "history": [
            {
                "at": "2026-11-24T10:31:30+00:00",
                "by": "resident",
                "what": "opened",
                "status": None,
                "team": None,
                "note": None,
                "told_resident": None,
                "assignee": None,
                "duplicate_of": None,
                "changes": [],
            }
        ],
        "messages": [],
        "next_statuses": [
            "for_triage", "investigating", "action_scheduled", "in_progress", "planned",
            "no_further_action", "not_councils_responsibility", "duplicate", "internal_referral",
            "cancelled", "fixed", "closed",
        ],
        "duplicates": [],
        "contact": {"by": "recorded", "preference": None},
        "evidence": [],
        "evidence_needed": [],
        "evidence_due": None,
        "record_change": None,
    }  # fmt: skip


def test_a_child_names_its_parent(moved: Any) -> None:
    child = moved.client().get("/api/staff/cases/10000012").json
    assert (child["parent_ref"], child["children"]) == ("48291573", [])


@pytest.mark.parametrize("unknown", ["48291574", "4829157", "x", "%00", "٤٨٢٩١٥٧٣"])
def test_an_unknown_case(moved: Any, error_of: Any, unknown: str) -> None:
    for call in (moved.client().get, moved.client().patch):
        answer = call(f"/api/staff/cases/{unknown}", json={"note": "x"})
        assert error_of(answer)[:2] == (404, "not_found")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["20000024", "10000012", "48291573"]),
        ("status=open", ["10000012", "48291573"]),
        ("status=fixed", []),
        ("team=waste", ["10000012"]),
        ("service=pothole", ["20000024"]),
        ("after=2026-11-24T10:33:00Z", ["20000024"]),
        ("team=revenues&status=open&service=house_move", ["48291573"]),
        ("status=&team=&service=&after=", ["20000024", "10000012", "48291573"]),
    ],
)
def test_filters(moved: Any, query: str, found: list[str]) -> None:
    assert sorted(refs(moved.client().get(f"/api/staff/cases?{query}"))) == sorted(found)


def test_the_newest_case_comes_first(moved: Any) -> None:
    assert refs(moved.client().get("/api/staff/cases"))[0] == "20000024"


@pytest.mark.parametrize(
    ("query", "named", "advice"),
    [
        ("status=done", "status", "no_further_action"),
        ("team=army", "team", "revenues, waste, highways"),
        ("service=tea", "service", "house_move, pothole"),
        ("after=now", "after", "2026-11-24T10:30:00Z"),
    ],
)
def test_a_bad_value_is_refused_by_name_with_what_to_write(
    moved: Any, error_of: Any, query: str, named: str, advice: str
) -> None:
    status, code, message = error_of(moved.client().get(f"/api/staff/cases?{query}"))
    assert (status, code) == (400, "bad_value")
    assert message.startswith(f"{named} is not right")
    assert advice in message


def test_a_change_is_made_and_goes_into_the_history_under_the_name(moved: Any) -> None:
    moved.clock.advance(timedelta(hours=1))
    change = {"status": "in_progress", "team": "waste", "note": " Rang at noon.\r\nNo answer.\x07"}
    answer = moved.client().patch(CASE, json=change)
    assert answer.status_code == 200
    assert (answer.json["status"], answer.json["team"]) == ("in_progress", "waste")
    assert answer.json["history"][1:] == [
        {
            "at": "2026-11-24T11:36:30+00:00",
            "by": "Sam supervisor",
            "what": "updated",
            "status": "in_progress",
            "team": "waste",
            "note": "Rang at noon.\nNo answer.",
            "told_resident": None,
            "assignee": None,
            "duplicate_of": None,
            "changes": [],
        }
    ]
    assert "told" not in answer.json
    assert moved.client().get(CASE).json == answer.json


def test_a_card_number_is_never_kept(moved: Any) -> None:
    change = {"note": "card 4111 1111 1111 1111", "tell_resident": "not 4111111111111111"}
    answer = moved.client().patch(CASE, json=change)
    assert "1111" not in answer.text
    assert "1111" not in moved.transcript("chat")[-1].said.text


def test_the_resident_reads_it_in_the_chat_that_is_still_open(moved: Any) -> None:
    answer = moved.client("agent").patch(CASE, json={"tell_resident": "We have it."})
    assert answer.json["told"] == "chat"
    assert answer.json["history"][-1]["told_resident"] == "We have it."
    said = moved.transcript("chat")[-1]
    assert (said.seq, said.author, said.said.text) == (3, Author.SYSTEM, "We have it.")
    # The question before it is still open.
    assert (said.said.asks, said.said.kind) == ("move_date", "date")
    assert [one.value for one in said.said.choices] == ["today"]
    assert (said.said.links, said.said.case_refs) == ((), ())


def test_with_nothing_asked_the_message_deals_with_the_case(moved: Any) -> None:
    moved.add_message("chat", Author.BOT, Utterance("Goodbye for now."))
    moved.client().patch(CASE, json={"tell_resident": "We have it."})
    said = moved.transcript("chat")[-1].said
    assert (said.service, said.asks, said.choices) == ("house_move", None, ())


@pytest.mark.parametrize(
    ("channel", "mode"),
    [(Channel.WEB, Mode.CLOSED), (Channel.VOICE, Mode.BOT), (Channel.SMS, Mode.BOT), (None, None)],
)
def test_otherwise_the_answer_says_that_it_was_only_recorded(
    town: Any, channel: Channel | None, mode: Mode | None
) -> None:
    if channel is not None:
        town.add_conversation("chat", channel=channel, mode=mode)
    town.add_case("48291573")
    answer = town.client().patch(CASE, json={"tell_resident": "We have it."})
    assert answer.json["told"] == "recorded"
    assert answer.json["history"][-1]["told_resident"] == "We have it."
    if channel is not None:
        assert town.transcript("chat") == []


@pytest.mark.parametrize("mode", [Mode.BOT, Mode.QUEUED, Mode.AGENT])
def test_whoever_answers_the_chat_the_message_arrives(town: Any, mode: Mode) -> None:
    town.add_conversation("chat", mode=mode)
    town.add_case("48291573")
    answer = town.client().patch(CASE, json={"tell_resident": "We have it."})
    assert answer.json["told"] == "chat"
    assert [one.mode for one in town.transcript("chat")] == [mode]


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({}, "nothing_set", "status, note, team, tell_resident, assignee, duplicate_of"),
        ({"priority": 1}, "unknown_key", "There is no key priority"),
        ({"Ann Trott": 1}, "unknown_key", "There is no key of that name"),
        ({"note": "x", "stauts": "open"}, "unknown_key", "stauts"),
        ({"status": "done"}, "bad_value", "status is not right. Write one of: open, for_triage"),
        ({"status": ["open"]}, "bad_value", "status"),
        ({"status": None}, "bad_value", "status"),
        ({"team": "army"}, "bad_value", "team is not right. Write one of: revenues, waste"),
        ({"team": {}}, "bad_value", "team"),
        ({"note": ""}, "bad_value", "note is not right. Write a text of 1 to 2,000"),
        ({"note": " \n\x00"}, "bad_value", "note"),
        ({"note": 5}, "bad_value", "note"),
        ({"tell_resident": "x" * 2001}, "bad_value", "tell_resident"),
        ([], "malformed", "JSON object"),
        ("note", "malformed", "JSON object"),
    ],
)
def test_a_senseless_change_is_refused_whole(
    moved: Any, error_of: Any, change: Any, code: str, says: str
) -> None:
    status, given, message = error_of(moved.client().patch(CASE, json=change))
    assert (status, given) == (400, code)
    assert says in message
    assert len(moved.client().get(CASE).json["history"]) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 60_000, b'{"note": ' + b"9" * 5000])
def test_what_is_no_json_is_refused(moved: Any, error_of: Any, body: bytes) -> None:
    answer = moved.client().patch(CASE, data=body)
    assert error_of(answer)[:2] == (400, "malformed")


def test_a_body_out_of_proportion_is_not_read(moved: Any, error_of: Any) -> None:
    answer = moved.client().patch(CASE, data=b'{"note": "' + b" " * 70_000 + b'"}')
    assert error_of(answer)[:2] == (413, "too_long")
