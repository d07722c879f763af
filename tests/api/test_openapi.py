"""The description is true: of the routes, of the answers, of what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.openapi import document
from tests.api.conforming import assert_as_described

STAFF = "^/api/staff/"


@pytest.mark.parametrize("parameters", [{}, {"ref": "4829 1573", "id": "chat"}])
def test_the_staff_api_is_as_described(moved: Any, parameters: dict[str, str]) -> None:
    moved.client()
    bearer = {"Authorization": f"Bearer {moved.tokens['Sam supervisor']}"}
    assert_as_described(moved.app, STAFF, headers=bearer, parameters=parameters)


def test_it_is_served_to_everybody(town: Any) -> None:
    answer = town.app.test_client().get("/openapi.json")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.json["openapi"].startswith("3.1.")
    assert answer.json["info"]["version"] == "1.2.3"


def test_every_staff_route_is_described_and_no_other(town: Any) -> None:
    routes = {
        (
            re.sub("<(conversation|handoff)>", "{id}", rule.rule)
            .replace("<ref>", "{ref}")
            .replace("<evidence>", "{evidence}"),
            method.lower(),
        )
        for rule in town.app.url_map.iter_rules()
        if rule.endpoint.startswith("staff_api.")
        and not rule.endpoint.startswith(("staff_api.wrong_", "staff_api.nothing_"))
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routes == {
        (path, method)
        for path, operations in document("1", town.office.council)["paths"].items()
        for method in set(operations) - {"parameters"}
        if path.startswith("/api/staff")
    }


def test_answers_have_no_key_that_is_not_described(moved: Any) -> None:
    schemas = document("1", moved.office.council)["components"]["schemas"]
    client = moved.client()
    row = client.get("/api/staff/conversations").json[0]
    assert set(row) == set(schemas["ConversationRow"]["properties"])
    whole = client.get("/api/staff/conversations/chat").json
    assert set(whole) - set(row) == set(schemas["Conversation"]["properties"])
    described = {**schemas["Message"]["properties"], **schemas["Line"]["properties"]}
    assert set(whole["messages"][0]) == set(described)
    assert set(whole["fields"][0]) - {"field", "service"} == set(schemas["Answer"]["properties"])
    row = client.get("/api/staff/cases").json[0]
    assert set(row) == set(schemas["CaseRow"]["properties"])
    case = client.get("/api/staff/cases/48291573").json
    assert set(case) - set(row) == set(schemas["Case"]["properties"])
    assert set(case["history"][0]) == set(schemas["HistoryEntry"]["properties"])
    me = client.put("/api/staff/me", json={"availability": "busy"}).json
    assert set(me) == set(schemas["StaffMember"]["properties"])


def test_it_speaks_of_this_council(town: Any) -> None:
    schemas = document("1", town.office.council)["components"]["schemas"]
    assert schemas["Team"]["enum"] == ["revenues", "waste", "highways"]
    assert schemas["Service"]["enum"] == ["house_move", "pothole"]


def test_every_reference_leads_somewhere(town: Any) -> None:
    whole = document("1", town.office.council)

    def references(part: Any) -> set[str]:
        if isinstance(part, list):
            return {ref for one in part for ref in references(one)}
        if not isinstance(part, dict):
            return set()
        own = {part["$ref"]} if "$ref" in part else set()
        return own | {ref for one in part.values() for ref in references(one)}

    for ref in references(whole):
        target: Any = whole
        for step in ref.removeprefix("#/").split("/"):
            target = target[step]
    unused = {
        f"#/components/{kind}/{name}"
        for kind in ("schemas", "responses", "parameters")
        for name in whole["components"][kind]
    } - references(whole)
    assert unused == set()


def test_the_yaml_files_are_plain_data() -> None:
    files = list((Path(__file__).parents[2] / "api").glob("*.yml"))
    assert files
    for file in files:
        # A date or an unquoted number as a key would come back as something else.
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert json.loads(json.dumps(data)) == data
