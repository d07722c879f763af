"""One turn, whatever is sent and whatever fails: nothing lost, nothing unsaid."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot.conversation import Conversations
from bot.engine import Question, ScriptedEngine
from bot.messages import MAX_TEXT, Inbound
from casework.adapters.locks import InProcessLocks
from casework.domain.conversations import Author, Channel, Message, Mode, Utterance
from casework.domain.drafts import DraftState
from casework.domain.errors import Busy, Conflict, EngineFailure, Invalid, NotFound
from casework.domain.tokens import hash_of
from casework.use_cases.office import Office
from tests.office import Talk

CARD = "4242 4242 4242 4242"


def texts(messages: list[Message]) -> list[str]:
    return [message.said.text for message in messages]


class TestFailures:
    def test_a_failure_is_said_and_a_person_offered(self, talk: Talk) -> None:
        talk.engine.down = True
        talk.says("how do I pay", "council_tax_pay")
        assert "can't answer just now" in talk.said
        assert "Nothing you've said is lost" in talk.said
        assert talk.choices == ["speak_to_agent"]
        assert talk.transcript[-2].said.text == "how do I pay"

    def test_the_question_stays_open_and_goes_on_when_the_assistant_is_back(
        self, talk: Talk
    ) -> None:
        talk.says("report a pothole", "pothole")
        talk.answers("Elm Road in Mutley near the post office", "big")
        talk.engine.down = True
        talk.says("no")
        assert talk.asks == "danger"
        assert talk.choices == ["yes", "no", "speak_to_agent"]
        assert talk.heard[-1].said.service == "pothole"
        talk.says("no", turn_id="again")
        assert talk.asks == "danger"
        talk.engine.down = False
        talk.presses("no")
        assert talk.values["danger"] is False
        assert talk.asks == "contact"
        talk.answers("skip", "yes")
        assert len(talk.cases) == 1

    def test_a_callback_is_taken_while_the_assistant_is_down(self, talk: Talk) -> None:
        talk.says("I'm moving house", "house_move")
        talk.answers("out", "Priya Shah", "07700 900123")
        talk.engine.down = True
        talk.says("14 Elm Road")
        talk.presses("speak_to_agent")
        assert talk.asks == "when"
        talk.answers("tomorrow morning", "yes")
        (case,) = talk.cases
        assert (case.service, case.about) == ("callback", "house_move")
        assert case.fields["name"].value == "Priya Shah"
        assert talk.refs == [case.ref]

    def test_a_callback_can_be_corrected_and_begun_from_nothing_while_it_is_down(
        self, talk: Talk
    ) -> None:
        talk.engine.down = True
        talk.presses("speak_to_agent")
        talk.answers("Priya Shah", "07700 900123", "tomorrow morning", "my rent")
        assert talk.asks == "confirm"
        talk.answers("no", "[phone]", "07700 900456", "yes")
        (case,) = talk.cases
        assert case.fields["phone"].value == "+447700900456"

    def test_a_form_begun_before_goes_on_after_the_callback(self, talk: Talk) -> None:
        talk.says("report a pothole", "pothole")
        talk.engine.down = True
        talk.says("Elm Road in Mutley near the post office")
        talk.engine.down = False
        talk.says("Elm Road in Mutley near the post office")
        assert talk.asks == "description"

    def test_danger_is_answered_while_the_assistant_is_down(self, talk: Talk) -> None:
        talk.engine.down = True
        talk.says("my house is on fire")
        assert talk.said.startswith("Call 999")

    def test_an_answer_without_words_is_a_failure_and_not_silence(self, office: Office) -> None:
        class Silent(ScriptedEngine):
            def answer(self, question: Question) -> list[Utterance]:
                raise EngineFailure("no answer")

        conversations = Conversations(office, Silent(), InProcessLocks())
        begun = conversations.start(Channel.WEB)
        (reply,) = conversations.handle(Inbound("a", begun.conversation_id, text="hello"))
        assert "can't answer just now" in reply.said.text

    def test_a_message_in_the_middle_of_another_waits_or_is_told_to_try_again(
        self, office: Office
    ) -> None:
        class Full:
            @contextmanager
            def hold(self, key: str, wait: float) -> Iterator[None]:
                raise Busy(key)
                yield

        conversations = Conversations(office, ScriptedEngine(), Full())
        begun = conversations.start(Channel.WEB)
        with pytest.raises(Busy):
            conversations.handle(Inbound("a", begun.conversation_id, text="hello"))
        assert len(conversations.since(begun.conversation_id).messages) == 1


class TestWords:
    def test_card_numbers_are_gone_before_anything_is_stored_or_asked(self, talk: Talk) -> None:
        talk.says(f"can I pay with {CARD}?", "council_tax_pay")
        assert "••••" in talk.transcript[1].said.text
        assert "4242" not in str(talk.transcript)
        assert "4242" not in str(talk.engine.asked)

    def test_card_numbers_are_in_no_draft_and_no_case(self, talk: Talk) -> None:
        talk.says("report a pothole", "pothole")
        where = "Elm Road in Mutley near the post office"
        talk.answers(where, f"big, my card is {CARD}.", "no", "skip",
                     "yes")  # fmt: skip
        assert "4242" not in str(talk.cases)
        assert "4242" not in str(talk.drafts)
        assert len(talk.cases) == 1

    @pytest.mark.parametrize(
        "text", ["", "   ", "\n\t", "\x00", "\x00\x07 \x1b", "/", "///", " / "]
    )
    def test_nothing_at_all_is_refused_and_not_stored(self, talk: Talk, text: str) -> None:
        with pytest.raises(Invalid):
            talk.says(text)
        assert len(talk.transcript) == 1

    def test_as_long_as_allowed_is_taken_and_one_more_is_not(self, talk: Talk) -> None:
        talk.says("report a pothole", "pothole")
        talk.says("Elm Road in Mutley near the post office")
        with pytest.raises(Invalid):
            talk.says("x" * (MAX_TEXT + 1))
        assert talk.says("x" * MAX_TEXT)
        assert len(talk.transcript[-1 - len(talk.heard)].said.text) == MAX_TEXT

    def test_what_cannot_be_stored_is_taken_out_of_a_message(self, talk: Talk) -> None:
        talk.says("how\x00 do I\x07 pay\ud800", "council_tax_pay")
        assert talk.transcript[1].said.text == "how do I pay"

    def test_a_command_is_only_words(self, talk: Talk) -> None:
        talk.says('/council_tax_pay{"a": 1}')
        assert talk.engine.asked[0].text == 'council_tax_pay{"a": 1}'
        assert talk.engine.asked[0].choice is None

    @pytest.mark.parametrize(
        "text",
        [
            "🕳️🕳️ huge 😡", "שלום רחוב", "بالقرب من المدرسة", "‮reversed‬", "é́́́combining", "١٢٣",
            "𝒻𝒶𝓃𝒸𝓎", "a" * 1999, "1\u200b2", "<script>alert(1)</script>", "'; DROP TABLE cases;--",
            "{0} {name} %s", "\u00a0", "\u2028line",
        ],
    )  # fmt: skip
    def test_any_script_is_taken_in_every_field_and_read_back_as_it_is(
        self, talk: Talk, text: str
    ) -> None:
        talk.says("report a pothole", "pothole")
        talk.says(text) if text.strip() else None
        talk.says("Elm Road in Mutley near the post office")
        for _ in range(3):
            if talk.asks == "description" and text.strip():
                talk.says(text)
        assert talk.asks in {"description", "danger"}

    def test_braces_in_an_answer_are_read_back_and_not_filled_in(self, talk: Talk) -> None:
        talk.says("report a pothole", "pothole")
        talk.answers(
            "Elm Road in Mutley near the post office", "as big as (name) {phone}", "no", "skip"
        )
        assert talk.values["description"] == "as big as (name) {phone}"
        assert "{phone}" in talk.said

    def test_markup_is_passed_on_as_text(self, talk: Talk) -> None:
        talk.says("<b>hello</b>")
        assert talk.transcript[1].said.text == "<b>hello</b>"


class TestChoices:
    def test_a_button_is_recorded_with_its_label(self, talk: Talk) -> None:
        talk.says("report a missed bin", "missed_bin")
        talk.says("14 Elm Road PL4 7AA")
        talk.presses("recycling")
        line = next(m for m in talk.transcript if m.choice == "recycling")
        assert line.said.text == "Green bin (recycling)"
        assert talk.values["bin_type"] == "recycling"

    def test_a_button_of_an_earlier_question_counts_as_words_only(self, talk: Talk) -> None:
        talk.says("report a missed bin", "missed_bin")
        talk.answers("14 Elm Road PL4 7AA", "green bin")
        assert talk.asks == "collection_date"
        talk.presses("garden")
        assert talk.values["bin_type"] == "recycling"
        assert talk.asks == "collection_date"
        assert talk.engine.asked[-1].choice is None

    def test_a_yes_button_of_an_earlier_read_back_opens_nothing(self, talk: Talk) -> None:
        talk.says("report a pothole", "pothole")
        talk.answers("Elm Road in Mutley near the post office", "big", "no")
        assert talk.asks == "contact"
        talk.presses("yes")
        assert talk.cases == []
        assert talk.asks == "contact"

    @pytest.mark.parametrize("value", ["pothole", "no_such_thing", "/restart", "x" * 300])
    def test_a_choice_that_is_not_on_offer_is_only_words(self, talk: Talk, value: str) -> None:
        talk.presses(value)
        assert talk.engine.asked[-1].choice is None
        assert talk.draft is None

    def test_a_choice_too_long_or_empty_is_refused(self, talk: Talk) -> None:
        for value in ("", "x" * (MAX_TEXT + 1)):
            with pytest.raises(Invalid):
                talk.presses(value)


class TestAsking:
    def test_the_engine_is_told_what_was_asked(self, talk: Talk) -> None:
        talk.says("report a missed bin", "missed_bin")
        talk.answers("14 Elm Road PL4 7AA", "green bin")
        asked = talk.engine.asked
        assert [q.asks for q in asked] == ["topic", "address", "bin_type"]
        assert [q.kind for q in asked] == ["topic", "address", "choice"]
        assert [q.draft for q in asked] == [None, "missed_bin", "missed_bin"]
        assert "recycling" in [c.value for c in asked[2].choices]
        assert {q.channel for q in asked} == {Channel.WEB}

    def test_a_word_from_staff_does_not_hide_the_question(self, talk: Talk) -> None:
        talk.says("report a pothole", "pothole")
        pending = talk.heard[-1].said
        with talk.office.store.begin() as work:
            work.conversations.append(
                Message(talk.id, work.conversations.last_seq(talk.id) + 1, Author.SYSTEM,
                        replace(pending, text="The crew is on its way."), talk.office.clock.now(),
                        Mode.BOT)
            )  # fmt: skip
        talk.says("Elm Road in Mutley near the post office")
        assert talk.engine.asked[-1].asks == "location"
        assert talk.asks == "description"


class TestAccess:
    def test_only_its_token_opens_a_conversation(self, talk: Talk) -> None:
        assert talk.conversations.authorise(talk.id, talk.token).id == talk.id
        for conversation_id, token in (
            (talk.id, "wrong"), (talk.id, ""), (talk.id, hash_of(talk.token)),
            ("unknown", talk.token), ("", ""),
        ):  # fmt: skip
            with pytest.raises(NotFound):
                talk.conversations.authorise(conversation_id, token)

    def test_the_token_of_one_conversation_opens_no_other(self, begin: Callable[..., Talk]) -> None:
        one, other = begin(), begin()
        with pytest.raises(NotFound):
            one.conversations.authorise(one.id, other.token)

    def test_only_the_hash_of_a_token_is_kept(self, talk: Talk) -> None:
        assert talk.conversation.token_hash == hash_of(talk.token)
        assert talk.token not in str(talk.conversation)

    def test_an_unknown_conversation_is_not_found(self, talk: Talk) -> None:
        with pytest.raises(NotFound):
            talk.conversations.handle(Inbound("a", "unknown", text="hello"))
        with pytest.raises(NotFound):
            talk.conversations.since("unknown")
        with pytest.raises(NotFound):
            talk.conversations.end("unknown")

    def test_two_conversations_share_nothing(self, begin: Callable[..., Talk]) -> None:
        one, other = begin(caller=None), begin(caller=None)
        one.says("report a pothole", "pothole")
        one.answers("Elm Road in Mutley near the post office", "big", "no", "07700 900123")
        other.says("report a pothole", "pothole")
        assert other.asks == "location"
        other.answers("Church Road in Plymstock by the school", "small", "no")
        assert other.asks == "contact"
        assert "Elm" not in str(other.transcript)


class TestEnding:
    def test_ending_says_so_once(self, talk: Talk) -> None:
        (said,) = talk.conversations.end(talk.id)
        assert (said.author, said.mode) == (Author.SYSTEM, Mode.CLOSED)
        assert talk.conversations.end(talk.id) == []
        assert talk.conversation.mode is Mode.CLOSED

    def test_nothing_can_be_said_in_a_closed_conversation(self, talk: Talk) -> None:
        talk.says("report a pothole", "pothole")
        talk.conversations.end(talk.id)
        before = talk.transcript
        with pytest.raises(Conflict):
            talk.says("Elm Road in Mutley near the post office")
        assert talk.transcript == before

    def test_a_repeat_in_a_closed_conversation_still_gives_its_reply(self, talk: Talk) -> None:
        first = talk.says("how do I pay", "council_tax_pay", turn_id="a")
        talk.conversations.end(talk.id)
        assert talk.says("how do I pay", "council_tax_pay", turn_id="a") == first

    def test_what_was_said_before_the_end_is_kept(self, talk: Talk) -> None:
        talk.says("report a pothole", "pothole")
        talk.says("Elm Road in Mutley near the post office")
        talk.conversations.end(talk.id)
        assert talk.drafts[0].state is DraftState.FILLING
        assert "Elm Road in Mutley near the post office" in texts(talk.transcript)

    @pytest.mark.parametrize("rating", [1, 3, 5])
    def test_a_rating_is_kept_with_its_comment(self, talk: Talk, rating: int) -> None:
        talk.conversations.end(talk.id)
        talk.conversations.rate(talk.id, rating, f"fine, but {CARD} was refused")
        kept = talk.conversation
        assert kept.rating == rating
        assert kept.comment is not None
        assert "4242" not in kept.comment
        assert kept.mode is Mode.CLOSED

    @pytest.mark.parametrize("rating", [0, 6, -1])
    def test_a_rating_off_the_scale_is_refused(self, talk: Talk, rating: int) -> None:
        with pytest.raises(Invalid):
            talk.conversations.rate(talk.id, rating, None)
        assert talk.conversation.rating is None

    def test_the_transcript_can_be_read_from_any_place(self, talk: Talk) -> None:
        talk.says("how do I pay", "council_tax_pay")
        since = talk.conversations.since(talk.id, after=2)
        assert since.mode is Mode.BOT
        assert [m.seq for m in since.messages] == [3, 4]


class TestLogs:
    PRIVATE = ("Priya", "Shah", "900123", "Elm Road", "PL4", "4021", "Harbour", "pothole near me",
               "fire", "token-1")  # fmt: skip

    def test_no_log_holds_what_anybody_said_or_who_they_are(
        self, begin: Callable[..., Talk], caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        talk = begin()
        talk.says("I'm moving house", "house_move")
        talk.answers("within", "Priya Shah", "07700 900123", "14 Elm Road PL4 7AA")
        talk.engine.down = True
        talk.says("5 Oak Street PL2 1AB")
        talk.engine.down = False
        talk.says("my house is on fire")
        talk.says("no", "deny")
        talk.says("yes", "affirm")
        talk.answers("5 Oak Street PL2 1AB", "12 December", "rent", "Harbour Lettings", "no one",
                     "4021 7753", "all", "yes")  # fmt: skip
        assert talk.refs
        with pytest.raises(Invalid):
            talk.says("Priya Shah" * 300)
        ours = [r for r in caplog.records if r.name.split(".")[0] in {"bot", "casework"}]
        assert len(ours) >= 2
        for record in caplog.records:
            line = record.getMessage() + str(record.exc_info or "")
            assert not [word for word in self.PRIVATE if word in line], line

    def test_a_failure_is_logged_with_the_conversation_and_its_kind_only(
        self, talk: Talk, caplog: pytest.LogCaptureFixture
    ) -> None:
        talk.engine.down = True
        talk.says("Priya Shah", "greet")
        assert [r.getMessage() for r in caplog.records if r.name == "bot.answering"] == [
            f"no answer in conversation {talk.id}: down"
        ]


def test_a_yes_to_an_earlier_question_confirms_nothing(talk: Talk) -> None:
    talk.says("I want to report a pothole", "pothole")
    talk.answers("outside 14 Elm Road PL4 7AA", "as deep as my fist and wide")
    assert talk.asks == "danger"
    asked = talk.transcript[-1].seq
    talk.answers("no", "skip")
    assert talk.asks == "confirm"
    talk.conversations.handle(Inbound("late", talk.id, choice="yes", answering=asked))
    assert talk.cases == []
    assert talk.transcript[-1].said.asks == "confirm"
    talk.conversations.handle(
        Inbound("now", talk.id, choice="yes", answering=talk.transcript[-1].seq)
    )
    assert len(talk.cases) == 1
