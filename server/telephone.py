"""Puts the telephone and the texts together on a process's parts."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint

from server.composition import Parts, words
from telephony.calls import Calls
from telephony.signatures import signed_by_twilio
from telephony.sms import Sms, create_sms
from telephony.status import Status, create_status
from telephony.texts_in import Texts
from telephony.twiml import VoiceTwiml
from telephony.voice import Voice, create_voice
from telephony.wording import Wording


def make_wording(parts: Parts) -> Wording:
    """The council's words for telephone and texts. Raises CouncilDataError."""
    return Wording(words(parts.settings.council_dir, "telephony"), parts.office.council.facts)


def make_texts(parts: Parts) -> Texts:
    """Texts as conversations, for the webhook and for the worker."""
    return Texts(parts.conversations, parts.office, parts.locks, make_wording(parts))


def make_telephony(parts: Parts) -> tuple[Blueprint, ...]:
    """The blueprints of `/twilio`."""
    settings, office, wording = parts.settings, parts.office, make_wording(parts)
    check = signed_by_twilio(settings.public_base_url, settings.twilio_auth_token)
    base = urlsplit(settings.public_base_url).path.rstrip("/")
    calls = Calls(parts.conversations, office, parts.locks, wording)
    return (
        create_voice(Voice(calls, VoiceTwiml(wording, base)), check),
        create_sms(Sms(make_texts(parts)), check),
        create_status(Status(calls, office), check),
    )
