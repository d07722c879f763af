"""Taking a form up again by a six-digit code, on whatever channel."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

CODE_LASTS = timedelta(days=7)
"""How long a code can be used."""

MOST_WRONG_CODES = 3
"""Wrong codes after which a conversation may give no more."""

MOST_WRONG_CHECKS = 5
"""Wrong answers to its check after which a code is worth nothing."""


@dataclass(frozen=True)
class Resume:
    """A code that was given out for one draft put aside. Only its keyed hash is kept; it works
    once, until `expires_at`. `used_by` is the conversation that went on with it; `failures` counts
    wrong answers to the check, in whatever conversation."""

    code_hash: str
    conversation_id: str
    draft_id: str
    created_at: datetime
    expires_at: datetime
    used_by: str | None = None
    failures: int = 0

    def over(self, now: datetime) -> bool:
        """Whether it leads nowhere any more."""
        spent = self.used_by is not None or self.failures >= MOST_WRONG_CHECKS
        return spent or self.expires_at <= now


def code_hash(key: bytes, code: str) -> str:
    """What is kept of a code: HMAC-SHA-256 in hex. A million codes are hashed in a moment, so that
    without the key the table would tell them all."""
    return hmac.new(key, b"resume:" + code.encode(), hashlib.sha256).hexdigest()
