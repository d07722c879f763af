"""Who gets in, and who may do what."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from flask import Flask

from api.staff import create_staff_api
from casework.domain.errors import Invalid
from casework.domain.staff import Role
from casework.use_cases.create_staff_token import create_staff_token
from casework.use_cases.identify_staff import identify_staff

REVENUES, WASTE, ROADS = (f"/api/staff/cases/{ref}" for ref in ("48291573", "10000012", "20000024"))


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Basic c2FtOnNhbQ==", "secret-without-scheme"]
)
def test_without_a_token_nobody_gets_in(moved: Any, error_of: Any, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    for path in ("/conversations", "/cases/48291573", "/nowhere"):
        answer = moved.app.test_client().get(f"/api/staff{path}", headers=headers)
        assert error_of(answer)[:2] == (401, "unauthorised")
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="staff"'


@pytest.mark.parametrize("token", ["wrong", "x" * 500, "t\u00f8ken", "a b"])
def test_nor_with_a_wrong_one(moved: Any, error_of: Any, token: str) -> None:
    moved.client()
    answer = moved.client_with(token).get("/api/staff/cases")
    assert error_of(answer)[:2] == (401, "bad_token")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_a_hash_is_no_token(moved: Any) -> None:
    moved.client()
    stored = hashlib.sha256(moved.tokens["Sam supervisor"].encode()).hexdigest()
    assert moved.client_with(stored).get("/api/staff/cases").status_code == 401


def test_a_fresh_token_voids_the_one_before(town: Any) -> None:
    first = create_staff_token(town.office, "Ada Lovelace", Role.AGENT)
    assert town.client_with(first).put("/api/staff/me", json={"phone": "07700900123"}).json["phone"]
    second = create_staff_token(town.office, " Ada  Lovelace ", Role.SUPERVISOR)
    assert identify_staff(town.office, first) is None
    member = identify_staff(town.office, second)
    assert member is not None
    assert (member.name, member.role, member.phone) == (
        "Ada Lovelace",
        Role.SUPERVISOR,
        "+447700900123",
    )


def test_only_the_hash_of_a_token_is_kept(town: Any) -> None:
    token = create_staff_token(town.office, "Ada", Role.AGENT)
    assert len(token) >= 43
    with town.office.store.begin() as work:
        member = work.staff.by_name("Ada")
    assert token not in repr(member)
    assert member.token_hash == hashlib.sha256(token.encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "role", "teams"),
    [
        ("", Role.AGENT, ()),
        ("x" * 101, Role.AGENT, ()),
        ("a\x00", Role.AGENT, ()),
        ("Resident", Role.AGENT, ()),
        ("assistant", Role.AGENT, ()),
        ("Ada", Role.AGENT, ("army",)),
        ("Ada", Role.BACK_OFFICE, ()),
    ],
)
def test_a_token_is_refused_for(town: Any, name: str, role: Role, teams: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        create_staff_token(town.office, name, role, teams)


@pytest.mark.parametrize(
    ("role", "method", "path", "change", "status"),
    [
        ("agent", "GET", "/api/staff/conversations", None, 200),
        ("agent", "GET", "/api/staff/conversations/chat", None, 200),
        ("agent", "GET", REVENUES, None, 200),
        ("agent", "GET", ROADS, None, 200),
        ("agent", "PATCH", REVENUES, {"note": "x"}, 200),
        ("agent", "PATCH", REVENUES, {"tell_resident": "x"}, 200),
        ("agent", "PATCH", REVENUES, {"status": "fixed"}, 403),
        ("agent", "PATCH", REVENUES, {"team": "waste"}, 403),
        ("agent", "PATCH", REVENUES, {"note": "x", "status": "fixed"}, 403),
        ("back_office", "GET", "/api/staff/conversations", None, 403),
        ("back_office", "GET", "/api/staff/conversations/chat", None, 403),
        ("back_office", "GET", "/api/staff/conversations/nobody", None, 403),
        ("back_office", "GET", REVENUES, None, 200),
        ("back_office", "GET", WASTE, None, 404),
        ("back_office", "PATCH", REVENUES, {"status": "fixed"}, 200),
        ("back_office", "PATCH", REVENUES, {"team": "waste"}, 200),
        ("back_office", "PATCH", WASTE, {"note": "x"}, 404),
        ("supervisor", "GET", "/api/staff/conversations/chat", None, 200),
        ("supervisor", "GET", WASTE, None, 200),
        ("supervisor", "PATCH", ROADS, {"status": "fixed", "team": "waste"}, 200),
    ],
)
def test_roles(
    moved: Any, error_of: Any, role: str, method: str, path: str, change: Any, status: int
) -> None:
    teams = ("revenues",) if role == "back_office" else ()
    answer = moved.client(role, *teams).open(path, method=method, json=change)
    assert answer.status_code == status
    if status != 200:
        assert error_of(answer)[1] == {403: "not_allowed", 404: "not_found"}[status]
        assert [len(one["history"]) for one in moved.client().get("/api/staff/cases").json] == [
            1,
            1,
            1,
        ]


def test_a_back_office_lists_its_own_teams_cases_only(moved: Any) -> None:
    client = moved.client("back_office", "revenues", "highways")

    def listed(query: str) -> list[str]:
        return [one["ref"] for one in client.get(f"/api/staff/cases{query}").json]

    assert listed("") == ["20000024", "48291573"]
    assert listed("?team=revenues") == ["48291573"]
    assert listed("?team=waste") == []


def test_a_back_office_sees_that_other_teams_were_told(moved: Any) -> None:
    parent = moved.client("back_office", "revenues").get(REVENUES).json
    assert parent["children"] == ["10000012"]
    # What they hand on is theirs no longer, but the answer still shows what they did.
    handed = moved.client("back_office", "revenues").patch(REVENUES, json={"team": "waste"})
    assert handed.json["team"] == "waste"
    assert moved.client("back_office", "revenues").get(REVENUES).status_code == 404


@pytest.mark.parametrize("role", ["agent", "supervisor", "back_office"])
def test_everybody_says_where_they_are(town: Any, role: str) -> None:
    client = town.client(role, "waste")
    answer = client.put("/api/staff/me", json={"phone": "07700 900 123", "availability": "busy"})
    assert answer.status_code == 200
    assert answer.json == {
        "name": f"Sam {role}",
        "role": role,
        "teams": ["waste"],
        "phone": "+447700900123",
        "availability": "busy",
    }
    assert client.put("/api/staff/me", json={"availability": "away"}).json["phone"]
    gone = client.put("/api/staff/me", json={"phone": None}).json
    assert (gone["phone"], gone["availability"]) == (None, "away")


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({}, "nothing_set", "phone, availability"),
        ({"name": "Eve"}, "unknown_key", "name"),
        ({"role": "supervisor"}, "unknown_key", "role"),
        ({"phone": "ring me"}, "bad_value", "phone is not right. Write a phone number"),
        ({"phone": ""}, "bad_value", "browser, or null to remove it"),
        ({"phone": "Browser"}, "bad_value", "phone is not right"),
        ({"phone": 7700900123}, "bad_value", "phone"),
        ({"availability": "asleep"}, "bad_value", "available, busy, away"),
    ],
)
def test_a_senseless_change_of_oneself(
    town: Any, error_of: Any, change: Any, code: str, says: str
) -> None:
    status, given, message = error_of(town.client().put("/api/staff/me", json=change))
    assert (status, given) == (400, code)
    assert says in message


def test_calls_ring_in_the_browser_only_where_that_is_set_up(
    town: Any, words: dict[str, str], error_of: Any
) -> None:
    refused = town.client("agent").put("/api/staff/me", json={"phone": "browser"})
    assert error_of(refused)[:2] == (409, "no_browser_phones")
    app = Flask("with browsers")
    app.register_blueprint(create_staff_api(town.office, words, browsers=True))
    client, token = app.test_client(), town.tokens["Sam agent"]
    answer = client.put(
        "/api/staff/me", json={"phone": "browser"}, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.json["phone"] == "browser"
