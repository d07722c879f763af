"""The telephone of somebody who is rung, an agent's, or their browser."""

from dataclasses import dataclass, field

from tests.twilio_stand_in.heard import Heard
from tests.twilio_stand_in.switchboard import OutboundCall, Switchboard


@dataclass
class Handset:
    """A telephone with a number. `call` is the one in hand, `heard` what was last heard in it."""

    number: str
    switchboard: Switchboard
    call: OutboundCall | None = None
    heard: Heard = field(default_factory=Heard)

    @property
    def rings(self) -> bool:
        return self.switchboard.ringing(self.number) is not None

    @property
    def talks_to(self) -> list[str]:
        return [] if self.call is None else self.call.talks_to

    def answers(self) -> Heard:
        """Pick up what rings."""
        self.call = self._ringing()
        self.heard = self.call.answer()
        return self.heard

    def presses(self, digits: str) -> Heard:
        self.heard = self._in_hand().press(digits)
        return self.heard

    def keeps_silent(self) -> Heard:
        self.heard = self._in_hand().silence()
        return self.heard

    def hangs_up(self) -> None:
        self._in_hand().hang_up()

    def is_busy(self) -> None:
        self._ringing().fails("busy")

    def does_not_answer(self) -> None:
        self._ringing().fails("no-answer")

    def cannot_be_reached(self) -> None:
        self._ringing().fails("failed")

    def goes_to_voicemail(self) -> list[str]:
        """A machine picks up, presses nothing and records until it is hung up on."""
        said = list(self.answers().said)
        while self.call is not None and self.call.awaiting is not None:
            said += self.keeps_silent().said
        return said

    def _ringing(self) -> OutboundCall:
        call = self.switchboard.ringing(self.number)
        if call is None:
            raise AssertionError(f"{self.number} does not ring")
        return call

    def _in_hand(self) -> OutboundCall:
        if self.call is None:
            raise AssertionError(f"{self.number} is in no call")
        return self.call


class BrowserPhone(Handset):
    """An agent's browser, by its `client:` address: it rings only while it is registered."""

    def registers(self) -> None:
        self.switchboard.registered.add(self.number)

    def unregisters(self) -> None:
        self.switchboard.registered.discard(self.number)

    def rejects(self) -> None:
        """What the SDK does with a call that is turned away unanswered."""
        self._ringing().fails("busy")
