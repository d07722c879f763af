"""Logs carry ids and codes, never what people said or who they are."""

import logging
import sys


def quiet_logs() -> None:
    """Our own lines at info; libraries only when something is wrong, and no request lines.

    httpx and the web servers would write addresses, which can hold a chat's token.
    """
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    for room in ("server", "bot", "casework", "actions", "webchat", "api"):
        logging.getLogger(room).setLevel(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.ERROR)
    logging.getLogger("sanic").setLevel(logging.ERROR)
