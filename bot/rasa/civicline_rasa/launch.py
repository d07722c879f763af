"""Starts Rasa with our patches and a private log; the only way in which the project starts it.

    bot/rasa/.venv/bin/python bot/rasa/civicline_rasa/launch.py run [--model PATH] [--port PORT]
    bot/rasa/.venv/bin/python bot/rasa/civicline_rasa/launch.py train [options of `rasa train`]

from the top of the checkout; it puts bot/rasa on the path itself. Any other command of Rasa
(`data validate`, `test nlu`) is passed on. `run` listens on 127.0.0.1 only, to the REST channel
only, and takes no option that would change that. It is ready when `GET /` answers 200.

Environment: RASA_PORT (5005), ACTIONS_PORT (5055), ACTIONS_TIMEOUT (6 seconds), RASA_TRACKER_DB
(var/assistant.db, or the address of a PostgreSQL database), REDIS_URL (both stores in Redis).
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from pathlib import Path
from urllib.parse import unquote, urlsplit

HOME = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"


class SettingWrong(ValueError):
    """A setting cannot be used; the message says which and why."""


def tracker_url(setting: str) -> str:
    """The SQLAlchemy address of the tracker store, from a file's path or an address."""
    if "://" not in setting:
        path = Path(setting).resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{path}"
    scheme, rest = setting.split("://", 1)
    dialect = scheme.split("+")[0]
    if dialect not in ("postgresql", "postgres", "sqlite"):
        raise SettingWrong("RASA_TRACKER_DB must be a file, or an address of PostgreSQL or SQLite.")
    # SQLAlchemy 1.4 here has psycopg2, whatever driver the rest of the project uses.
    return f"{dialect.replace('postgres', 'postgresql').replace('qlql', 'ql')}://{rest}"


def redis_settings(address: str) -> dict[str, str]:
    """REDIS_URL taken apart for endpoints-redis.yml; empty strings for what it does not say."""
    parts = urlsplit(address)
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        raise SettingWrong("REDIS_URL must look like redis://host:6379/0.")
    return {
        "RASA_REDIS_HOST": parts.hostname,
        "RASA_REDIS_PORT": str(parts.port or 6379),
        "RASA_REDIS_DB": parts.path.strip("/") or "0",
        "RASA_REDIS_USERNAME": unquote(parts.username or ""),
        "RASA_REDIS_PASSWORD": unquote(parts.password or ""),
        "RASA_REDIS_SSL": "yes" if parts.scheme == "rediss" else "",
    }


def prepare_environment() -> None:
    """What must be set before Rasa is imported."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ.setdefault("ACTIONS_PORT", "5055")
    # The matrices are small: more threads halve the speed of training and disturb the neighbours.
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")


def choose_endpoints() -> Path:
    """The endpoints file that fits the settings, with the variables it names in place."""
    if address := os.environ.get("REDIS_URL"):
        os.environ.update(redis_settings(address))
        return HOME / "endpoints-redis.yml"
    setting = os.environ.get("RASA_TRACKER_DB") or "var/assistant.db"
    os.environ["RASA_TRACKER_URL"] = tracker_url(setting)
    return HOME / "endpoints.yml"


def arguments_for_run(given: list[str]) -> list[str]:
    """The command line of `rasa run`; refuses every option but --model and --port."""
    parser = argparse.ArgumentParser(prog="launch.py run", allow_abbrev=False)
    parser.add_argument("--model", default="models")
    parser.add_argument("--port", type=int, default=int(os.environ.get("RASA_PORT") or 5005))
    options = parser.parse_args(given)
    return [
        "run",
        *("--interface", LOOPBACK),
        *("--port", str(options.port)),
        *("--model", options.model),
        *("--endpoints", str(choose_endpoints())),
        *("--credentials", str(HOME / "credentials.yml")),
    ]


def main(arguments: list[str] | None = None) -> None:
    """Runs one command of Rasa. Does not come back from `run` before the assistant ends."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if str(HOME) not in sys.path:
        sys.path.insert(0, str(HOME))
    prepare_environment()
    try:
        if given[:1] == ["run"]:
            given = arguments_for_run(given[1:])
    except SettingWrong as problem:
        sys.exit(f"The assistant cannot start: {problem}")

    # Rasa's libraries are old and say so at length on every start.
    warnings.simplefilter("ignore", DeprecationWarning)
    from civicline_rasa import no_tensorflow

    no_tensorflow.stand_in()
    from civicline_rasa import patches, private_log

    if given[:1] == ["run"]:
        private_log.install()
    patches.apply(serving=given[:1] == ["run"])
    import rasa.__main__

    sys.argv = ["rasa", *given]
    rasa.__main__.main()


if __name__ == "__main__":
    # Run as a file, its own folder comes first on the path: our modules under bare names.
    sys.path[:] = [
        entry for entry in sys.path if Path(entry or ".").resolve() != HOME / "civicline_rasa"
    ]
    main()
