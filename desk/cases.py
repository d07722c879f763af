"""`/desk/cases`: cases with filters, and one case with its history and what may be done to it."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from casework.domain.cases import CaseStatus
from casework.domain.errors import BadPart, Invalid, NotApplicable, NotFound, StatusNotAllowed
from casework.domain.redaction import redact_cards
from casework.domain.staff import Role
from casework.domain.transitions import OVER, next_words
from casework.use_cases.apply_change import Check, apply_change
from casework.use_cases.read_cases import MOST, CaseRecord, read_case, search_cases
from casework.use_cases.staff_permissions import decides
from casework.use_cases.tell_resident import Told
from casework.use_cases.update_case import CaseChange, update_case
from desk import labels, reading
from desk.errors import Refused, refusal
from desk.frame import LOCK_WAIT, Frame
from desk.view import case_fields

NOBODY = "-"
"""What the form sends for a case that nobody is to work."""


class CasePages:
    """Cases as this member may see them."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def index(self) -> Answer:
        office, member = self._frame.office, self._frame.member
        given = request.args.get("ref", "").strip()
        if given:
            return redirect(url_for("desk.case", ref=reading.case_ref(given)), 303)
        council = office.council
        teams = member.teams if member.role is Role.BACK_OFFICE else tuple(council.teams)
        status = reading.filter_word("status", CaseStatus)
        team = reading.filter_id("team", teams)
        service = reading.filter_id("service", council.services)
        mine = bool(request.args.get("mine"))
        rows = search_cases(
            office,
            member,
            status=status,
            team=team,
            service=service,
            assignee=member.name if mine else None,
        )
        services = sorted(
            (one for one in council.services.values() if one.uses), key=lambda one: one.title
        )
        return self._frame.draw(
            "cases",
            rows=rows,
            most=MOST,
            chosen={"status": status, "team": team, "service": service, "mine": mine},
            now=office.clock.now(),
            over=OVER,
            statuses=CaseStatus,
            teams=[council.teams[one] for one in teams if one in council.teams],
            services=services,
            assigns=decides(member),
        )

    def show(self, ref: str) -> Answer:
        ref = reading.case_ref(ref)
        try:
            return self._draw(ref)
        except NotFound:
            if self._frame.office.ids.is_reference(ref):
                raise
            raise Refused(404, labels.WRONG_DIGIT) from None

    def update(self, ref: str) -> Answer:
        ref = reading.case_ref(ref)
        try:
            told = self._update(ref)
        except (Refused, Invalid, BadPart, StatusNotAllowed) as error:
            return self._draw(ref, _why_not(error))
        values = {} if told is None else {"told": told.value}
        return self._frame.to("case", "updated", ref=ref, **values)

    def apply(self, ref: str) -> Answer:
        """Writes the change into the resident's record; a second click finds it written."""
        ref = reading.case_ref(ref)
        office, member = self._frame.office, self._frame.member
        try:
            note = reading.optional_text("check_note", "how you checked")
            number = reading.optional_text("account_ref", "the reference")
            checked = request.form.get("checked") == "yes" and note is not None
            check = Check(note or "", number) if checked else None
            with self._frame.locks.hold(f"desk case {ref}", LOCK_WAIT):
                if not read_case(office, member, ref).case.applied:
                    apply_change(office, member, ref, check)
        except (Refused, NotApplicable) as error:
            return self._draw(ref, _why_not(error))
        return self._frame.to("case", "applied", ref=ref)

    def _update(self, ref: str) -> Told | None:
        """Makes the change, unless this very form has been sent before."""
        office, member = self._frame.office, self._frame.member
        with self._frame.locks.hold(f"desk case {ref}", LOCK_WAIT):
            record = read_case(office, member, ref)
            change = self._change(record)
            if change == CaseChange():
                raise Refused(400, "Nothing to save: change or write something first.")
            if not self._repeated(record, change):
                return update_case(office, member, ref, change).told
        return None

    def _change(self, record: CaseRecord) -> CaseChange:
        status = reading.change("status", list(CaseStatus), _drawn("status"))
        joined = reading.optional_text("duplicate_of", "the reference")
        return CaseChange(
            status=None if status is None else CaseStatus(status),
            team=reading.change("team", self._frame.office.council.teams, _drawn("team")),
            note=reading.optional_text("note", "the note"),
            tell_resident=reading.optional_text("tell", "what to tell the resident"),
            assignee=_assignee(record),
            duplicate_of=None if joined is None else reading.case_ref(joined),
        )

    def _repeated(self, record: CaseRecord, change: CaseChange) -> bool:
        wanted = (
            CaseStatus.DUPLICATE if change.duplicate_of else change.status,
            change.team,
            None if change.note is None else redact_cards(change.note),
            None if change.tell_resident is None else redact_cards(change.tell_resident),
            change.assignee,
        )
        return any(
            one.by == self._frame.member.name
            and (one.status, one.team, one.note, one.told_resident, one.assignee) == wanted
            for one in record.case.history[reading.seen() :]
        )

    def _draw(self, ref: str, problem: Refused | None = None) -> Answer:
        office, member = self._frame.office, self._frame.member
        record = read_case(office, member, ref)
        status = record.case.status
        return self._frame.draw(
            "case",
            problem,
            record=record,
            case=record.case,
            fields=case_fields(office, record.case),
            wish=self._wish(record),
            written=request.form if problem else {},
            decides=decides(member),
            over=OVER,
            statuses=[status, *next_words(status)],
            teams=office.council.teams.values(),
            nobody=NOBODY,
            now=office.clock.now(),
        )

    def _wish(self, record: CaseRecord) -> str | None:
        """How they asked to be told, in words."""
        wish = record.contact.wish
        field = self._frame.office.council.fields.get("preference")
        option = None if field is None or wish is None else field.option(wish)
        return wish if option is None else option.label


def _drawn(name: str) -> str:
    """What a choice was when the form was drawn: colleagues may have changed it since."""
    return request.form.get(f"{name}_was", "")


def _assignee(record: CaseRecord) -> str | None:
    """Who is to work it; "" for nobody, None where it stays."""
    present = _drawn("assignee")
    chosen = reading.change("assignee", (NOBODY, *record.colleagues), present)
    return "" if chosen == NOBODY else chosen


def _why_not(error: Exception) -> Refused:
    """Why a case cannot be changed so, in the desk's words."""
    match error:
        case StatusNotAllowed():
            words = ", ".join(labels.STATUSES[word] for word in error.allowed)
            return Refused(409, f"The case cannot become that now. It can become: {words}.")
        case BadPart():
            return Refused(409, labels.UNFIT[error.part])
        case NotApplicable():
            return Refused(409, labels.NOT_APPLIED[error.reason])
    return refusal(error)
