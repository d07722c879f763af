"""The council's name and words, as the web chat shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Council:
    """What the web chat shows of the council itself."""

    name: str
    short_name: str
    website: str
    phone: str
    timezone: ZoneInfo
    language: str = "en"
    megabytes: int = 10
    """Of one photo or document."""


def fill(wording: Mapping[str, str], council: Council) -> dict[str, str]:
    """The words of `council/webchat.yml` with {council}, {phone} and {megabytes} written out.

    Other names in braces stay: they are filled in where the words are shown.
    """
    filled = {
        key: text.replace("{council}", council.name)
        .replace("{phone}", council.phone)
        .replace("{megabytes}", str(council.megabytes))
        for key, text in wording.items()
    }
    # For the script, which compares a file's size with it.
    return {**filled, "megabytes": str(council.megabytes)}
