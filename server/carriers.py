"""Which carriers take messages to residents and calls to agents, as the settings say."""

from __future__ import annotations

from casework.domain.outbox import Medium
from casework.ports.sending import Sender
from connectors.smtp import SmtpMail
from server.settings import Settings
from telephony.calls_out import TwilioCalls
from telephony.texts_out import TwilioTexts

GIVEN_UP_AFTER = 8.0
"""Seconds a carrier may take to answer: less than a process has to end by itself."""


def make_senders(settings: Settings, sender_name: str) -> dict[Medium, Sender]:
    """A sender for each medium that the settings give all of; without it the medium has none.

    `sender_name` is the council's name, which mail shows beside the address it comes from.
    """
    senders: dict[Medium, Sender] = {}
    if settings.twilio_account_sid and settings.twilio_auth_token and settings.twilio_from:
        senders[Medium.TEXT] = TwilioTexts(
            settings.twilio_account_sid,
            settings.twilio_auth_token,
            settings.twilio_from,
            settings.twilio_api_base,
            f"{settings.public_base_url}/twilio/status",
            GIVEN_UP_AFTER,
        )
    if settings.smtp_host and settings.mail_from:
        senders[Medium.EMAIL] = SmtpMail(
            settings.smtp_host,
            settings.smtp_port,
            settings.mail_from,
            sender_name,
            settings.smtp_user,
            settings.smtp_password,
            settings.smtp_starttls,
            GIVEN_UP_AFTER,
        )
    return senders


def make_calls(settings: Settings) -> TwilioCalls:
    """What rings agents and moves callers. It rings from the number that texts come from; without
    one, agents are not rung, and callers are told that nobody can be had."""
    return TwilioCalls(
        settings.twilio_account_sid or "none",
        settings.twilio_auth_token or "none",
        settings.twilio_from,
        settings.twilio_api_base,
        f"{settings.public_base_url}/twilio",
        GIVEN_UP_AFTER,
    )
