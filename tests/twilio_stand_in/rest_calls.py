"""The calls of Twilio's REST API, as far as we use them.

Source: https://www.twilio.com/docs/voice/api/call-resource.
"""

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request

from tests.twilio_stand_in.rest_errors import Refused, is_client, is_number
from tests.twilio_stand_in.switchboard import ConnectedCall, OutboundCall, Switchboard

EVENTS = ("initiated", "ringing", "answered", "completed")


class CallsApi:
    """Places, moves, ends and shows calls. The credentials are checked before it is asked."""

    def __init__(self, switchboard: Switchboard, our_numbers: Collection[str]) -> None:
        self._switchboard = switchboard
        self._our_numbers = our_numbers

    def add_to(self, app: Flask) -> None:
        """Answers below the API's own address."""
        base = "/2010-04-01/Accounts/<account>/Calls"
        app.add_url_rule(f"{base}.json", "place", self._place, methods=["POST"])
        app.add_url_rule(f"{base}/<sid>.json", "move", self._move, methods=["POST"])
        app.add_url_rule(f"{base}/<sid>.json", "show", self._show, methods=["GET"])

    def _place(self, account: str) -> tuple[Response, int]:
        form = request.form
        to, sender = form.get("To", ""), form.get("From", "")
        if not to:
            raise Refused(21201)
        if not is_number(to) and not is_client(to):
            raise Refused(21211)
        if not sender:
            raise Refused(21213)
        # A telephone is rung from a number, a browser from either.
        between_clients = is_client(to) and is_client(sender)
        if sender not in self._our_numbers and not between_clients:
            raise Refused(21210 if re.fullmatch(r"\+[1-9][0-9]{6,14}", sender) else 21212)
        events = form.getlist("StatusCallbackEvent") or ["completed"]
        if not set(events) <= set(EVENTS):
            raise Refused(21205)
        call = self._switchboard.ring(
            to,
            sender,
            _address(form.get("Url", "")),
            timeout=int(form.get("Timeout", "60")),
            status_url=_address(form["StatusCallback"]) if "StatusCallback" in form else None,
            status_events=events,
            fallback_url=_address(form["FallbackUrl"]) if "FallbackUrl" in form else None,
        )
        return jsonify(_shown(call)), 201

    def _move(self, account: str, sid: str) -> Response:
        call = self._found(sid)
        if call.over:
            raise Refused(21220)
        if request.form.get("Status") in ("completed", "canceled"):
            call.ended()
        else:
            if "FallbackUrl" in request.form:
                call.fallback_url = _address(request.form["FallbackUrl"])
            call.redirected(
                _address(request.form.get("Url", "")), request.form.get("Method", "POST")
            )
        return jsonify(_shown(call))

    def _show(self, account: str, sid: str) -> Response:
        return jsonify(_shown(self._found(sid)))

    def _found(self, sid: str) -> ConnectedCall:
        call = self._switchboard.calls.get(sid)
        if call is None:
            raise Refused(20404, 404)
        return call


def _address(given: str) -> str:
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Refused(21205)
    return given


def _shown(call: ConnectedCall) -> dict[str, Any]:
    return {
        "sid": call.call_sid,
        "account_sid": call.account_sid,
        "to": call.to_number,
        "from": call.from_number,
        "status": call.status,
        "direction": "outbound-api" if isinstance(call, OutboundCall) else "inbound",
        "api_version": "2010-04-01",
        "uri": f"/2010-04-01/Accounts/{call.account_sid}/Calls/{call.call_sid}.json",
    }
