"""How often a webhook is tried.

Source: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides. What is behind the
# of an address says how often (`rc`) and after what (`rp`); it is neither sent nor signed. Each
try is the same in everything, its I-Twilio-Idempotency-Token too.
"""

from dataclasses import dataclass
from urllib.parse import parse_qs, urldefrag

MOST = 5
POLICIES = frozenset({"4xx", "5xx", "ct", "rt", "all"})
"""An answer with such a status; no connection in time; no answer in time."""


@dataclass(frozen=True)
class Retries:
    """Times that a webhook is tried again, and the failures after which it is."""

    times: int = 1
    after: frozenset[str] = frozenset({"ct"})

    def follow(self, failure: str, tried: int) -> bool:
        """Whether there is another try after `tried` of them, the last ended by `failure`."""
        return tried <= self.times and bool({failure, "all"} & self.after)


def retries_of(url: str) -> Retries:
    """What an address says of it. Raises ValueError for what Twilio does not know."""
    given = parse_qs(urldefrag(url).fragment)
    times = int(given.get("rc", ["1"])[0])
    after = frozenset(given.get("rp", ["ct"])[0].split(","))
    if not (0 <= times <= MOST and after <= POLICIES):
        raise ValueError(f"no such retries: {urldefrag(url).fragment}")
    return Retries(times, after)
