"""Logs carry ids and codes, never what people said or who they are."""

import logging
import re
import sys
import threading

log = logging.getLogger(__name__)

_ROOMS = (
    "server",
    "bot",
    "casework",
    "actions",
    "webchat",
    "desk",
    "api",
    "telephony",
    "connectors",
)
_TOKEN = re.compile(r"([?&]token=|/chat/go-on/)[^\s'\"&?]*")


class NoAddresses(logging.Filter):
    """Takes tokens out of a web server's lines, and leaves of a fault only its kind: its words may
    quote the request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Changes the record; lets every one pass."""
        record.msg, record.args = _TOKEN.sub(r"\1-", record.getMessage()), ()
        if record.exc_info and record.exc_info[0]:
            record.msg = f"{record.msg} ({record.exc_info[0].__name__})"
            record.exc_info = record.exc_text = None
        return True


def kind_of_end(ended: threading.ExceptHookArgs) -> None:
    """Python itself would write the words of the fault, and they may quote what was said."""
    if ended.exc_type is not SystemExit:
        log.error("a thread ended: %s", ended.exc_type.__name__)


def quiet_logs() -> None:
    """Our own lines at info; libraries only when something is wrong, and no request lines.

    httpx and the web servers would write addresses, which can hold a chat's token.
    """
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    for room in _ROOMS:
        logging.getLogger(room).setLevel(logging.INFO)
    for server in ("gunicorn.error", "werkzeug", "civicline"):
        logging.getLogger(server).addFilter(NoAddresses())
    logging.getLogger("httpx").setLevel(logging.ERROR)
    logging.getLogger("sanic").setLevel(logging.ERROR)
    # Twilio's library writes addresses and headers of its requests at info.
    logging.getLogger("twilio").setLevel(logging.WARNING)
    # The demo's mail server writes who mail is for.
    logging.getLogger("mail").setLevel(logging.ERROR)
    threading.excepthook = kind_of_end
