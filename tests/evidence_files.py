"""Files as residents send them, and as somebody sends them who means harm."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

import pillow_heif
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

CAMERA = b"SecretCam"
AUTHOR = b"Jane Doe"


def _picture(width: int = 60, height: int = 40, colour: str = "red") -> Image.Image:
    image = Image.new("RGB", (width, height), colour)
    # Top left is blue: whoever turns it shows that.
    image.paste("blue", (0, 0, width // 3, height // 3))
    return image


def _exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = CAMERA.decode()
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: (50.0, 22.0, 12.0), 3: "W", 4: (4.0, 8.0, 30.0)})
    return exif


@cache
def photo(colour: str = "red", orientation: int = 1, width: int = 60, height: int = 40) -> bytes:
    """A JPEG from a telephone: it says where it was taken, and by what."""
    out = io.BytesIO()
    _picture(width, height, colour).save(out, "JPEG", exif=_exif(orientation), comment="by Jane")
    return out.getvalue()


@cache
def heic() -> bytes:
    """As an iPhone takes it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(_picture()).save(out, exif=_exif().tobytes())
    return out.getvalue()


@cache
def png(mode: str = "RGB") -> bytes:
    """A screenshot."""
    out = io.BytesIO()
    _picture().convert(mode).save(out, "PNG")
    return out.getvalue()


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@cache
def pdf(pages: int = 1) -> bytes:
    """A letter."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": AUTHOR.decode()})
    return _written(writer)


@cache
def locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret")
    return _written(writer)


def _dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


@cache
def acting_pdf() -> bytes:
    """One that runs a script when it is opened, starts a program by a link, carries a file along,
    and has a field filled in."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    script = writer._add_object(
        _dictionary(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert('boo')"))
    )
    launch = _dictionary(S=NameObject("/Launch"), F=TextStringObject("LAUNCHED"))
    link = _dictionary(Subtype=NameObject("/Link"), A=launch)
    filled = _dictionary(Subtype=NameObject("/Widget"), V=TextStringObject("WRITTEN IN"), A=script)
    writer.root_object[NameObject("/OpenAction")] = script
    page[NameObject("/AA")] = _dictionary(O=script)
    page[NameObject("/Annots")] = ArrayObject(
        [writer._add_object(link), writer._add_object(filled)]
    )
    writer.add_attachment("a.exe", b"MZ-CARRIED-ALONG")
    writer.add_metadata({"/Author": AUTHOR.decode()})
    return _written(writer)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!L", len(data)) + kind + data + struct.pack("!L", zlib.crc32(kind + data))


@cache
def bomb(side: int = 50_000) -> bytes:
    """A PNG of a few hundred bytes that says it is enormous."""
    header = struct.pack("!LLBBBBB", side, side, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 10_000)
    parts = (_chunk(b"IHDR", header), _chunk(b"IDAT", data), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def polyglot() -> bytes:
    """A photo that is a page with a script too, and an archive behind it."""
    return photo() + b"<script>alert(1)</script>" + b"PK\x03\x04" + b"payload.exe" * 20


PROGRAM = b"MZ\x90\x00" + b"\x00" * 200
ARCHIVE = b"PK\x03\x04" + b"\x00" * 200
EVIL = {
    "a program called photo.jpg": (PROGRAM, "type"),
    "an archive called letter.pdf": (ARCHIVE, "type"),
    "a page": (b"<html><script>alert(1)</script></html>", "type"),
    "an SVG": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "type"),
    "a GIF": (b"GIF89a" + b"\0" * 50, "type"),
    "a document behind rubbish": (b"\0\0\0%PDF-1.7", "type"),
    "the beginning of a JPEG": (b"\xff\xd8\xff\xe0" + b"x" * 300, "unreadable"),
    "half a photo": (photo(width=900, height=900)[:1500], "unreadable"),
    "the beginning of a PDF": (b"%PDF-1.4\nnothing more", "unreadable"),
    "the beginning of a HEIC": (b"\0\0\0\x18ftypheic" + b"\0" * 100, "unreadable"),
    "a bomb": (bomb(), "too_big"),
    "a locked document": (locked_pdf(), "locked"),
}
"""What is not taken, and why."""
