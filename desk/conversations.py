"""`/desk/conversations/<handoff>`: all that is known of a conversation, and what can be done."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response as Answer

from casework.domain.conversations import Channel
from casework.domain.errors import Conflict, FieldsMissing, Invalid, SendingFailed
from casework.domain.handoffs import HandoffState
from casework.domain.recordings import PauseReason
from casework.domain.redaction import redact_cards
from casework.ports.calls import CallControl
from casework.use_cases.close_handoff import close_handoff
from casework.use_cases.fill_as_agent import fill_as_agent
from casework.use_cases.hand_back import hand_back
from casework.use_cases.keep_alive import keep_alive
from casework.use_cases.note_on_handoff import add_note
from casework.use_cases.open_as_agent import open_as_agent
from casework.use_cases.pass_on import pass_on, teams_there
from casework.use_cases.pause_recording import (
    go_on_recording,
    pause_recording,
    refuse_recording,
)
from casework.use_cases.put_on_hold import can_hold, put_on_hold, take_off_hold
from casework.use_cases.queue_rows import read_row
from casework.use_cases.read_context import read_context
from casework.use_cases.record_talk import record_as_agent
from casework.use_cases.reply_as_agent import reply_as_agent
from casework.use_cases.staff_permissions import hears_recordings
from desk import reading
from desk.errors import Refused, refusal
from desk.frame import LOCK_WAIT, Frame
from desk.rows import count_waiting
from desk.view import view_of
from web.forms import message_id

UNREAD = {
    "": "This could not be read as a value of this field. Nothing was changed.",
    "several": "This could mean more than one thing. Write it in full, such as an address with "
    "its postcode. Nothing was changed.",
}
"""Why a field was not filled, by the reader's reason."""


NOT_HELD = "The telephone carrier did not do this. The caller still hears what they heard before."


UNCONFIRMED = (
    "The telephone carrier did not confirm this. Look below how the recording stands. "
    "As long as it may go on, take no card, bank or identity details."
)
NOT_POSSIBLE = "This was not done: look below how the recording stands now."

PAUSES = {"pause_identity": PauseReason.IDENTITY, "pause_payment": PauseReason.PAYMENT}


class ConversationPages:
    """A conversation and the forms on it. A form answers with a redirect, so that a reload
    repeats nothing; a refused one draws the page again with what was written still there."""

    def __init__(self, frame: Frame, calls: CallControl | None) -> None:
        self._frame = frame
        self._calls = calls

    def show(self, handoff: str) -> Answer:
        wanted = reading.record_id(handoff)
        office = self._frame.office
        keep_alive(office, self._frame.member, office.clock.now())
        return self._draw("conversation", wanted)

    def fragment(self, handoff: str) -> Answer:
        """The part of the page that changes by itself."""
        return self._draw("_conversation", reading.record_id(handoff))

    def reply(self, handoff: str) -> Answer:
        wanted = reading.record_id(handoff)
        try:
            text = reading.text("text", "a reply")
            reply_as_agent(self._frame.office, self._frame.member, wanted, text, message_id(text))
        except (Refused, Invalid, Conflict) as error:
            return self._refuse(wanted, self._unsent(wanted, error))
        return self._frame.to("conversation", "sent", handoff=wanted)

    def note(self, handoff: str) -> Answer:
        wanted = reading.record_id(handoff)
        try:
            self._note(wanted, reading.text("note", "a note"))
        except (Refused, Invalid, Conflict) as error:
            return self._refuse(wanted, error)
        return self._frame.to("conversation", "noted", handoff=wanted)

    def fill(self, handoff: str) -> Answer:
        wanted = reading.record_id(handoff)
        try:
            field, text = reading.field_id(), reading.text("value", "a value")
            fill_as_agent(self._frame.office, self._frame.member, wanted, field, text)
        except Invalid as error:
            return self._refuse(wanted, Refused(400, UNREAD.get(str(error), UNREAD[""])))
        except (Refused, Conflict) as error:
            return self._refuse(wanted, error)
        row = read_row(self._frame.office, self._frame.member, wanted)
        spoken = row.conversation.channel is Channel.VOICE
        return self._frame.to("conversation", "spoken" if spoken else "filled", handoff=wanted)

    def open_case(self, handoff: str) -> Answer:
        """Opens the case that the resident has agreed to."""
        wanted = reading.record_id(handoff)
        try:
            open_as_agent(self._frame.office, self._frame.member, wanted)
        except FieldsMissing as error:
            return self._refuse(wanted, self._still_needed(error))
        except Conflict as error:
            return self._refuse(wanted, error)
        return self._frame.to("conversation", "opened", handoff=wanted)

    def hand_back(self, handoff: str) -> Answer:
        wanted = reading.record_id(handoff)
        try:
            hand_back(self._frame.office, self._frame.member, wanted, self._calls)
        except (Invalid, Conflict, SendingFailed) as error:
            return self._refuse(wanted, self._unended(wanted, error))
        return self._frame.to("queue", "returned")

    def hold(self, handoff: str) -> Answer:
        """Puts the caller on hold, or takes them off it."""
        wanted = reading.record_id(handoff)
        held = request.form.get("hold") == "yes"
        move = put_on_hold if held else take_off_hold
        try:
            move(self._frame.office, self._frame.member, wanted, self._calls)
        except Conflict as error:
            return self._refuse(wanted, error)
        except SendingFailed:
            return self._refuse(wanted, Refused(502, NOT_HELD))
        return self._frame.to("conversation", "held" if held else "resumed", handoff=wanted)

    def record(self, handoff: str) -> Answer:
        """Begins the recording of the call, pauses it, goes on with it, or ends it for good."""
        wanted = reading.record_id(handoff)
        office, member = self._frame.office, self._frame.member
        do = reading.chosen("do", (*PAUSES, "begin", "go_on", "refuse"))
        try:
            if do in PAUSES:
                pause_recording(office, member, wanted, PAUSES[do])
            elif do == "refuse":
                refuse_recording(office, member, wanted)
            else:
                (record_as_agent if do == "begin" else go_on_recording)(office, member, wanted)
        except Conflict:
            return self._refuse(wanted, Refused(409, NOT_POSSIBLE))
        except SendingFailed:
            return self._refuse(wanted, Refused(502, UNCONFIRMED))
        done = "paused" if do in PAUSES else "unrecorded" if do == "refuse" else "recorded"
        return self._frame.to("conversation", done, handoff=wanted)

    def pass_on(self, handoff: str) -> Answer:
        """Passes the conversation on to another team's people."""
        wanted = reading.record_id(handoff)
        office, member = self._frame.office, self._frame.member
        try:
            team = reading.chosen("team", office.council.teams)
            note = reading.optional_text("note", "the note")
            pass_on(office, member, wanted, team, note, self._calls)
        except (Refused, Invalid, Conflict, SendingFailed) as error:
            return self._refuse(wanted, error)
        return self._frame.to("queue", "passed_on")

    def close(self, handoff: str) -> Answer:
        wanted = reading.record_id(handoff)
        try:
            close_handoff(self._frame.office, self._frame.member, wanted, self._calls)
        except (Invalid, Conflict, SendingFailed) as error:
            return self._refuse(wanted, self._unended(wanted, error))
        return self._frame.to("queue", "closed")

    def _still_needed(self, error: FieldsMissing) -> Refused:
        fields = self._frame.office.council.fields
        labels = [fields[name].label if name in fields else name for name in error.fields]
        return Refused(400, f"The case is not open yet. Fill in first: {', '.join(labels)}.")

    def _note(self, handoff_id: str, text: str) -> None:
        """Keeps a note, unless this very form has been sent before."""
        office, member = self._frame.office, self._frame.member
        with self._frame.locks.hold(f"desk note {handoff_id}", LOCK_WAIT):
            with office.store.begin(reading=True) as work:
                notes = work.handoffs.get(handoff_id).notes[reading.seen() :]
            kept = redact_cards(text)
            if not any(one.by == member.name and one.text == kept for one in notes):
                add_note(office, member, handoff_id, text)

    def _unsent(self, handoff_id: str, error: Exception) -> Exception:
        """What became of a conversation while a reply to it was written."""
        if not isinstance(error, Conflict):
            return error
        row = read_row(self._frame.office, self._frame.member, handoff_id)
        mine = row.handoff.agent == self._frame.member.id
        if mine and row.conversation.channel is Channel.VOICE:
            return Refused(409, "This is a call: talk on the phone.")
        if mine and row.handoff.state is HandoffState.TAKEN:
            return Refused(409, "This number takes no texts, so the reply was not sent.")
        who = f"{row.agent} has it now" if row.agent and not mine else "you no longer have it"
        return Refused(409, f"Your reply was not sent: {who}.")

    def _unended(self, handoff_id: str, error: Exception) -> Exception:
        """What became of a call that was to be handed back or closed."""
        row = read_row(self._frame.office, self._frame.member, handoff_id)
        mine = row.handoff.agent == self._frame.member.id and not row.handoff.is_open
        if isinstance(error, Conflict) and mine and row.conversation.channel is Channel.VOICE:
            return Refused(
                409, "The call is over: the caller has hung up, or is with the assistant again."
            )
        return error

    def _refuse(self, handoff_id: str, error: Exception) -> Answer:
        return self._draw("conversation", handoff_id, refusal(error))

    def _draw(self, template: str, handoff_id: str, problem: Refused | None = None) -> Answer:
        office, member = self._frame.office, self._frame.member
        context = read_context(office, member, handoff_id)
        with office.store.begin(reading=True) as work:
            there = teams_there(office, work, member, context.conversation.channel)
        return self._frame.draw(
            template,
            problem,
            view=view_of(office, member, context),
            written=request.form if problem else {},
            count=count_waiting(office),
            now=office.clock.now(),
            listens=hears_recordings(member),
            holds=can_hold(context.conversation, context.handoff, self._calls),
            teams=[office.council.teams[team] for team in there],
            watching="watch" in request.args,
        )
