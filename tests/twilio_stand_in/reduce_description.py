"""Makes `twilio_api.json` of Twilio's published OpenAPI description of its REST API.

What is kept: the addresses of calls, messages, conferences and recordings, with their parameters,
types, values, formats and the fields of the answers. What is left out: every other address, every
sentence and every example. `scripts/twilio-api` fetches the description and runs this.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
KEPT = re.compile(
    r"/2010-04-01/Accounts/\{AccountSid\}/"
    r"(Calls|Messages|Conferences|Recordings)(/\{\w+\}(/(Recordings|Participants|Media)"
    r"(/\{\w+\})?)?)?\.json"
)
METHODS = ("get", "post", "delete")
SAID_OF_A_TYPE = (
    *("$ref", "type", "format", "nullable", "enum", "items", "properties", "required"),
    *("pattern", "minLength", "maxLength", "minimum", "maximum"),
)


def reduce(description: dict[str, Any], version: str) -> dict[str, Any]:
    """The part of a description that is kept, itself one of OpenAPI 3.0; `version` says of what."""
    paths = {
        path: {method: _operation(item[method]) for method in METHODS if method in item}
        for path, item in sorted(description["paths"].items())
        if KEPT.fullmatch(path)
    }
    known = description["components"]["schemas"]
    schemas: dict[str, Any] = {}
    wanted = _named(paths)
    while wanted:
        name = wanted.pop()
        if name not in schemas:
            schemas[name] = _type(known[name])
            wanted |= _named(schemas[name])
    info = description["info"]
    about = {"title": info["title"], "version": info["version"], "x-source": version}
    return {
        "openapi": description["openapi"],
        "info": about | {"license": info["license"]},
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.items()))},
    }


def _operation(given: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "parameters": [
            {name: one[name] for name in ("name", "in", "required") if name in one}
            | {"schema": _type(one["schema"])}
            for one in given.get("parameters", ())
        ],
        # OpenAPI wants a sentence with each answer.
        "responses": {
            status: {"description": ""} | _content(answer)
            for status, answer in given["responses"].items()
        },
    }
    if "requestBody" in given:
        kept["requestBody"] = _content(given["requestBody"])
    return kept


def _content(given: dict[str, Any]) -> dict[str, Any]:
    found = given.get("content", {})
    kinds = {kind: {"schema": _type(one["schema"])} for kind, one in found.items()}
    return {"content": kinds} if kinds else {}


def _type(given: dict[str, Any]) -> dict[str, Any]:
    kept = {name: given[name] for name in SAID_OF_A_TYPE if name in given}
    if "items" in kept:
        kept["items"] = _type(kept["items"])
    if "properties" in kept:
        kept["properties"] = {name: _type(one) for name, one in kept["properties"].items()}
    return kept


def _named(part: Any) -> set[str]:
    """Names of the schemas that a part refers to."""
    return set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(part)))


if __name__ == "__main__":
    published = json.loads(Path(sys.argv[1]).read_text())
    made = json.dumps(reduce(published, sys.argv[2]), indent=1, ensure_ascii=False)
    (HERE / "twilio_api.json").write_text(made + "\n")
