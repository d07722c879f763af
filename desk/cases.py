"""`/desk/cases`: cases with filters, and one case with its history and what may be done to it."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from casework.domain.cases import CaseStatus
from casework.domain.errors import Invalid
from casework.domain.redaction import redact_cards
from casework.domain.staff import Role
from casework.use_cases.read_cases import MOST, CaseRecord, read_case, search_cases
from casework.use_cases.tell_resident import Told
from casework.use_cases.update_case import CaseChange, update_case
from desk import reading
from desk.errors import Refused, refusal
from desk.frame import LOCK_WAIT, Frame
from desk.view import case_fields


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
        services = sorted(
            (one for one in council.services.values() if one.uses), key=lambda one: one.title
        )
        return self._frame.draw(
            "cases",
            rows=search_cases(office, member, status=status, team=team, service=service),
            most=MOST,
            chosen={"status": status, "team": team, "service": service},
            now=office.clock.now(),
            statuses=CaseStatus,
            teams=[council.teams[one] for one in teams if one in council.teams],
            services=services,
        )

    def show(self, ref: str) -> Answer:
        return self._draw(reading.case_ref(ref))

    def update(self, ref: str) -> Answer:
        ref = reading.case_ref(ref)
        try:
            told = self._update(ref)
        except (Refused, Invalid) as error:
            return self._draw(ref, refusal(error))
        values = {} if told is None else {"told": told.value}
        return self._frame.to("case", "updated", ref=ref, **values)

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
        return CaseChange(
            status=None if status is None else CaseStatus(status),
            team=reading.change("team", self._frame.office.council.teams, _drawn("team")),
            note=reading.optional_text("note", "the note"),
            tell_resident=reading.optional_text("tell", "what to tell the resident"),
        )

    def _repeated(self, record: CaseRecord, change: CaseChange) -> bool:
        wanted = (
            change.status,
            change.team,
            None if change.note is None else redact_cards(change.note),
            None if change.tell_resident is None else redact_cards(change.tell_resident),
        )
        return any(
            one.by == self._frame.member.name
            and (one.status, one.team, one.note, one.told_resident) == wanted
            for one in record.case.history[reading.seen() :]
        )

    def _draw(self, ref: str, problem: Refused | None = None) -> Answer:
        office, member = self._frame.office, self._frame.member
        record = read_case(office, member, ref)
        return self._frame.draw(
            "case",
            problem,
            record=record,
            case=record.case,
            fields=case_fields(office, record.case),
            written=request.form if problem else {},
            decides=member.role is not Role.AGENT,
            statuses=CaseStatus,
            teams=office.council.teams.values(),
            now=office.clock.now(),
        )


def _drawn(name: str) -> str:
    """What a choice was when the form was drawn: colleagues may have changed it since."""
    return request.form.get(f"{name}_was", "")
