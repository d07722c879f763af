"""Makes a PDF anew without programs, attachments, properties and earlier versions of itself."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from casework.domain.evidence import EvidenceRefused, Refusal

# Its warnings may quote what a document says.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

MOST_OBJECTS = 200_000
"""Things in one document; a letter has hundreds."""

UNWANTED = frozenset(
    "/JS /JavaScript /AA /OpenAction /EmbeddedFiles /EmbeddedFile /EF /AF /RichMedia /XFA "
    "/Metadata /PieceInfo /Collection /URI /Threads /SpiderInfo /Perms /LastModified".split()
)
"""Entries that make a document do something, carry something along, or say who wrote it
(ISO 32000-2, 7.11.4, 12.6, 14.3)."""

ANNOTATIONS_KEPT = frozenset(
    "/Widget /FreeText /Text /Highlight /Underline /StrikeOut /Squiggly /Ink /Stamp /Line "
    "/Square /Circle /Polygon /PolyLine /Caret /Popup".split()
)
"""Remarks and filled-in fields, which show what was written. Links and whatever plays or attaches
something go."""

ACTS = frozenset({"/GoTo"})
"""Actions that stay within the document."""

_BROKEN = (
    PyPdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    OSError,
    EOFError,
    OverflowError,
    RecursionError,
    NotImplementedError,
    MemoryError,
)
"""What pypdf raises for documents that are not what they say."""


def clean_pdf(data: bytes, most_pages: int) -> bytes:
    """The document made anew. Raises EvidenceRefused."""
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise EvidenceRefused(Refusal.LOCKED)
        pages = len(reader.pages)
        if not pages:
            raise EvidenceRefused(Refusal.UNREADABLE)
        if pages > most_pages:
            raise EvidenceRefused(Refusal.TOO_BIG)
        return _written(reader)
    except _BROKEN:
        raise EvidenceRefused(Refusal.UNREADABLE) from None


def _written(reader: PdfReader) -> bytes:
    first = _cloned(reader)
    _strip(first)
    # What is referred to no longer is in the writer still; only what is left goes into the second.
    second = _cloned(PdfReader(io.BytesIO(_bytes(first))))
    made = _bytes(second)
    if any(_acts(one) for one in _all(PdfReader(io.BytesIO(made)).trailer)):
        raise EvidenceRefused(Refusal.UNSAFE)
    return made


def _cloned(reader: PdfReader) -> PdfWriter:
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    return writer


def _bytes(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _strip(writer: PdfWriter) -> None:
    for one in _all(writer.root_object):
        if not isinstance(one, DictionaryObject):
            continue
        for name in UNWANTED & set(one):
            del one[name]
        for name in ("/A", "/Next"):
            if name in one and not _stays(one[name]):
                del one[name]
        if "/Annots" in one:
            kept = [a for a in _items(one["/Annots"]) if _kept(a)]
            one[NameObject("/Annots")] = ArrayObject(kept)


def _stays(action: PdfObject) -> bool:
    """Whether an action leads no further than to another page of the document."""
    found = action.get_object()
    return isinstance(found, DictionaryObject) and found.get("/S") in ACTS


def _kept(annotation: PdfObject) -> bool:
    found = annotation.get_object()
    return isinstance(found, DictionaryObject) and found.get("/Subtype") in ANNOTATIONS_KEPT


def _acts(one: PdfObject) -> bool:
    """Whether something is left that should not be."""
    if not isinstance(one, DictionaryObject):
        return False
    does = one.get("/S") in {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToR"}
    # The names of the document's own catalogue, where programs hang; /URI is an action's too.
    return does or bool({"/JS", "/AA", "/OpenAction", "/EF", "/EmbeddedFiles", "/XFA"} & set(one))


def _items(one: PdfObject) -> list[Any]:
    found = one.get_object()
    return list(found) if isinstance(found, ArrayObject) else []


def _all(root: PdfObject) -> Iterator[PdfObject]:
    """Everything that a document holds, each once. Raises EvidenceRefused for too much of it."""
    waiting, seen, count = [root], set[tuple[int, int]](), 0
    while waiting:
        one: Any = waiting.pop()
        if isinstance(one, IndirectObject):
            key = (one.idnum, one.generation)
            if key in seen:
                continue
            seen.add(key)
            one = one.get_object()
        count += 1
        if count > MOST_OBJECTS:
            raise EvidenceRefused(Refusal.TOO_BIG)
        if one is None or isinstance(one, NullObject):
            continue
        yield one
        # What was taken away while it was looked at is not followed.
        if isinstance(one, DictionaryObject | StreamObject):
            waiting.extend(one.raw_get(name) for name in list(one))
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))
