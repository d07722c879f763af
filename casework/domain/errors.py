"""What can go wrong in casework, named by what can be done about it."""


class CaseworkError(Exception):
    """Base of all refusals; its message carries ids and codes, never what anyone said."""


class NotFound(CaseworkError):
    """There is no such record, or whoever asks may not know that there is."""


class NotAllowed(CaseworkError):
    """The person asking lacks the role for this."""


class Invalid(CaseworkError):
    """The request makes no sense as it stands; repeating it cannot help."""


class Conflict(CaseworkError):
    """Somebody else got there first; read again and decide anew."""


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
