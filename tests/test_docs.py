"""The documentation keeps its promises: settings, commands, paths, links and dependencies."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from server.cli import main

TOP = Path(__file__).resolve().parents[1]
DOCS = sorted([TOP / "README.md", TOP / "CHANGELOG.md", *(TOP / "docs").rglob("*.md")])
ADRS = sorted((TOP / "docs" / "adr").glob("*.md"))
ROOMS = (
    "actions api benchmarks bot casework connectors council data desk docs scripts server "
    "telephony tests webchat"
).split()
SCRIPTS = ["Makefile", "civicline", ".ci/run", "bot/rasa/build-encoder"]

OF_THE_SYSTEM = {"HOME", "PATH"}
"""Variables that every process has and that nobody sets for CivicLine."""

PASSED_ON = {"BENCH_DB"}
"""What a program of ours hands to one it starts."""

MADE = (
    "var",
    "models",
    ".venv",
    "bot/rasa/.venv",
    "bot/rasa/encoder",
    "telephony/browser/node_modules",
)
"""What setting up and running make; a fresh clone has none of it."""


def sources(suffix: str) -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((TOP / room).rglob(f"*{suffix}")):
            made = any(path.is_relative_to(TOP / folder) for folder in MADE)
            if path.is_file() and not made:
                yield path


def settings_read_in(tree: ast.AST) -> Iterator[str]:
    """Names given to `os.environ`, to `os.getenv` or to what is called `environment`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="get" | "getenv", value=held),
                args=[ast.Constant(value=str(name)), *_],
            ) if ast.unparse(held) in {"os", "os.environ", "environ", "environment"}:
                yield name
            case ast.Call(args=[ast.Name(id="environment"), ast.Constant(value=str(name)), *_]):
                yield name
            case ast.Subscript(value=held, slice=ast.Constant(value=str(name)), ctx=ast.Load()) if (
                ast.unparse(held) == "os.environ"
            ):
                yield name


def settings_read() -> set[str]:
    found: set[str] = set()
    for path in sources(".py"):
        if path != Path(__file__).resolve():
            found.update(settings_read_in(ast.parse(path.read_text(encoding="utf-8"))))
    for script in [*map(TOP.joinpath, SCRIPTS), *(TOP / "scripts").iterdir()]:
        # ${NAME:-default}: a plain $NAME may be a variable of the script's own.
        found.update(re.findall(r"\$\{([A-Z][A-Z0-9_]*):?-", script.read_text(encoding="utf-8")))
    # Settings are in capitals; a test may hand `environment` to "demo reset".
    return {name for name in found if name.isupper()} - OF_THE_SYSTEM - PASSED_ON


def first_cells(path: Path) -> list[str]:
    """What stands as code in the first cell of the tables of a page."""
    return re.findall(r"(?m)^\| `([^`]+)` \|", path.read_text(encoding="utf-8"))


def last_cells(path: Path) -> list[str]:
    """What stands as code in the last cell of the tables of a page."""
    return re.findall(r"(?m)\| `([^`]+)` \|$", path.read_text(encoding="utf-8"))


def code_of(path: Path) -> list[str]:
    """The pieces of code on a page: lines of blocks, and spans within sentences."""
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"(?ms)^ *```[a-z]*\n(.*?)^ *```", text)
    plain = re.sub(r"(?ms)^ *```.*?^ *```", "", text)
    return [line for block in blocks for line in block.splitlines()] + re.findall(
        r"`([^`\n]+)`", plain
    )


def anchors_of(path: Path) -> set[str]:
    """The anchors that code hosts make of a page's headings."""
    headings = re.findall(r"(?m)^#+ (.+)$", path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def known_to_cli(words: list[str]) -> bool:
    """Whether words name a command of the command line, down to the last group."""
    command: click.Command | None = main
    for word in words:
        if not isinstance(command, click.Group):
            return True
        command = command.commands.get(word)
        if command is None:
            return False
    return not isinstance(command, click.Group)


def page(path: Path) -> str:
    return str(path.relative_to(TOP))


def test_every_setting_read_is_documented_and_every_one_documented_is_read() -> None:
    documented = Counter(first_cells(TOP / "docs" / "settings.md"))

    assert set(documented) == settings_read()
    assert max(documented.values()) == 1


def test_every_direct_dependency_is_documented_and_no_other() -> None:
    asked: list[str] = ["uv"]
    for folder in (TOP, TOP / "bot" / "rasa"):
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
        asked += project["project"]["dependencies"]
        for group in project["project"]["optional-dependencies"].values():
            asked += group
        for group in project.get("dependency-groups", {}).values():
            asked += group
    weights = TOP / "bot" / "rasa" / "requirements-weights.txt"
    asked += re.findall(r"(?m)^[a-z][\w-]+", weights.read_text(encoding="utf-8"))
    speech = TOP / "requirements" / "speech.in"
    asked += re.findall(r"(?m)^[a-z][\w-]+", speech.read_text(encoding="utf-8"))
    names = {re.split(r"[\[<>=~! ;]", one)[0].lower() for one in asked}
    browser = TOP / "telephony" / "browser" / "package.json"
    names |= set(json.loads(browser.read_text(encoding="utf-8"))["dependencies"])

    assert set(first_cells(TOP / "docs" / "dependencies.md")) == names


def test_the_lock_of_an_agents_browser_has_hashes_and_no_addresses() -> None:
    lock = TOP / "telephony" / "browser" / "package-lock.json"
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    installed = {name: one for name, one in packages.items() if name}

    assert "node_modules/@twilio/voice-sdk" in installed
    assert [name for name, one in installed.items() if not one.get("integrity")] == []
    assert [name for name, one in installed.items() if "resolved" in one] == []


@pytest.mark.parametrize("path", DOCS, ids=page)
def test_commands_on_a_page_exist(path: Path) -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (TOP / "Makefile").read_text(encoding="utf-8")))
    missing = []
    for code in code_of(path):
        missing += [f"make {t}" for t in re.findall(r"\bmake ([a-z][a-z-]*)", code)]
        for words in re.findall(r"\./civicline((?: [a-z]+)+)", code):
            if not known_to_cli(words.split()):
                missing.append(f"./civicline{words}")

    assert [one for one in missing if one.removeprefix("make ") not in targets] == []


@pytest.mark.parametrize("path", DOCS, ids=page)
def test_paths_on_a_page_exist(path: Path) -> None:
    named = {code for code in code_of(path) if re.fullmatch(r"[a-z_]+/[\w./-]+", code)}
    ours = {one for one in named if one.split("/")[0] in ROOMS and not one.startswith(MADE)}

    assert sorted(one for one in ours if not (TOP / one).exists()) == []


@pytest.mark.parametrize("path", DOCS, ids=page)
def test_links_on_a_page_resolve(path: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = path.parent / file if file else path
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)

    assert broken == []


def test_pages_named_in_code_exist() -> None:
    named = {
        (page(path), mention)
        for path in [*sources(".py"), *sources(".yml"), *map(TOP.joinpath, SCRIPTS)]
        for mention in re.findall(r"docs/[\w/-]+\.md", path.read_text(encoding="utf-8"))
    }

    assert sorted(one for one in named if not (TOP / one[1]).exists()) == []


def test_decisions_are_numbered_once_and_say_their_number() -> None:
    numbers = Counter(path.name[:4] for path in ADRS)

    assert [number for number, count in numbers.items() if count > 1] == []
    for path in ADRS:
        assert path.name[:4] in path.read_text(encoding="utf-8").splitlines()[0], page(path)


def test_the_readme_can_be_read_in_one_sitting() -> None:
    assert len((TOP / "README.md").read_text(encoding="utf-8").splitlines()) < 150


def test_every_promise_of_the_phone_line_names_a_test_that_is_there() -> None:
    promises = last_cells(TOP / "docs" / "phone-line.md")

    assert len(promises) > 40
    for promise in promises:
        path, _, name = promise.partition("::")
        source = (TOP / path).read_text(encoding="utf-8")
        assert not name or f"\ndef {name}(" in source, promise
