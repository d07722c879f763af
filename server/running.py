"""`make demo` and `make serve`: everything that one machine runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from casework.adapters.migrate import is_demo, mark_as_demo, migrate
from server.assistant_environment import of_the_assistant
from server.assistant_files import write_assistant_files
from server.carriers import make_browser_phones
from server.composition import check_folder, make_office
from server.demo_data import seed_demo
from server.processes import Machine, Program, check_port, stop_on_signals
from server.settings import Settings, SettingsError, check_for_service, check_processes
from server.training import train

Tell = Callable[[str], None]


def run_everything(top: Path, settings: Settings, tell: Tell) -> None:
    """Trains if need be, migrates, starts every process and stays until asked to stop.

    Raises SettingsError, CouncilDataError, CannotStart or TrainingFailed, each with one sentence
    about what to do.
    """
    stop_on_signals()
    # What residents said is in the database and the logs: for this account only.
    os.umask(0o077)
    check_processes(settings)
    if not settings.demo:
        check_for_service(settings)
    # The web process would refuse it too, but only in its log.
    make_browser_phones(settings)
    for name, port in settings.ports.items():
        check_port(name, port)
    check_database(settings)
    write_assistant_files(check_folder(settings.council_dir), top)
    logs = settings.var_dir / "log"
    model = train(top, logs / "training.log", tell)
    tell("preparing the database")
    migrate(settings.database_url)
    if settings.demo:
        office, store = make_office(settings)
        seed_demo(office, settings.council_dir)
        store.close()
    tell("starting")
    Machine(top, programs(top, settings, model, logs), tell).run(lambda: _invite(settings))


def check_database(settings: Settings) -> None:
    """Keeps the demo and real residents out of each other's database.

    Raises NotADemo or SettingsError.
    """
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    if settings.demo:
        mark_as_demo(settings.database_url, own=settings.own_demo)
    elif is_demo(settings.database_url):
        raise SettingsError("DATABASE_URL: this database is the demo's; give one of its own")


def programs(top: Path, settings: Settings, model: Path, logs: Path) -> list[Program]:
    """The assistant, its actions, the web process and the worker."""
    ours = _environment(top, settings)
    gunicorn = ["gunicorn", "-c", str(top / "server" / "gunicorn_conf.py"), "server.wsgi:app"]
    return [
        Program(
            "the actions",
            [sys.executable, "-m", "server.cli", "actions"],
            f"{settings.actions_url}/health",
            logs / "actions.log",
            ours,
        ),
        _assistant(top, settings, model, logs, ours),
        Program(
            "the web server",
            [sys.executable, "-m", *gunicorn],
            f"{settings.web_url}/healthz",
            logs / "web.log",
            ours,
        ),
        Program(
            "the worker",
            [sys.executable, "-m", "server.cli", "worker"],
            None,
            logs / "worker.log",
            ours,
        ),
    ]


def _environment(top: Path, settings: Settings) -> dict[str, str]:
    return {
        **os.environ,
        "DEMO": "1" if settings.demo else "",
        "PORT": str(settings.port),
        "RASA_PORT": str(settings.rasa_port),
        "ACTIONS_PORT": str(settings.actions_port),
        "PYTHONPATH": str(top),
        "PYTHONUNBUFFERED": "1",
    }


def _assistant(
    top: Path, settings: Settings, model: Path, logs: Path, ours: Mapping[str, str]
) -> Program:
    """Rasa, with the Python of its own project and none of our secrets."""
    environment = of_the_assistant(ours)
    environment["RASA_TRACKER_DB"] = os.environ.get(
        "RASA_TRACKER_DB", str(settings.var_dir / "assistant.db")
    )
    rasa = top / "bot" / "rasa"
    python, launch = rasa / ".venv" / "bin" / "python", rasa / "civicline_rasa" / "launch.py"
    return Program(
        "the assistant",
        [str(python), str(launch), "run", "--model", str(model)],
        f"{settings.rasa_url}/",
        logs / "assistant.log",
        environment,
    )


def _invite(settings: Settings) -> None:
    base = settings.public_base_url
    lines = [
        "",
        "CivicLine is up. Open:",
        "",
        f"  {base}/chat           the chat, as a page of its own",
    ]
    if settings.demo:
        lines += [
            f"  {base}/demo           all there is to try: a phone, texts, and what was sent",
            f"  {base}/demo/council   the chat on a council's website",
        ]
    lines += [
        f"  {base}/desk           where people who work for the council take over",
        f"  {base}/openapi.json   what the APIs offer",
        "",
        "  ./civicline staff token NAME   prints a sign-in code for the desk and the staff API",
        "  Ctrl-C stops everything.",
        "",
    ]
    print("\n".join(lines), flush=True)  # noqa: T201 - this is what the command is for
