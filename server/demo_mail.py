"""The demo's mail server: it keeps every mail as a file, and nothing leaves the machine."""

from __future__ import annotations

import asyncio
import threading
from itertools import count
from pathlib import Path
from types import TracebackType

from aiosmtpd.smtp import SMTP, Envelope, Session


class DemoMailbox:
    """An SMTP server on the loopback, on a port of its own while it is entered.

    Each mail becomes a file `1.eml`, `2.eml` and so on in `folder`, numbered on from those there.
    """

    host = "127.0.0.1"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0

    def __enter__(self) -> DemoMailbox:
        """Listens from here on; `port` is the port."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._thread.start()
        # aiosmtpd's own controller cannot be given a port that the system chooses.
        server = asyncio.run_coroutine_threadsafe(
            self._loop.create_server(self._session, self.host, 0), self._loop
        ).result()
        self._server = server
        self.port = server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes the port; the files stay."""
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _session(self) -> SMTP:
        return SMTP(self, enable_SMTPUTF8=True, loop=self._loop)

    # aiosmtpd calls it by this name.
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keeps a mail."""
        content = envelope.content or b""
        self._keep(content if isinstance(content, bytes) else content.encode())
        return "250 kept"

    def _keep(self, mail: bytes) -> None:
        taken = [int(f.stem) for f in self._folder.glob("*.eml") if f.stem.isdecimal()]
        for number in count(max(taken, default=0) + 1):
            try:
                # Another worker may have taken the number meanwhile.
                with (self._folder / f"{number}.eml").open("xb") as file:
                    file.write(mail)
            except FileExistsError:
                continue
            return
