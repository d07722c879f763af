"""Signing in and out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from casework.domain.staff import Availability, StaffMember
from casework.use_cases.identify_staff import identify_staff
from casework.use_cases.update_staff import update_staff
from desk import reading
from desk.errors import Refused
from desk.frame import Frame, talks

PAUSE = 1.0
"""Seconds that a wrong code costs. Codes cannot be guessed; this keeps the noise down."""

WRONG = "Nobody has this sign-in code. A newer code may have been made for you since."


class SignInPages:
    """`demo` names the members who may be chosen without a code; `pause` waits some seconds."""

    def __init__(self, frame: Frame, demo: Sequence[str], pause: Callable[[float], None]) -> None:
        self._frame = frame
        self._demo = demo
        self._pause = pause

    def show(self) -> Answer:
        if g.desk_member is not None:
            return redirect(reading.next_page(), 303)
        return self._draw()

    def sign_in(self) -> Answer:
        member = self._chosen() if "member" in request.form else self._coded()
        if member is None:
            self._pause(PAUSE)
            return self._draw(Refused(403, WRONG))
        answer = redirect(reading.next_page(), 303)
        self._frame.sessions.begin(answer, member)
        return answer

    def sign_out(self) -> Answer:
        member = self._frame.member
        if talks(member) and member.availability is not Availability.AWAY:
            # Residents must not wait for somebody who has gone home.
            update_staff(self._frame.office, member, availability=Availability.AWAY)
        answer = redirect(url_for("desk.sign_in", done="signed_out"), 303)
        self._frame.sessions.end(answer)
        return answer

    def _coded(self) -> StaffMember | None:
        code = reading.code()
        return identify_staff(self._frame.office, code) if code else None

    def _chosen(self) -> StaffMember | None:
        name = request.form["member"]
        if name not in self._demo:
            return None
        with self._frame.office.store.begin(reading=True) as work:
            return work.staff.by_name(name)

    def _draw(self, problem: Refused | None = None) -> Answer:
        with self._frame.office.store.begin(reading=True) as work:
            found = [work.staff.by_name(name) for name in self._demo]
        members = [one for one in found if one is not None]
        return self._frame.draw("sign_in", problem, members=members, next=reading.next_page())
