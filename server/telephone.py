"""Puts the telephone and the texts together on a process's parts."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint

from bot.conversation import Conversations
from bot.engine import RasaEngine
from casework.ports.calls import CallControl
from casework.use_cases.fetch_pictures import fetch_pictures
from casework.use_cases.forget_recordings import delete_due_recordings, report_undeletable
from casework.use_cases.office import Office
from casework.use_cases.ring_agents import RingAgents
from casework.use_cases.settle_recordings import settle_recordings
from server.carriers import make_calls
from server.composition import Parts, make_locks, make_redis, words
from server.settings import Settings
from server.worker import Chore, MakeChores
from telephony.agent_leg import AgentLeg
from telephony.agent_web import AgentWebhooks, create_agent_calls
from telephony.caller_leg import CallerLeg
from telephony.caller_leg_web import CallerWebhooks
from telephony.calls import Calls
from telephony.hints import Places
from telephony.hold import Hold
from telephony.later import Later, in_the_background
from telephony.media import TwilioMedia
from telephony.recording_notice import RecordingNotice
from telephony.recording_web import RecordingWebhooks, create_recording
from telephony.signatures import signed_by_twilio
from telephony.sms import ANSWERS_WITHIN as TEXTS_WITHIN
from telephony.sms import Sms, create_sms
from telephony.status import Status, create_status
from telephony.texts_in import Texts
from telephony.transfer import Transfer
from telephony.transfer_web import Webhooks, create_transfer
from telephony.twiml import VoiceTwiml
from telephony.voice import ANSWERS_WITHIN as CALLS_WITHIN
from telephony.voice import Voice, create_voice
from telephony.wording import Wording

log = logging.getLogger(__name__)

LEFT_OVER_EVERY = 30.0
"""Seconds between two looks for texts that nobody answered."""

PICTURES_EVERY = 2.0
"""Seconds between two looks for pictures that came with texts."""

SETTLES_EVERY, DELETES_EVERY = 3.0, 60.0
"""Seconds between two looks at recordings: how they stand, and which are to be deleted."""

COUNTS_EVERY = 3600.0
"""Seconds between two looks for recordings that cannot be deleted."""

RINGS_EVERY = 2.0
"""Seconds between two looks at callers who wait for a person."""

LONGEST_WAIT = timedelta(minutes=20)
"""How long a caller waits before they are rung back instead."""


def make_wording(settings: Settings, office: Office) -> Wording:
    """The council's words for telephone and texts. Raises CouncilDataError."""
    return Wording(words(settings.council_dir, "telephony", office.council), office.council.facts)


def make_telephony(
    parts: Parts,
    *,
    call_seconds: float = CALLS_WITHIN,
    text_seconds: float = TEXTS_WITHIN,
    control: CallControl | None = None,
    later: Later = in_the_background,
) -> tuple[Blueprint, ...]:
    """The blueprints of `/twilio`. The seconds are those within which a webhook answers; `control`
    moves callers (by default as the settings say), `later` does what nobody has to wait for."""
    settings, office = parts.settings, parts.office
    wording = make_wording(settings, office)
    check = signed_by_twilio(settings.public_base_url, settings.twilio_auth_token)
    base = urlsplit(settings.public_base_url).path.rstrip("/")
    control = control or make_calls(settings)
    calls = Calls(parts.conversations, office, parts.locks, wording)
    texts = Texts(parts.conversations, office, parts.locks, wording)
    gazetteer = office.gazetteer
    localities = tuple(sorted(name.title() for name in gazetteer.localities))
    districts = tuple(dict.fromkeys(code.split()[0] for code in gazetteer.postcodes()))
    places = Places(tuple(gazetteer.streets()), localities, office.council.towns, districts)
    twiml = VoiceTwiml(wording, base, places)
    hold, notice = (
        Hold(office, control, wording),
        RecordingNotice(office, wording, settings.public_base_url.rstrip("/")),
    )
    agents = AgentLeg(office, control, wording, notice, later)
    transfer = Transfer(calls, office, control, wording, hold, notice, later)
    voice = Voice(calls, twiml, call_seconds, transfer.room)
    webhooks = Webhooks(transfer, hold, twiml, wording, base, call_seconds, voice.turn)
    agent_calls = AgentWebhooks(agents, wording, base, call_seconds)
    callers = CallerWebhooks(CallerLeg(office, wording), wording, base, call_seconds)
    recording = RecordingWebhooks(
        office, notice, transfer, twiml, wording, base, call_seconds, voice.turn, later
    )
    return (
        *create_recording(recording, check),
        create_voice(voice, check),
        create_transfer(webhooks, check),
        create_agent_calls(agent_calls, callers, check),
        create_sms(Sms(texts, f"{settings.public_base_url}/twilio/status", text_seconds), check),
        create_status(Status(transfer.hung_up, office), check),
    )


def telephone_chores(settings: Settings) -> MakeChores:
    """What a worker does for calls and texts."""
    return lambda office: [
        *ringing_chores(settings)(office),
        *texting_chores(settings)(office),
        *picture_chores(settings)(office),
        *recording_chores(office),
    ]


def recording_chores(office: Office) -> list[Chore]:
    """What a worker does for recordings of talks: it ends those whose talk is over, asks again for
    what Twilio did not confirm, and deletes those whose time has come. Without the settings for it
    it says in the log what it therefore cannot delete."""
    if office.recorder is None:
        undeletable = Chore("counting recordings", COUNTS_EVERY, lambda: report_undeletable(office))
        return [undeletable]
    return [
        Chore("settling recordings", SETTLES_EVERY, lambda: settle_recordings(office)),
        Chore("deleting recordings", DELETES_EVERY, lambda: delete_due_recordings(office)),
    ]


def picture_chores(settings: Settings) -> MakeChores:
    """What a worker does for pictures that came with texts: it fetches them."""

    def make(office: Office) -> list[Chore]:
        if not settings.twilio_account_sid:
            return []
        source = TwilioMedia(
            settings.twilio_account_sid, settings.twilio_auth_token, settings.twilio_api_base
        )
        return [Chore("fetching pictures", PICTURES_EVERY, lambda: fetch_pictures(office, source))]

    return make


def ringing_chores(settings: Settings) -> MakeChores:
    """What a worker does for calls: it rings agents about callers who wait for a person."""

    def make(office: Office) -> list[Chore]:
        if not settings.twilio_account_sid:
            return []
        ringing = RingAgents(office, make_calls(settings), LONGEST_WAIT)
        return [Chore("ringing agents", RINGS_EVERY, ringing.look)]

    return make


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
