"""What residents say of how and when to contact them is kept with their case, and obeyed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pytest

from casework.domain.cases import CaseStatus
from casework.domain.contact_wishes import FIELD, ContactWishes, written_from
from casework.domain.conversations import Channel
from casework.domain.followers import Follower
from casework.domain.hours import ContactRules
from casework.domain.outbox import Outgoing
from casework.use_cases.office import Office
from casework.use_cases.queue_rows import read_left
from casework.use_cases.read_cases import read_case
from casework.use_cases.tell_resident import Told
from casework.use_cases.update_case import CaseChange, update_case
from tests.casework.desk import KIM, team
from tests.office import LONDON, NOW, Talk, flaws, make_office

RULES = ContactRules(time(8), time(20))
BIN = "my recycling bin was missed on Friday"


@pytest.fixture
def office() -> Office:
    office = make_office()
    team(office)
    return office


def reports(office: Office, contact: str, *, says: str = BIN, channel: Any = Channel.WEB) -> Talk:
    """A missed bin reported to its end, with words about how to be contacted."""
    talk = Talk(office, channel)
    talk.says(says, "missed_bin")
    for _ in range(12):
        if talk.refs:
            return talk
        answer = {
            "address": "14 Elm Road PL4 7AA", "collection_date": "Friday", "out_on_time": "yes",
            "confirm": "yes", "contact": contact,
        }.get(talk.asks or "", "skip")  # fmt: skip
        talk.says(answer, "affirm" if answer == "yes" else None)
    raise AssertionError(f"no case: {talk.asks} {talk.said}")


def tells(office: Office, talk: Talk) -> tuple[Told | None, list[Outgoing]]:
    (case,) = talk.cases
    told = update_case(office, KIM, case.ref, CaseChange(tell_resident="A crew comes.")).told
    with office.store.begin(reading=True) as work:
        return told, work.outbox.of_case(case.ref)


def kept(talk: Talk) -> ContactWishes:
    (case,) = talk.cases
    return ContactWishes.from_json(case.fields[FIELD].value)


def test_hours_given_with_the_number_are_kept_noted_and_waited_for(office: Office) -> None:
    talk = reports(office, "07700 900123 but only after 6 please")
    assert talk.values["contact"] == "+447700900123"
    assert kept(talk).start == time(18)
    assert "noted how you want to be contacted" in talk.said
    assert flaws(talk) == []
    told, (message,) = tells(office, talk)
    assert told is Told.TEXT
    assert message.due_at == datetime(2026, 11, 24, 18, 0, tzinfo=LONDON)


def test_whoever_wishes_nothing_is_told_at_once_and_nothing_is_said_of_it(office: Office) -> None:
    talk = reports(office, "07700 900123")
    assert FIELD not in talk.cases[0].fields
    assert "noted how" not in talk.said
    _, (message,) = tells(office, talk)
    assert message.due_at == NOW


def test_what_is_wished_after_the_case_was_opened_counts_too(office: Office) -> None:
    talk = reports(office, "07700 900123")
    talk.says("by the way please don't text me before noon", "help")
    _, (message,) = tells(office, talk)
    assert message.due_at == datetime(2026, 11, 24, 12, 0, tzinfo=LONDON)


def test_a_way_that_is_not_wanted_is_not_used(office: Office) -> None:
    talk = reports(office, "07700 900123", says=f"{BIN}. Please email only")
    assert kept(talk).only_by == "email"
    told, messages = tells(office, talk)
    assert told in {Told.CHAT, Told.RECORDED}
    assert messages == []


def test_a_format_asked_for_in_passing_is_sent_by_post(office: Office) -> None:
    talk = reports(office, "07700 900123", says=f"{BIN}. Please send any letters in large print")
    told, messages = tells(office, talk)
    assert (told, messages) == (Told.POST, [])


def test_followers_are_told_in_their_own_hours_and_never_what_staff_wrote(office: Office) -> None:
    talk = reports(office, "07700 900123")
    follower = Talk(office)
    follower.says("please only text me after 7pm", "help")
    ref = talk.cases[0].ref
    with office.store.begin() as work:
        work.followers.add(Follower(ref, follower.id, NOW, "+447700900999"))
    change = CaseChange(status=CaseStatus.FIXED, tell_resident="Mrs Trott, we emptied it.")
    update_case(office, KIM, ref, change)
    with office.store.begin(reading=True) as work:
        messages = {one.to: one for one in work.outbox.of_case(ref)}
    assert set(messages) == {"+447700900123", "+447700900999"}
    theirs = messages["+447700900999"]
    assert "Trott" not in theirs.text
    assert "fixed" in theirs.text
    assert theirs.due_at == datetime(2026, 11, 24, 19, 0, tzinfo=LONDON)
    with office.store.begin(reading=True) as work:
        before = len(work.outbox.of_case(ref))
    update_case(office, KIM, ref, CaseChange(tell_resident="Another word for Mrs Trott."))
    with office.store.begin(reading=True) as work:
        later = work.outbox.of_case(ref)[before:]
    assert [one.to for one in later] == ["+447700900123"]


def test_domestic_abuse_is_never_written_to_whatever_staff_send(office: Office) -> None:
    talk = reports(office, "07700 900123")
    with office.store.begin() as work:
        work.conversations.save(replace(talk.conversation, flags=("safe_contact",)))
    told, messages = tells(office, talk)
    assert messages == []
    assert told in {Told.CHAT, Told.RECORDED}


def test_staff_see_them_with_the_case(office: Office) -> None:
    talk = reports(office, "07700 900123, never leave a voicemail")
    record = read_case(office, KIM, talk.cases[0].ref)
    assert record.contact.wishes.no_message
    assert read_left(office, KIM) == []


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "wishes", "wanted"),
    [
        (at(24, 10), ContactWishes(), at(24, 10)),
        (at(24, 21), ContactWishes(), at(25, 8)),
        (at(24, 7), ContactWishes(end=time(12)), at(24, 8)),
        (at(24, 12), ContactWishes(end=time(12)), at(25, 8)),
        (at(24, 19), ContactWishes(start=time(18)), at(24, 19)),
        (at(24, 20), ContactWishes(start=time(18)), at(25, 18)),
        # The council writes until eight, and they are only free after nine.
        (at(24, 10), ContactWishes(start=time(21)), at(24, 21)),
        # A Friday evening, and weekdays only.
        (at(27, 21), ContactWishes(days=frozenset(range(5))), at(30, 8)),
        (at(28, 10), ContactWishes(days=frozenset({5, 6})), at(28, 10)),
        (at(17, 10), ContactWishes(days=frozenset({1}), end=time(9)), at(24, 8)),
    ],
)  # fmt: skip
def test_messages_wait_for_the_hours_of_both(
    now: datetime, wishes: ContactWishes, wanted: datetime
) -> None:
    assert written_from(now, RULES, wishes, LONDON) == wanted


def test_wishes_come_back_from_a_case_as_they_were() -> None:
    whole = ContactWishes(
        time(18), time(20), frozenset({0, 4}), "text", frozenset({"phone"}), frozenset({"home"}),
        True, "braille", ("only after six",),
    )  # fmt: skip
    assert ContactWishes.from_json(whole.to_json()) == whole
    assert ContactWishes.from_json({}) == ContactWishes()
    assert not ContactWishes()


def test_what_is_wished_later_counts() -> None:
    first = ContactWishes(start=time(18), not_by=frozenset({"text"}))
    later = first.then(ContactWishes(end=time(12), only_by="text"))
    assert (later.start, later.end) == (None, time(12))
    assert later.allows("text")
    assert not later.allows("phone")
