"""`/twilio/sms`: texts come in, and are answered in the reply or, if that takes long, later."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import zip_longest
from urllib.parse import quote

from flask import Blueprint, Response, request
from twilio.twiml.messaging_response import MessagingResponse

from telephony.media import pictures_of
from telephony.numbers import number_of
from telephony.promptness import Late, within
from telephony.signatures import names
from telephony.text_messages import NOTHING, Answer, Text
from telephony.texts_in import Texts

ANSWERS_WITHIN = 4.0
"""Seconds after which the answer goes out by itself instead of as the reply."""

LATE_FROM = 0.75
"""The part of that time after which an answer is queued together with the record of it."""


class Sms:
    """The webhook. It answers with TwiML, whatever happens."""

    def __init__(self, texts: Texts, status_url: str, seconds: float = ANSWERS_WITHIN) -> None:
        """`status_url` is where Twilio tells what became of a reply."""
        self._texts = texts
        self._status_url = status_url
        self._seconds = seconds

    def arrive(self) -> Response:
        """A text comes in."""
        form = request.form
        text = Text(
            sid=form.get("MessageSid", "")[:64],
            number=number_of(form.get("From", "")) or "",
            body=form.get("Body", ""),
            keyword=form.get("OptOutType", ""),
            pictures=pictures_of(form),
        )
        if not text.number:
            # A sender's name: whatever we say could not reach anybody.
            return self._reply(NOTHING)
        began = time.monotonic()
        try:
            answer = within(
                self._seconds,
                lambda: self._texts.answer(text, lambda: self._is_late(began)),
                lambda late: self._texts.queue(text, late),
                lambda failure: self._texts.failed_late(text, failure),
            )
        except Exception as failure:  # silence would leave the resident without an answer
            answer = self._texts.failed(text, failure)
        if isinstance(answer, Late) or answer.queued:
            # Whoever is in danger is not to wait for the rest.
            answer = self._texts.danger(text) or NOTHING
        return self._reply(answer)

    def _is_late(self, began: float) -> bool:
        """Whether the reply might not reach the carrier in time any more."""
        return time.monotonic() - began > self._seconds * LATE_FROM

    def _reply(self, answer: Answer) -> Response:
        response = MessagingResponse()
        for text, own_id in zip_longest(answer.texts, answer.ids[: len(answer.texts)]):
            told = f"{self._status_url}?message={quote(own_id, safe='')}" if own_id else None
            response.message(text, status_callback=told)
        return Response(str(response), content_type="text/xml; charset=utf-8")


def create_sms(sms: Sms, check: Callable[[], Response | None]) -> Blueprint:
    """The blueprint. `check` refuses what Twilio did not sign."""
    blueprint = Blueprint("sms", __name__, url_prefix="/twilio/sms")
    blueprint.before_request(check)
    blueprint.before_request(names("MessageSid"))
    blueprint.add_url_rule("", "arrive", sms.arrive, methods=["POST"])
    return blueprint
