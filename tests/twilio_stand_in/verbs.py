"""The verbs and nouns of TwiML, their attributes and what may stand inside them.

Written from https://www.twilio.com/docs/voice/twiml and /docs/messaging/twiml; the numbers are
from https://www.twilio.com/docs/api/errors.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.twilio_stand_in import values as v

SCHEMA = 12200
BAD_URL = 11100

Attributes = Mapping[str, tuple[v.Check, int]]


@dataclass(frozen=True)
class Rule:
    """What an element may carry. `text`: "no", "yes", "url" (required), or "mixed" with nouns."""

    attributes: Attributes = field(default_factory=dict)
    nested: frozenset[str] = frozenset()
    text: str = "no"


def _urls(*names: str) -> dict[str, tuple[v.Check, int]]:
    return dict.fromkeys(names, (v.url, BAD_URL))


def _plain(check: v.Check, *names: str, code: int = SCHEMA) -> dict[str, tuple[v.Check, int]]:
    return dict.fromkeys(names, (check, code))


def _callbacks(prefix: str, *events: str) -> dict[str, tuple[v.Check, int]]:
    """A callback's address, method and, where it has them, events. Those of recordings alone are
    documented as relative or absolute."""
    check = v.url if prefix.startswith("recording") else v.absolute_url
    named = {prefix: (check, BAD_URL)} | _plain(v.method, f"{prefix}Method")
    return named | (_plain(v.some_of(*events), f"{prefix}Event") if events else {})


LEG_EVENTS = ("initiated", "ringing", "answered", "completed")
RECORDING_EVENTS = ("in-progress", "completed", "absent")
ROOM_EVENTS = ("start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement")
TRIM = v.one_of("trim-silence", "do-not-trim")
TRACK = v.one_of("inbound", "outbound", "both")

SSML: dict[str, Rule] = {
    "break": Rule(
        _plain(v.one_of("none", "x-weak", "weak", "medium", "strong", "x-strong"), "strength")
        | _plain(v.duration, "time")
    ),
    "emphasis": Rule(_plain(v.one_of("strong", "moderate", "reduced"), "level"), text="mixed"),
    "lang": Rule(_plain(v.say_language, "xml:lang"), text="mixed"),
    "p": Rule(text="mixed"),
    "phoneme": Rule(
        _plain(v.one_of("ipa", "x-sampa", "x-amazon-jyutping", "x-amazon-pinyin"), "alphabet")
        | _plain(v.anything, "ph"),
        text="mixed",
    ),
    "prosody": Rule(
        {"volume": (v.volume, SCHEMA), "rate": (v.rate, SCHEMA), "pitch": (v.pitch, SCHEMA)},
        text="mixed",
    ),
    "s": Rule(text="mixed"),
    "say-as": Rule(
        _plain(
            v.one_of(
                *("characters", "spell-out", "cardinal", "number", "ordinal", "digits"),
                *("fraction", "unit", "date", "time", "address", "expletive", "telephone"),
            ),
            "interpret-as",
        )
        | _plain(v.anything, "format"),
        text="mixed",
    ),
    "sub": Rule(_plain(v.anything, "alias"), text="mixed"),
    "w": Rule(_plain(v.anything, "role"), text="mixed"),
}
_STRUCTURE = frozenset({"p", "s"})
_WITHIN: dict[str, frozenset[str]] = {
    **dict.fromkeys(("break", "phoneme", "say-as", "sub"), frozenset()),
    "lang": frozenset(SSML),
    "prosody": frozenset(SSML),
    "p": frozenset(SSML) - {"p"},
    "s": frozenset(SSML) - _STRUCTURE,
    "emphasis": frozenset(SSML) - _STRUCTURE,
    "w": frozenset(SSML) - _STRUCTURE - {"lang", "w"},
}
SSML = {name: Rule(rule.attributes, _WITHIN[name], rule.text) for name, rule in SSML.items()}

GATHER: Attributes = {
    **_urls("action", "partialResultCallback"),
    "method": (v.method, 13312),
    "timeout": (v.integer(1), 13313),
    "speechTimeout": (v.integer_or("auto", 1), 13327),
    "maxSpeechTime": (v.integer(1), 13328),
    "finishOnKey": (v.one_key, 13310),
    "numDigits": (v.integer(1), 13314),
    "input": (v.one_of("dtmf", "speech", "dtmf speech"), 13326),
    "language": (v.gather_language, 13331),
    "hints": (v.hints, 13330),
    "partialResultCallbackMethod": (v.method, 13329),
    "bargeIn": (v.boolean, 13332),
    "profanityFilter": (v.boolean, 13333),
    "actionOnEmptyResult": (v.boolean, 13338),
    "enhanced": (v.boolean, 13339),
    "speechModel": (v.speech_model, 13334),
    "debug": (v.boolean, 13336),
}

DIAL: Attributes = {
    **_urls("action", "referUrl"),
    **_callbacks("recordingStatusCallback", *RECORDING_EVENTS),
    **_plain(v.boolean, "answerOnBridge", "sequential"),
    **_plain(v.anything, "ringTone"),
    **_plain(v.method, "referMethod"),
    "method": (v.method, 13210),
    "timeout": (v.integer(1, 600), 13212),
    "hangupOnStar": (v.boolean, 13213),
    "callerId": (v.matching(r"\+[1-9][0-9]{6,14}|client:\S+", "a number or a client"), 13214),
    "timeLimit": (v.integer(1, 86400), 13216),
    "record": (
        v.one_of(
            *("true", "false", "do-not-record", "record-from-answer", "record-from-ringing"),
            *("record-from-answer-dual", "record-from-ringing-dual"),
        ),
        13217,
    ),
    "recordingTrack": (TRACK, 13622),
    "trim": (TRIM, 13699),
}

_LEG = _urls("url") | _callbacks("statusCallback", *LEG_EVENTS)

NOUNS: dict[str, Rule] = {
    "Number": Rule(
        _LEG
        | _plain(v.method, "method", code=13221)
        | _plain(v.dial_tones, "sendDigits", code=13222)
        | _plain(v.anything, "byoc")
        | _plain(v.one_of("Enable", "DetectMessageEnd"), "machineDetection")
        | _plain(v.integer(3, 59), "machineDetectionTimeout")
        | _callbacks("amdStatusCallback"),
        text="yes",
    ),
    "Client": Rule(
        _LEG | _plain(v.method, "method"), frozenset({"Identity", "Parameter"}), "mixed"
    ),
    "Identity": Rule(text="yes"),
    "Parameter": Rule(_plain(v.anything, "name", "value")),
    "Sip": Rule(
        _LEG | _plain(v.method, "method", code=13241) | _plain(v.anything, "username", "password"),
        text="yes",
    ),
    "Queue": Rule(
        _urls("url")
        | _plain(v.method, "method", code=14210)
        | _plain(v.anything, "reservationSid", "postWorkActivitySid"),
        text="yes",
    ),
    "Conference": Rule(
        {
            **_callbacks("statusCallback", *ROOM_EVENTS),
            **_callbacks("recordingStatusCallback", *RECORDING_EVENTS),
            **_urls("eventCallbackUrl"),
            **_plain(v.anything, "coach", "participantLabel", "region"),
            **_plain(v.integer(1, 250), "maxParticipants"),
            **_plain(v.one_of("off", "small", "medium", "large"), "jitterBufferSize"),
            **_plain(v.one_of("do-not-record", "record-from-start"), "record"),
            "muted": (v.boolean, 13230),
            "endConferenceOnExit": (v.boolean, 13231),
            "startConferenceOnEnter": (v.boolean, 13232),
            "waitUrl": (lambda value: v.url(value) if value else None, 13233),
            "waitMethod": (v.method, 13234),
            "beep": (v.one_of("true", "false", "onEnter", "onExit"), 13235),
            "trim": (TRIM, 13699),
        },
        text="yes",
    ),
    "Task": Rule(_plain(v.integer(0), "priority", "timeout"), text="yes"),
    "Body": Rule(text="yes"),
    "Media": Rule(text="url"),
}

MESSAGE: Attributes = {
    **_urls("action"),
    "to": (v.number, 14101),
    "from": (v.sender, 14102),
    "method": (v.method, 14104),
    "statusCallback": (v.absolute_url, 14105),
}

VERBS: dict[str, Rule] = {
    "Say": Rule(
        {
            "voice": (v.voice, 13511),
            "language": (v.say_language, 13512),
            "loop": (v.integer(0, 1000), 13510),
        },
        frozenset(SSML),
        "mixed",
    ),
    "Play": Rule(
        {"loop": (v.integer(0, 1000), 13410), "digits": (v.dial_tones, 13430)}, text="yes"
    ),
    "Pause": Rule({"length": (v.integer(1), 13910)}),
    "Gather": Rule(GATHER, frozenset({"Say", "Play", "Pause"})),
    "Redirect": Rule({"method": (v.method, 13710)}, text="url"),
    "Hangup": Rule(),
    "Reject": Rule({"reason": (v.one_of("rejected", "busy"), 13810)}),
    "Dial": Rule(DIAL, frozenset({"Number", "Conference", "Client", "Sip", "Queue"}), text="mixed"),
    "Enqueue": Rule(
        {
            **_plain(v.integer(1, 5000), "maxQueueSize"),
            **_plain(v.anything, "workflowSid", code=14220),
            "action": (v.url, 14203),
            "method": (v.method, 14201),
            "waitUrl": (v.url, 14202),
            "waitUrlMethod": (v.method, 14206),
        },
        frozenset({"Task"}),
        "mixed",
    ),
    "Leave": Rule(),
    "Record": Rule(
        {
            **_urls("action", "transcribeCallback"),
            **_callbacks("recordingStatusCallback", *RECORDING_EVENTS),
            "method": (v.method, 13610),
            "timeout": (v.integer(0), 13611),
            "maxLength": (v.integer(1, 14400), 13612),
            "finishOnKey": (v.keys, 13613),
            "transcribe": (v.boolean, 13614),
            "playBeep": (v.boolean, 13616),
            "recordingTrack": (TRACK, 13622),
            "trim": (TRIM, 13699),
        }
    ),
    "Sms": Rule(MESSAGE, text="yes"),
    "Message": Rule(MESSAGE, frozenset({"Body", "Media"}), "mixed"),
}

BY_CHANNEL: dict[str, frozenset[str]] = {
    "voice": frozenset(VERBS) - {"Message"},
    "messaging": frozenset({"Message", "Redirect"}),
}

RULES: dict[str, Rule] = {**SSML, **NOUNS, **VERBS}
