"""What Twilio would do and the stand-in does not: to be noted, so that no test passes on it."""

from collections.abc import Mapping

from tests.twilio_stand_in import faults
from tests.twilio_stand_in.twiml import Verb

VERBS = frozenset({"Enqueue", "Leave", "Record", "Sms", "Queue", "Sip"})

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "Gather": frozenset({"partialResultCallback"}),
    "Dial": frozenset({"record", "recordingStatusCallback", "referUrl", "sequential", "timeLimit"}),
    "Number": frozenset({"sendDigits", "machineDetection", "amdStatusCallback"}),
    "Conference": frozenset({"eventCallbackUrl", "muted", "coach", "maxParticipants"}),
    "Message": frozenset({"action"}),
}


def note_unplayed(verb: Verb) -> None:
    """Notes what of a verb, and of what is in it, is not played."""
    if verb.name in VERBS:
        faults.note(f"the stand-in does not play <{verb.name}>")
    for name in sorted(ATTRIBUTES.get(verb.name, frozenset()) & set(verb.attributes)):
        faults.note(f"the stand-in does nothing about {name} of <{verb.name}>")
    numbers = [noun for noun in verb.nested if noun.name == "Number"]
    if len(numbers) > 1:
        faults.note("the stand-in rings one number at a time")
    for noun in verb.nested:
        note_unplayed(noun)
