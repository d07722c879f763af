"""What can go wrong in casework, named by what can be done about it."""

from collections.abc import Sequence


class CaseworkError(Exception):
    """Base of all refusals; its message carries ids and codes, never what anyone said."""


class NotFound(CaseworkError):
    """There is no such record, or whoever asks may not know that there is."""


class NotAllowed(CaseworkError):
    """The person asking lacks the role for this."""


class Invalid(CaseworkError):
    """The request makes no sense as it stands; repeating it cannot help."""


class FieldsMissing(Invalid):
    """A case cannot be opened yet. `fields` are the ids of what is still needed."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(f"missing: {', '.join(fields)}")
        self.fields = tuple(fields)


class BadLines(Invalid):
    """A file cannot be taken as it is, and nothing of it was. `lines` say what is wrong where, and
    nothing of what the file holds."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


class BadPart(CaseworkError):
    """One part of a request does not fit the case as it stands; `part` is its name in the staff
    API."""

    def __init__(self, part: str) -> None:
        super().__init__(f"does not fit: {part}")
        self.part = part


class StatusNotAllowed(CaseworkError):
    """A case cannot become this from what it is. `allowed` are the words that it can become."""

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__(f"allowed: {', '.join(allowed)}")
        self.allowed = tuple(allowed)


class LinkOver(NotFound):
    """A link that worked once: it is used up or too old."""


class NotApplicable(CaseworkError):
    """A change cannot be written into a resident's record as things stand. `reason`: `nothing` (the
    council's data names nothing to write), `part` (the parent case has it), `over`, `done`,
    `no_record`, `check` (a person must first say how they checked who it was)."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"not applied: {reason}")
        self.reason = reason


class Conflict(CaseworkError):
    """Somebody else got there first; read again and decide anew."""


class NobodyThere(Conflict):
    """Nobody who could take it is at work now."""


class CallerGone(Conflict):
    """The caller has hung up, so nothing can be done with the call any more."""


class NoCarrier(Conflict):
    """Only the telephone carrier can do it, and none is set up here."""


class RungBack(Conflict):
    """The caller was rung back by the agent: such a call only ends, it is not moved about."""


class Busy(CaseworkError):
    """A lock or the store could not be had in time; the same request may be tried again."""


class BusyInDanger(Busy):
    """As Busy, for somebody in danger: the message is the council's sentence about whom to call."""


class EngineFailure(CaseworkError):
    """The assistant gave no usable answer; the resident must be told so and offered a person."""


class SendingFailed(CaseworkError):
    """A carrier did not take a message. `code` is the carrier's own or a word for the fault, never
    an address; `again` says whether a later attempt can succeed."""

    def __init__(self, code: str, *, again: bool) -> None:
        super().__init__(f"not sent: {code}")
        self.code = code
        self.again = again


class OptedOut(CaseworkError):
    """The recipient has asked the carrier for no more messages."""


class CouncilDataError(CaseworkError):
    """A file of the council's folder is wrong; the message names file, line and what to write."""
