"""Photos and documents in conversations: asked for, sent, kept with the case, shown to staff."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from casework.domain.conversations import Author, Channel
from casework.domain.errors import Busy, NotFound
from casework.domain.evidence import EvidenceRefused, Refusal, Scan
from casework.use_cases.accept_evidence import accept_evidence
from casework.use_cases.office import Office
from tests import evidence_files as files
from tests.bot.evidence import case_of, received, send, store_of, told
from tests.office import Talk, make_office

Begin = Callable[..., Talk]


def test_a_photo_goes_with_the_case_and_is_made_anew(talk: Talk) -> None:
    case = told(talk, "name_change")
    held = send(talk, files.photo())
    assert received(talk.office, case.ref) == (held,)
    kept = store_of(talk.office).held[held.stored_name]
    assert files.CAMERA not in kept
    assert held.sha256 == hashlib.sha256(kept).hexdigest()
    assert held.scan is Scan.NOT_SCANNED
    assert case_of(talk).history[-1].what == "evidence_received"
    last = talk.conversations.since(talk.id).messages[-1]
    assert last.author is Author.SYSTEM
    assert case.ref[:4] in last.said.text


def test_a_photo_sent_while_telling_goes_to_the_case_that_comes_of_it(talk: Talk) -> None:
    talk.says("there is graffiti", "graffiti")
    held = send(talk, files.photo())
    assert held.case_ref is None
    asks = talk.asks
    assert talk.conversations.since(talk.id).messages[-1].said.asks == asks
    case = told(talk, "graffiti")
    assert [one.id for one in received(talk.office, case.ref)] == [held.id]


def test_the_same_file_twice_is_kept_once(talk: Talk) -> None:
    case = told(talk, "name_change")
    first = accept_evidence(talk.office, talk.id, files.photo(), Channel.WEB)
    again = accept_evidence(talk.office, talk.id, files.photo(), Channel.WEB)
    assert (first.again, again.again) == (False, True)
    assert again.evidence == first.evidence
    assert len(received(talk.office, case.ref)) == 1
    assert len(store_of(talk.office).held) == 1


def test_two_at_once_are_both_kept_and_counted(talk: Talk) -> None:
    case = told(talk, "name_change")
    colours = ["red", "green", "yellow", "orange", "pink", "black", "white", "grey"]
    threads = [
        threading.Thread(target=send, args=(talk, files.photo(colour))) for colour in colours
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(received(talk.office, case.ref)) == len(colours)


def test_a_case_takes_so_many_files_and_no_more(talk: Talk) -> None:
    case = told(talk, "name_change")
    most = talk.office.council.evidence.most_files
    for number in range(most):
        send(talk, files.photo(f"rgb({number * 20},9,9)"))
    with pytest.raises(EvidenceRefused) as refused:
        send(talk, files.photo("white"))
    assert refused.value.why is Refusal.FULL
    assert len(received(talk.office, case.ref)) == most
    assert len(store_of(talk.office).held) == most


@pytest.mark.parametrize("name", files.EVIL)
def test_of_a_file_that_is_refused_nothing_is_kept(talk: Talk, name: str) -> None:
    case = told(talk, "name_change")
    data, why = files.EVIL[name]
    with pytest.raises(EvidenceRefused) as refused:
        send(talk, data)
    assert refused.value.why == why
    assert received(talk.office, case.ref) == ()
    assert store_of(talk.office).held == {}


def test_a_file_larger_than_allowed_is_not_even_looked_at(talk: Talk) -> None:
    told(talk, "name_change")
    with pytest.raises(EvidenceRefused) as refused:
        send(talk, files.photo() + b"x" * talk.office.council.evidence.most_bytes)
    assert refused.value.why is Refusal.TOO_BIG


class Scanner:
    """Finds what begins with a word; `down` finds nothing out."""

    def __init__(self, bad: bytes = b"", down: bool = False) -> None:
        self.bad, self.down = bad, down

    def is_clean(self, data: bytes) -> bool:
        if self.down:
            raise Busy("scanner")
        return not (self.bad and self.bad in data)


def scanning(scanner: Scanner) -> Office:
    office = make_office()
    assert office.evidence is not None
    return replace(office, evidence=replace(office.evidence, scan=scanner))


@pytest.mark.parametrize(
    ("scanner", "why"), [(Scanner(files.CAMERA), "unsafe"), (Scanner(down=True), "unchecked")]
)
def test_where_a_scanner_is_set_up_nothing_is_taken_unscanned(scanner: Scanner, why: str) -> None:
    talk = Talk(scanning(scanner))
    told(talk, "name_change")
    with pytest.raises(EvidenceRefused) as refused:
        send(talk, files.photo())
    assert refused.value.why == why
    assert store_of(talk.office).held == {}


def test_what_was_scanned_says_so() -> None:
    talk = Talk(scanning(Scanner()))
    told(talk, "name_change")
    assert send(talk, files.photo()).scan is Scan.CLEAN


def test_a_case_of_another_conversation_takes_nothing(begin: Begin) -> None:
    case = told(begin(), "name_change")
    stranger = begin()
    with pytest.raises(NotFound):
        send(stranger, files.photo(), case.ref)
    assert store_of(stranger.office).held == {}


def test_a_form_being_filled_does_not_take_what_an_earlier_case_waits_for(talk: Talk) -> None:
    first = told(talk, "name_change")
    talk.says("my bin was missed", "missed_bin")
    assert send(talk, files.photo()).case_ref == first.ref
