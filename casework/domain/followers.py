"""Residents who follow a report that somebody else made first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Follower:
    """One resident's wish to follow a case, made in a conversation. `contact` is a number (E.164)
    or an e-mail address; None: they are told nothing, and still count."""

    case_ref: str
    conversation_id: str
    at: datetime
    contact: str | None = None
