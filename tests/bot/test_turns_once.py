"""A turn is dealt with once, whatever is sent again, dies or comes too late."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from bot.answering import Heard
from bot.conversation import Conversations
from bot.engine import Question, ScriptedEngine
from bot.messages import Inbound
from casework.adapters.locks import InProcessLocks
from casework.domain.conversations import Author, Channel, Message, Turn, Utterance
from casework.domain.errors import Busy
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.take_answer import take_answer
from tests.office import Meant, Talk


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
