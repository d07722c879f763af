"""Keeps what residents say out of Rasa's log.

Rasa writes message texts at debug, whole requests of the action server at error and values in
exceptions. No pattern finds a resident's words in that, so nothing is let through that is not
known to be harmless: of any other record only where it was written and the kinds of its exceptions
remain.
"""

from __future__ import annotations

import logging
from types import TracebackType

# Loggers that speak about files, ports and models, never about a conversation.
OPEN_LOGGERS = (
    "civicline_rasa",
    "root",
    "rasa.cli",
    "rasa.engine",
    "rasa.core.run",
    "rasa.core.agent",
    "rasa.model",
    "rasa.utils.endpoints",
    "sanic.root",
)
WITHHELD = "(withheld)"


def is_open(name: str) -> bool:
    """Whether records of that logger may be shown as they are."""
    return any(name == known or name.startswith(f"{known}.") for known in OPEN_LOGGERS)


def describe_exception(error: BaseException | None) -> str:
    """The kinds of the exception and its causes, and where the last was raised; no messages."""
    kinds = []
    where = ""
    while error is not None and len(kinds) < 5:
        kinds.append(type(error).__name__)
        where = _place(error.__traceback__) or where
        error = error.__cause__ or error.__context__
    return " from ".join(kinds) + (f" at {where}" if where else "")


def _place(trace: TracebackType | None) -> str:
    if trace is None:
        return ""
    while trace.tb_next:
        trace = trace.tb_next
    code = trace.tb_frame.f_code
    return f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} in {code.co_name}"


class PrivateRecord(logging.LogRecord):
    """A record of the log that has nothing in it but what is known to be harmless."""

    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, *rest, **more):
        error = exc_info[1] if isinstance(exc_info, tuple) else None
        if not is_open(name):
            msg, args = f"{name}:{lineno} {logging.getLevelName(level)} {WITHHELD}", ()
        if error is not None:
            msg = f"{msg} [{describe_exception(error)}]"
        super().__init__(name, level, pathname, lineno, msg, args, None, *rest, **more)


def install() -> None:
    """Makes every record of this process a private one, warnings included."""
    logging.setLogRecordFactory(PrivateRecord)
    logging.captureWarnings(True)
    # A warning that is withheld tells nothing.
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
