"""Who is at the desk: two cookies.

One says, signed, who signed in. It holds a mark of their sign-in code's hash, so that a new code
ends every session begun with the old one. The other is a random key from which the token of every
form is made, so that no other site can post in their name.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from flask import request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from casework.domain.errors import NotFound
from casework.domain.staff import StaffMember
from casework.use_cases.office import Office
from desk.errors import FORM, Refused
from web.forms import FormKeys, set_cookie

SESSION = "civicline_desk"
KEY = "civicline_desk_form"
PATH = "/desk"
LASTS = 24 * 3600
"""Seconds. Over twenty hours, so that nobody loses what they are writing to a time limit
(WCAG 2.2, 2.2.1), and short enough that each day begins with signing in."""

_MARK = 16


@dataclass(frozen=True)
class SignedIn:
    """What the session cookie says."""

    staff_id: str
    mark: str


class Sessions:
    """Reads and sets the cookies. `secure` when the site is served over https."""

    def __init__(self, office: Office, *, secret: str, secure: bool) -> None:
        self._office = office
        self._secure = secure
        self.forms = FormKeys(KEY, purpose="desk form", path=PATH, secret=secret, secure=secure)
        self._signer = URLSafeTimedSerializer(secret, salt="desk session")

    def member(self) -> StaffMember | None:
        """Who is signed in at this browser, as the store has them now."""
        given = self._given()
        return None if given is None else self.still(given)

    def still(self, given: SignedIn) -> StaffMember | None:
        """The member, unless they were given a new code since."""
        try:
            with self._office.store.begin(reading=True) as work:
                member = work.staff.get(given.staff_id)
        except NotFound:
            return None
        return member if hmac.compare_digest(_mark(member), given.mark) else None

    def begin(self, answer: Response, member: StaffMember) -> None:
        value = self._signer.dumps({"staff": member.id, "mark": _mark(member)})
        value = value if isinstance(value, str) else value.decode()
        set_cookie(answer, SESSION, value, path=PATH, secure=self._secure)

    def end(self, answer: Response) -> None:
        answer.delete_cookie(SESSION, path=PATH, secure=self._secure, httponly=True, samesite="Lax")

    def check_form(self, member: StaffMember | None) -> None:
        """Raises Refused 403 unless the form was drawn for this browser and this member."""
        # Another member's forms do not work here: what is written goes out in a name.
        if not self.forms.fits(member.id if member else ""):
            raise Refused(403, FORM)

    def _given(self) -> SignedIn | None:
        try:
            said = self._signer.loads(request.cookies.get(SESSION, ""), max_age=LASTS)
        except BadSignature:
            return None
        return SignedIn(str(said["staff"]), str(said["mark"]))


def signed_in(member: StaffMember) -> SignedIn:
    """What a member's cookie says, for whoever checks again later."""
    return SignedIn(member.id, _mark(member))


def _mark(member: StaffMember) -> str:
    """Part of the code's hash: nobody can sign in with it."""
    return member.token_hash[:_MARK]
