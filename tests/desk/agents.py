"""People at the desk, residents who wait for them, and an app made of the desk alone."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from casework.adapters.event_hub import PollingEventHub
from casework.adapters.locks import InProcessLocks
from casework.domain.conversations import Channel
from casework.domain.handoffs import Handoff, HandoffReason
from casework.domain.staff import Availability, Role
from casework.use_cases.create_staff_token import create_staff_token
from casework.use_cases.office import Office
from desk.pages import create_desk
from tests.casework.desk import enqueue
from tests.office import Talk

STAFF = {
    "Sam Taylor": (Role.AGENT, ()),
    "Jo Okafor": (Role.AGENT, ()),
    "Robin Pengelly": (Role.SUPERVISOR, ()),
    "Bo Back": (Role.BACK_OFFICE, ("waste",)),
}


def people(office: Office) -> dict[str, str]:
    """Lets everybody in, and gives their sign-in codes by name."""
    codes = {name: create_staff_token(office, name, *about) for name, about in STAFF.items()}
    with office.store.begin() as work:
        for name in STAFF:
            member = work.staff.by_name(name)
            assert member is not None
            work.staff.save(replace(member, availability=Availability.AVAILABLE))
    return codes


def make_app(office: Office, **more: Any) -> Flask:
    """The desk, in which everybody may be chosen and a wrong code costs no time."""
    app = Flask("desk-test", static_folder=None)
    settings = {
        "secret": "for tests",
        "secure_cookies": False,
        "demo": list(STAFF),
        "pause": lambda _: None,
        **more,
    }
    hub = PollingEventHub(office.store, interval=0.02)  # type: ignore[arg-type]
    app.register_blueprint(create_desk(office, hub, InProcessLocks(), **settings))
    return app


class Residents:
    """Residents who begin to report a missed bin, and then wait for a person."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._numbers = count(1)

    def waits(
        self,
        words: str = "my recycling bin was missed on Friday",
        *,
        reason: HandoffReason = HandoffReason.ASKED,
        channel: Channel = Channel.WEB,
        **about: Any,
    ) -> tuple[Talk, Handoff]:
        talk = Talk(self.office, channel, **about)
        talk.says(words, "missed_bin")
        talk.says("14 Elm Road PL4 7AA")
        handoff = f"h{next(self._numbers)}"
        return talk, enqueue(talk, handoff, about="missed_bin", reason=reason)


class Agent:
    """Somebody at the desk without JavaScript."""

    def __init__(self, client: FlaskClient, name: str) -> None:
        self.client = client
        entrance = client.get("/desk/sign-in")
        form = {**hidden(entrance.text), "member": name}
        assert client.post("/desk/sign-in", data=form).status_code == 303

    def sees(self, path: str = "") -> str:
        """The words of a page."""
        return html.unescape(self.client.get(f"/desk{path}").text)

    def posts(self, path: str, page: str = "", **fields: str) -> Any:
        """Sends a form of a page, and follows."""
        form = {**self.form(page, path), **fields}
        return self.client.post(f"/desk{path}", data=form, follow_redirects=True)

    def form(self, page: str, path: str) -> dict[str, str]:
        """The hidden fields of a form on a page."""
        drawn = self.client.get(f"/desk{page}").text
        found = re.search(rf'<form[^>]*action="/desk{path}"[^>]*>(.*?)</form>', drawn, re.DOTALL)
        return hidden(found[1] if found else drawn)


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
