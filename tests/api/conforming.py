"""Runs schemathesis against any WSGI app: whatever its /openapi.json promises must be so.

def test_it_is_as_described(app):
    assert_as_described(app, "^/api/staff/", headers={...})
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import schemathesis
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.pytest.lazy import get_all_tests

TOKEN_HIDES = ("missing_required_header", "ignored_auth")
"""Checks that want 401 where the contract has 404, for a missing token as for a wrong one."""


def assert_as_described(
    app: Any,
    path_regex: str,
    *,
    headers: dict[str, str] | None = None,
    parameters: dict[str, Any] | None = None,
    leave_out: str = "^$",
    without: Sequence[str] = (),
    examples: int = 20,
) -> int:
    """Sends what the operations under some paths accept and what they must refuse, the same on
    every run, and gives the number of requests.

    `parameters` replace what would be made up, so that there is something to be found:
    {"ref": "48291573"}. `leave_out` is for paths that never stop answering, `without` for checks
    that do not apply: the chat answers 404 to a missing token (TOKEN_HIDES).
    Raises AssertionError or schemathesis's failures, which say how to repeat the request.
    """
    config = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
            "suppress-health-check": ["all"],
            "parameters": parameters or {},
            "checks": {check: {"enabled": False} for check in without},
        }
    )
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app, config=config)
    schema = schema.include(path_regex=path_regex).exclude(path_regex=leave_out)
    sent = 0

    def check(case: Any) -> None:
        nonlocal sent
        if any(value == [] for value in (case.query or {}).values()):
            # Meant to be refused, but nothing of an empty list goes over the wire.
            return
        sent += 1
        case.call_and_validate(headers=headers)

    # Not `schemathesis.pytest.from_fixture`: that one needs what pytest 9.2 has taken away.
    load_all_checks()
    for result in get_all_tests(schema=schema, test_func=check, settings=None, given_kwargs={}):
        _, test = result.ok()
        test()
    assert sent, f"nothing is described under {path_regex}"
    return sent
