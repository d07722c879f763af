"""What goes over the wire to clamd, and what each of its answers means."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from casework.domain.errors import Busy
from connectors.clamav import ClamAv, address_of

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR"


@dataclass
class Clamd:
    """Takes INSTREAM as clamd does. `limit` is its StreamMaxLength; `says` overrules its answer."""

    listener: socket.socket
    limit: int = 25_000_000
    says: bytes | None = None
    scanned: list[bytes] = field(default_factory=list)

    def run(self) -> None:
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line:
                self._serve(line)

    def _serve(self, line: socket.socket) -> None:
        stream = line.makefile("rb")
        if stream.read(10) != b"zINSTREAM\0":
            line.sendall(b"UNKNOWN COMMAND\0")
            return
        data = b""
        while length := struct.unpack("!L", stream.read(4))[0]:
            data += stream.read(length)
            if len(data) > self.limit:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.scanned.append(data)
        verdict = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0"
        line.sendall(verdict if self.says is None else self.says)


@pytest.fixture(params=["unix", "tcp"])
def clamd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Clamd, str]]:
    if request.param == "unix":
        listener = socket.socket(socket.AF_UNIX)
        address = str(tmp_path / "clamd.ctl")
        listener.bind(address)
    else:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{listener.getsockname()[1]}"
    listener.listen()
    made = Clamd(listener)
    threading.Thread(target=made.run, daemon=True).start()
    yield made, address
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


def test_a_file_is_scanned_whole(clamd: tuple[Clamd, str]) -> None:
    daemon, address = clamd
    data = bytes(range(256)) * 1000
    assert ClamAv(address, 5).is_clean(data)
    assert daemon.scanned == [data]


def test_a_virus_is_found(clamd: tuple[Clamd, str]) -> None:
    _, address = clamd
    assert not ClamAv(address, 5).is_clean(b"x" * 100_000 + EICAR)


@pytest.mark.parametrize("says", [b"INSTREAM: failed ERROR\0", b"", b"hello\0"])
def test_without_a_verdict_a_file_is_neither(clamd: tuple[Clamd, str], says: bytes) -> None:
    daemon, address = clamd
    daemon.says = says
    with pytest.raises(Busy):
        ClamAv(address, 5).is_clean(b"x")


def test_a_file_that_is_too_long_for_the_daemon_is_neither(clamd: tuple[Clamd, str]) -> None:
    daemon, address = clamd
    daemon.limit = 1000
    with pytest.raises(Busy):
        ClamAv(address, 5).is_clean(b"x" * 500_000)


def test_a_daemon_that_is_not_there_is_busy(tmp_path: Path) -> None:
    with pytest.raises(Busy):
        ClamAv(str(tmp_path / "none"), 1).is_clean(b"x")


@pytest.mark.parametrize("address", ["clamd", "host:", "host:port", "http://host:3310", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    check: Callable[[str], object] = address_of
    with pytest.raises(ValueError, match=r".*"):
        check(address)
