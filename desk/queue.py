"""`/desk`: my availability, who waits, and the conversations I have."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from casework.domain.conversations import Channel
from casework.domain.errors import Conflict
from casework.domain.handoffs import HandoffState
from casework.domain.staff import BROWSER, Availability
from casework.use_cases.accept_handoff import accept_at_desk
from casework.use_cases.keep_alive import keep_alive
from casework.use_cases.queue_rows import read_row
from casework.use_cases.update_staff import update_staff
from desk import reading
from desk.errors import Refused, refusal
from desk.frame import Frame, talks
from desk.rows import read_rows


class QueuePages:
    """The queue. Whoever does not talk to residents is led to the cases. `browsers` says that
    calls can ring in browsers."""

    def __init__(self, frame: Frame, browsers: bool) -> None:
        self._frame = frame
        self._browsers = browsers

    def show(self) -> Answer:
        if not talks(self._frame.member):
            return redirect(url_for("desk.cases"), 303)
        office = self._frame.office
        keep_alive(office, self._frame.member, office.clock.now())
        return self.draw()

    def home(self) -> Answer:
        """The address as browsers and people complete it."""
        return redirect(url_for("desk.queue"), 303)

    def fragment(self) -> Answer:
        """The part of the page that changes by itself."""
        return self._frame.draw("_queue", **self._rows())

    def draw(self, problem: Refused | None = None) -> Answer:
        watching = "watch" in request.args
        return self._frame.draw(
            "queue",
            problem,
            watching=watching,
            availabilities=Availability,
            browsers=self._browsers,
            **self._rows(),
        )

    def availability(self) -> Answer:
        wanted = reading.one_of("availability", Availability)
        update_staff(self._frame.office, self._frame.member, availability=wanted)
        return self._frame.to("queue", "availability")

    def phone(self) -> Answer:
        try:
            wanted = reading.phone(self._browsers)
            update_staff(self._frame.office, self._frame.member, phone=wanted)
        except Refused as problem:
            return self.draw(problem)
        if wanted == BROWSER:
            return self._frame.to("browser_phone", "browser_phone")
        return self._frame.to("queue", "phone")

    def accept(self, handoff: str) -> Answer:
        """Takes a conversation from the queue; whoever comes second hears who has it."""
        wanted = reading.record_id(handoff)
        try:
            accept_at_desk(self._frame.office, self._frame.member, wanted)
        except Conflict as error:
            return self.draw(self._lost(wanted) or refusal(error))
        return self._frame.to("conversation", "accepted", handoff=wanted)

    def _lost(self, handoff_id: str) -> Refused | None:
        row = read_row(self._frame.office, self._frame.member, handoff_id)
        if not row.handoff.is_open:
            return Refused(409, "This conversation no longer waits for a person.")
        if row.handoff.state is HandoffState.TAKEN and row.agent:
            return Refused(409, f"{row.agent} has taken this conversation.")
        if row.conversation.channel is Channel.VOICE:
            return Refused(409, "Calls are accepted on the phone: it rings by itself.")
        return None

    def _rows(self) -> dict[str, object]:
        return {"rows": read_rows(self._frame.office, self._frame.member)}
