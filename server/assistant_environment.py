"""What the assistant may know of the environment: it is kept at arm's length, without secrets."""

from __future__ import annotations

from collections.abc import Mapping

NAMES = frozenset({"CIVICLINE_VAR", "HOME", "LANG", "PATH", "PORT", "REDIS_URL", "TMPDIR", "TZ"})
BEGINNINGS = ("ACTIONS_", "LC_", "PYTHON", "RASA_", "SSL_")


def of_the_assistant(environment: Mapping[str, str]) -> dict[str, str]:
    """The part of an environment that the assistant is given, serving or in training.

    Its stores' own passwords may be in REDIS_URL and RASA_TRACKER_DB; nothing else is secret.
    """
    return {
        name: value
        for name, value in environment.items()
        if name in NAMES or name.startswith(BEGINNINGS)
    }
