"""The transcript, as it is written before and after a turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.answering import Heard
from bot.engine import Question
from bot.hearing import Words, words_of
from bot.messages import Inbound
from bot.transcript import Transcript
from casework.domain.assent import answers_offer, cannot_say
from casework.domain.catalogue import PERSON
from casework.domain.commands import command_in, gives_up_first
from casework.domain.conversations import Author, Conversation, Message, Mode, Utterance
from casework.domain.drafts import Draft
from casework.domain.errors import Conflict
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.complete_field import holds_choice, names_place
from casework.use_cases.office import Office
from casework.use_cases.own_number import PHONE_TYPES, points_at_own

ANSWERED = frozenset(
    "services resume link person person_first stop start_again call satisfied more text_link keep "
    "follow told_twice text_number_check".split()
)
"""Offers that are answered by yes or no."""

OWN_NUMBER = "own_number"
"""Told the assistant like a command: "ring me on this one" asks for no call where a number is asked
for."""


class TranscriptWriter:
    """Writes messages to the transcript, and finds what the transcript knows of a turn."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def record(self, inbound: Inbound) -> Heard:
        """Commits the resident's message; finds the replies already given to a repeat of it."""
        with self._office.store.begin() as work:
            conversation = work.conversations.get(inbound.conversation_id)
            transcript = Transcript(work.conversations.messages(conversation.id))
            seen = transcript.said(inbound.id)
            asking = transcript.asking(seen)
            if seen is not None:
                words = Words(seen.said.text, seen.choice)
            elif conversation.mode is Mode.CLOSED:
                raise Conflict("the conversation has ended")
            else:
                person = self._office.council.service(PERSON).title
                words = words_of(inbound, asking, transcript.messages, person)
                said = Utterance(text=words.text)
                self.write(
                    work, conversation, [said], Author.RESIDENT, inbound.id, choice=words.choice
                )
            draft = active_draft(work, conversation)
        question = Question(
            conversation_id=conversation.id,
            message_id=inbound.id,
            channel=conversation.channel,
            text=words.text,
            choice=words.choice,
            asks=asking.said.asks if asking else None,
            kind=asking.said.kind if asking else None,
            choices=asking.said.choices if asking else (),
            draft=(draft.about or draft.service) if draft else _offered(conversation),
            keyed=inbound.keyed,
            sure=inbound.sure,
            reads=self._reads(conversation, draft, words),
            about=conversation.service,
            steers=_command(words, draft, asking),
            gives_up=words.choice is None and gives_up_first(words.text) is not None,
        )
        heard = Heard(question, conversation.mode, again=seen is not None, stale=words.stale)
        return self._with_before(heard, conversation, transcript, seen)

    def _reads(self, conversation: Conversation, draft: Draft | None, words: Words) -> bool:
        """Whether the words hold one of the choices or the place asked for, or take up or decline
        an offer."""
        if draft is not None and words.choice is None:
            if holds_choice(self._office, conversation, draft, words.text):
                return True
            if names_place(self._office, draft, words.text):
                return True
        return words.choice is None and replies_to_offer(conversation, words.text)

    def write(
        self,
        work: Work,
        conversation: Conversation,
        said: Iterable[Utterance],
        author: Author,
        turn_id: str | None,
        choice: str | None = None,
    ) -> list[Message]:
        """Appends to the transcript, after what it holds already."""
        now, seq = self._office.clock.now(), work.conversations.last_seq(conversation.id)
        messages = [
            Message(
                conversation_id=conversation.id,
                seq=place,
                author=author,
                said=utterance,
                at=now,
                mode=conversation.mode,
                turn_id=turn_id,
                choice=choice,
            )
            for place, utterance in enumerate(said, seq + 1)
        ]
        for message in messages:
            work.conversations.append(message)
        work.conversations.save(replace(conversation, last_at=now))
        return messages

    def _with_before(
        self,
        heard: Heard,
        conversation: Conversation,
        transcript: Transcript,
        seen: Message | None,
    ) -> Heard:
        """Adds what the transcript knows of earlier turns, and of this one if it is a repeat."""
        text, left = heard.question.text, transcript.left_open(seen)
        open_ids = [m.turn_id for m in left if m.turn_id] if heard.mode is Mode.BOT else []
        heard = replace(heard, left_open=tuple(open_ids))
        if seen is None:
            unheard, before = self._unheard(conversation, transcript)
            return replace(heard, unheard=unheard, repeats=before == text)
        in_front = transcript.in_front(seen)
        replies = transcript.replies(heard.question.message_id)
        before = ""
        if in_front and (said := transcript.said(in_front[-1].turn_id or "")):
            before = said.said.text
        # Without a reply the process died in mid-turn: the turn is taken up again.
        return replace(
            heard,
            replies=[*in_front, *replies] if replies else None,
            in_front=tuple(in_front),
            repeats=before == text,
        )

    def _unheard(
        self, conversation: Conversation, transcript: Transcript
    ) -> tuple[tuple[Utterance, ...], str]:
        """What the turn before led to after the resident had been told of a failure, and what the
        resident had said."""
        dealt = conversation.dealt
        said = None if dealt is None else transcript.said(dealt.turn_id)
        if dealt is None or said is None:
            return (), ""
        told = [message.said.text for message in transcript.replies(dealt.turn_id)]
        failed = self._office.council.say("assistant_down", conversation.channel)
        return (dealt.said, said.said.text) if told == [failed] else ((), "")


def replies_to_offer(conversation: Conversation, text: str) -> bool:
    """Whether words that would mean little elsewhere answer what was offered."""
    offer = conversation.offer
    if offer is None or offer.kind not in ANSWERED:
        return False
    pleased = offer.kind == "satisfied"
    return answers_offer(text, pleased) is not None or (offer.kind != "more" and cannot_say(text))


def _command(words: Words, draft: Draft | None, asking: Message | None) -> str | None:
    """The command that typed or spoken words are, and nothing else. With no form to leave, "on
    Sunday" is no wish to go on then."""
    if words.choice is not None:
        return None
    for_number = draft is not None and asking is not None and asking.said.kind in PHONE_TYPES
    if for_number and points_at_own(words.text):
        return OWN_NUMBER
    heard = command_in(words.text)
    if heard is None or (heard.weak and draft is None):
        return None
    return str(heard.command)


def _offered(conversation: Conversation) -> str | None:
    """The one service that is being offered: to name it is to take up the offer."""
    offer = conversation.offer
    one = offer is not None and offer.kind in {"services", "resume"} and len(offer.services) == 1
    return offer.services[0] if offer is not None and one else None
