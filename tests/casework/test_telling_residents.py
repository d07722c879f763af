"""What staff want a resident to know goes out by the contact they chose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from casework.adapters.memory_store import MemoryStore
from casework.domain.cases import Case
from casework.domain.conversations import Author, Channel, Conversation, Message, Mode, Utterance
from casework.domain.drafts import Answer, Source
from casework.domain.errors import Conflict
from casework.domain.outbox import Medium, Outgoing
from casework.domain.staff import Role, StaffMember
from casework.use_cases.office import Office
from casework.use_cases.opt_out import opt_out
from casework.use_cases.tell_resident import Told
from casework.use_cases.update_case import CaseChange, update_case
from tests.office import NOW, make_office

REF = "10000012"
MOBILE, LANDLINE, EMAIL = "+447700900123", "+441632960123", "ann@example.com"
SAM = StaffMember("s", "Sam", Role.SUPERVISOR, "hash")
WORDS = "We will fill it on Thursday."


@pytest.fixture
def office() -> Office:
    return make_office()


def given(**fields: Any) -> dict[str, Answer]:
    return {name: Answer(value, Source.TYPED, NOW, True) for name, value in fields.items()}


def open_case(office: Office, ref: str = REF, **about: Any) -> None:
    case = Case(ref, "pothole", "highways", "simple", NOW, "c1")
    with office.store.begin() as work:
        work.cases.add(replace(case, **about))


def open_conversation(office: Office, channel: Channel, **about: Any) -> None:
    begun = Conversation("c1", channel, NOW, NOW, "hash")
    with office.store.begin() as work:
        work.conversations.add(replace(begun, **about))


def tell(office: Office, text: str = WORDS, ref: str = REF) -> Told | None:
    return update_case(office, SAM, ref, CaseChange(tell_resident=text)).told


def outbox(office: Office) -> list[Outgoing]:
    with office.store.begin(reading=True) as work:
        return work.outbox.recent()


def transcript(office: Office) -> list[Message]:
    with office.store.begin(reading=True) as work:
        return work.conversations.messages("c1")


def test_a_mobile_gets_a_text(office: Office) -> None:
    open_case(office, fields=given(contact=MOBILE))
    assert tell(office) is Told.TEXT
    (sent,) = outbox(office)
    assert (sent.medium, sent.to, sent.subject) == (Medium.TEXT, MOBILE, "")
    assert (sent.case_ref, sent.conversation_id) == (REF, "c1")
    assert WORDS in sent.text
    assert "1000 0012" in sent.text
    assert office.council.service("pothole").short in sent.text
    assert len(sent.text) <= 320


def test_an_address_gets_an_email_with_a_subject(office: Office) -> None:
    open_case(office, fields=given(contact=EMAIL))
    assert tell(office) is Told.EMAIL
    (sent,) = outbox(office)
    assert (sent.medium, sent.to) == (Medium.EMAIL, EMAIL)
    assert WORDS in sent.text
    assert "1000 0012" in sent.subject
    assert "\n" not in sent.subject


def test_a_landline_and_a_number_abroad_get_nothing(office: Office) -> None:
    open_case(office, fields=given(contact=LANDLINE))
    open_case(office, "20000024", fields=given(phone="+33612345678"))
    assert tell(office) is tell(office, ref="20000024") is Told.RECORDED
    assert outbox(office) == []


def test_without_a_contact_it_is_only_recorded(office: Office) -> None:
    open_case(office, fields=given(contact=None))
    assert tell(office) is Told.RECORDED
    with office.store.begin(reading=True) as work:
        assert work.cases.get(REF).history[-1].told_resident == WORDS


def test_the_number_to_ring_back_is_a_contact_too(office: Office) -> None:
    open_case(office, fields=given(contact=None, phone=MOBILE))
    assert tell(office) is Told.TEXT


def test_what_was_read_back_counts_before_what_was_not(office: Office) -> None:
    unsure = Answer("+447700900999", Source.SAID, NOW)
    open_case(office, fields={"contact": unsure, **given(phone=MOBILE)})
    tell(office)
    assert outbox(office)[0].to == MOBILE


def test_a_case_of_another_team_goes_by_the_contact_of_its_parent(office: Office) -> None:
    open_case(office, fields=given(contact=EMAIL))
    open_case(office, "20000024", parent_ref=REF, team="waste")
    assert tell(office, ref="20000024") is Told.EMAIL
    assert outbox(office)[0].case_ref == "20000024"


@pytest.mark.parametrize("mode", [Mode.BOT, Mode.CLOSED])
def test_whoever_wrote_by_text_gets_one(office: Office, mode: Mode) -> None:
    open_conversation(office, Channel.SMS, caller=MOBILE, mode=mode)
    open_case(office)
    assert tell(office) is Told.TEXT
    assert outbox(office)[0].to == MOBILE
    assert [one.said.text for one in transcript(office)] == ([WORDS] if mode is Mode.BOT else [])


def test_whoever_rang_gets_no_text_unasked(office: Office) -> None:
    open_conversation(office, Channel.VOICE, caller=MOBILE)
    open_case(office)
    assert tell(office) is Told.RECORDED
    assert transcript(office) == []


def test_a_run_of_texts_shows_only_what_was_sent_as_one(office: Office) -> None:
    open_conversation(office, Channel.SMS, caller=MOBILE)
    open_case(office, fields=given(contact=EMAIL))
    assert tell(office) is Told.EMAIL
    assert transcript(office) == []


def test_an_open_chat_has_it_as_well(office: Office) -> None:
    open_conversation(office, Channel.WEB)
    open_case(office, fields=given(contact=MOBILE))
    asks = Utterance("Anything else?", asks="offer", kind="offer")
    with office.store.begin() as work:
        work.conversations.append(Message("c1", 1, Author.BOT, asks, NOW, Mode.BOT))
    assert tell(office) is Told.TEXT
    said = transcript(office)[-1]
    assert (said.author, said.said.text, said.said.asks) == (Author.SYSTEM, WORDS, "offer")


@pytest.mark.parametrize("flagged", ["case", "parent", "conversation"])
@pytest.mark.parametrize("contact", [MOBILE, EMAIL])
def test_whoever_needs_safe_contact_gets_no_message(
    office: Office, contact: str, flagged: str
) -> None:
    flags = {flagged: ("crisis", "safe_contact")}
    open_conversation(office, Channel.SMS, caller=MOBILE, flags=flags.get("conversation", ()))
    open_case(office, "20000024", flags=flags.get("parent", ()))
    open_case(
        office, parent_ref="20000024", fields=given(contact=contact), flags=flags.get("case", ())
    )
    assert tell(office) is Told.RECORDED
    assert outbox(office) == []
    assert transcript(office) == []


def test_whoever_needs_safe_contact_reads_it_in_the_chat_they_have_open(office: Office) -> None:
    open_conversation(office, Channel.WEB)
    open_case(office, fields=given(contact=MOBILE), flags=("safe_contact",))
    assert tell(office) is Told.CHAT
    assert outbox(office) == []
    assert len(transcript(office)) == 1


def test_a_number_that_opted_out_gets_no_text(office: Office) -> None:
    open_case(office, fields=given(contact=MOBILE))
    opt_out(office, MOBILE)
    assert tell(office) is Told.RECORDED


def test_the_words_of_staff_are_never_cut(office: Office) -> None:
    open_case(office, fields=given(contact=MOBILE))
    # All that staff can write, 2,000 characters, goes out.
    long, longer = "word " * 399, "word " * 520
    assert tell(office, long) is Told.TEXT
    texts = [one.text for one in reversed(outbox(office))]
    assert long.strip() in " ".join(texts)
    assert all(len(text) <= 320 for text in texts)
    # No carrier takes it as one text.
    assert tell(office, longer) is Told.RECORDED
    assert len(outbox(office)) == len(texts)


def test_braces_of_staff_are_plain_words(office: Office) -> None:
    open_case(office, fields=given(contact=MOBILE))
    tell(office, "Use {ref} and {nothing}.")
    assert "Use {ref} and {nothing}." in outbox(office)[0].text


def test_a_service_that_is_no_longer_offered_can_still_be_told_of(office: Office) -> None:
    open_case(office, service="ferry", fields=given(contact=MOBILE))
    assert tell(office) is Told.TEXT


class ContendedStore(MemoryStore):
    """Has others be faster for the next few units that write."""

    refusals = 0

    @contextmanager
    def begin(self, *, reading: bool = False) -> Iterator[Any]:
        with super().begin(reading=reading) as work:
            yield work
            if not reading and self.refusals:
                self.refusals -= 1
                raise Conflict("somebody else was faster")


def test_each_update_is_sent_and_each_once() -> None:
    store = ContendedStore()
    office = make_office(store=store)
    open_case(office, fields=given(contact=MOBILE))
    tell(office)
    store.refusals = 2
    assert tell(office, "It is done.") is Told.TEXT
    assert [one.key for one in outbox(office)] == [f"update:{REF}:1", f"update:{REF}:0"]
