"""The web chat on a real office, for photos and documents."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.evidence import EvidenceDesk
from casework.adapters.surroundings import RandomIdentifiers
from casework.domain.cases import Case
from casework.use_cases.issue_upload_link import issue_upload_link
from casework.use_cases.office import Office
from tests.casework.changes import fill
from tests.office import Talk, make_office
from tests.webchat.fakes import FakeAnnouncements, council, wording
from webchat.api import create_api
from webchat.pages import create_pages
from webchat.sample_site import create_sample_site
from webchat.widget.files import create_widget

BASE = "http://localhost"


@dataclass
class Site:
    """An app, its office, and one conversation in it."""

    app: Flask
    office: Office
    talk: Talk

    @property
    def case(self) -> Case:
        """The conversation's newest case."""
        with self.office.store.begin(reading=True) as work:
            whole = work.cases.of_conversation(self.talk.id)
        return [one for one in whole if one.parent_ref is None][-1]

    @property
    def received(self) -> list[Any]:
        with self.office.store.begin(reading=True) as work:
            return work.evidence.of_case(self.case.ref)

    def tells(self, service: str = "name_change", **other: str) -> Case:
        """Has the resident tell something to the end."""
        fill(self.talk, service, **other)
        self.talk.says("yes", "affirm")
        return self.case

    def link(self) -> str:
        """The path of a link for the case."""
        with self.office.store.begin() as work:
            return issue_upload_link(self.office, work, self.case).removeprefix(self.office.address)

    def send(
        self,
        data: bytes,
        name: str = "photo.jpg",
        *,
        token: str | None = None,
        talk: Talk | None = None,
        **form: str,
    ) -> TestResponse:
        """Sends a file by the API."""
        return self.app.test_client().post(
            f"/api/chat/sessions/{(talk or self.talk).id}/evidence",
            headers={"Authorization": f"Bearer {token or self.talk.token}"},
            data={"file": (io.BytesIO(data), name), **form},
        )

    def browser(self) -> FlaskClient:
        """A browser without script that is in the conversation."""
        client = self.app.test_client()
        client.set_cookie("civicline_chat", f"{self.talk.id}.{self.talk.token}", path="/chat")
        return client


def make_site() -> Site:
    office = make_office(ids=RandomIdentifiers())
    talk = Talk(office)
    ears, desk = FakeAnnouncements(), EvidenceDesk(office)
    app = Flask("site", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    words, shown = wording(), council()
    app.register_blueprint(create_api(talk.conversations, ears, shown, words, desk))
    app.register_blueprint(
        create_pages(
            talk.conversations, shown, words, secure_cookies=False, secret="s", evidence=desk
        )
    )
    app.register_blueprint(create_widget())
    app.register_blueprint(create_sample_site(shown, words, ""))
    return Site(app, office, talk)
