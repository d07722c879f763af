"""The browser as an agent's telephone in the demo: rung by the demo's stand-in for Twilio.

Nobody's voice goes anywhere: what the line says is written on the page.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from casework.ports.browser_phones import PhonePass
from telephony.browser_phones import LASTS, client_of

LINE = Path(__file__).parent / "static" / "line.js"


class SimulatedBrowserPhones:
    """Implements `BrowserPhones`. The pass is the address of the browser itself: whoever is at the
    demo may be anybody there."""

    hosts: tuple[str, ...] = ()

    def __init__(self) -> None:
        mark = hashlib.sha256(LINE.read_bytes()).hexdigest()[:12]
        self.script = f"/demo/static/line.js?v={mark}"

    def give_pass(self, staff_id: str) -> PhonePass:
        """The same each time."""
        return PhonePass(client_of(staff_id), LASTS)
