"""The scripts on machines that lack something, with stand-ins for what they call."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.office import TOP

NO_VENV = """
case "$*" in
    "-c import sys; sys.exit"*) exit 0 ;;
    "-c import sys; print"*) echo "$0" ;;
    "-m venv"*) mkdir -p "$3/bin"; echo "ensurepip is not available"; exit 1 ;;
    "-m pip --version") exit {has_pip} ;;
    "-m pip install"*) mkdir -p .tools/uv/bin; echo "exit 0" >.tools/uv/bin/uv
        chmod +x .tools/uv/bin/uv; echo "$*" >.tools/asked ;;
esac
"""
"""Debian's Python without its package python3-venv."""

NEEDED = "bash cat chmod cksum date dirname mkdir rm sed tail timeout tr touch".split()


def program(folder: Path, name: str, says: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/usr/bin/env bash\n{says}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with what the scripts themselves read, and only a few programs in PATH."""
    top = tmp_path / "top"
    shutil.copytree(TOP / "scripts", top / "scripts")
    shutil.copytree(TOP / "requirements", top / "requirements")
    for lock in ("requirements.txt", "requirements-test.txt"):
        (top / "bot" / "rasa").mkdir(parents=True, exist_ok=True)
        (top / "bot" / "rasa" / lock).write_text("", encoding="utf-8")
    program(top / "bot" / "rasa", "build-encoder", "echo built")
    (top / "telephony" / "browser").mkdir(parents=True)
    (top / "telephony" / "browser" / "package-lock.json").write_text("{}", encoding="utf-8")
    for needed in NEEDED:
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / needed).symlink_to(str(shutil.which(needed)))
    (tmp_path / "bin" / "env").symlink_to("/usr/bin/env")
    return top


def run(top: Path, script: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    path = str(top.parent / "bin")
    return subprocess.run(
        [f"scripts/{script}", *words],
        cwd=top,
        env={"PATH": path, "HOME": str(top.parent), **more},
        capture_output=True,
        text=True,
    )


def test_a_python_without_venv_still_gets_uv(checkout: Path) -> None:
    python = program(checkout.parent, "python", NO_VENV.format(has_pip=0))
    done = run(checkout, "setup", PYTHON=str(python))
    asked = (checkout / ".tools" / "asked").read_text(encoding="utf-8")
    assert "--require-hashes --target" in asked
    assert (checkout / ".tools" / "uv" / "bin" / "uv").exists(), done.stderr


def test_a_python_with_neither_venv_nor_pip_is_told_which_package_to_install(
    checkout: Path,
) -> None:
    python = program(checkout.parent, "python", NO_VENV.format(has_pip=1))
    done = run(checkout, "setup", PYTHON=str(python))
    assert done.returncode == 1
    assert "Install Debian's package python3-venv" in done.stderr


def test_without_a_python_the_versions_that_fit_are_named(checkout: Path) -> None:
    done = run(checkout, "setup")
    assert done.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr


def test_the_log_is_of_this_run_and_keeps_all_of_it(checkout: Path) -> None:
    (checkout / ".tools").mkdir()
    (checkout / ".tools" / "setup.log").write_text("of last time\n", encoding="utf-8")
    makes = 'if [ "$1" = venv ]; then mkdir -p "$5/bin"; fi; echo "uv $1"'
    uv = program(checkout.parent, "my-uv", makes)
    done = run(checkout, "setup", UV=str(uv))
    assert done.returncode == 0, done.stderr
    log = (checkout / ".tools" / "setup.log").read_text(encoding="utf-8")
    assert log.split("\n") == ["uv venv", "uv pip", "uv venv", "uv pip", "built", ""]


@pytest.mark.parametrize(("works", "installs"), [("echo Chromium 1", False), ("exit 1", True)])
def test_a_browser_counts_only_when_it_runs(checkout: Path, works: str, installs: bool) -> None:
    program(checkout.parent / "bin", "chromium-browser", works)
    program(checkout / ".venv" / "bin", "python", 'echo "$*" >>asked; exit 1')
    done = run(checkout, "browser")
    assert done.returncode == 0
    assert ("installing a browser" in done.stderr) is installs


MAKES = 'if [ "$1" = venv ]; then mkdir -p "$5/bin"; fi'


def test_what_rings_a_browser_is_installed_only_where_it_is_switched_on(checkout: Path) -> None:
    uv = str(program(checkout.parent, "my-uv", MAKES))
    npm = 'echo "$*" >>asked; mkdir -p "$3/node_modules"'
    program(checkout.parent / "bin", "npm", npm)
    assert run(checkout, "setup", "app", UV=uv).returncode == 0
    assert not (checkout / "asked").exists()
    for _ in range(2):
        done = run(checkout, "setup", "app", UV=uv, TWILIO_API_KEY_SID="SK1")
        assert done.returncode == 0, done.stderr
    asked = (checkout / "asked").read_text(encoding="utf-8")
    assert asked == "ci --prefix telephony/browser --ignore-scripts --no-audit --no-fund\n"


def test_without_npm_only_calls_in_the_browser_are_missed(checkout: Path) -> None:
    uv = str(program(checkout.parent, "my-uv", MAKES))
    done = run(checkout, "setup", "app", UV=uv, TWILIO_API_KEY_SID="SK1")
    assert done.returncode == 1
    assert "Install Node.js with npm" in done.stderr
    assert run(checkout, "setup", "dev", UV=uv).returncode == 0
