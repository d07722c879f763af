"""Which carriers take messages to residents and calls to agents, as the settings say."""

from __future__ import annotations

from casework.domain.outbox import Medium
from casework.ports.browser_phones import BrowserPhones
from casework.ports.sending import Sender
from connectors.smtp import SmtpMail
from server.settings import Settings, SettingsError
from telephony.browser_phone_files import SDK
from telephony.browser_phones import TwilioBrowserPhones, region_of
from telephony.calls_out import TwilioCalls
from telephony.recording_out import TwilioRecorder
from telephony.simulator.browser_phones import SimulatedBrowserPhones
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


def make_recorder(settings: Settings) -> TwilioRecorder | None:
    """What records talks, and keeps and deletes what was recorded; None without an account."""
    if not settings.twilio_account_sid or not settings.twilio_auth_token:
        return None
    return TwilioRecorder(
        settings.twilio_account_sid,
        settings.twilio_auth_token,
        settings.twilio_api_base,
        f"{settings.public_base_url}/twilio",
        GIVEN_UP_AFTER,
    )


def make_browser_phones(settings: Settings) -> BrowserPhones | None:
    """What lets agents' browsers be rung: an API key, or the demo's own stand-in for Twilio; None
    without either. Raises SettingsError where what a browser needs for it was not installed."""
    if settings.twilio_api_key_sid:
        if not SDK.exists():
            raise SettingsError(
                "TWILIO_API_KEY_SID: what browsers need to be rung is not installed; "
                "run scripts/setup app with this setting"
            )
        return TwilioBrowserPhones(
            settings.twilio_account_sid,
            settings.twilio_api_key_sid,
            settings.twilio_api_key_secret,
            region_of(settings.twilio_api_base),
        )
    return SimulatedBrowserPhones() if settings.own_twilio else None


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
