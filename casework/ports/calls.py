"""Moving telephone calls about, in no carrier's own words."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


class CallControl(Protocol):
    """Rings agents and moves callers. Every method raises SendingFailed when the carrier does not
    do it; none raises for a call that is over already."""

    def ring_agent(self, handoff_id: str, staff_id: str, phone: str) -> str:
        """Rings an agent (phone as E.164, or BROWSER) about a handoff; gives the carrier's id of
        that call."""
        ...

    def stop_ringing(self, call: str) -> None:
        """Ends a call to an agent's telephone."""
        ...

    def bring_back(self, call_sid: str) -> bool:
        """Takes a caller out of waiting, or out of talking, back to the dialogue. Whether there
        was still a call to move."""
        ...

    def hang_up(self, call_sid: str) -> None:
        """Ends a caller's call."""
        ...


@runtime_checkable
class CallHolding(CallControl, Protocol):
    """A carrier that can put a caller on hold as well."""

    def hold(self, call_sid: str) -> bool:
        """Has a caller who talks with an agent hear that they are on hold, and the agent nothing.
        Whether there was still a call to hold; holding twice is as once."""
        ...

    def resume(self, call_sid: str) -> bool:
        """Puts a caller on hold back to the agent. Whether there was still a call."""
        ...
