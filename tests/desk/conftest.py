from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from casework.use_cases.office import Office
from tests.desk.agents import Agent, Residents, make_app, people
from tests.office import make_office
from tests.webchat.conftest import serve


@pytest.fixture
def office() -> Office:
    """An office with two agents, a supervisor and a member of the back office."""
    office = make_office()
    people(office)
    return office


@pytest.fixture
def residents(office: Office) -> Residents:
    return Residents(office)


@pytest.fixture
def app(office: Office) -> Flask:
    return make_app(office)


@pytest.fixture
def signed_in(app: Flask) -> Callable[[str], Agent]:
    """Signs somebody in by name, each in a browser of their own."""
    return lambda name: Agent(app.test_client(), name)


@pytest.fixture
def sam(signed_in: Callable[[str], Agent]) -> Agent:
    return signed_in("Sam Taylor")


@pytest.fixture
def jo(signed_in: Callable[[str], Agent]) -> Agent:
    return signed_in("Jo Okafor")


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the running desk."""
    yield from serve(app)


@pytest.fixture
def at_desk(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens the desk as a member of staff, in a browser of their own."""
    contexts: list[BrowserContext] = []

    def open_desk(name: str, width: int = 1280, height: int = 900, **more: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="en-GB",
            **more,  # type: ignore[arg-type]
        )
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site}/desk")
        page.get_by_role("button", name=name).click()
        return page

    yield open_desk
    for context in contexts:
        context.close()
