"""`/openapi.json`: the description of `/api/chat` and `/api/staff`, for machines.

Its text is in the YAML files beside this one. Every fixed set of words comes from the domain and
from the council's book, so that the description cannot fall behind them.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from flask import Blueprint, Response, jsonify

from casework.domain.cases import CaseStatus, Verification
from casework.domain.catalogue import Council, Tier
from casework.domain.conversations import Author, Channel, Mode
from casework.domain.drafts import Source
from casework.domain.handoffs import HandoffReason, HandoffState
from casework.domain.outbox import Delivery, Medium
from casework.domain.staff import Availability, Role
from casework.use_cases.tell_resident import Told

_HERE = Path(__file__).parent
_WORDS: tuple[type[StrEnum], ...] = (
    Author,
    Availability,
    CaseStatus,
    Channel,
    Delivery,
    HandoffReason,
    HandoffState,
    Medium,
    Mode,
    Role,
    Source,
    Tier,
    Told,
    Verification,
)


def document(version: str, council: Council) -> dict[str, Any]:
    """The OpenAPI 3.1 document; `version` is CivicLine's."""
    described = _read("openapi.yml")
    described["info"]["version"] = version
    described["paths"] = {}
    components = described["components"]
    components["parameters"] = {}
    for room in ("openapi_chat.yml", "openapi_staff.yml"):
        described["paths"].update((part := _read(room))["paths"])
        components["parameters"].update(part.get("parameters", {}))
        components["schemas"].update(part["schemas"])
    for kind in _WORDS:
        components["schemas"][kind.__name__] = _one_of(word.value for word in kind)
    components["schemas"]["Team"] = _one_of(council.teams)
    components["schemas"]["Service"] = _one_of(council.services)
    return described


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))
    return read


def _one_of(words: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(words)}


def create_openapi(version: str, council: Council) -> Blueprint:
    """The blueprint of `/openapi.json`."""
    blueprint = Blueprint("openapi", __name__)
    described = document(version, council)

    @blueprint.get("/openapi.json")
    def openapi() -> Response:
        answer = jsonify(described)
        answer.headers["Cache-Control"] = "public, max-age=300"
        # Tools that draw documentation run on other hosts; there is no secret in it.
        answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer

    return blueprint
