"""`/chat`: the conversation as a page. Everything works by forms; the script only makes it live."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

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

from casework.domain.catalogue import PERSON
from casework.domain.conversations import Mode
from casework.domain.errors import NotFound
from web.forms import message_id
from web.pages import guard, let_keep, policy
from webchat import reading, uploads
from webchat.conversations import Conversations
from webchat.errors import Refused, as_response, refusal
from webchat.evidence_link import EvidenceLinkPages, add_evidence_link
from webchat.frame import Frame, Open, asset
from webchat.go_on import GoOnPages, add_go_on
from webchat.messages import as_json
from webchat.uploads import EvidenceDesk
from webchat.visitor import Visitor
from webchat.wording import Council

CSP = policy()


class ChatPages:
    """The page and the forms on it. A form answers with a redirect, so that a reload repeats
    nothing; a refused one draws the page again with what was written still there."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def show(self) -> Answer:
        try:
            current = self._frame.current()
        except NotFound:
            answer = self._frame.draw(None, Refused(404, "not_found"))
            self._frame.visitor.forget(answer)
            return answer
        return self._frame.draw(current)

    def say(self) -> Answer:
        self._frame.check()
        choice, text = request.form.get("choice"), request.form.get("text", "")
        if "person" in request.form:
            choice, text = PERSON, ""
        written = text if choice is None else choice
        begun: Open | None = None
        try:
            reading.said(written)
            begun = self._frame.current() or self._frame.begin()
            what = {"text": text} if choice is None else {"choice": choice}
            fields = {"id": message_id(written), **what}
            inbound = reading.inbound(begun.id, fields)
            asked = request.form.get("answering", "")
            if asked.isascii() and asked.isdigit():
                inbound = replace(inbound, answering=int(asked[:9]))
            self._frame.conversations.handle(inbound)
        except Exception as error:
            answer = self._frame.refuse(error, begun, text if "text" in request.form else "")
        else:
            answer = redirect(url_for(".show", _anchor="latest"), 303)
        if begun is not None:
            self._frame.visitor.remember(answer, begun.id, begun.token)
        return answer

    def send_files(self) -> Answer:
        """Photos and documents, from the form that needs no script."""
        current: Open | None = None
        evidence = self._frame.evidence
        try:
            if evidence is None:
                raise Refused(404, "not_found")
            given = uploads.files(evidence, evidence.most_files)
            self._frame.visitor.check_form()
            current = self._frame.current()
            if current is None or current.conversation.mode is Mode.CLOSED:
                raise Refused(409, "closed")
            ref = uploads.written_ref()
            for file in given:
                data = uploads.content(evidence, file)
                uploads.taken(evidence, current.id, ref, data)
        except Exception as error:
            return self._frame.refuse(error, current, "")
        return redirect(url_for(".show", _anchor="latest"), 303)

    def start(self) -> Answer:
        """For the script: the conversation of this browser, begun if there is none that lasts."""
        self._frame.check()
        try:
            current = self._frame.current()
        except NotFound:
            current = None
        if current is None or current.conversation.mode is Mode.CLOSED:
            current = self._frame.begin()
        answer = jsonify(
            conversation_id=current.id,
            token=current.token,
            messages=[as_json(one) for one in self._frame.conversations.since(current.id).messages],
        )
        self._frame.visitor.remember(answer, current.id, current.token)
        return answer

    def end(self) -> Answer:
        self._frame.check()
        if current := self._frame.current():
            self._frame.conversations.end(current.id)
        return redirect(url_for(".show", _anchor="ended"), 303)

    def feedback(self) -> Answer:
        self._frame.check()
        current = self._frame.current()
        if current is None:
            return redirect(url_for(".show"), 303)
        try:
            written = request.form.get("rating", "")
            rating = reading.rating(int(written) if re.fullmatch("[1-5]", written) else None)
            comment = reading.comment(request.form.get("comment"))
            self._frame.conversations.rate(current.id, rating, comment)
        except Exception as error:
            return self._frame.refuse(error, current, request.form.get("comment", ""))
        return redirect(url_for(".show", _anchor="ended"), 303)

    def again(self) -> Answer:
        self._frame.check()
        answer = redirect(url_for(".show"), 303)
        self._frame.visitor.forget(answer)
        return answer

    def transcript(self) -> Answer:
        current = self._frame.current()
        if current is None:
            return redirect(url_for(".show"), 303)
        messages = self._frame.conversations.since(current.id).messages
        return make_response(
            render_template(
                "webchat/transcript.html",
                messages=messages,
                back=url_for(".show"),
                **self._frame.common(),
            )
        )

    def failed(self, error: Exception) -> Answer:
        """What nothing above could answer; the script hears it as JSON."""
        if request.endpoint == "chat_pages.start":
            return as_response(error, self._frame.wording)
        if isinstance(error, NotFound):
            answer = redirect(url_for(".show"), 303)
            self._frame.visitor.forget(answer)
            return answer
        return self._frame.draw(None, refusal(error), plain=True)


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
    pages = ChatPages(Frame(conversations, council, wording, visitor, evidence))
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
        guard(answer, CSP)
        let_keep(answer, "chat_pages.static")
        return answer

    return blueprint
