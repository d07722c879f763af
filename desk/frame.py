"""What all pages of the desk have in common: who looks at them, and the frame they are drawn in."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any, cast

from flask import Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from casework.domain.staff import Role, StaffMember
from casework.ports.surroundings import Locks
from casework.use_cases.office import Office
from desk import labels, shown
from desk.errors import Refused
from desk.session import Sessions
from web import pages
from web.forms import turn

STATIC = Path(__file__).parent / "static"
LOCK_WAIT = 5.0
"""Seconds that a second click waits for the first."""

DONE = {
    "accepted": "You have this conversation now.",
    "sent": "Sent.",
    "noted": "The note is kept.",
    "filled": "The field is saved, and the resident was told.",
    "spoken": "The field is saved. Tell the caller what you wrote.",
    "opened": "The case is open, and the reference is in the conversation.",
    "held": "The caller is on hold, and hears that you will be back. You hear nothing.",
    "resumed": "You are talking with the caller again.",
    "recorded": "The call is being recorded.",
    "paused": "The recording is paused. Go on with it when you are done.",
    "unrecorded": "The recording is ended and will be deleted. This call is not recorded any more.",
    "recordings_deleted": "The recordings will be deleted within minutes.",
    "passed_on": "Passed on. They wait for somebody of that team, at the place they had.",
    "returned": "Handed back to the assistant.",
    "closed": "The conversation is closed.",
    "availability": "Your availability is saved.",
    "phone": "Your phone number is saved.",
    "browser_phone": "Calls ring on this page now, once you switch the phone on.",
    "updated": "The case is updated.",
    "applied": "The change is in the resident’s record. Before and after are in the history.",
    "evidence_asked": "The resident was asked for what is needed, with a link or in their chat.",
    "evidence_not_asked": "The resident was not asked.",
    "signed_out": "You are signed out, and away for the queue.",
}
"""What a redirect says on the page it leads to."""


class Frame:
    """Draws pages, and knows who is signed in."""

    def __init__(
        self, office: Office, sessions: Sessions, locks: Locks, texts_from: str = ""
    ) -> None:
        """`texts_from` is the number or name that texts go out from."""
        self.office = office
        self._texts_from = texts_from
        self.sessions = sessions
        self.locks = locks
        self._times = shown.Times(office.zone)

    @property
    def member(self) -> StaffMember:
        """Who is signed in; every page but signing in is reached by members only."""
        return cast(StaffMember, g.desk_member)

    def draw(self, name: str, problem: Refused | None = None, /, **more: object) -> Response:
        """A page, with `problem` at its top."""
        member: StaffMember | None = g.get("desk_member")
        forms = self.sessions.forms
        key = forms.key()
        page = render_template(
            f"desk/{name}.html",
            council=self.office.council,
            member=member,
            talks=member is not None and talks(member),
            form_token=forms.token(key, member.id if member else ""),
            problem=problem,
            done=[] if problem else self._done(),
            fresh=fresh,
            turn=turn(),
            shown=shown,
            labels=labels,
            times=self._times,
            texts_from=self._texts_from,
            asset=asset,
            **more,
        )
        answer = make_response(page, problem.status if problem else 200)
        forms.give(answer, key)
        return answer

    def to(self, endpoint: str, done: str, **values: str) -> Answer:
        """Leads on to a page that says what was done: a reload repeats nothing."""
        query: dict[str, Any] = {"done": done, **values}
        return redirect(url_for(f"desk.{endpoint}", _anchor="notice", **query), 303)

    def _done(self) -> list[str]:
        said = [
            DONE.get(request.args.get("done", "")),
            labels.TOLD.get(request.args.get("told", "")),
        ]
        return [one for one in said if one]


def talks(member: StaffMember) -> bool:
    """Whether conversations are this member's work."""
    return member.role is not Role.BACK_OFFICE


def fresh() -> str:
    """An id for a form."""
    return secrets.token_urlsafe(16)


def asset(name: str) -> str:
    """The address of a static file; it changes with the content."""
    return pages.asset("desk.static", STATIC, name)
