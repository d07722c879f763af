"""`/desk/phone`: the browser as the agent's telephone, in a window of its own.

A call ends with the page it is on, so it is on a page that nobody leaves for another.
"""

from __future__ import annotations

from flask import Response, jsonify, url_for
from werkzeug.wrappers import Response as Answer

from casework.domain.errors import NotAllowed
from casework.domain.handoffs import HandoffReason
from casework.ports.browser_phones import BrowserPhones
from casework.use_cases.browser_phone import BrowserPhone, give_phone_pass, read_browser_phone
from desk import labels
from desk.errors import Refused
from desk.frame import Frame, talks
from web.pages import policy


class BrowserPhonePages:
    """`phones` is None where calls cannot ring in a browser: then the page says so."""

    def __init__(self, frame: Frame, phones: BrowserPhones | None) -> None:
        self._frame = frame
        self._phones = phones

    def show(self) -> Answer:
        if not talks(self._frame.member):
            raise NotAllowed("no calls for this role")
        phones, chosen = self._phones, self._frame.member.rings_in_browser
        page = self._frame.draw("phone", phones=phones, chosen=chosen)
        if phones is not None and chosen:
            # What a line needs and no other page has: its carrier's hosts, and the caller's voice.
            allowed = policy(connect=phones.hosts, media=("'self'", "mediastream:"))
            page.headers["Content-Security-Policy"] = allowed
        return page

    def give_pass(self) -> Response:
        """What lets this browser be rung as the member signed in at it, and as nobody else."""
        if self._phones is None:
            raise Refused(404, labels.NO_BROWSER_PHONES)
        given = give_phone_pass(self._frame.office, self._phones, self._frame.member)
        return jsonify(token=given.token, seconds=given.seconds)

    def call(self) -> Response:
        """Whether this browser is to ring, and the call that this member is rung about or in."""
        phone = read_browser_phone(self._frame.office, self._frame.member)
        return jsonify(
            rests=None if phone.rests is None else phone.rests.value,
            call=_call(phone),
        )


def _call(phone: BrowserPhone) -> dict[str, object] | None:
    if phone.call is None or phone.state is None:
        return None
    handoff = phone.call.handoff
    return {
        "state": phone.state.value,
        "title": phone.call.title,
        "danger": handoff.reason is HandoffReason.DANGER,
        "address": url_for("desk.conversation", handoff=handoff.id),
    }
