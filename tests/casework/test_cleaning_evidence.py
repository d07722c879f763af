"""What is left of a file once it has been made anew, and what is not taken at all."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from casework.adapters.clean_evidence import LONGEST_SIDE, FileCleaner
from casework.domain.evidence import EvidenceRefused, MediaType, Refusal, media_type_of
from casework.ports.evidence import Cleaned
from tests import evidence_files as files


def cleaned(data: bytes) -> Cleaned:
    return FileCleaner().clean(data, most_pixels=50_000_000, most_pages=20)


def opened(made: Cleaned) -> Image.Image:
    image = Image.open(io.BytesIO(made.data))
    image.load()
    return image


def test_a_photo_loses_where_and_by_what_it_was_taken() -> None:
    sent = files.photo()
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)
    assert files.CAMERA in sent
    made = cleaned(sent)
    kept = opened(made)
    assert made.media_type is MediaType.JPEG
    assert dict(kept.getexif()) == {}
    assert files.CAMERA not in made.data
    assert b"by Jane" not in made.data
    assert kept.size == (60, 40)


@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (59, 39)), (6, (39, 0))])
def test_a_photo_taken_sideways_is_turned_before_that_is_forgotten(
    orientation: int, corner: tuple[int, int]
) -> None:
    kept = opened(cleaned(files.photo(orientation=orientation)))
    assert kept.size == ((40, 60) if orientation == 6 else (60, 40))
    red, _, blue = kept.getpixel(corner)  # type: ignore[misc]
    assert blue > red


def test_an_iphones_picture_becomes_one_that_browsers_show() -> None:
    made = cleaned(files.heic())
    assert made.media_type is MediaType.JPEG
    assert dict(opened(made).getexif()) == {}
    assert files.CAMERA not in made.data


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "1", "P", "I;16"])
def test_screenshots_stay_screenshots(mode: str) -> None:
    made = cleaned(files.png(mode))
    assert made.media_type is MediaType.PNG
    assert opened(made).size == (60, 40)


def test_a_very_large_photo_is_made_smaller() -> None:
    kept = opened(cleaned(files.photo(width=LONGEST_SIDE * 2, height=1000)))
    assert kept.size == (LONGEST_SIDE, 500)


def test_nothing_hides_behind_a_photo() -> None:
    made = cleaned(files.polyglot())
    assert b"<script>" not in made.data
    assert b"payload" not in made.data


def test_a_document_loses_its_programs_attachments_and_author() -> None:
    sent = files.acting_pdf()
    assert b"/JavaScript" in sent
    assert b"LAUNCHED" in sent
    made = cleaned(sent)
    assert made.media_type is MediaType.PDF
    for gone in (b"/JavaScript", b"/Launch", b"LAUNCHED", b"CARRIED", b"boo", files.AUTHOR):
        assert gone not in made.data
    assert b"WRITTEN IN" in made.data
    assert len(PdfReader(io.BytesIO(made.data)).pages) == 1


def test_a_document_keeps_its_pages_up_to_the_most() -> None:
    assert len(PdfReader(io.BytesIO(cleaned(files.pdf(20)).data)).pages) == 20
    with pytest.raises(EvidenceRefused) as refused:
        cleaned(files.pdf(21))
    assert refused.value.why is Refusal.TOO_BIG


@pytest.mark.parametrize("name", files.EVIL)
def test_what_is_not_what_it_says_is_refused(name: str) -> None:
    data, why = files.EVIL[name]
    with pytest.raises(EvidenceRefused) as refused:
        cleaned(data)
    assert refused.value.why == why


def test_what_was_made_anew_can_be_made_anew() -> None:
    for sent in (files.photo(), files.heic(), files.png(), files.pdf(), files.acting_pdf()):
        once = cleaned(sent)
        assert media_type_of(once.data) is once.media_type
        assert cleaned(once.data).media_type is once.media_type
