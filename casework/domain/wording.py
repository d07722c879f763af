"""What the council says, in the form each channel needs."""

from __future__ import annotations

from dataclasses import dataclass

from casework.domain.conversations import Channel


@dataclass(frozen=True)
class Spoken:
    """One sentence in the form each channel needs."""

    web: str
    sms: str
    voice: str

    def on(self, channel: Channel) -> str:
        """The text for a channel."""
        return {Channel.WEB: self.web, Channel.SMS: self.sms, Channel.VOICE: self.voice}[channel]
