"""What only the demo has: `/demo`, and a stand-in for Twilio behind it."""

from __future__ import annotations

import contextlib
import threading
import time
from functools import partial
from typing import Any

from flask import Flask, Response
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from server.composition import Parts
from server.demo_carrier import StandIn, Wire, our_number
from server.demo_handsets import StandInHandsets
from server.settings import Settings
from telephony.simulator.pages import LANDLINES, create_simulator
from telephony.simulator.reading import Refused, check_same_site
from telephony.simulator.threads import From, Threads
from tests.twilio_stand_in.rest import TwilioRest
from tests.twilio_stand_in.web import WebhookFailed

DELIVERED_AFTER = (0.3, 0.7)
"""Seconds from a text's acceptance to its being sent, and from then to its delivery."""


class Deliveries:
    """Texts that came by the REST API reach their phone a moment later, and reports come back."""

    def __init__(self, threads: Threads) -> None:
        self._threads = threads

    def start(self, rest: TwilioRest, message: dict[str, Any]) -> None:
        """Begins to deliver one; returns at once."""
        threading.Thread(target=self._deliver, args=(rest, message), daemon=True).start()

    def _deliver(self, rest: TwilioRest, message: dict[str, Any]) -> None:
        for status, seconds in zip(("sent", "delivered"), DELIVERED_AFTER, strict=True):
            time.sleep(seconds)
            if status == "delivered":
                self._threads.add(message["to"], From.COUNCIL, message["body"], by_itself=True)
            # A report that nobody takes is lost, as Twilio's are.
            with contextlib.suppress(WebhookFailed):
                rest.deliver(message["sid"], status)


def make_rest(settings: Settings, threads: Threads) -> TwilioRest:
    """The stand-in for Twilio's REST API, with phones that get what it takes."""
    deliveries = Deliveries(threads)
    rest = TwilioRest(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        {our_number(settings), settings.twilio_from},
        on_message=lambda message: deliveries.start(rest, message),
        # Whoever sends a text names the address of its reports: none but ours is called.
        post=lambda url, form, headers: Wire(settings).post(url, form, headers),
        base_url=settings.public_base_url,
        send_to=settings.web_url,
    )
    rest.landlines.update(one.number for one in LANDLINES)
    return rest


def _same_site(public_base_url: str) -> Response | None:
    """Refuses what another site had a browser send: the account's password is known."""
    try:
        check_same_site(public_base_url)
    except Refused as refusal:
        return Response(str(refusal), refusal.status, content_type="text/plain")
    return None


def add_demo_site(app: Flask, parts: Parts) -> None:
    """Adds `/demo` to the application, and `/demo/twilio` when texts are sent there."""
    settings, threads = parts.settings, Threads()
    rest = make_rest(settings, threads)
    carrier = StandIn(settings, rest.blocked, rest.switchboard)
    leaving = {"texts": not settings.own_twilio, "e-mails": settings.smtp_host is not None}
    app.register_blueprint(
        create_simulator(
            carrier,
            parts.office,
            threads,
            StandInHandsets(rest.switchboard),
            secret=settings.secret_key,
            public_base_url=settings.public_base_url,
            really_sent=[what for what, leaves in leaving.items() if leaves],
        )
    )
    if settings.own_twilio:
        api = rest.create_app()
        api.before_request(partial(_same_site, settings.public_base_url))
        inner, texts = app.wsgi_app, api.wsgi_app
        app.wsgi_app = DispatcherMiddleware(  # type: ignore[method-assign]
            inner, {"/demo/twilio": texts}
        )
