"""What all pages of `/chat` have in common: whose chat it is, and how they are drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import make_response, render_template, request
from werkzeug.wrappers import Response as Answer

from bot.messages import Since
from casework.domain.conversations import Channel, Conversation, Mode
from casework.domain.errors import NotFound
from web import pages
from web.forms import turn
from web.reading import MAX_BODY
from webchat import reading, transcript, uploads
from webchat.conversations import Conversations
from webchat.errors import Refused, refusal
from webchat.messages import standing
from webchat.uploads import EvidenceDesk
from webchat.visitor import Visitor
from webchat.wording import Council

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Open:
    """The conversation a browser is in."""

    conversation: Conversation
    token: str

    @property
    def id(self) -> str:
        return self.conversation.id


class Frame:
    """Draws the page, and knows the conversation that the browser is in. Without `evidence` no
    files are taken."""

    def __init__(
        self,
        conversations: Conversations,
        council: Council,
        wording: Mapping[str, str],
        visitor: Visitor,
        evidence: EvidenceDesk | None,
    ) -> None:
        self.conversations = conversations
        self.council = council
        self.wording = wording
        self.visitor = visitor
        self.evidence = evidence

    def check(self) -> None:
        """Raises Refused 403 unless the form is of this browser."""
        request.max_content_length = request.max_form_memory_size = MAX_BODY
        self.visitor.check_form()

    def current(self) -> Open | None:
        """Raises NotFound when the cookie's conversation is no more."""
        chat = self.visitor.chat()
        if chat is None:
            return None
        try:
            return Open(
                self.conversations.authorise(reading.conversation_id(chat[0]), chat[1]), chat[1]
            )
        except Refused as error:
            raise NotFound(error.code) from error

    def begin(self) -> Open:
        """A new conversation."""
        begun = self.conversations.start(
            Channel.WEB, language=self.council.language, page=request.host_url + "chat"
        )
        conversation = self.conversations.authorise(begun.conversation_id, begun.token)
        return Open(conversation, begun.token)

    def draw(
        self,
        current: Open | None,
        problem: Refused | None = None,
        text: str = "",
        *,
        plain: bool = False,
    ) -> Answer:
        """The page, with `problem` above the form and `text` in it; `plain` reads nothing of the
        conversation, for when that is what failed."""
        news = Since(Mode.BOT, ()) if current is None else self.conversations.since(current.id)
        key = self.visitor.forms.key()
        page = render_template(
            "webchat/chat.html",
            current=current,
            mode=news.mode.value,
            messages=news.messages,
            upload=uploads.open_upload(news.messages) if self.evidence else None,
            accept=uploads.ACCEPT,
            queue=standing(self.conversations, current.id, news.mode) if current else None,
            problem=problem,
            text=text,
            plain=plain,
            turn=turn(),
            form_token=self.visitor.forms.token(key),
            watching=news.mode in {Mode.QUEUED, Mode.AGENT} and "watch" in request.args,
            words_json=json.dumps(dict(self.wording), ensure_ascii=False),
            **self.common(),
        )
        answer = make_response(page, problem.status if problem else 200)
        self.visitor.forms.give(answer, key)
        return answer

    def refuse(self, error: Exception, current: Open | None, text: str) -> Answer:
        """The page again, with what went wrong and what was written."""
        if isinstance(error, NotFound):
            answer = self.draw(None, refusal(error), text)
            self.visitor.forget(answer)
            return answer
        try:
            return self.draw(current or self.current(), refusal(error), text)
        except NotFound:
            return self.draw(None, refusal(error), text)

    def common(self) -> dict[str, object]:
        """What every template is given."""
        return {
            "council": self.council,
            "words": self.wording,
            "transcript": transcript,
            "asset": asset,
        }


def asset(name: str) -> str:
    """The address of a static file; it changes with the content."""
    return pages.asset("chat_pages.static", STATIC, name)
