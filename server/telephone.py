"""Puts the telephone and the texts together on a process's parts."""

from __future__ import annotations

import logging
import threading
import time
from urllib.parse import urlsplit

from flask import Blueprint

from bot.conversation import Conversations
from bot.engine import RasaEngine
from casework.use_cases.office import Office
from server.composition import Parts, make_locks, make_redis, words
from server.settings import Settings
from server.worker import Chore, MakeChores
from telephony.calls import Calls
from telephony.signatures import signed_by_twilio
from telephony.sms import ANSWERS_WITHIN as TEXTS_WITHIN
from telephony.sms import Sms, create_sms
from telephony.status import Status, create_status
from telephony.texts_in import Texts
from telephony.twiml import VoiceTwiml
from telephony.voice import ANSWERS_WITHIN as CALLS_WITHIN
from telephony.voice import Voice, create_voice
from telephony.wording import Wording

log = logging.getLogger(__name__)

LEFT_OVER_EVERY = 30.0
"""Seconds between two looks for texts that nobody answered."""


def make_wording(settings: Settings, office: Office) -> Wording:
    """The council's words for telephone and texts. Raises CouncilDataError."""
    return Wording(words(settings.council_dir, "telephony", office.council), office.council.facts)


def make_telephony(
    parts: Parts, *, call_seconds: float = CALLS_WITHIN, text_seconds: float = TEXTS_WITHIN
) -> tuple[Blueprint, ...]:
    """The blueprints of `/twilio`. The seconds are those within which a webhook answers."""
    settings, office = parts.settings, parts.office
    wording = make_wording(settings, office)
    check = signed_by_twilio(settings.public_base_url, settings.twilio_auth_token)
    base = urlsplit(settings.public_base_url).path.rstrip("/")
    calls = Calls(parts.conversations, office, parts.locks, wording)
    texts = Texts(parts.conversations, office, parts.locks, wording)
    return (
        create_voice(Voice(calls, VoiceTwiml(wording, base), call_seconds), check),
        create_sms(Sms(texts, text_seconds), check),
        create_status(Status(calls, office), check),
    )


def texting_chores(settings: Settings) -> MakeChores:
    """What a worker does for texts: it answers those that a web process left over.

    Without Redis the turns of conversations are kept within the web process, which then does it.
    """

    def make(office: Office) -> list[Chore]:
        if settings.redis_url is None:
            return []
        locks = make_locks(make_redis(settings))
        conversations = Conversations(office, RasaEngine(settings.rasa_url), locks)
        texts = Texts(conversations, office, locks, make_wording(settings, office))
        return [Chore("answering texts left over", LEFT_OVER_EVERY, texts.answer_left_over)]

    return make


def answer_left_over_texts(parts: Parts) -> None:
    """Does in the web process what `texting_chores` leaves to it: starts a thread that looks now
    and then."""
    settings, office = parts.settings, parts.office
    if settings.redis_url is not None:
        return
    wording = make_wording(settings, office)
    texts = Texts(parts.conversations, office, parts.locks, wording)

    def look() -> None:
        while True:
            time.sleep(LEFT_OVER_EVERY)
            try:
                texts.answer_left_over()
            except Exception as failure:  # tried again at the next look
                log.error("texts left over cannot be read: %s", type(failure).__name__)

    threading.Thread(target=look, name="texts left over", daemon=True).start()
