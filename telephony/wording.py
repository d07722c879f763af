"""What the telephone and the texts say around the conversation, from `council/telephony.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """The texts by key. `facts` (name, phone, ...) can be used in every one of them."""

    texts: Mapping[str, str]
    facts: Mapping[str, str]

    @property
    def voice(self) -> str:
        """The voice that reads aloud, by Twilio's name for it: `voice` of council.yml."""
        return self.facts["voice"]

    def say(self, key: str, /, **values: object) -> str:
        """The text under `key`, filled in."""
        return self.texts[key].format_map({**self.facts, **values})
