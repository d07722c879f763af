"""`/api/staff/queue`: what the desk does with residents who wait, for other desks, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from flask import Response, g, jsonify

from api import reading, staff_json
from api.errors import Refused
from api.reading import Reader
from casework.domain.errors import FieldsMissing, Invalid, SendingFailed
from casework.domain.recordings import BY_AGENT, PauseReason
from casework.domain.staff import StaffMember
from casework.ports.calls import CallControl
from casework.use_cases.accept_handoff import accept_at_desk
from casework.use_cases.close_handoff import close_handoff
from casework.use_cases.fill_as_agent import fill_as_agent
from casework.use_cases.hand_back import hand_back
from casework.use_cases.keep_alive import keep_alive
from casework.use_cases.note_on_handoff import add_note
from casework.use_cases.office import Office
from casework.use_cases.open_as_agent import open_as_agent
from casework.use_cases.pass_on import pass_on
from casework.use_cases.pause_recording import (
    go_on_recording,
    pause_recording,
    refuse_recording,
)
from casework.use_cases.put_on_hold import put_on_hold, take_off_hold
from casework.use_cases.queue_rows import read_queue, read_row
from casework.use_cases.read_cases import read_case
from casework.use_cases.record_talk import record_as_agent
from casework.use_cases.reply_as_agent import reply_as_agent

Views = dict[str, Callable[..., Response]]


class Want(StrEnum):
    """What is wanted of the recording of a call."""

    BEGIN = "begin"
    PAUSE = "pause"
    GO_ON = "go_on"
    REFUSE = "refuse"


RECORDS: Mapping[Want, Callable[[Office, StaffMember, str], object]] = {
    Want.BEGIN: record_as_agent,
    Want.GO_ON: go_on_recording,
    Want.REFUSE: refuse_recording,
}


class QueueApi:
    """The calls under `/api/staff/queue`."""

    def __init__(self, office: Office, read: Reader, calls: CallControl | None) -> None:
        self._office = office
        self._calls = calls
        self._read = read

    @property
    def routes(self) -> list[tuple[str, Views]]:
        """Paths under `/api/staff`, each with its views by method."""
        one = "/queue/<handoff>"
        return [
            ("/queue", {"GET": self.queue}),
            (f"{one}/accept", {"POST": self.accept}),
            (f"{one}/messages", {"POST": self.say}),
            (f"{one}/notes", {"POST": self.note}),
            (f"{one}/fields", {"PATCH": self.fill}),
            (f"{one}/case", {"POST": self.open_case}),
            (f"{one}/hold", {"POST": self.hold}),
            (f"{one}/resume", {"POST": self.resume}),
            (f"{one}/recording", {"POST": self.record}),
            (f"{one}/pass-on", {"POST": self.pass_on}),
            (f"{one}/return", {"POST": self.give_back}),
            (f"{one}/close", {"POST": self.close}),
        ]

    def queue(self) -> Response:
        self._read.query()
        keep_alive(self._office, me())
        return jsonify([staff_json.queue_row(row) for row in read_queue(self._office, me())])

    def accept(self, handoff: str) -> Response:
        accept_at_desk(self._office, me(), self._id(handoff))
        return self._as_it_is(handoff)

    def say(self, handoff: str) -> Response:
        handoff_id = self._id(handoff)
        given = self._read.body("id", "text")
        message_id = self._read.message_id("id", given.get("id"))
        text = self._read.text("text", given.get("text"))
        said = reply_as_agent(self._office, me(), handoff_id, text, message_id)
        return jsonify(staff_json.message(said))

    def note(self, handoff: str) -> Response:
        handoff_id = self._id(handoff)
        given = self._read.body("text")
        add_note(self._office, me(), handoff_id, self._read.text("text", given.get("text")))
        return self._as_it_is(handoff)

    def fill(self, handoff: str) -> Response:
        handoff_id = self._id(handoff)
        given = self._read.body("field", "value")
        field = self._read.field("field", given.get("field"))
        value = self._read.text("value", given.get("value"))
        try:
            captured = fill_as_agent(self._office, me(), handoff_id, field, value)
        except Invalid:
            raise self._read.bad("value", "want_answer") from None
        return jsonify(staff_json.captured(captured))

    def open_case(self, handoff: str) -> Response:
        handoff_id = self._id(handoff)
        try:
            case = open_as_agent(self._office, me(), handoff_id)
        except FieldsMissing as error:
            raise Refused(409, "fields_missing", fields=", ".join(error.fields)) from None
        return jsonify(staff_json.case(read_case(self._office, me(), case.ref)))

    def hold(self, handoff: str) -> Response:
        put_on_hold(self._office, me(), self._id(handoff), self._calls)
        return self._as_it_is(handoff)

    def resume(self, handoff: str) -> Response:
        take_off_hold(self._office, me(), self._id(handoff), self._calls)
        return self._as_it_is(handoff)

    def record(self, handoff: str) -> Response:
        """Begins the recording of a call, pauses it, goes on with it, or ends it for good."""
        handoff_id = self._id(handoff)
        given = self._read.body("want", "why")
        want = self._read.one_of("want", given.get("want"), Want)
        try:
            if want is Want.PAUSE:
                why = PauseReason(self._read.known("why", given.get("why"), sorted(BY_AGENT)))
                pause_recording(self._office, me(), handoff_id, why)
            else:
                # Only a pause is for something.
                self._read.body("want")
                RECORDS[want](self._office, me(), handoff_id)
        except SendingFailed:
            raise Refused(502, "not_recorded_so") from None
        return self._as_it_is(handoff)

    def pass_on(self, handoff: str) -> Response:
        handoff_id = self._id(handoff)
        given = self._read.body("team", "note")
        team = self._read.known("team", given.get("team"), self._office.council.teams)
        note = self._read.text("note", given["note"]) if "note" in given else None
        pass_on(self._office, me(), handoff_id, team, note, self._calls)
        return self._as_it_is(handoff)

    def give_back(self, handoff: str) -> Response:
        hand_back(self._office, me(), self._id(handoff), self._calls)
        return self._as_it_is(handoff)

    def close(self, handoff: str) -> Response:
        close_handoff(self._office, me(), self._id(handoff), self._calls)
        return self._as_it_is(handoff)

    def _id(self, written: str) -> str:
        """The handoff asked for. Whoever asks is there: what they have stays theirs."""
        self._read.query()
        handoff_id = reading.record_id(written)
        keep_alive(self._office, me())
        return handoff_id

    def _as_it_is(self, handoff: str) -> Response:
        return jsonify(staff_json.handoff(read_row(self._office, me(), handoff)))


def me() -> StaffMember:
    """Who asks, as found by their token."""
    member: StaffMember = g.staff
    return member
