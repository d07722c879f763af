"""What a webhook leaves to be done after it has answered."""

from __future__ import annotations

import threading
from collections.abc import Callable

Later = Callable[[Callable[[], None]], None]


def in_the_background(work: Callable[[], None]) -> None:
    """Does something that nobody waits for."""
    threading.Thread(target=work, name="calls", daemon=True).start()
