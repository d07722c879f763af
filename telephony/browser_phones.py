"""Browsers as agents' telephones: Twilio's name for each, and what lets it in."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import VoiceGrant

from casework.ports.browser_phones import PhonePass
from telephony.browser_phone_files import SCRIPT

LASTS = 600
"""Seconds that a pass is good for. The page asks for another a minute before: who signs out can
then be rung there for ten minutes at most."""

HOSTS = ("wss://*.twilio.com", "https://*.twilio.com")
"""Whom the SDK talks to: signalling at voice-js.EDGE and reports of quality at eventgw.REGION, of
whichever edge is nearest and whichever region the account is in."""


def client_of(staff_id: str) -> str:
    """Twilio's address of an agent's browser. Twilio takes letters, digits and underscores in it
    (https://www.twilio.com/docs/iam/access-tokens); it keeps it in its log, so it names nobody."""
    return f"client:{_identity(staff_id)}"


def _identity(staff_id: str) -> str:
    return f"agent_{hashlib.sha256(staff_id.encode()).hexdigest()[:32]}"


def region_of(api_base: str) -> str | None:
    """The region of an API at `https://api.EDGE.REGION.twilio.com`; None for the usual one."""
    host = urlsplit(api_base).hostname or ""
    found = re.fullmatch(r"api\.(?:[a-z-]+\.)?([a-z]{2}[0-9])\.twilio\.com", host)
    return found[1] if found else None


class TwilioBrowserPhones:
    """Implements `BrowserPhones`."""

    script = SCRIPT
    hosts = HOSTS

    def __init__(
        self,
        account_sid: str,
        key_sid: str,
        key_secret: str,
        region: str | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """The key is one of the account's API keys. `clock` gives seconds since 1970, by the world
        and not by the demo: Twilio checks them."""
        self._account, self._key, self._secret = account_sid, key_sid, key_secret
        self._region, self._clock = region, clock

    def give_pass(self, staff_id: str) -> PhonePass:
        """Good for being rung under one name, and for nothing else: no call can be placed with
        it."""
        token = AccessToken(
            self._account,
            self._key,
            self._secret,
            grants=[VoiceGrant(incoming_allow=True)],
            identity=_identity(staff_id),
            nbf=None,  # from now on, by whoever's clock
            valid_until=int(self._clock()) + LASTS,
            region=self._region,
        )
        return PhonePass(token.to_jwt(), LASTS)
