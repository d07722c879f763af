"""Twilio's own description of its REST API, and what it says of a request or an answer.

`twilio_api.json` is a part of what Twilio publishes (`reduce_description.py`). A parameter that the
description does not know is a fault of ours, although Twilio passes over it in silence.
"""

import functools
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

from tests.twilio_stand_in.twiml import TwimlRefused, parse

PUBLISHED = Path(__file__).parent / "twilio_api.json"
FORM = "application/x-www-form-urlencoded"
NULL = "null"

FILES = (
    re.compile(r"/2010-04-01/Accounts/AC\w{32}/Messages/(SM|MM)\w{32}/Media/ME\w{32}"),
    re.compile(
        r"/2010-04-01/Accounts/AC\w{32}/((Calls|Conferences)/\w{34}/)?Recordings/RE\w{32}(\.(mp3|wav))?"
    ),
)
"""Where files are fetched. They are not in the description: see
https://www.twilio.com/docs/messaging/api/media-resource and /docs/voice/api/recording."""

NULL_TOO = frozenset({"reason_conference_ended"})
"""Fields that the description does not call nullable, and that are null in its own examples."""

Fields = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a parameter; `rule` is JSON Schema's word for what it breaks, or unknown,
    misplaced or repeated."""

    name: str
    rule: str
    wanted: str = ""

    def __str__(self) -> str:
        return f"{self.name} is {self.rule}{self.wanted and f', not {self.wanted}'}"


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    method: str
    template: str
    required: frozenset[str]
    known: Mapping[str, dict[str, Any]]
    in_query: bool
    answers: Mapping[str, dict[str, Any]]

    def faults(self, query: Fields, form: Fields) -> list[Fault]:
        """What is wrong with the parameters of a request, but for those that lack."""
        expected, stray = (query, form) if self.in_query else (form, query)
        given: dict[str, list[str]] = {}
        for name, value in expected:
            given.setdefault(name, []).append(value)
        faults = [Fault(name, "misplaced") for name, _ in stray]
        for name, values in given.items():
            schema = self.known.get(name)
            faults += [Fault(name, "unknown")] if schema is None else _wrong(name, values, schema)
        return faults

    def lacking(self, form: Fields) -> list[str]:
        """Parameters that must be given and are not."""
        return sorted(self.required - {name for name, value in form if value})

    def completed(self, status: int, answer: dict[str, Any]) -> dict[str, Any]:
        """An answer with every field of the description; null is what the stand-in has nothing to
        say of. Raises AssertionError for one that Twilio would not give."""
        schema = self.answers.get(str(status))
        if schema is None:
            raise AssertionError(f"{self} does not answer {status}")
        whole: dict[str, Any] = _filled(answer, schema)
        faults = [
            f"{'.'.join(str(step) for step in fault.absolute_path)} {fault.message[:200]}".strip()
            for fault in _validator(json.dumps(schema), _ANSWERED).iter_errors(whole)
        ]
        faults += [f"{name} is unknown" for name in sorted(_unknown(whole, schema))]
        if faults:
            raise AssertionError(f"the stand-in's answer to {self}: {'; '.join(faults)}")
        return whole

    def __str__(self) -> str:
        return f"{self.method} {self.template}"


def operation(method: str, path: str) -> Operation | None:
    """What is described for an address; None where there is nothing at it."""
    for pattern, one in _operations():
        if one.method == method and pattern.fullmatch(path):
            return one
    return None


def is_known(path: str) -> bool:
    """Whether an address is described at all, with any id in it, or is that of a file."""
    loose = any(
        re.fullmatch(re.sub(r"\{\w+\}", r"[^/]+", one.template), path) for _, one in _operations()
    )
    return loose or is_file(path)


def is_file(path: str) -> bool:
    """Whether an address is that of a recording or of a picture."""
    return any(pattern.fullmatch(path) for pattern in FILES)


@functools.cache
def _operations() -> tuple[tuple[re.Pattern[str], Operation], ...]:
    return tuple(_all())


def _all() -> Iterable[tuple[re.Pattern[str], Operation]]:
    described = json.loads(PUBLISHED.read_text())
    named = described["components"]["schemas"]
    for template, methods in described["paths"].items():
        for method, one in methods.items():
            yield _address(template, one), _operation(method.upper(), template, one, named)


def _address(template: str, one: Mapping[str, Any]) -> re.Pattern[str]:
    """The addresses of a template: its ids are of the kind that is described."""
    pattern = re.escape(template).replace(r"\{", "{").replace(r"\}", "}")
    for parameter in one["parameters"]:
        if parameter["in"] == "path":
            own = parameter["schema"].get("pattern", "[^/]+").strip("^$")
            pattern = pattern.replace("{" + parameter["name"] + "}", own)
    return re.compile(pattern)


def _operation(
    method: str, template: str, one: Mapping[str, Any], named: Mapping[str, Any]
) -> Operation:
    body = one.get("requestBody", {}).get("content", {}).get(FORM, {}).get("schema", {})
    queried = {p["name"]: p["schema"] for p in one["parameters"] if p["in"] == "query"}
    known = body.get("properties", {}) if method == "POST" else queried
    answers = {
        status: _plain(answer["content"]["application/json"]["schema"], named)
        for status, answer in one["responses"].items()
        if "content" in answer
    }
    return Operation(
        method,
        template,
        frozenset(body.get("required", ())),
        {name: _plain(schema, named) for name, schema in known.items()},
        method != "POST",
        answers,
    )


def _plain(schema: Mapping[str, Any], named: Mapping[str, Any]) -> dict[str, Any]:
    """A type of OpenAPI 3.0 as one of JSON Schema, with what it refers to in place."""
    if "$ref" in schema:
        own = {name: value for name, value in schema.items() if name != "$ref"}
        return _plain(named[schema["$ref"].rsplit("/", 1)[1]] | own, named)
    plain = {name: value for name, value in schema.items() if name != "nullable"}
    if schema.get("nullable"):
        if "type" in plain:
            plain["type"] = [plain["type"], NULL]
        if "enum" in plain:
            plain["enum"] = [*plain["enum"], None]
    if "items" in plain:
        plain["items"] = _plain(plain["items"], named)
    if "properties" in plain:
        plain["properties"] = {
            name: _plain(one | ({"nullable": True} if name in NULL_TOO else {}), named)
            for name, one in plain["properties"].items()
        }
    return plain


def _wrong(name: str, values: Sequence[str], schema: dict[str, Any]) -> list[Fault]:
    """What is wrong with the values of one parameter."""
    if schema.get("type") == "array":
        value: Any = [_read(one, schema["items"]) for one in values]
    elif len(values) > 1:
        return [Fault(name, "repeated")]
    else:
        value = _read(values[0], schema)
    found = _validator(json.dumps(schema), _ASKED).iter_errors(value)
    # The value itself is left out: it may be somebody's number, or what is said to them.
    rules = ((str(fault.validator), f"{fault.validator_value!r:.80}") for fault in found)
    return [Fault(name, f"of a wrong {rule}", wanted) for rule, wanted in rules]


def _read(value: str, schema: Mapping[str, Any]) -> Any:
    """A value of a form as its type has it; as it stands where it cannot be read so."""
    kind = schema.get("type")
    if kind == "integer" and re.fullmatch(r"-?[0-9]+", value):
        return int(value)
    if kind == "number" and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        return float(value)
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    return value


def _filled(given: Any, schema: Mapping[str, Any]) -> Any:
    """What is given with every field of its type, and so on within lists."""
    if isinstance(given, list):
        return [_filled(one, schema.get("items", {})) for one in given]
    known = schema.get("properties")
    if not isinstance(given, dict) or known is None:
        return given
    absent: dict[str, Any] = {
        name: [] if one.get("type") == "array" else None for name, one in known.items()
    }
    return absent | {name: _filled(one, known.get(name, {})) for name, one in given.items()}


def _unknown(given: Any, schema: Mapping[str, Any]) -> set[str]:
    """Names of fields that a type does not have."""
    if isinstance(given, list):
        return {name for one in given for name in _unknown(one, schema.get("items", {}))}
    known = schema.get("properties")
    if not isinstance(given, dict) or known is None:
        return set()
    inner = (_unknown(one, known[name]) for name, one in given.items() if name in known)
    return (set(given) - set(known)).union(*inner)


@functools.cache
def _validator(schema: str, formats: FormatChecker) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema), format_checker=formats)


_ASKED, _ANSWERED = FormatChecker(formats=()), FormatChecker(formats=())


@_ASKED.checks("uri")
def _is_web_address(value: object) -> bool:
    parts = urlsplit(str(value))
    return parts.scheme in ("http", "https") and bool(parts.hostname)


@_ASKED.checks("date-time", raises=ValueError)
def _is_iso_time(value: object) -> bool:
    return bool(datetime.fromisoformat(str(value)))


@_ASKED.checks("twiml", raises=TwimlRefused)
def _is_twiml(value: object) -> bool:
    return parse(str(value), "text/xml", "voice") is not None


@_ANSWERED.checks("date-time-rfc-2822", raises=ValueError)
def _is_mail_time(value: object) -> bool:
    return value is None or bool(parsedate_to_datetime(str(value)))
