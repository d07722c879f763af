"""One turn, whatever is sent and whatever fails: nothing twice, nothing lost, nothing unsaid."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest

from bot.answering import Heard
from bot.conversation import Conversations
from bot.engine import Question, ScriptedEngine
from bot.messages import MAX_TEXT, Inbound
from casework.adapters.locks import InProcessLocks
from casework.domain.conversations import Author, Channel, Message, Mode, Turn, Utterance
from casework.domain.drafts import DraftState
from casework.domain.errors import Busy, Conflict, EngineFailure, Invalid, NotFound
from casework.domain.tokens import hash_of
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.take_answer import take_answer
from tests.office import Meant, Talk

CARD = "4242 4242 4242 4242"


def texts(messages: list[Message]) -> list[str]:
    return [message.said.text for message in messages]


class TestRepeats:
    def test_the_same_message_again_gives_the_same_reply_and_does_nothing_twice(
        self, talk: Talk
    ) -> None:
        first = talk.says("report a pothole", "pothole", turn_id="a")
        again = talk.says("report a pothole", "pothole", turn_id="a")
        assert again == first
        assert len(talk.engine.asked) == 1
        assert len(talk.drafts) == 1
        assert len(talk.transcript) == 1 + 1 + len(first)

    def test_a_yes_sent_twice_opens_one_case(self, talk: Talk) -> None:
        talk.says("report a pothole", "pothole")
        talk.answers("Elm Road in Mutley near the post office", "big", "no", "skip")
        first = talk.says("yes", "affirm", turn_id="yes")
        again = talk.says("yes", "affirm", turn_id="yes")
        assert again == first
        assert len(talk.cases) == 1

    def test_an_old_message_again_gives_its_own_reply(self, talk: Talk) -> None:
        first = talk.says("report a pothole", "pothole", turn_id="a")
        talk.says("Elm Road in Mutley near the post office")
        assert talk.says("report a pothole", "pothole", turn_id="a") == first
        talk.says("as wide as a dinner plate")
        assert talk.asks == "danger"

    def test_the_same_id_in_another_conversation_is_another_message(
        self, begin: Callable[..., Talk]
    ) -> None:
        one, other = begin(), begin()
        one.says("report a pothole", "pothole", turn_id="a")
        other.says("how do I pay", "council_tax_pay", turn_id="a", topic="direct_debit")
        assert one.asks == "location"
        assert other.asks == "satisfied"

    @pytest.mark.parametrize("step", range(6))
    def test_a_turn_that_broke_off_before_its_reply_is_taken_up_again(
        self, talk: Talk, step: int
    ) -> None:
        """The process dies after the turn is done in casework and before its reply is written."""
        said = [("report a pothole", "pothole"), ("Elm Road in Mutley near the post office", None),
                ("as wide as a dinner plate", None), ("no", None), ("07700 900123", None),
                ("yes", "affirm")]  # fmt: skip
        for number, (text, label) in enumerate(said):
            if number == step:
                talk.engine.breaks_off = True
                with pytest.raises(KeyboardInterrupt):
                    talk.says(text, label, turn_id=f"t{number}")
                talk.engine.breaks_off = False
            assert talk.says(text, label, turn_id=f"t{number}")
        assert len(talk.cases) == 1
        assert len(talk.drafts) == 1
        residents = [m for m in talk.transcript if m.author is Author.RESIDENT]
        assert texts(residents) == [text for text, _ in said]

    def test_a_case_opened_by_a_turn_that_broke_off_is_still_told(self, talk: Talk) -> None:
        talk.says("report a pothole", "pothole")
        talk.answers("Elm Road in Mutley near the post office", "big", "no", "skip")
        talk.engine.breaks_off = True
        with pytest.raises(KeyboardInterrupt):
            talk.says("yes", "affirm", turn_id="yes")
        talk.engine.breaks_off = False
        talk.says("yes", "affirm", turn_id="yes")
        (case,) = talk.cases
        assert talk.refs == [case.ref]

    def test_words_recorded_before_the_assistant_was_asked_are_in_the_transcript(
        self, talk: Talk
    ) -> None:
        talk.engine.breaks_off = True
        with pytest.raises(KeyboardInterrupt):
            talk.says("how do I pay", "council_tax_pay")
        assert talk.transcript[-1].said.text == "how do I pay"
        assert talk.transcript[-1].author is Author.RESIDENT


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


@dataclass
class Slow:
    """An engine that answers when told to, to see two messages at once."""

    entered: threading.Event = field(default_factory=threading.Event)
    leave: threading.Event = field(default_factory=threading.Event)
    inside: int = 0
    most: int = 0

    def answer(self, question: Question) -> list[Utterance]:
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.entered.set()
        self.leave.wait(5)
        self.inside -= 1
        return [Utterance(text=f"heard {question.message_id}", asks="topic")]

    def check(self) -> None: ...


def test_two_messages_at_once_are_dealt_with_one_after_the_other(office: Office) -> None:
    engine = Slow()
    conversations = Conversations(office, engine, InProcessLocks())
    begun = conversations.start(Channel.WEB)
    replies: dict[str, list[Message]] = {}

    def send(name: str) -> None:
        inbound = Inbound(name, begun.conversation_id, text=f"message {name}")
        replies[name] = conversations.handle(inbound)

    threads = [threading.Thread(target=send, args=(name,)) for name in ("a", "b", "a")]
    for thread in threads:
        thread.start()
    assert engine.entered.wait(5)
    engine.leave.set()
    for thread in threads:
        thread.join(5)
    assert engine.most == 1
    assert texts(replies["a"]) == ["heard a"]
    assert texts(replies["b"]) == ["heard b"]
    messages = conversations.since(begun.conversation_id).messages
    assert [m.seq for m in messages] == [1, 2, 3, 4, 5]


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


class TestLateTurns:
    """An action goes through after the resident was told of a failure."""

    @pytest.fixture
    def late(self, talk: Talk) -> Talk:
        talk.says("I want to report a pothole", "pothole")
        talk.engine.down = True
        talk.says("outside 14 Elm Road PL4 7AA")
        assert "can't answer just now" in talk.said
        talk.engine.down = False
        question = talk.engine.asked[-1]
        take_answer(talk.office, talk.id, Turn(question.message_id, question.text))
        return talk

    def test_the_same_again_is_told_what_came_of_it(self, late: Talk) -> None:
        late.says("outside 14 Elm Road PL4 7AA")
        assert late.asks == "description"

    def test_danger_is_answered_first(self, late: Talk) -> None:
        late.says("my baby is not breathing")
        assert "999" in late.said.splitlines()[0]

    def test_something_else_is_answered_too(self, late: Talk) -> None:
        late.says("what are your opening hours", "contact_and_hours")
        assert "Monday to Friday" in late.said
        assert late.asks == "description"


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


class TestLeftOpen:
    """A process died over a turn, and the resident says something else before it is retried."""

    @staticmethod
    def break_off(talk: Talk, text: str, label: str | None = None) -> None:
        talk.engine.breaks_off = True
        with pytest.raises(KeyboardInterrupt):
            talk.says(text, label, turn_id="left")
        talk.engine.breaks_off = False

    @pytest.fixture
    def left(self, talk: Talk) -> Talk:
        talk.says("I want to report a pothole", "pothole")
        self.break_off(talk, "outside 14 Elm Road PL4 7AA")
        return talk

    def test_it_is_answered_first_and_then_the_new_message(self, left: Talk) -> None:
        replies = left.says("as wide as a dinner plate", turn_id="new")
        assert [m.turn_id for m in replies] == ["left", "new"]
        assert [m.said.asks for m in replies] == ["description", "danger"]
        assert left.values["description"] == "as wide as a dinner plate"
        turns = [m.turn_id for m in left.transcript[-4:]]
        assert turns == ["left", "new", "left", "new"]

    def test_both_again_give_what_they_gave(self, left: Talk) -> None:
        replies, before = left.says("as wide as a dinner plate", turn_id="new"), left.transcript
        assert left.says("as wide as a dinner plate", turn_id="new") == replies
        assert left.says("outside 14 Elm Road PL4 7AA", turn_id="left") == replies[:1]
        assert left.transcript == before

    def test_the_same_words_again_are_no_second_answer(self, left: Talk) -> None:
        for _ in range(2):
            replies = left.says("outside 14 Elm Road PL4 7AA", turn_id="new")
            assert [m.said.asks for m in replies] == ["description"]
        assert "description" not in left.values
        left.says("as wide as a dinner plate")
        assert left.asks == "danger"

    def test_danger_is_answered_whatever_was_left_open(self, left: Talk) -> None:
        left.says("my baby is not breathing", turn_id="new")
        assert "999" in left.said
        assert "999" in left.transcript[-2].said.text

    def test_danger_said_twice_is_answered_once(self, talk: Talk) -> None:
        conversation_id, answer = talk.id, talk.conversations._answering.answer

        def dies(heard: Heard) -> list[Utterance]:
            answer(heard)
            raise KeyboardInterrupt

        talk.conversations._answering.answer = dies  # type: ignore[method-assign]
        with pytest.raises(KeyboardInterrupt):
            talk.conversations.handle(Inbound("left", conversation_id, text="my house is on fire"))
        talk.conversations._answering.answer = answer  # type: ignore[method-assign]
        talk.says("my house is on fire")
        assert talk.said.count("Call 999") == 1

    def test_nobody_confirms_what_they_have_not_read(self, talk: Talk) -> None:
        talk.says("I want to report a pothole", "pothole")
        talk.answers("outside 14 Elm Road PL4 7AA", "as wide as a dinner plate", "no")
        self.break_off(talk, "skip")
        talk.says("yes", "affirm", turn_id="new")
        assert talk.cases == []
        assert talk.asks == "confirm"
        talk.says("yes", "affirm", turn_id="new")
        assert talk.cases == []
        talk.says("yes", "affirm")
        assert len(talk.cases) == 1

    def test_a_button_of_the_question_before_answers_nothing(self, talk: Talk) -> None:
        talk.says("report a missed bin", "missed_bin")
        talk.says("14 Elm Road PL4 7AA")
        self.break_off(talk, "green bin")
        talk.presses("garden", turn_id="new")
        assert talk.values["bin_type"] == "recycling"
        assert talk.asks == "collection_date"

    def test_a_failure_to_answer_it_is_told_too(self, left: Talk) -> None:
        left.engine.down = True
        replies = left.says("as wide as a dinner plate", turn_id="new")
        assert [m.turn_id for m in replies] == ["left", "new"]
        assert replies[0].said.asks == "description"
        assert "can't answer just now" in replies[1].said.text


def test_a_process_that_stood_still_gives_the_answer_that_another_gave(office: Office) -> None:
    @dataclass
    class Overtaken(ScriptedEngine):
        """While it answers, its lock is lost and another process deals with the same turn."""

        other: Conversations | None = None
        asked: list[Question] = field(default_factory=list)

        def answer(self, question: Question) -> list[Utterance]:
            if self.other is not None:
                other, self.other = self.other, None
                other.handle(Inbound(question.message_id, question.conversation_id, text="-"))
                return [Utterance("second", asks="topic")]
            return [Utterance("first", asks="topic")]

    engine = Overtaken()
    conversations = Conversations(office, engine, InProcessLocks())
    engine.other = Conversations(office, engine, InProcessLocks())
    begun = conversations.start(Channel.WEB)
    replies = conversations.handle(Inbound("a", begun.conversation_id, text="hello"))
    assert texts(replies) == ["first"]
    assert len(conversations.since(begun.conversation_id).messages) == 3


def test_what_a_channel_does_with_replies_shares_their_fate(talk: Talk) -> None:
    def fail(work: Work, replies: Sequence[Message]) -> None:
        raise Busy("now")

    inbound = Inbound("a", talk.id, text="how do I pay")
    talk.engine.meant = Meant("council_tax_pay")
    with pytest.raises(Busy):
        talk.conversations.handle(inbound, fail)
    assert talk.transcript[-1].author is Author.RESIDENT
    seen: list[Message] = []
    replies = talk.conversations.handle(inbound, lambda work, said: seen.extend(said))
    assert seen == replies
    assert talk.conversations.handle(inbound, fail) == replies
