"""Long computing beside the web process's other work."""

from __future__ import annotations

from functools import partial

import gevent
from gevent import monkey

from casework.ports.evidence import Cleaned, EvidenceCleaner


class AsideCleaner:
    """Implements `EvidenceCleaner` by another, in a thread of its own where a web process is made
    of greenlets: a large picture takes a second or more, in which no call would be answered."""

    def __init__(self, cleaner: EvidenceCleaner) -> None:
        self._cleaner = cleaner

    def clean(self, data: bytes, *, most_pixels: int, most_pages: int) -> Cleaned:
        """As the port says."""
        clean = partial(self._cleaner.clean, data, most_pixels=most_pixels, most_pages=most_pages)
        if not monkey.is_module_patched("threading"):
            return clean()
        made: Cleaned = gevent.get_hub().threadpool.apply(clean)
        return made
