"""What is on the screens of the demo's text phones. It is kept in memory, as demo phones are."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

MOST_PHONES = 200
MOST_TEXTS = 200


class From(StrEnum):
    """Who a text is from."""

    PHONE = "phone"
    COUNCIL = "council"
    CARRIER = "carrier"
    """The carrier itself: an answer to STOP, or the news that something failed."""


@dataclass(frozen=True)
class Text:
    """A text on the screen; `number` counts from 1 on each phone. `by_itself` is one that came
    later or unasked, by the REST API, instead of as the answer to a text."""

    number: int
    sender: From
    text: str
    by_itself: bool = False

    def as_json(self) -> dict[str, Any]:
        """For the page."""
        return asdict(self)


class Threads:
    """The texts of each phone, of the phones used last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._texts: OrderedDict[str, list[Text]] = OrderedDict()

    def add(self, phone: str, sender: From, text: str, *, by_itself: bool = False) -> None:
        """Shows a text on a phone."""
        with self._lock:
            kept = self._texts.setdefault(phone, [])
            newest = kept[-1].number if kept else 0
            kept.append(Text(newest + 1, sender, text, by_itself))
            del kept[:-MOST_TEXTS]
            self._texts.move_to_end(phone)
            while len(self._texts) > MOST_PHONES:
                self._texts.popitem(last=False)

    def after(self, phone: str, number: int) -> list[Text]:
        """A phone's texts above a number, oldest first."""
        with self._lock:
            return [text for text in self._texts.get(phone, ()) if text.number > number]
