"""Reading what a client of the staff API sent: everything is checked here, nothing further in.

Every refusal names the parameter or key and says what to write instead. What was written is
never repeated: it may be a resident's number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from flask import request

from api.errors import Refused
from web import reading as sent
from web.reading import MAX_BODY

MAX_TEXT = 2000
"""Characters of a note or of what a resident is told."""

_NAME = re.compile(r"[A-Za-z0-9_]{1,40}")
_TOKEN = re.compile(r"[\x21-\x7e]{1,200}")
_CALL_SID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,63}")
_REF = re.compile(r"[0-9]{8}")
_SEPARATORS = re.compile(r"[ ().-]")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}|0[1-9][0-9]{8,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]{1,6})?[0-9]*"
    r"(Z|[+-][0-9]{2}:[0-9]{2})",
    re.IGNORECASE,
)

Word = TypeVar("Word", bound=StrEnum)


class Reader:
    """Reads one request; `words` are those of `council/api.yml`."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def query(self, *known: str) -> dict[str, str]:
        """The parameters of the address that say something.

        Raises Refused 400 for one that is unknown: a filter misspelt would show everything.
        """
        given = {}
        for name, values in request.args.lists():
            if name not in known:
                raise self._unknown("unknown_parameter", name, known)
            if len(values) > 1:
                raise self.bad(name, "want_once")
            if values[0]:
                given[name] = values[0]
        return given

    def body(self, *known: str) -> dict[str, Any]:
        """The JSON object sent. Raises Refused 400 unless it has a known key and no other."""
        request.max_content_length = MAX_BODY
        given = sent.json_object(request.get_data())
        if given is None:
            raise Refused(400, "malformed")
        for name in given:
            if name not in known:
                raise self._unknown("unknown_key", name, known)
        if not given:
            raise Refused(400, "nothing_set", known=", ".join(known))
        return given

    def optional_body(self, *known: str) -> dict[str, Any]:
        """As `body`; nothing sent, or an empty object, is nothing given."""
        request.max_content_length = MAX_BODY
        if re.fullmatch(rb"\s*(\{\s*\})?\s*", request.get_data()):
            return {}
        return self.body(*known)

    def flag(self, name: str, value: Any) -> bool:
        """True or false."""
        if not isinstance(value, bool):
            raise self.bad(name, "want_true_or_false")
        return value

    def reference(self, name: str, value: Any) -> str:
        """A case reference, as people write it."""
        compact = re.sub(r"[\s-]", "", value) if isinstance(value, str) else ""
        if not _REF.fullmatch(compact):
            raise self.bad(name, "want_case_ref")
        return compact

    def one_of(self, name: str, value: Any, known: type[Word]) -> Word:
        """A word of a fixed set."""
        return known(self.known(name, value, [word.value for word in known]))

    def known(self, name: str, value: Any, known: Collection[str]) -> str:
        """An id of the council's book."""
        if not isinstance(value, str) or value not in known:
            raise self.bad(name, "want_one_of", known=", ".join(known))
        return value

    def text(self, name: str, value: Any) -> str:
        """Words of a person, without control characters, which no store takes."""
        if not isinstance(value, str) or len(value) > MAX_TEXT:
            raise self.bad(name, "want_text")
        text = sent.clean(value).strip()
        if not text:
            raise self.bad(name, "want_text")
        return text

    def phone(self, name: str, value: Any, wanted: str = "want_phone") -> str:
        """A phone number in E.164; one without a country is British."""
        if not isinstance(value, str) or len(value) > 40:
            raise self.bad(name, wanted)
        # A plus sign that an address does not escape arrives as a space.
        digits = re.sub(r"^ (?=[1-9])", "+", value)
        digits = re.sub(r"^00", "+", _SEPARATORS.sub("", digits))
        if not _PHONE.fullmatch(digits):
            raise self.bad(name, wanted)
        return "+44" + digits[1:] if digits.startswith("0") else digits

    def call_sid(self, name: str, value: str) -> str:
        """A call's id at the phone company."""
        if not _CALL_SID.fullmatch(value):
            raise self.bad(name, "want_call_sid")
        return value

    def message_id(self, name: str, value: Any) -> str:
        """The id that a client gives its message."""
        if not isinstance(value, str) or not _ID.fullmatch(value):
            raise self.bad(name, "want_id")
        return value

    def field(self, name: str, value: Any) -> str:
        """The id of a field of the catalogue, whatever form it is in."""
        if not isinstance(value, str) or not _FIELD.fullmatch(value):
            raise self.bad(name, "want_field")
        return value

    def moment(self, name: str, value: str) -> datetime:
        """RFC 3339, in UTC; digits beyond microseconds are dropped."""
        # A plus sign that an address does not escape arrives as a space.
        parts = _MOMENT.fullmatch(re.sub(r" (?=[0-9]{2}:[0-9]{2}$)", "+", value))
        if parts is None:
            raise self.bad(name, "want_moment")
        day, time, fraction, zone = parts.groups()
        # RFC 3339 knows leap seconds, Python does not.
        time = re.sub(":60$", ":59", time)
        try:
            at = datetime.fromisoformat(f"{day}T{time}{fraction or ''}{zone.upper()}")
            return at.astimezone(UTC)
        except (ValueError, OverflowError):
            raise self.bad(name, "want_moment") from None

    def moment_or_day(self, name: str, value: str) -> datetime | date:
        """RFC 3339 in UTC, or a day of the council's calendar, 2026-11-24."""
        if not _DAY.fullmatch(value):
            try:
                return self.moment(name, value)
            except Refused:
                raise self.bad(name, "want_moment_or_day") from None
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.bad(name, "want_moment_or_day") from None

    def bad(self, name: str, wanted: str, **values: str) -> Refused:
        """The refusal of a value: what it was for, and what to write."""
        return Refused(400, "bad_value", name=name, wanted=self._words[wanted].format_map(values))

    def _unknown(self, code: str, name: str, known: Iterable[str]) -> Refused:
        shown = name if _NAME.fullmatch(name) else self._words["unnamed"]
        return Refused(400, code, name=shown, known=", ".join(known))


def bearer() -> str:
    """The token of the request. Raises Refused 401, with the header that says how to send one."""
    token = sent.bearer()
    if not token:
        raise Refused(401, "unauthorised", {"WWW-Authenticate": 'Bearer realm="staff"'})
    if not _TOKEN.fullmatch(token):
        raise bad_token()
    return token


def bad_token() -> Refused:
    """The refusal of a token that nobody has (RFC 6750, section 3.1)."""
    challenge = 'Bearer realm="staff", error="invalid_token"'
    return Refused(401, "bad_token", {"WWW-Authenticate": challenge})


def case_ref(written: str) -> str:
    """A reference as people write it, "4829 1573" or "4829-1573". Raises Refused 404."""
    ref = re.sub(r"[\s-]", "", written)
    if not _REF.fullmatch(ref):
        raise Refused(404, "not_found")
    return ref


def record_id(written: str) -> str:
    """The id of a conversation or a handoff as written in the address. Raises Refused 404 when it
    cannot be one."""
    if not _ID.fullmatch(written):
        raise Refused(404, "not_found")
    return written
