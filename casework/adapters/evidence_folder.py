"""Files of evidence in a folder that no web server reaches."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from casework.domain.errors import Busy, Conflict, Invalid, NotFound

_NAME = re.compile(r"[a-z0-9-]{4,64}")
"""Names are made by us: what a resident calls a file is never seen here."""


def check_name(name: str) -> None:
    """Raises Invalid for a name that could lead out of the folder."""
    if not _NAME.fullmatch(name):
        raise Invalid("no name of a stored file")


class EvidenceFolder:
    """Keeps each file under its name, readable by this account alone.

    A file is written beside its place, forced to disk and then put there: whoever reads finds all
    of it or none. Several processes may share the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, data: bytes) -> None:
        """Raises Conflict for a name in use, Busy when the disk takes nothing."""
        path = self._path(name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as fault:
            raise Busy(f"no folder for evidence: {type(fault).__name__}") from None
        try:
            self._write(path, data)
        except FileExistsError:
            raise Conflict("stored name is taken") from None
        except OSError as fault:
            raise Busy(f"evidence cannot be written: {type(fault).__name__}") from None

    def get(self, name: str) -> bytes:
        """Raises NotFound, and Busy when the disk gives nothing."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            raise NotFound("file") from None
        except OSError as fault:
            raise Busy(f"evidence cannot be read: {type(fault).__name__}") from None

    def remove(self, name: str) -> None:
        """Raises Busy when the disk does not let go of it."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as fault:
            raise Busy(f"evidence cannot be removed: {type(fault).__name__}") from None

    def _path(self, name: str) -> Path:
        check_name(name)
        return self._folder / name

    def _write(self, path: Path, data: bytes) -> None:
        """Raises FileExistsError when the name is in use."""
        beside = path.with_suffix(".part")
        number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            # Unlike a rename, a link never puts one file in another's place.
            os.link(beside, path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                beside.unlink()
