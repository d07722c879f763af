"""An agent's telephone in the browser: it rings when a caller is to be put through."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response, jsonify, request

from casework.domain.staff import Role, StaffMember
from casework.use_cases.office import Office
from telephony.simulator import reading
from telephony.simulator.carrier import HandsetAct, Handsets, NotListening
from telephony.simulator.reading import Refused

NOTHING = "That cannot be done with this telephone now."


class HandsetPages:
    """What the page shows and calls."""

    def __init__(self, handsets: Handsets, office: Office) -> None:
        self._handsets = handsets
        self._office = office

    def agents(self) -> list[StaffMember]:
        """Whose telephone can be rung. Whoever has the browser ring is rung at the desk."""
        with self._office.store.begin(reading=True) as work:
            found = work.staff.all()
        return [one for one in found if _has_telephone(one)]

    def state(self) -> Response:
        """A telephone as it is now."""
        number = reading.telephone(request.args.get("number"))
        return jsonify(asdict(self._handsets.look(number)))

    def act(self) -> Response:
        """Something is done with a telephone."""
        given = reading.body()
        number, key = reading.telephone(given.get("number")), given.get("key", "")
        if given.get("act") not in list(HandsetAct):
            raise Refused(400, "act", f"Send one of {', '.join(HandsetAct)}.")
        if not isinstance(key, str) or (key and not reading.KEYS.fullmatch(key)):
            raise Refused(400, "act", "A keypad has the keys 0 to 9, * and #.")
        act = HandsetAct(given["act"])
        if act is HandsetAct.KEY and not key:
            raise Refused(400, "act", "Press a key.")
        try:
            return jsonify(asdict(self._handsets.act(number, act, key)))
        except NotListening:
            raise Refused(409, "nothing", NOTHING) from None


def _has_telephone(member: StaffMember) -> bool:
    return (
        bool(member.phone) and not member.rings_in_browser and member.role is not Role.BACK_OFFICE
    )
