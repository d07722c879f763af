"""Calls that go nowhere: a fake of the carrier that remembers who is where."""

from __future__ import annotations

from itertools import count

from casework.domain.errors import SendingFailed


class ScriptedCalls:
    """Implements `CallHolding`. `over` are calls whose caller has hung up; `down` has the carrier
    refuse everything for now."""

    def __init__(self) -> None:
        self.ringing: dict[str, tuple[str, str, str]] = {}
        self.held: set[str] = set()
        self.brought_back: list[str] = []
        self.hung_up: list[str] = []
        self.over: set[str] = set()
        self.down = False
        self._numbers = count(1)

    def ring_agent(self, handoff_id: str, staff_id: str, phone: str) -> str:
        """The call rings until it is stopped."""
        self._reach()
        call = f"call-{next(self._numbers)}"
        self.ringing[call] = (handoff_id, staff_id, phone)
        return call

    def stop_ringing(self, call: str) -> None:
        """A call that is over stays so."""
        self._reach()
        self.ringing.pop(call, None)

    def bring_back(self, call_sid: str) -> bool:
        """Whoever is on hold is so no more."""
        self._reach()
        if call_sid in self.over:
            return False
        self.held.discard(call_sid)
        self.brought_back.append(call_sid)
        return True

    def hang_up(self, call_sid: str) -> None:
        """Ends it."""
        self._reach()
        self.over.add(call_sid)
        self.hung_up.append(call_sid)

    def hold(self, call_sid: str) -> bool:
        """Twice is as once."""
        self._reach()
        if call_sid not in self.over:
            self.held.add(call_sid)
        return call_sid not in self.over

    def resume(self, call_sid: str) -> bool:
        """Whoever is not on hold talks on."""
        self._reach()
        self.held.discard(call_sid)
        return call_sid not in self.over

    def _reach(self) -> None:
        if self.down:
            raise SendingFailed("down", again=True)
