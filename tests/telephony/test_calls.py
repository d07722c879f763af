"""Calls through the stand-in, with the real rooms and an assistant told what is meant."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bot.messages import Inbound
from casework.adapters.memory_store import MemoryStore
from casework.domain.conversations import CallEnd, Mode
from casework.domain.drafts import DraftState, Source
from casework.domain.errors import Busy
from tests.office import Meant
from tests.telephony.conftest import BASE, CALLER, TOKEN, Caller, Line
from tests.twilio_stand_in.call import Call
from tests.twilio_stand_in.signing import signature

Ring = Callable[..., Caller]


def test_the_greeting_says_that_it_is_automated_and_how_to_reach_a_person(ring: Ring) -> None:
    caller = ring()
    assert "automated" in caller.heard.text
    assert "press 0" in caller.heard.text
    assert caller.asked == "topic"


def test_prompts_are_inside_a_gather_for_keys_and_british_speech(ring: Ring) -> None:
    gather = ring().heard.gather
    assert gather is not None
    assert set(gather.attributes["input"].split()) == {"dtmf", "speech"}
    assert gather.attributes["language"] == "en-GB"
    assert gather.attributes["bargeIn"] == "true"
    assert [verb.name for verb in gather.nested] == ["Say"]


def test_zero_brings_a_person_at_any_time(ring: Ring) -> None:
    caller = ring()
    caller.says("I want to report a pothole", "pothole")
    caller.presses("0")
    assert "a person" in caller.heard.text
    draft = caller.line.office.store
    with draft.begin(reading=True) as work:
        drafts = work.drafts.of_conversation(caller.talk.id)
    assert [d.service for d in drafts] == ["pothole", "callback"]
    assert drafts[1].about == "pothole"


def test_whoever_rings_from_a_known_number_is_not_asked_for_it(ring: Ring) -> None:
    caller = ring()
    caller.presses("0")
    asked = []
    while caller.asked in {"name", "when", "about"}:
        asked.append(caller.asked)
        caller.says(
            {"name": "Priya Shah", "about": "my council tax bill"}.get(caller.asked, "1")
        ) if (caller.asked != "when") else caller.presses("1")
    assert caller.asked == "confirm"
    assert "0 7 7 0 0, 9 0 0, 1 2 3" in caller.heard.text
    caller.presses("1")
    assert caller.cases[0].fields["phone"].value == CALLER


def test_a_pothole_by_speech_alone(ring: Ring) -> None:
    caller = ring()
    caller.says("there's a massive hole in the road", "pothole")
    caller.says("Elm Road in Mutley outside number fourteen")
    caller.says("it's about a foot wide and very deep")
    while caller.asked not in {"confirm", None}:
        caller.says({"danger": "no it is not", "contact": "skip"}.get(str(caller.asked), "skip"))
    caller.says("yes that's right")
    (case,) = caller.cases
    assert case.service == "pothole"
    assert case.fields["danger"].source == Source.SAID
    spoken = " ".join(case.ref[:4]) + ", " + " ".join(case.ref[4:])
    assert spoken in caller.heard.text


def test_a_missed_bin_by_keys_and_speech(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    caller.says("fourteen elm road p l four seven a a")
    assert caller.asked == "bin_type"
    assert "press 1 for" in caller.heard.text
    caller.presses("1")
    caller.presses("23112026")
    assert caller.asked == "out_on_time"
    caller.presses("1")
    if caller.asked == "contact":
        caller.says("skip")
    assert caller.asked == "confirm"
    assert "P L 4, 7 A A" in caller.heard.text
    assert "Monday 23 November" in caller.heard.text
    caller.presses("1")
    (case,) = caller.cases
    assert case.fields["bin_type"].source == Source.KEYED
    assert case.fields["collection_date"].value == "2026-11-23"
    assert case.fields["collection_date"].source == Source.KEYED
    assert case.fields["address"].source == Source.SAID


def test_further_choices_are_read_out_by_key_four_and_counted_on(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    caller.says("14 Elm Road PL4 7AA")
    assert "press 4 to hear more" in caller.heard.text
    first = caller.heard.text
    caller.presses("4")
    assert "press 1 for" in caller.heard.text
    assert caller.heard.text not in first
    assert caller.asked == "bin_type"


def test_nine_says_the_question_again_and_star_goes_back(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    caller.says("14 Elm Road PL4 7AA")
    before = caller.line.transcript(caller.talk.id)
    caller.presses("9")
    assert "Which bin is it" in caller.heard.text
    assert caller.line.transcript(caller.talk.id) == before
    caller.presses("*", "go_back")
    assert caller.asked == "address"


def test_a_key_without_a_meaning_is_said_and_loses_nothing(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    caller.says("14 Elm Road PL4 7AA")
    caller.presses("8")
    assert "no meaning" in caller.heard.text
    assert caller.asked == "bin_type"
    caller.presses("1")
    assert caller.asked == "collection_date"


def test_three_silences_end_the_call_with_how_to_come_back(ring: Ring, line: Line) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    said = [caller.keeps_silent().text for _ in range(3)]
    assert len(set(said)) == 3
    assert "keys of your phone" in said[1]
    assert "ring again on" in said[2]
    assert caller.heard.over
    assert caller.talk.mode is Mode.CLOSED
    with line.office.store.begin(reading=True) as work:
        (draft,) = work.drafts.of_conversation(caller.talk.id)
    assert draft.state is DraftState.FILLING


def test_an_answer_after_two_silences_begins_the_count_anew(ring: Ring) -> None:
    caller = ring()
    caller.keeps_silent()
    caller.keeps_silent()
    caller.says("my bin wasn't emptied", "missed_bin")
    caller.keeps_silent()
    caller.keeps_silent()
    assert not caller.heard.over


def test_nothing_is_misunderstood_more_than_three_times_in_a_row(ring: Ring) -> None:
    caller = ring()
    for noise in ("blurgh", "wibble", "flarn"):
        caller.says(noise)
    # Nobody is there: a call is offered, and may be declined.
    assert caller.asked == "offer"
    assert "ring you" in caller.heard.text


def test_an_echo_of_hello_is_silence(ring: Ring) -> None:
    caller = ring()
    caller.says("hello? hello?")
    assert "didn't hear" in caller.heard.text


def test_hanging_up_keeps_what_was_said(ring: Ring, line: Line) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied at 14 Elm Road PL4 7AA", "missed_bin")
    caller.call.hang_up()
    assert caller.talk.mode is Mode.CLOSED
    with line.office.store.begin(reading=True) as work:
        (draft,) = work.drafts.of_conversation(caller.talk.id)
    assert draft.value("address")["postcode"] == "PL4 7AA"


def test_goodbye_ends_the_call(ring: Ring) -> None:
    caller = ring()
    caller.says("that's all goodbye", "goodbye")
    assert caller.heard.over
    assert "Goodbye" in caller.heard.text


def test_two_withheld_callers_share_nothing(ring: Ring) -> None:
    one, two = ring(None), ring(None)
    one.says("my bin wasn't emptied at 14 Elm Road PL4 7AA", "missed_bin")
    two.says("my bin wasn't emptied", "missed_bin")
    assert one.talk.id != two.talk.id
    assert (one.talk.caller, two.talk.caller) == (None, None)
    assert two.asked == "address"
    assert one.asked == "bin_type"


def test_every_webhook_again_gives_the_same_words_and_does_nothing_twice(
    ring: Ring, line: Line
) -> None:
    caller = ring()
    first = [caller.heard.documents[-1]]
    for words, label in [
        ("my bin wasn't emptied", "missed_bin"),
        ("14 Elm Road PL4 7AA", None),
        ("the brown one", None),
        ("yesterday", None),
        ("yes", None),
        ("skip", None),
        ("yes", None),
    ]:
        caller.says(words, label)
        first.append(caller.heard.documents[-1])
    assert len(caller.cases) == 1
    before = line.transcript(caller.talk.id)
    for number, document in enumerate(first):
        assert caller.call.resend(number).body.decode() == document
    assert line.transcript(caller.talk.id) == before
    assert len(line.talks) == 1
    assert len(caller.cases) == 1


@pytest.mark.parametrize("path", ["/twilio/voice", "/twilio/voice/turn?turn=1", "/twilio/sms",
                                  "/twilio/status", "/twilio/voice/wait?turn=1",
                                  "/twilio/voice/fallback"])  # fmt: skip
def test_what_twilio_did_not_sign_is_refused(line: Line, path: str) -> None:
    form = {"CallSid": "CA1", "From": CALLER, "MessageSid": "SM1", "Body": "hello"}
    right = signature(TOKEN, BASE + path, form)
    forged = signature("another token", BASE + path, form)
    tampered = {**form, "From": "+447700900999"}
    for sent, header in [(form, {}), (form, {"X-Twilio-Signature": forged}),
                         (form, {"X-Twilio-Signature": ""}),
                         (tampered, {"X-Twilio-Signature": right})]:  # fmt: skip
        assert line.post(BASE + path, dict(sent), dict(header)).status == 403
    elsewhere = f"{path}{'&' if '?' in path else '?'}silent=2"
    answer = line.post(BASE + elsewhere, form, {"X-Twilio-Signature": right})
    assert answer.status == 403
    assert line.talks == []


def test_a_call_goes_on_by_the_fallback_after_a_failure(ring: Ring, line: Line) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    resumed = Call(
        "/twilio/voice/fallback", TOKEN, from_number=CALLER, base_url=BASE, post=line.post,
        call_sid=caller.call.call_sid,
    )  # fmt: skip
    heard = resumed.begin()
    assert "something went wrong" in heard.text
    assert resumed.awaiting is not None
    line.engine.meant = line.engine.meant.__class__()
    resumed.say("14 Elm Road PL4 7AA")
    assert caller.asked == "bin_type"


def test_danger_on_the_phone_is_met_with_whom_to_ring(ring: Ring) -> None:
    caller = ring()
    caller.says("I want to report a pothole", "pothole")
    caller.says("there's a fire and I can't get out")
    assert "999" in caller.heard.text


def test_what_is_read_aloud_has_no_brackets_and_no_line_ends(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    caller.says("14 Elm Road PL4 7AA")
    for said in caller.heard.said:
        assert not re.search(r"[()\n\[\]{}“”]", said)


def test_five_thousand_characters_are_heard_as_far_as_they_go(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin " * 800, "missed_bin")
    assert not caller.heard.over
    assert caller.asked == "address"


def test_a_key_pressed_again_by_a_retry_counts_as_no_silence(ring: Ring) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied", "missed_bin")
    caller.says("14 Elm Road PL4 7AA")
    caller.keeps_silent()
    caller.keeps_silent()
    caller.presses("3")
    document = caller.heard.documents[-1]
    assert caller.call.retry_last().body.decode() == document
    assert caller.talk.mode is Mode.BOT
    assert caller.asked == "collection_date"


def test_this_number_is_the_one_they_ring_from(ring: Ring) -> None:
    caller = ring()
    caller.says("I'm moving house", "house_move")
    caller.says("skip")
    caller.presses("3")
    caller.says("Priya Shah")
    assert caller.asked == "contact"
    caller.says("just use the one I'm calling from")
    assert caller.asked == "old_address"
    withheld = ring(None)
    withheld.says("I'm moving house", "house_move")
    withheld.says("skip")
    withheld.presses("3")
    withheld.says("Priya Shah")
    withheld.says("this number")
    assert withheld.asked == "contact"


def test_danger_is_met_with_whom_to_ring_even_if_nothing_can_be_read(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = ring()

    def busy(*args: object, **options: object) -> None:
        raise Busy("now")

    monkeypatch.setattr(MemoryStore, "begin", busy)
    assert "999" in caller.says("there's a fire and I can't get out").text
    assert "say it again" in caller.says("my bin wasn't emptied").text


def test_after_danger_the_number_they_ring_from_is_not_taken_for_safe(ring: Ring) -> None:
    caller = ring()
    caller.presses("0")
    caller.says("my husband hits me and I'm scared of him")
    caller.says("yes")
    assert caller.asked == "safe_now"
    caller.says("yes")
    assert caller.asked == "contact"
    caller.says("not this number he checks it")
    assert caller.asked == "contact"


def fallback(caller: Caller) -> Call:
    """Twilio goes on with the call at the fallback."""
    line = caller.line
    return Call("/twilio/voice/fallback", TOKEN, from_number=CALLER, base_url=BASE, post=line.post,
                call_sid=caller.call.call_sid)  # fmt: skip


def test_the_fallback_takes_up_a_turn_that_a_process_died_over(ring: Ring, line: Line) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied at 14 Elm Road PL4 7AA", "missed_bin")
    line.engine.breaks_off, line.engine.meant = True, Meant()
    with pytest.raises(KeyboardInterrupt):
        line.conversations.handle(Inbound("turn-2", caller.talk.id, text="the brown one"))
    line.engine.breaks_off = False
    again = fallback(caller)
    heard = again.listen(again.begin())
    assert "something went wrong" in heard.text
    assert "What day" in heard.text
    assert caller.asked == "collection_date"


def test_the_fallback_tells_all_of_what_the_newest_turn_led_to(ring: Ring) -> None:
    caller = ring()
    caller.says("I want to report a pothole", "pothole")
    caller.says("there's a fire and I can't get out")
    again = fallback(caller)
    assert "999" in again.listen(again.begin()).text


def test_a_wait_after_the_fallback_does_not_begin_the_call_anew(ring: Ring, line: Line) -> None:
    caller = ring()
    caller.says("my bin wasn't emptied at 14 Elm Road PL4 7AA", "missed_bin")
    path, form = "/twilio/voice/wait?turn=0&poll=1", {"CallSid": caller.call.call_sid}
    signed = {"X-Twilio-Signature": signature(TOKEN, BASE + path, form)}
    answer = line.post(BASE + path, form, signed)
    assert "Which bin is it" in str(answer.body)
    assert "turn=2" in str(answer.body)


def test_how_a_call_stands_is_in_the_log_without_who_rings(
    ring: Ring, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        caller = ring(status_events=("ringing", "answered", "completed"))
        caller.call.hang_up()
    lines = [record.getMessage() for record in caplog.records]
    for state in ("ringing", "in-progress", "completed"):
        assert f"call {caller.call.call_sid} is {state}" in lines
    assert CALLER not in caplog.text


def test_how_a_call_ended_and_how_long_it_took_is_kept(ring: Ring, line: Line) -> None:
    caller = ring(clock=iter(range(0, 1000, 50)).__next__)
    caller.says("my bin wasn't emptied", "missed_bin")
    assert caller.talk.call_end is None
    caller.call.hang_up()
    told = caller.talk
    assert told.call_end is CallEnd.COMPLETED
    assert told.call_seconds
    assert told.mode is Mode.CLOSED
    assert caller.call.retry_last().status == 204
    assert caller.talk == told


@pytest.mark.parametrize(("state", "end"), [("busy", CallEnd.BUSY), ("failed", CallEnd.FAILED),
                                            ("no-answer", CallEnd.NO_ANSWER),
                                            ("canceled", CallEnd.CANCELLED)])  # fmt: skip
def test_every_end_is_kept_in_words_of_ours(
    ring: Ring, line: Line, state: str, end: CallEnd
) -> None:
    caller = ring()
    path, form = "/twilio/status", {"CallSid": caller.call.call_sid, "CallStatus": state}
    line.post(BASE + path, form, {"X-Twilio-Signature": signature(TOKEN, BASE + path, form)})
    assert (caller.talk.call_end, caller.talk.call_seconds) == (end, None)


def test_a_call_that_is_no_conversation_ends_unnoticed(line: Line) -> None:
    path, form = "/twilio/status", {"CallSid": "CA99", "CallStatus": "completed"}
    signed = {"X-Twilio-Signature": signature(TOKEN, BASE + path, form)}
    assert line.post(BASE + path, form, signed).status == 204


def test_why_the_fallback_was_asked_is_in_the_log(
    ring: Ring, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    caller = ring()
    path = "/twilio/voice/fallback"
    form = {"CallSid": caller.call.call_sid, "ErrorCode": "11200", "From": CALLER}
    line.post(BASE + path, form, {"X-Twilio-Signature": signature(TOKEN, BASE + path, form)})
    assert "asked for: 11200" in caplog.text
