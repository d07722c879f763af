"""Who may be sent a text: one rule, wherever one is promised."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.domain.conversations import Channel, Offer
from casework.use_cases.keep_draft import offer_to_keep
from casework.use_cases.number_to_text import NoText, number_to_text, why_no_text
from casework.use_cases.office import Office
from casework.use_cases.opt_out import opt_out
from casework.use_cases.silent_caller import offer_to_text
from casework.use_cases.text_form import text_form
from casework.use_cases.text_link import text_link
from telephony.call_prompts import CallPrompts
from telephony.wording import Wording
from tests.casework.sending import outbox
from tests.office import Talk, make_office

MOBILE, LANDLINE = "+447700900123", "+441752000123"

CALLERS = [
    (MOBILE, (), False, None),
    (None, (), False, NoText.WITHHELD),
    (LANDLINE, (), False, NoText.NO_MOBILE),
    (MOBILE, (), True, NoText.STOPPED),
    (MOBILE, ("safe_contact",), False, NoText.UNSAFE),
    (None, ("safe_contact",), False, NoText.UNSAFE),
]


@pytest.fixture
def office() -> Office:
    return make_office()


def rings(office: Office, caller: str | None, flags: tuple[str, ...], stopped: bool) -> Talk:
    """Somebody in the middle of telling of a missed bin."""
    if stopped:
        opt_out(office, MOBILE)
    talk = Talk(office, Channel.VOICE, caller=caller)
    talk.says("my recycling bin was missed", "missed_bin")
    with office.store.begin() as work:
        work.conversations.save(replace(work.conversations.get(talk.id), flags=flags))
    return talk


@pytest.mark.parametrize(("caller", "flags", "stopped", "why"), CALLERS)
def test_a_text_goes_to_a_mobile_that_is_known_wants_texts_and_is_safe(
    office: Office, caller: str | None, flags: tuple[str, ...], stopped: bool, why: NoText | None
) -> None:
    talk = rings(office, caller, flags, stopped)
    with office.store.begin(reading=True) as work:
        assert why_no_text(work, talk.conversation) is why
        assert number_to_text(work, talk.conversation) == (caller if why is None else None)


@pytest.mark.parametrize(("caller", "flags", "stopped", "why"), CALLERS)
def test_everything_that_promises_a_text_keeps_to_that_rule(
    office: Office, caller: str | None, flags: tuple[str, ...], stopped: bool, why: NoText | None
) -> None:
    talk = rings(office, caller, flags, stopped)
    may = why is None
    assert CallPrompts(office, Wording({}, {})).manner(talk.conversation).texts is may
    draft = talk.draft
    assert draft is not None
    with office.store.begin() as work:
        (asked,) = offer_to_keep(office, work, talk.conversation, draft)
        assert ("text" in asked.text) is may
        work.drafts.save(draft)
        work.conversations.save(replace(talk.conversation, offer=None))
        text_form(office, work, work.conversations.get(talk.id))
    assert [one.to for one in outbox(office)] == ([caller] if may else [])


@pytest.mark.parametrize(("caller", "flags", "stopped", "why"), CALLERS)
def test_a_code_is_offered_to_whoever_falls_silent_by_the_same_rule(
    office: Office, caller: str | None, flags: tuple[str, ...], stopped: bool, why: NoText | None
) -> None:
    talk = rings(office, caller, flags, stopped)
    assert bool(offer_to_text(office, talk.id, "turn-1")) is (why is None)


@pytest.mark.parametrize(("caller", "flags", "stopped", "why"), CALLERS)
def test_a_link_to_a_page_is_offered_by_the_same_rule(
    office: Office, caller: str | None, flags: tuple[str, ...], stopped: bool, why: NoText | None
) -> None:
    if stopped:
        opt_out(office, MOBILE)
    talk = Talk(office, Channel.VOICE, caller=caller)
    with office.store.begin() as work:
        work.conversations.save(replace(talk.conversation, flags=flags))
    talk.says("my driving licence", "not_council")
    offer = talk.conversation.offer
    assert (offer is not None and offer.kind == "text_link") is (why is None)


def test_a_link_that_was_texted_a_moment_ago_is_not_said_to_be_impossible(office: Office) -> None:
    talk = Talk(office, Channel.VOICE, caller=MOBILE)
    talk.says("my driving licence", "not_council")
    assert talk.conversation.offer is not None
    page = talk.conversation.offer.words
    talk.says("yes please", "affirm")
    with office.store.begin() as work:
        again = replace(talk.conversation, offer=Offer("text_link", ("not_council",), page))
        said = text_link(office, work, again, again.offer, agreed=True).said  # type: ignore[arg-type]
    assert len(outbox(office)) == 1
    assert "already" in said[0].text
    assert "can't" not in said[0].text
