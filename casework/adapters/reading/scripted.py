"""A reader for tests that hears what it was told to hear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from casework.domain.contact_wishes import ContactWishes
from casework.domain.fields import Field
from casework.ports.reading import Context, Read, Reading


class ScriptedReader:
    """Implements `AnswerReader` from a script: readings by field id and text.

    A plain value in the script stands for `Read(value)`. Texts not in the script give nothing.
    `finds` maps a text to field values, `names` a text to a field id. `asked` keeps what was read.
    """

    def __init__(
        self,
        readings: Mapping[tuple[str, str], Any] | None = None,
        finds: Mapping[str, Mapping[str, Any]] | None = None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self._readings = dict(readings or {})
        self._finds = dict(finds or {})
        self._names = dict(names or {})
        self.asked: list[tuple[str, str, Context]] = []

    def read(self, field: Field, text: str, context: Context) -> Reading | None:
        """What the script has for this field and text."""
        self.asked.append((field.id, text, context))
        if (field.id, text) not in self._readings:
            return None
        scripted = self._readings[field.id, text]
        return scripted if scripted is None or isinstance(scripted, Reading) else Read(scripted)

    def find(self, fields: Sequence[Field], text: str, context: Context) -> dict[str, Any]:
        """What the script has for this text, of the fields wanted."""
        wanted = {field.id for field in fields}
        return {name: v for name, v in self._finds.get(text, {}).items() if name in wanted}

    def mentions(self, fields: Sequence[Field], text: str) -> str | None:
        """The field that the script says this text names, when it is one of these."""
        named = self._names.get(text)
        return named if named in {field.id for field in fields} else None

    def correction(self, text: str) -> str:
        """The text as it is."""
        return text

    def wishes(self, text: str, asks: str | None = None) -> ContactWishes:
        """None of any kind."""
        return ContactWishes()
