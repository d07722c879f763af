"""The command line: `./civicline COMMAND` on the settings of the environment."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click
import httpx

from casework.adapters.council_files import load_council
from casework.adapters.demo_clock import DemoClock
from casework.adapters.migrate import NotADemo, is_demo, mark_as_demo
from casework.adapters.migrate import migrate as migrate_database
from casework.adapters.migrate import reset as reset_database
from casework.domain.errors import CaseworkError
from casework.domain.staff import Role
from server.assistant_files import write_assistant_files
from server.settings import Settings, SettingsError, read_settings

TOP = Path(__file__).resolve().parent.parent


def settings() -> Settings:
    """The settings of this run."""
    return read_settings(os.environ, TOP)


def tell(text: str) -> None:
    """A line of progress."""
    click.echo(f"  {time.strftime('%H:%M:%S')}  {text}", err=True)


def in_words(command: Callable[..., Any]) -> Callable[..., Any]:
    """Has a refusal end the command with one sentence instead of a traceback."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from server.processes import CannotStart
        from server.training import TrainingFailed

        try:
            return command(*args, **kwargs)
        except (CaseworkError, CannotStart, TrainingFailed) as failure:
            click.echo(f"civicline: {failure}", err=True)
            sys.exit(1)
        except KeyboardInterrupt:
            sys.exit(130)

    return run


@click.group()
def main() -> None:
    """CivicLine, a council's first point of contact that never closes."""


@main.command()
@in_words
def run() -> None:
    """Trains if need be, migrates, starts everything and stays until Ctrl-C."""
    from server.running import run_everything

    run_everything(TOP, settings(), tell)


@main.command()
@in_words
def train() -> None:
    """Trains the assistant unless a model fits the present data."""
    from server.training import train as train_assistant

    chosen = settings()
    write_assistant_files(load_council(chosen.council_dir), TOP)
    model = train_assistant(TOP, chosen.var_dir / "log" / "training.log", tell)
    click.echo(f"The assistant is trained: {model.relative_to(TOP)}")


@main.command()
@in_words
def assistant() -> None:
    """Writes domain.yml, data/rules.yml and data/topics.yml from the council's folder."""
    changed = write_assistant_files(load_council(settings().council_dir), TOP)
    click.echo("\n".join(f"wrote {path.relative_to(TOP)}" for path in changed) or "up to date")


@main.command()
@in_words
def check() -> None:
    """Checks the council's folder and says what is wrong with it."""
    from server.composition import check_folder

    council = check_folder(settings().council_dir)
    click.echo(f"{council.name}: {len(council.services)} services, nothing wrong.")


@main.group()
def council() -> None:
    """The council's folder."""


@council.command("check")
@in_words
def council_check() -> None:
    """Checks the whole folder: what would fail residents, what is overdue, how hard it reads."""
    from server.council_report import report

    chosen = settings()
    if report(chosen.council_dir, TOP, click.echo):
        sys.exit(1)


@main.command()
@in_words
def migrate() -> None:
    """Brings the database to the newest schema."""
    migrate_database(settings().database_url)
    click.echo("The database has the newest schema.")


@main.command()
@in_words
def actions() -> None:
    """Serves the assistant's actions (started by `run`)."""
    from server.actions_server import serve_actions
    from server.composition import make_announcements, make_office, make_redis
    from server.logs import quiet_logs

    quiet_logs()
    chosen = settings()
    office, store = make_office(chosen, warm=True)
    if client := make_redis(chosen):
        # What the actions write is heard at once in the web processes.
        make_announcements(office, store, client)
    serve_actions(office, chosen.actions_port)


@main.command()
@in_words
def worker() -> None:
    """Sends what is to be sent and does what is due (started by `run`)."""
    from server.logs import quiet_logs
    from server.telephone import telephone_chores
    from server.worker import run_worker

    quiet_logs()
    chosen = settings()
    run_worker(chosen, more=telephone_chores(chosen))


@main.group()
def staff() -> None:
    """People who work for the council."""


@staff.command()
@click.argument("name")
@click.option("--role", type=click.Choice([str(role) for role in Role]), default="supervisor")
@click.option("--team", "teams", multiple=True, help="A team whose cases they work.")
@in_words
def token(name: str, role: str, teams: tuple[str, ...]) -> None:
    """Prints a fresh token of NAME for the staff API; an older one no longer works."""
    from casework.use_cases.create_staff_token import create_staff_token
    from server.composition import make_office

    chosen = settings()
    migrate_database(chosen.database_url)
    office, _ = make_office(chosen)
    click.echo(create_staff_token(office, name, Role(role), teams))


@main.group()
def residents() -> None:
    """The council's records of residents."""


@residents.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@in_words
def import_file(file: Path) -> None:
    """Loads the records of FILE.csv: all of them, or none when a line is wrong."""
    from casework.adapters.residents_csv import read_residents
    from casework.use_cases.import_residents import import_residents
    from server.composition import make_office

    chosen = settings()
    migrate_database(chosen.database_url)
    office, _ = make_office(chosen)
    done = import_residents(office, read_residents(file))
    click.echo(f"{done.added} added, {done.changed} changed, {done.same} as before.")


@main.group()
def demo() -> None:
    """The demo's clock and data."""
    if not settings().demo:
        raise click.ClickException("only the demo has these commands")


def check_is_demo(chosen: Settings) -> None:
    """Raises NotADemo or SettingsError when the database, or what runs, is not the demo's."""
    if not chosen.own_demo and not is_demo(chosen.database_url):
        raise NotADemo
    try:
        # Only the demo serves this page.
        answer = httpx.get(f"{chosen.web_url}/demo/council", timeout=5.0, trust_env=False)
    except httpx.HTTPError:
        return
    if answer.status_code == 404:
        raise SettingsError(f"PORT: what runs on port {chosen.port} is not the demo")


@demo.command()
@click.argument("moment")
@in_words
def clock(moment: str) -> None:
    """Moves the demo's clock to MOMENT (2026-11-24T10:30, local time), or back with `real`."""
    from zoneinfo import ZoneInfo

    chosen = settings()
    check_is_demo(chosen)
    moved = DemoClock(chosen.clock_file)
    if moment == "real":
        moved.set(None)
        click.echo("The demo's clock shows real time.")
        return
    zone = ZoneInfo(load_council(chosen.council_dir).timezone)
    try:
        local = datetime.fromisoformat(moment)
    except ValueError:
        raise click.BadParameter("write a time such as 2026-11-24T10:30, or real") from None
    if local.tzinfo is None:
        local = local.replace(tzinfo=zone)
    moved.set(local)
    click.echo(f"The demo's clock shows {local:%A %d %B %Y, %H:%M}.")


@demo.command()
@in_words
def reset() -> None:
    """Empties the demo's database and puts its data back; refuses any other database."""
    from server.composition import make_office
    from server.demo_data import seed_demo

    chosen = settings()
    if chosen.own_demo:
        mark_as_demo(chosen.database_url, own=True)
    reset_database(chosen.database_url)
    office, _ = make_office(chosen)
    seed_demo(office, chosen.council_dir)
    click.echo("The demo's data is as it was at first.")


if __name__ == "__main__":
    main(prog_name="./civicline")
