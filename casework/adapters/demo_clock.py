"""A clock that the demo's presenter can move, for all processes at once."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path


class DemoClock:
    """Real time moved by the seconds that a file holds; the file is read when it changes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read_at = 0
        self._moved = timedelta()

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC) + self._offset()

    def _offset(self) -> timedelta:
        try:
            written_at = self._file.stat().st_mtime_ns
            if written_at != self._read_at:
                self._moved = timedelta(seconds=float(self._file.read_text()))
                self._read_at = written_at
        except FileNotFoundError:
            self._moved, self._read_at = timedelta(), 0
        return self._moved

    def set(self, moment: datetime | None) -> None:
        """Moves every process's clock to a moment (aware); None puts it back to real time."""
        if moment is None:
            self._file.unlink(missing_ok=True)
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        # Another process may read at any moment: it must find the old time or the new one.
        written = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        written.write_text(str((moment - datetime.now(UTC)).total_seconds()))
        os.replace(written, self._file)
