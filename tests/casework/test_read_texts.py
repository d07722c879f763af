"""Which text carries which line of a conversation, as staff see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.domain.conversations import (
    Author,
    Channel,
    Link,
    Message,
    Mode,
    Upload,
    Utterance,
)
from casework.domain.outbox import Delivery, Medium, Outgoing
from casework.domain.text_length import in_gsm7, pieces
from casework.use_cases.read_conversations import unshown
from casework.use_cases.read_texts import CODE, furthest, sent_in, staff_text
from tests.casework.store.records import conversation
from tests.office import NOW

LINE = Message("c1", 4, Author.SYSTEM, Utterance("We will come on Friday."), NOW, Mode.BOT)
SENT = Outgoing("m1", Medium.TEXT, "+447700900123", "", NOW, NOW, NOW, conversation_id="c1")


def update(words: str, place: int = 1, medium: Medium = Medium.TEXT) -> list[Outgoing]:
    """An update about a case, as it is written and cut for a phone."""
    written = f"About your report, 2000 0024: {words}\nPlymouth City Council"
    key = f"update:20000024:{place}"
    texts = pieces(in_gsm7(written)) if medium is Medium.TEXT else [written]
    return [
        replace(
            SENT,
            id=f"{place}-{nth}",
            text=text,
            medium=medium,
            key=key if nth == 1 else f"{key}:{nth}",
        )
        for nth, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize("medium", list(Medium))
@pytest.mark.parametrize(
    "words",
    [
        "We will come on Friday.",
        "We’ll come on Friday – “before noon”…",
        "We will come on Friday and look at it. " * 20,
        "Two paragraphs.\n\n" + "The second — with much to say — is long. " * 15,
    ],
)
def test_an_update_is_below_its_line_however_it_was_written_and_cut(
    words: str, medium: Medium
) -> None:
    line, texts = replace(LINE, said=Utterance(words)), update(words, medium=medium)
    found = sent_in([line], texts)
    assert found.by_line == {4: tuple(texts)}
    assert found.others == ()


def test_the_piece_that_got_least_far_is_what_staff_see() -> None:
    words = "We will come on Friday and look at it. " * 40
    texts = update(words)
    assert len(texts) > 3
    got = [replace(one, state=Delivery.DELIVERED) for one in texts]
    got[-1] = replace(got[-1], state=Delivery.UNDELIVERED)
    found = sent_in([replace(LINE, said=Utterance(words))], got[::-1])
    assert furthest(found.by_line[4]) == got[-1]


def test_the_same_words_told_twice_are_two_texts_of_two_lines() -> None:
    later = NOW + timedelta(days=2)
    second = [replace(one, created_at=later) for one in update(LINE.said.text, 2)]
    found = sent_in([LINE, replace(LINE, seq=5, at=later)], [*second, *update(LINE.said.text)])
    assert {seq: texts[0].id for seq, texts in found.by_line.items()} == {4: "1-1", 5: "2-1"}


def test_an_update_of_another_line_is_listed_by_itself() -> None:
    texts = update("It is done.")
    assert sent_in([LINE], texts).others == tuple(texts)


def test_staff_read_no_code_and_of_a_link_only_where_it_leads() -> None:
    link = replace(SENT, text="Send it here: https://a.example/evidence/SECRET by Friday")
    assert staff_text(link) == "Send it here: https://a.example/… by Friday"
    assert staff_text(replace(SENT, key="code:d1:now", text="Your code is 123 456")) == CODE


def test_a_link_for_photos_is_not_in_the_transcript_for_staff() -> None:
    secret = Link("Send it", "https://a.example/evidence/SECRET")
    page = Link("Bins", "https://council.example/bins")
    asked = Utterance("Please send it", links=(secret,), upload=Upload("20000024", ()))
    messages = [
        replace(LINE, said=asked),
        replace(LINE, seq=5, said=Utterance("Read this", links=(page,))),
    ]
    first, second = unshown(conversation(channel=Channel.SMS), messages)
    assert first.said.links == (Link("Send it", "https://a.example/…"),)
    assert second.said.links == (page,)
