"""The browser of the tests: one Chromium for the whole run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Playwright, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def _chromium(playwright: Playwright) -> Browser:
    """Chromium from PATH, else playwright's own. Raises Error when there is neither."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    if not Path(playwright.chromium.executable_path).exists():
        raise Error("no chromium in PATH and none installed by playwright")
    return playwright.chromium.launch(args=ARGUMENTS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Skips, saying why, when there is no browser; in CI that is a failure."""
    with sync_playwright() as playwright:
        try:
            found = _chromium(playwright)
        except Error as error:
            said = f"browser tests need Chromium: {error.message.splitlines()[0]}"
            if os.environ.get("CI") == "true":
                pytest.fail(said)
            pytest.skip(said)
        yield found
        found.close()
