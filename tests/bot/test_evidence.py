"""Photos and documents in conversations: asked for, sent, kept with the case, shown to staff."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.adapters.memory_evidence import MemoryEvidenceStore
from casework.adapters.surroundings import FixedClock
from casework.domain.cases import Case
from casework.domain.conversations import Author, Channel, Mode
from casework.domain.errors import BadPart, Busy, CaseworkError, NotFound, SendingFailed
from casework.domain.evidence import Evidence, EvidenceRefused, MediaType, Refusal, Scan
from casework.domain.outbox import Delivery, Outgoing
from casework.domain.staff import Role, StaffMember
from casework.domain.tokens import hash_of
from casework.use_cases.accept_evidence import accept_evidence
from casework.use_cases.ask_for_evidence import ask_for_evidence
from casework.use_cases.fetch_pictures import TRIED_AGAIN_AFTER, fetch_pictures, queue_pictures
from casework.use_cases.find_contact import Told
from casework.use_cases.forget_evidence import (
    forget_evidence_of_case,
    forget_evidence_of_conversation,
    forget_unwanted_evidence,
)
from casework.use_cases.office import Office
from casework.use_cases.read_cases import read_case
from casework.use_cases.read_evidence import read_evidence
from casework.use_cases.record_delivery import record_delivery
from casework.use_cases.send_by_link import accept_by_link, finish_link, view_link
from tests import evidence_files as files
from tests.casework.changes import fill
from tests.office import Talk, make_office

Begin = Callable[..., Talk]
KIM = StaffMember("k", "Kim Dean", Role.SUPERVISOR, "hash-k")
REVENUES = StaffMember("r", "Rae Venue", Role.BACK_OFFICE, "hash-r", ("revenues",))
BENEFITS = StaffMember("b", "Ben Fitt", Role.BACK_OFFICE, "hash-b", ("benefits",))
ELECTIONS = StaffMember("e", "El Ector", Role.BACK_OFFICE, "hash-e", ("elections",))


def told(talk: Talk, service: str, **other: str) -> Case:
    """Has the resident tell something to the end; the parent case."""
    fill(talk, service, **other)
    talk.says("yes", "affirm")
    return case_of(talk)


def case_of(talk: Talk) -> Case:
    with talk.office.store.begin(reading=True) as work:
        whole = [c for c in work.cases.of_conversation(talk.id) if c.parent_ref is None]
    return whole[-1]


def send(talk: Talk, data: bytes, ref: str | None = None) -> Evidence:
    return accept_evidence(talk.office, talk.id, data, talk.conversation.channel, ref).evidence


def received(office: Office, ref: str, member: StaffMember = KIM) -> tuple[Evidence, ...]:
    return read_case(office, member, ref).evidence.received


def store_of(office: Office) -> MemoryEvidenceStore:
    assert office.evidence is not None
    assert isinstance(office.evidence.files, MemoryEvidenceStore)
    return office.evidence.files


def outbox(office: Office) -> list[Outgoing]:
    with office.store.begin(reading=True) as work:
        return work.outbox.recent()


def code_in(text: str) -> str:
    return text.split("/evidence/")[1].split()[0]


def offer(talk: Talk) -> Any:
    """What the newest message that speaks of sending says of it."""
    return next((m.said.upload for m in reversed(talk.heard) if m.said.upload), None)


# --- what is asked for ---


def test_a_change_that_needs_proof_asks_for_it_with_a_day(talk: Talk) -> None:
    case = told(talk, "name_change")
    (asked,) = [m for m in talk.heard if m.said.upload]
    assert "deed poll" in asked.said.text
    assert "Tuesday 8 December" in asked.said.text
    assert asked.said.upload is not None
    assert asked.said.upload.case_ref == case.ref
    assert [one.label for one in asked.said.upload.needed] == ["Proof of the new name"]
    assert talk.asks is not None


def test_who_has_no_proof_is_not_asked_but_the_case_lists_it(talk: Talk) -> None:
    case = told(talk, "name_change", evidence="I do not have any")
    assert offer(talk) is None
    listed = read_case(talk.office, KIM, case.ref).evidence
    assert [one.proof.id for one in listed.needed] == ["new_name"]
    assert listed.missing


def test_what_is_needed_depends_on_the_answers(begin: Begin) -> None:
    student = told(begin(), "occupancy_change", change="someone became a student")
    office = student and begin().office
    joined = told(begin(), "occupancy_change", change="someone moved in")
    listed = [read_case(office, KIM, one.ref).evidence.needed for one in (student, joined)]
    assert [[one.proof.id for one in needed] for needed in listed] == [["student"], []]


def test_a_report_says_that_a_photo_helps(talk: Talk) -> None:
    told(talk, "graffiti")
    (said,) = [m.said for m in talk.heard if m.said.upload]
    assert said.upload is not None
    assert [one.optional for one in said.upload.needed] == [True]
    assert "photo" in said.text.lower()


def test_what_needs_nothing_says_nothing(talk: Talk) -> None:
    told(talk, "missed_bin")
    assert offer(talk) is None


def test_a_caller_gets_a_link_by_the_contact_they_gave(begin: Begin) -> None:
    talk = begin(Channel.VOICE, caller="+447700900999")
    case = told(talk, "name_change", contact="07700 900123")
    (text,) = outbox(talk.office)
    assert text.to == "+447700900123"
    assert text.case_ref == case.ref
    assert len(text.text) <= 320
    assert any("I've texted you a link" in m.said.text for m in talk.heard)
    assert accept_by_link(talk.office, code_in(text.text), files.photo()).evidence.case_ref == (
        case.ref
    )


def test_a_caller_with_an_address_gets_it_by_mail(begin: Begin) -> None:
    talk = begin(Channel.VOICE)
    told(talk, "name_change", contact="hannah@example.com")
    (mail,) = outbox(talk.office)
    assert mail.to == "hannah@example.com"
    assert "/evidence/" in mail.text
    assert any("I've emailed you a link" in m.said.text for m in talk.heard)


def test_nothing_is_sent_to_whom_it_could_put_at_risk(begin: Begin) -> None:
    talk = begin(Channel.VOICE)
    with talk.office.store.begin() as work:
        held = work.conversations.get(talk.id)
        work.conversations.save(replace(held, flags=("safe_contact",)))
    told(talk, "income_change")
    assert outbox(talk.office) == []
    assert any("the team will tell you how" in m.said.text for m in talk.heard)


def test_a_caller_hears_nothing_of_photos_that_only_help(begin: Begin) -> None:
    talk = begin(Channel.VOICE)
    told(talk, "graffiti")
    assert not any("photo" in m.said.text.lower() for m in talk.heard[-4:])


# --- taking it in ---


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


# --- wanting to send ---


@pytest.mark.parametrize(
    "words",
    [
        "I want to send a photo",
        "can I send you a picture of it?",
        "how do I upload a document",
        "I've got a photo",
        "can i attach some pictures",
        "Where do I send the certificate?",
        "let me show you a picture",
        "i have a photo of it",
        "is there a way to send you photos",
        "Sorry, can I add a photo",
    ],
)
def test_whoever_wants_to_send_something_is_told_how_and_asked_on(talk: Talk, words: str) -> None:
    talk.says("there is graffiti", "graffiti")
    asks = talk.asks
    said = talk.says(words)
    assert said[0].said.upload is not None
    assert talk.asks == asks
    assert not talk.engine.asked or talk.engine.asked[-1].text != words


@pytest.mark.parametrize(
    "words",
    [
        "someone put a picture on the wall",
        "I will be sending a complaint",
        "a photo shop window",
        "my certificate is lost",
        "I want to send a parcel",
    ],
)
def test_what_only_sounds_like_it_is_an_answer(talk: Talk, words: str) -> None:
    talk.says("there is graffiti", "graffiti")
    talk.says(words)
    assert talk.engine.asked[-1].text == words


def test_with_nothing_told_yet_it_is_the_assistants_to_answer(talk: Talk) -> None:
    talk.says("I want to send a photo", "not_sure")
    assert talk.engine.asked[-1].text == "I want to send a photo"


def test_it_can_be_sent_later_in_the_same_conversation(talk: Talk) -> None:
    case = told(talk, "graffiti")
    talk.says("I want to send a photo")
    assert offer(talk).case_ref == case.ref


# --- links ---


def link_for(talk: Talk, ref: str) -> str:
    assert ask_for_evidence(talk.office, KIM, ref) in {Told.TEXT, Told.EMAIL}
    return code_in(outbox(talk.office)[0].text)


def test_a_link_says_what_for_and_never_who(talk: Talk) -> None:
    case = told(talk, "name_change", new_name="Hannah Pryce")
    view = view_link(talk.office, link_for(talk, case.ref))
    assert view.matter == "Change your name"
    assert view.needed == ("Proof of the new name",)
    assert "Pryce" not in repr(view)
    assert case.ref not in repr(view)


def test_a_link_is_used_up_when_the_resident_says_that_was_all(talk: Talk) -> None:
    case = told(talk, "name_change")
    code = link_for(talk, case.ref)
    accept_by_link(talk.office, code, files.photo())
    accept_by_link(talk.office, code, files.pdf())
    finish_link(talk.office, code)
    for use in (view_link, finish_link):
        with pytest.raises(NotFound):
            use(talk.office, code)
    with pytest.raises(NotFound):
        accept_by_link(talk.office, code, files.heic())
    assert len(received(talk.office, case.ref)) == 2


def test_a_link_grows_too_old(talk: Talk) -> None:
    code = link_for(talk, told(talk, "name_change").ref)
    assert isinstance(talk.office.clock, FixedClock)
    talk.office.clock.advance(timedelta(days=6, hours=23))
    view_link(talk.office, code)
    talk.office.clock.advance(timedelta(hours=1))
    with pytest.raises(NotFound):
        view_link(talk.office, code)


def test_only_a_hash_of_the_code_is_kept(talk: Talk) -> None:
    code = link_for(talk, told(talk, "name_change").ref)
    with talk.office.store.begin(reading=True) as work:
        assert work.upload_links.get(hash_of(code)).code_hash != code
        with pytest.raises(NotFound):
            work.upload_links.get(code)


# --- staff ---


def test_staff_open_it_and_that_is_written_down(talk: Talk) -> None:
    case = told(talk, "name_change")
    held = send(talk, files.photo())
    found, data = read_evidence(talk.office, REVENUES, case.ref, held.id)
    assert found == held
    assert data == store_of(talk.office).held[held.stored_name]
    last = case_of(talk).history[-1]
    assert (last.by, last.what) == ("Rae Venue", "evidence_opened")


def test_a_team_told_of_the_proof_sees_it_and_others_do_not(talk: Talk) -> None:
    case = told(talk, "name_change")
    held = send(talk, files.photo())
    parts = {part.team: part.ref for part in read_case(talk.office, KIM, case.ref).parts}
    assert received(talk.office, parts["benefits"], BENEFITS) == (held,)
    read_evidence(talk.office, BENEFITS, parts["benefits"], held.id)
    assert received(talk.office, parts["elections"], ELECTIONS) == ()
    for member, ref in [(ELECTIONS, parts["elections"]), (ELECTIONS, case.ref)]:
        with pytest.raises(NotFound):
            read_evidence(talk.office, member, ref, held.id)


def test_a_file_changed_on_the_disk_is_not_shown(talk: Talk) -> None:
    case = told(talk, "name_change")
    held = send(talk, files.photo())
    store_of(talk.office).held[held.stored_name] += b"more"
    with pytest.raises(CaseworkError, match="changed"):
        read_evidence(talk.office, KIM, case.ref, held.id)


def test_staff_ask_for_it_again(talk: Talk) -> None:
    case = told(talk, "name_change", contact="07700 900123")
    assert ask_for_evidence(talk.office, KIM, case.ref) is Told.TEXT
    (text,) = outbox(talk.office)
    assert "/evidence/" in text.text
    assert talk.conversations.since(talk.id).messages[-1].said.upload is not None
    assert case_of(talk).history[-1].what == "evidence_asked"
    assert ask_for_evidence(talk.office, KIM, case.ref) is Told.TEXT
    assert len(outbox(talk.office)) == 2


def test_a_part_is_not_asked_for_by_itself(talk: Talk) -> None:
    case = told(talk, "name_change")
    (part, *_) = read_case(talk.office, KIM, case.ref).parts
    with pytest.raises(BadPart):
        ask_for_evidence(talk.office, KIM, part.ref)


# --- forgetting ---


def test_files_go_with_their_case(talk: Talk) -> None:
    case = told(talk, "name_change")
    send(talk, files.photo())
    code = link_for(talk, case.ref)
    assert forget_evidence_of_case(talk.office, case.ref) == 1
    assert store_of(talk.office).held == {}
    assert received(talk.office, case.ref) == ()
    with pytest.raises(NotFound):
        view_link(talk.office, code)
    assert forget_evidence_of_case(talk.office, case.ref) == 0


def test_what_never_had_a_case_goes_with_its_conversation(talk: Talk) -> None:
    talk.says("there is graffiti", "graffiti")
    send(talk, files.photo())
    queue_pictures(talk.office, talk.id, "MM1", ["https://carrier/1"])
    assert forget_evidence_of_conversation(talk.office, talk.id) == 1
    assert store_of(talk.office).held == {}
    assert fetch_pictures(talk.office, Carrier({})) == 0


def test_what_was_sent_for_a_matter_given_up_is_no_part_of_the_next(talk: Talk) -> None:
    talk.says("I changed my name", "name_change")
    send(talk, files.photo())
    talk.says("stop")
    talk.says("yes", "affirm")
    case = told(talk, "missed_bin")
    assert received(talk.office, case.ref) == ()
    assert forget_unwanted_evidence(talk.office) == 1
    assert store_of(talk.office).held == {}
    assert forget_unwanted_evidence(talk.office) == 0


def test_what_is_still_being_told_keeps_its_files_for_a_week(talk: Talk) -> None:
    talk.says("there is graffiti", "graffiti")
    send(talk, files.photo())
    assert forget_unwanted_evidence(talk.office) == 0
    later = talk.office.clock.now() + timedelta(days=9)
    office = replace(talk.office, clock=FixedClock(later))
    assert forget_unwanted_evidence(office) == 1


def test_a_photo_sent_before_anything_was_told_goes_with_the_first_matter(talk: Talk) -> None:
    held = send(talk, files.photo())
    case = told(talk, "graffiti")
    assert [one.id for one in received(talk.office, case.ref)] == [held.id]


# --- pictures of texts ---


class Carrier:
    """Has pictures by address; an exception in their place is raised."""

    def __init__(self, held: dict[str, bytes | Exception]) -> None:
        self.held = held
        self.asked: list[str] = []

    def fetch(self, url: str, most_bytes: int) -> bytes:
        self.asked.append(url)
        found = self.held[url]
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
def texting(begin: Begin) -> Talk:
    talk = begin(Channel.SMS, caller="+447700900123")
    told(talk, "graffiti")
    return talk


def test_pictures_of_a_text_go_to_the_report_and_are_told_once(texting: Talk) -> None:
    case = case_of(texting)
    urls = ["https://carrier/1", "https://carrier/2"]
    queue_pictures(texting.office, texting.id, "MM1", urls)
    queue_pictures(texting.office, texting.id, "MM1", urls)
    carrier = Carrier({urls[0]: files.photo(), urls[1]: files.photo("green")})
    assert fetch_pictures(texting.office, carrier) == 2
    assert fetch_pictures(texting.office, carrier) == 0
    assert [one.channel for one in received(texting.office, case.ref)] == [Channel.SMS] * 2
    (text,) = outbox(texting.office)
    assert "2 photos" in text.text


def test_a_picture_that_is_no_picture_is_said(texting: Talk) -> None:
    queue_pictures(texting.office, texting.id, "MM1", ["https://carrier/1"])
    fetch_pictures(texting.office, Carrier({"https://carrier/1": files.PROGRAM}))
    (text,) = outbox(texting.office)
    assert "cannot take that kind" in text.text
    assert received(texting.office, case_of(texting).ref) == ()


def test_a_carrier_that_fails_is_tried_again_and_then_that_is_said(texting: Talk) -> None:
    queue_pictures(texting.office, texting.id, "MM1", ["https://carrier/1"])
    carrier = Carrier({"https://carrier/1": SendingFailed("503", again=True)})
    assert isinstance(texting.office.clock, FixedClock)
    for wait in TRIED_AGAIN_AFTER:
        assert fetch_pictures(texting.office, carrier) == 1
        assert fetch_pictures(texting.office, carrier) == 0
        assert outbox(texting.office) == []
        texting.office.clock.advance(timedelta(seconds=wait))
    fetch_pictures(texting.office, carrier)
    (text,) = outbox(texting.office)
    assert "did not reach us" in text.text
    assert carrier.asked == ["https://carrier/1"] * (len(TRIED_AGAIN_AFTER) + 1)


def test_a_picture_that_is_gone_is_not_waited_for(texting: Talk) -> None:
    queue_pictures(texting.office, texting.id, "MM1", ["https://carrier/1"])
    fetch_pictures(
        texting.office, Carrier({"https://carrier/1": SendingFailed("404", again=False)})
    )
    assert len(outbox(texting.office)) == 1


def test_a_picture_of_a_closed_run_of_texts_is_still_told(texting: Talk) -> None:
    queue_pictures(texting.office, texting.id, "MM1", ["https://carrier/1"])
    texting.conversations.end(texting.id)
    assert texting.conversation.mode is Mode.CLOSED
    fetch_pictures(texting.office, Carrier({"https://carrier/1": files.photo()}))
    assert any("photo" in one.text for one in outbox(texting.office))


def test_a_document_keeps_its_kind(talk: Talk) -> None:
    told(talk, "name_change")
    assert send(talk, files.pdf()).media_type is MediaType.PDF


# --- asked for twice ---


def test_a_link_asked_for_again_is_said_to_be_on_its_way_and_where(begin: Begin) -> None:
    talk = begin(Channel.VOICE, caller="+447700900999")
    told(talk, "name_change", contact="07700 900123")
    links = len(upload_links(talk.office))
    talk.says("how do I send it", "help")
    talk.says("how can I send the document", "help")
    assert len(outbox(talk.office)) == 1
    assert len(upload_links(talk.office)) == links
    assert "already" in talk.said
    assert "1 2 3" in talk.said
    assert "the team will tell you" not in talk.said


def test_a_link_that_has_not_come_after_a_while_is_sent_anew(begin: Begin) -> None:
    talk = begin(Channel.VOICE, caller="+447700900999")
    told(talk, "name_change", contact="07700 900123")
    talk.office.clock.advance(timedelta(minutes=11))  # type: ignore[attr-defined]
    talk.says("how can I send the document", "help")
    assert "I've texted you a link" in talk.said
    first, second = outbox(talk.office)
    assert code_in(first.text) != code_in(second.text)


def test_a_link_that_did_not_arrive_is_not_said_to_be_there(begin: Begin) -> None:
    talk = begin(Channel.VOICE, caller="+447700900999")
    told(talk, "name_change", contact="07700 900123")
    (lost,) = outbox(talk.office)
    record_delivery(talk.office, lost.id, Delivery.UNDELIVERED, "30005")
    talk.says("how can I send the document", "help")
    assert "I've texted you a link" in talk.said
    assert len(outbox(talk.office)) == 2


def test_a_link_mailed_is_said_to_be_mailed(begin: Begin) -> None:
    talk = begin(Channel.VOICE)
    told(talk, "name_change", contact="hannah@example.com")
    talk.says("how can I send the document", "help")
    assert "already" in talk.said
    assert "email" in talk.said
    assert len(outbox(talk.office)) == 1


def upload_links(office: Office) -> list[Any]:
    return list(office.store._records.upload_links)  # type: ignore[attr-defined]
