"""Searches files for viruses with ClamAV's daemon, by its own protocol.

Source: clamd(8), the command INSTREAM: chunks of a length of four bytes and as many bytes, ended by
a length of nothing.
"""

from __future__ import annotations

import socket
import struct
from urllib.parse import urlsplit

from casework.domain.errors import Busy

CHUNK = 64 * 1024
LONGEST_ANSWER = 4096


class ClamAv:
    """Implements `VirusScan`. `address` is the path of the daemon's socket, or `host:port`."""

    def __init__(self, address: str, timeout: float = 20.0) -> None:
        """`timeout` is in seconds, for connecting and for each wait. Raises ValueError for what is
        no address."""
        self._address = address_of(address)
        self._timeout = timeout

    def is_clean(self, data: bytes) -> bool:
        """Raises Busy when the daemon cannot be had or gives no verdict: the file then counts as
        neither."""
        try:
            answer = self._asked(data)
        except OSError as fault:
            raise Busy(f"no virus scan: {type(fault).__name__}") from None
        if answer.endswith("FOUND"):
            return False
        if answer.endswith(": OK"):
            return True
        raise Busy("no virus scan: no verdict")

    def _asked(self, data: bytes) -> str:
        with self._connected() as line:
            line.sendall(b"zINSTREAM\0")
            try:
                for at in range(0, len(data), CHUNK):
                    part = data[at : at + CHUNK]
                    line.sendall(struct.pack("!L", len(part)) + part)
                line.sendall(struct.pack("!L", 0))
            except (BrokenPipeError, ConnectionResetError):
                # It has read enough to answer, such as that this is more than it takes.
                pass
            answer = b""
            while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
                part = line.recv(LONGEST_ANSWER)
                if not part:
                    break
                answer += part
        return answer.split(b"\0")[0].decode("utf-8", "replace").strip()

    def _connected(self) -> socket.socket:
        if isinstance(self._address, tuple):
            return socket.create_connection(self._address, self._timeout)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(self._timeout)
        try:
            line.connect(self._address)
        except OSError:
            line.close()
            raise
        return line


def address_of(written: str) -> str | tuple[str, int]:
    """The path of a socket, or host and port. Raises ValueError."""
    if written.startswith("/"):
        return written
    parts = urlsplit(f"//{written}")
    if not parts.hostname or parts.port is None or parts.path:
        raise ValueError("write the path of a socket, or host:port")
    return parts.hostname, parts.port
