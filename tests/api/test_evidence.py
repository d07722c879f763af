"""Photos and documents in the staff API, as its description says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask

from api.openapi import create_openapi, document
from api.staff import create_staff_api
from casework.domain.conversations import Channel
from casework.domain.staff import Role
from casework.use_cases.accept_evidence import accept_evidence
from casework.use_cases.create_staff_token import create_staff_token
from tests import evidence_files as files
from tests.api.conforming import assert_as_described
from tests.casework.changes import fill
from tests.office import COUNCIL, Talk, make_office


class Desk:
    """A case with a photo, and the API around it."""

    def __init__(self) -> None:
        self.office = make_office()
        talk = fill(Talk(self.office), "name_change", contact="07700 900123")
        talk.says("yes", "affirm")
        self.ref = next(one.ref for one in talk.cases if one.parent_ref is None)
        self.part = next(one.ref for one in talk.cases if one.parent_ref is not None)
        accept_evidence(self.office, talk.id, files.photo(), Channel.WEB)
        self.app = Flask("staff")
        words = yaml.safe_load((Path(COUNCIL) / "api.yml").read_text("utf-8"))
        self.app.register_blueprint(create_staff_api(self.office, words))
        self.app.register_blueprint(create_openapi("1.2.3", self.office.council))

    def headers(self, role: Role = Role.SUPERVISOR, *teams: str) -> dict[str, str]:
        token = create_staff_token(self.office, f"{role} {teams}", role, teams)
        return {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **more: Any) -> Any:
        return self.app.test_client().get(
            f"/api/staff/cases/{path}", headers=more.pop("headers", None) or self.headers()
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_case_lists_what_has_come_and_what_is_needed(desk: Desk) -> None:
    case = desk.get(desk.ref).json
    (held,) = case["evidence"]
    schemas = document("1", desk.office.council)["components"]["schemas"]
    assert set(held) == set(schemas["Evidence"]["properties"])
    assert held["media_type"] == "image/jpeg"
    assert case["evidence_needed"] == [
        {"kind": "new_name", "label": "Proof of the new name", "optional": False}
    ]
    assert case["evidence_due"] == "2026-12-08"


def test_the_bytes_are_given_to_whoever_may_see_the_case(desk: Desk) -> None:
    evidence = desk.get(desk.ref).json["evidence"][0]["id"]
    answer = desk.get(f"{desk.ref}/evidence/{evidence}")
    assert answer.status_code == 200
    assert answer.mimetype == "image/jpeg"
    assert answer.data.startswith(b"\xff\xd8\xff")
    other = desk.headers(Role.BACK_OFFICE, "waste")
    assert desk.get(f"{desk.ref}/evidence/{evidence}", headers=other).status_code == 404
    assert desk.get(f"{desk.ref}/evidence/nothing").status_code == 404


def test_asking_for_more_says_how_the_resident_was_asked(desk: Desk) -> None:
    client, headers = desk.app.test_client(), desk.headers()
    answer = client.post(f"/api/staff/cases/{desk.ref}/evidence", headers=headers)
    assert (answer.status_code, answer.json["told"]) == (200, "text")
    part = client.post(f"/api/staff/cases/{desk.part}/evidence", headers=headers)
    assert (part.status_code, part.json["error"]["code"]) == (409, "unfit_evidence")


def test_it_is_as_described(desk: Desk) -> None:
    evidence = desk.get(desk.ref).json["evidence"][0]["id"]
    assert_as_described(
        desk.app,
        "^/api/staff/.*/evidence",
        headers=desk.headers(),
        parameters={"ref": desk.ref, "evidence": evidence},
        examples=10,
    )
