"""Makes residents' files anew, so that nothing is left in them but what they show."""

from __future__ import annotations

import io
import warnings

import pillow_heif
from PIL import Image, ImageOps
from PIL import UnidentifiedImageError as NoImage

from casework.adapters.clean_pdf import clean_pdf
from casework.domain.evidence import EvidenceRefused, MediaType, Refusal, media_type_of
from casework.ports.evidence import Cleaned

JPEG_QUALITY = 88
"""High enough that print in a photographed letter stays readable."""

LONGEST_SIDE = 4096
"""Pixels of a picture's longer side as kept: a telephone's own are about that, and a page of A4 is
read well with far fewer."""

_FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG"}

_BROKEN = (
    NoImage,
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    RuntimeError,
    EOFError,
    MemoryError,
    ZeroDivisionError,
)
"""What the libraries raise for files that are not what they say. A bomb is a RuntimeWarning that
is made an error, or none at all: the size in the header is looked at before anything is read."""


class FileCleaner:
    """Implements `EvidenceCleaner` with Pillow, libheif and pypdf.

    Pictures are read, turned the right way up and written again from their pixels: places, names,
    thumbnails and whatever was hidden behind them stay behind. HEIC becomes JPEG, which every
    browser shows. Documents lose their programs, attachments and properties.
    """

    def clean(self, data: bytes, *, most_pixels: int, most_pages: int) -> Cleaned:
        """Raises EvidenceRefused, saying why."""
        kind = media_type_of(data)
        if kind is None:
            raise EvidenceRefused(Refusal.TYPE)
        if kind is MediaType.PDF:
            return Cleaned(kind, clean_pdf(data, most_pages))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                return _picture(data, kind, most_pixels)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise EvidenceRefused(Refusal.TOO_BIG) from None
        except _BROKEN:
            # The libraries' words may quote the file.
            raise EvidenceRefused(Refusal.UNREADABLE) from None


def _picture(data: bytes, kind: MediaType, most_pixels: int) -> Cleaned:
    image = _opened(data, kind)
    width, height = image.size
    if width * height > most_pixels:
        raise EvidenceRefused(Refusal.TOO_BIG)
    if max(image.size) > LONGEST_SIDE:
        # Reads a JPEG at a fraction of its size right away, which is much faster.
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    # Only the first of several pictures in one file; it must be there whole.
    image.load()
    upright = ImageOps.exif_transpose(image)
    out = io.BytesIO()
    if kind is MediaType.PNG:
        bare = _pixels(upright, upright.mode if upright.mode in _PLAIN else "RGBA")
        bare.save(out, "PNG")
        return Cleaned(MediaType.PNG, out.getvalue())
    bare = _pixels(upright, "L" if upright.mode == "L" else "RGB")
    bare.save(out, "JPEG", quality=JPEG_QUALITY, optimize=False)
    return Cleaned(MediaType.JPEG, out.getvalue())


_PLAIN = frozenset({"1", "L", "LA", "RGB", "RGBA"})
"""Ways of writing pixels that need no table beside them."""


def _opened(data: bytes, kind: MediaType) -> Image.Image:
    """The picture, of which only the header has been read."""
    if kind is MediaType.HEIC:
        # Not registered with Pillow: nothing else is to be read as HEIC unasked.
        image: Image.Image = pillow_heif.HeifImageFile(io.BytesIO(data))  # type: ignore[no-untyped-call]
        return image
    return Image.open(io.BytesIO(data), formats=[_FORMATS[kind]])


def _pixels(image: Image.Image, mode: str) -> Image.Image:
    """A new picture with the same pixels and nothing else."""
    shown = image if image.mode == mode else image.convert(mode)
    bare = Image.new(mode, shown.size)
    bare.paste(shown)
    return bare
