"""What the caller hears, and what Twilio tells us of a call."""

from dataclasses import dataclass, field
from typing import Any

from tests.twilio_stand_in.twiml import Verb
from tests.twilio_stand_in.web import country_of

WITHHELD = "+266696687"


@dataclass
class Heard:
    """What came of one input.

    `said` is every text spoken, in order; `verbs` every verb reached, among them the Dial, Enqueue
    or Record at which the call now waits (`waiting`); `gather` what is now awaited; `documents` the
    TwiML received; `requests` {"url", "params"} of each webhook sent; `seconds` how long the
    slowest answer took.
    """

    said: list[str] = field(default_factory=list)
    over: bool = False
    waiting: bool = False
    gather: Verb | None = None
    verbs: list[Verb] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def text(self) -> str:
        return " ".join(self.said)


def call_params(
    call_sid: str, account_sid: str, from_number: str | None, to_number: str, status: str
) -> dict[str, str]:
    """The parameters of every request about a call; `from_number` None is a number withheld."""
    caller = from_number or WITHHELD
    params = {
        "CallSid": call_sid,
        "AccountSid": account_sid,
        "From": caller,
        "To": to_number,
        "Caller": caller,
        "Called": to_number,
        "CallStatus": status,
        "ApiVersion": "2010-04-01",
        "Direction": "inbound",
    }
    known = [("To", to_number), ("Called", to_number)]
    if from_number is not None:
        known += [("From", from_number), ("Caller", from_number)]
    for party, number in known:
        if number.startswith("client:"):
            continue  # a browser is nowhere
        params |= {f"{party}City": "", f"{party}State": "", f"{party}Zip": ""}
        params[f"{party}Country"] = country_of(number)
    return params
