"""`/chat`: the conversation as a page. Everything works by forms; the script only makes it live."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as Answer

from bot.messages import Since
from casework.domain.catalogue import PERSON
from casework.domain.conversations import Channel, Conversation, Mode
from casework.domain.errors import NotFound
from webchat import reading, transcript, uploads
from webchat.conversations import Conversations
from webchat.errors import Refused, as_response, refusal
from webchat.evidence_link import EvidenceLinkPages, add_evidence_link
from webchat.go_on import GoOnPages, add_go_on
from webchat.messages import as_json, standing
from webchat.uploads import EvidenceDesk
from webchat.visitor import Visitor
from webchat.wording import Council

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Open:
    """The conversation a browser is in."""

    conversation: Conversation
    token: str

    @property
    def id(self) -> str:
        return self.conversation.id


class ChatPages:
    """The page and the forms on it. A form answers with a redirect, so that a reload repeats
    nothing; a refused one draws the page again with what was written still there."""

    def __init__(
        self,
        conversations: Conversations,
        council: Council,
        wording: Mapping[str, str],
        visitor: Visitor,
        evidence: EvidenceDesk | None = None,
    ) -> None:
        self.evidence = evidence
        self.conversations = conversations
        self.council = council
        self.wording = wording
        self.visitor = visitor

    def show(self) -> Answer:
        try:
            current = self._current()
        except NotFound:
            answer = self._draw(None, Refused(404, "not_found"))
            self.visitor.forget(answer)
            return answer
        return self._draw(current)

    def say(self) -> Answer:
        self._check()
        choice, text = request.form.get("choice"), request.form.get("text", "")
        if "person" in request.form:
            choice, text = PERSON, ""
        written = text if choice is None else choice
        begun: Open | None = None
        try:
            reading.said(written)
            begun = self._current() or self._begin()
            what = {"text": text} if choice is None else {"choice": choice}
            fields = {"id": self._turn_id(written), **what}
            inbound = reading.inbound(begun.id, fields)
            asked = request.form.get("answering", "")
            if asked.isascii() and asked.isdigit():
                inbound = replace(inbound, answering=int(asked[:9]))
            self.conversations.handle(inbound)
        except Exception as error:
            answer = self._refuse(error, begun, text if "text" in request.form else "")
        else:
            answer = redirect(url_for(".show", _anchor="latest"), 303)
        if begun is not None:
            self.visitor.remember(answer, begun.id, begun.token)
        return answer

    def send_files(self) -> Answer:
        """Photos and documents, from the form that needs no script."""
        current: Open | None = None
        try:
            if self.evidence is None:
                raise Refused(404, "not_found")
            given = uploads.files(self.evidence, self.evidence.most_files)
            self.visitor.check_form()
            current = self._current()
            if current is None or current.conversation.mode is Mode.CLOSED:
                raise Refused(409, "closed")
            ref = uploads.written_ref()
            for file in given:
                data = uploads.content(self.evidence, file)
                uploads.taken(self.evidence, current.id, ref, data)
        except Exception as error:
            return self._refuse(error, current, "")
        return redirect(url_for(".show", _anchor="latest"), 303)

    def start(self) -> Answer:
        """For the script: the conversation of this browser, begun if there is none that lasts."""
        self._check()
        try:
            current = self._current()
        except NotFound:
            current = None
        if current is None or current.conversation.mode is Mode.CLOSED:
            current = self._begin()
        answer = jsonify(
            conversation_id=current.id,
            token=current.token,
            messages=[as_json(one) for one in self.conversations.since(current.id).messages],
        )
        self.visitor.remember(answer, current.id, current.token)
        return answer

    def end(self) -> Answer:
        self._check()
        if current := self._current():
            self.conversations.end(current.id)
        return redirect(url_for(".show", _anchor="ended"), 303)

    def feedback(self) -> Answer:
        self._check()
        current = self._current()
        if current is None:
            return redirect(url_for(".show"), 303)
        try:
            written = request.form.get("rating", "")
            rating = reading.rating(int(written) if re.fullmatch("[1-5]", written) else None)
            comment = reading.comment(request.form.get("comment"))
            self.conversations.rate(current.id, rating, comment)
        except Exception as error:
            return self._refuse(error, current, request.form.get("comment", ""))
        return redirect(url_for(".show", _anchor="ended"), 303)

    def again(self) -> Answer:
        self._check()
        answer = redirect(url_for(".show"), 303)
        self.visitor.forget(answer)
        return answer

    def transcript(self) -> Answer:
        current = self._current()
        if current is None:
            return redirect(url_for(".show"), 303)
        messages = self.conversations.since(current.id).messages
        return make_response(
            render_template(
                "webchat/transcript.html",
                messages=messages,
                back=url_for(".show"),
                **self._common(),
            )
        )

    def failed(self, error: Exception) -> Answer:
        """What nothing above could answer; the script hears it as JSON."""
        if request.endpoint == "chat_pages.start":
            return as_response(error, self.wording)
        if isinstance(error, NotFound):
            answer = redirect(url_for(".show"), 303)
            self.visitor.forget(answer)
            return answer
        return self._draw(None, refusal(error), plain=True)

    def _check(self) -> None:
        request.max_content_length = request.max_form_memory_size = reading.MAX_BODY
        self.visitor.check_form()

    def _current(self) -> Open | None:
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

    def _begin(self) -> Open:
        begun = self.conversations.start(
            Channel.WEB, language=self.council.language, page=request.host_url + "chat"
        )
        conversation = self.conversations.authorise(begun.conversation_id, begun.token)
        return Open(conversation, begun.token)

    def _turn_id(self, written: str) -> str:
        """The form's own id with a mark of what was written: a double click is one message, but a
        page kept by the browser can be used again to say something else."""
        mark = hashlib.sha256(reading.clean(written).encode()).hexdigest()[:16]
        return f"{self._turn()}-{mark}"

    def _turn(self) -> str:
        given = request.form.get("turn", "")
        return given if re.fullmatch(r"[A-Za-z0-9_-]{8,60}", given) else secrets.token_urlsafe(16)

    def _refuse(self, error: Exception, current: Open | None, text: str) -> Answer:
        if isinstance(error, NotFound):
            answer = self._draw(None, refusal(error), text)
            self.visitor.forget(answer)
            return answer
        try:
            return self._draw(current or self._current(), refusal(error), text)
        except NotFound:
            return self._draw(None, refusal(error), text)

    def _draw(
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
        key = self.visitor.form_key()
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
            turn=self._turn(),
            form_token=self.visitor.form_token(key),
            watching=news.mode in {Mode.QUEUED, Mode.AGENT} and "watch" in request.args,
            words_json=json.dumps(dict(self.wording), ensure_ascii=False),
            **self._common(),
        )
        answer = make_response(page, problem.status if problem else 200)
        self.visitor.give_key(answer, key)
        return answer

    def _common(self) -> dict[str, object]:
        return {
            "council": self.council,
            "words": self.wording,
            "transcript": transcript,
            "asset": asset,
        }


def asset(name: str) -> str:
    """The address of a static file; it changes with the content."""
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return url_for("chat_pages.static", filename=name, v=mark)


def create_pages(
    conversations: Conversations,
    council: Council,
    wording: Mapping[str, str],
    *,
    secure_cookies: bool,
    secret: str,
    evidence: EvidenceDesk | None = None,
) -> Blueprint:
    """The blueprint of `/chat`. `wording` comes from `webchat.wording.fill`; `secure_cookies`
    when the site is served over https; `secret` signs the forms; without `evidence` no files are
    taken."""
    blueprint = Blueprint(
        "chat_pages",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/chat/static",
    )
    visitor = Visitor(secret=secret, secure=secure_cookies)
    pages = ChatPages(conversations, council, wording, visitor, evidence)
    blueprint.add_url_rule("/chat", "show", pages.show, methods=["GET"])
    blueprint.add_url_rule("/chat", "say", pages.say, methods=["POST"])
    for name in ("start", "end", "feedback", "again"):
        blueprint.add_url_rule(f"/chat/{name}", name, getattr(pages, name), methods=["POST"])
    blueprint.add_url_rule("/chat/evidence", "send_files", pages.send_files, methods=["POST"])
    blueprint.add_url_rule("/chat/transcript", "transcript", pages.transcript, methods=["GET"])
    if evidence is not None:
        add_evidence_link(blueprint, EvidenceLinkPages(evidence, council, wording, asset))
    add_go_on(blueprint, GoOnPages(conversations, council, wording, visitor, asset))
    blueprint.register_error_handler(Exception, pages.failed)

    @blueprint.after_request
    def headers(answer: Response) -> Response:
        answer.headers["Content-Security-Policy"] = CSP
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers.setdefault("Referrer-Policy", "same-origin")
        if request.endpoint == "chat_pages.static" and answer.status_code == 200:
            answer.headers["Cache-Control"] = "public, max-age=31536000"
        else:
            answer.headers["Cache-Control"] = "no-store"
        return answer

    return blueprint
