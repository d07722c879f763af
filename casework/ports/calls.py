"""Moving telephone calls about, in no carrier's own words."""

from __future__ import annotations

from typing import Protocol


class CallControl(Protocol):
    """Rings agents and moves callers. Every method raises SendingFailed when the carrier does not
    do it; none raises for a call that is over already."""

    def ring_agent(self, handoff_id: str, staff_id: str, phone: str) -> str:
        """Rings an agent (phone as E.164) about a handoff; gives the carrier's id of that call."""
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
