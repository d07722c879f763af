"""Going on with a conversation elsewhere: a link in a text that opens the chat where it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Continuation:
    """A link that was given out, for one draft. Only the hash of its code is kept; it works once,
    until `expires_at`. `used_by` is the conversation that went on with it."""

    code_hash: str
    conversation_id: str
    draft_id: str
    created_at: datetime
    expires_at: datetime
    used_by: str | None = None
