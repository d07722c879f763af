"""What of ours Twilio would have refused, or passed over in silence.

Not everything refused comes back to the test that led to it: there is a fallback, a suppressed
error, another process. So each fault is noted here as well, and fails the test during which it came
up (`tests/conftest.py`). The newest hundred are kept: the demo runs for days.
"""

import itertools
from collections import deque

_NOTED: deque[tuple[int, str]] = deque(maxlen=100)
_COUNT = itertools.count(1)


def note(fault: str) -> None:
    """Keeps a fault, in a sentence that names no resident."""
    _NOTED.append((next(_COUNT), fault))


def noted() -> list[str]:
    """What was noted since this was last asked, oldest first; it is forgotten then."""
    found = since(0)
    _NOTED.clear()
    return found


def mark() -> int:
    """Where we are, for `since`."""
    return next(_COUNT)


def since(mark: int) -> list[str]:
    """What was noted after a mark, oldest first."""
    return [fault for number, fault in tuple(_NOTED) if number > mark]
