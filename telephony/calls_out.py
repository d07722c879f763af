"""Calls going out and calls moved about, by Twilio's REST API."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from casework.domain.errors import SendingFailed
from casework.domain.staff import BROWSER
from telephony.browser_phones import client_of
from telephony.rest_client import asked, make_client

RINGS_FOR = 20
"""Seconds that an agent's telephone rings: long enough to reach for it, and mostly shorter than
what voicemail waits for."""

OVER = frozenset({20404, 21220})
"""Codes for a call that is over: there is no such call, or it cannot be moved any more
(https://www.twilio.com/docs/api/errors/21220)."""


class TwilioCalls:
    """Implements `CallControl`."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        from_number: str,
        api_base: str,
        webhooks: str,
        timeout: float = 10.0,
    ) -> None:
        """`from_number` is a number of the account (+44...). `api_base` stands in for
        https://api.twilio.com, `webhooks` is the public address before `/voice` and `/agent`.
        `timeout` is in seconds, for connecting and for each wait for an answer.
        """
        self._client = make_client(account_sid, auth_token, api_base, timeout)
        self._from, self._webhooks = from_number, webhooks

    def ring_agent(self, handoff_id: str, staff_id: str, phone: str) -> str:
        """As the port says."""
        about = urlencode({"handoff": handoff_id, "staff": staff_id})

        def place() -> str:
            placed = self._client.calls.create(
                to=client_of(staff_id) if phone == BROWSER else phone,
                from_=self._from,
                url=f"{self._webhooks}/agent?{about}",
                method="POST",
                # Without it an agent hears Twilio's own words about an error of ours.
                fallback_url=f"{self._webhooks}/agent/fallback?{about}",
                fallback_method="POST",
                status_callback=f"{self._webhooks}/agent/status?{about}",
                status_callback_event=["completed"],
                status_callback_method="POST",
                timeout=RINGS_FOR,
            )
            if not isinstance(placed.sid, str):
                raise ValueError("no id")
            return placed.sid

        return asked(place)

    def stop_ringing(self, call: str) -> None:
        """As the port says."""
        self._end(call)

    def bring_back(self, call_sid: str) -> bool:
        """As the port says."""
        return self._moved(call_sid, "back")

    def hold(self, call_sid: str) -> bool:
        """Takes a caller out of the conference, in which the agent stays, to hear that they are on
        hold. Whether there was still a call; twice is as once. Raises SendingFailed."""
        return self._moved(call_sid, "held")

    def resume(self, call_sid: str) -> bool:
        """Puts a caller on hold back to the agent. Whether there was still a call. Raises
        SendingFailed."""
        return self._moved(call_sid, "rejoin")

    def _moved(self, call_sid: str, step: str) -> bool:
        move = {
            "url": f"{self._webhooks}/voice/{step}",
            "method": "POST",
            # The number's own is not known to go with a call that is moved.
            "fallback_url": f"{self._webhooks}/voice/fallback",
            "fallback_method": "POST",
        }
        return _unless_over(lambda: self._client.calls(call_sid).update(**move))

    def hang_up(self, call_sid: str) -> None:
        """As the port says."""
        self._end(call_sid)

    def _end(self, call: str) -> None:
        # "completed" ends a call that still rings as well.
        _unless_over(lambda: self._client.calls(call).update(status="completed"))


def _unless_over(move: Callable[[], object]) -> bool:
    """Whether there was still a call to do it to."""
    try:
        asked(move)
    except SendingFailed as failure:
        if failure.code not in {str(code) for code in OVER}:
            raise
        return False
    return True
