"""`/api/chat`: the contract's web chat, for our page, the widget and anybody else's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from casework.domain.conversations import Channel, Mode
from casework.ports.announcements import Announcements
from webchat import reading, stream, transcript, uploads
from webchat.conversations import Conversations
from webchat.errors import Refused, as_response
from webchat.messages import as_json, standing
from webchat.uploads import EvidenceDesk
from webchat.wording import Council

CORS = {
    # Any site of the council may embed the widget. There are no cookies here to be misused: who
    # has no token gets nothing.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Expose-Headers": "Retry-After",
    "Access-Control-Max-Age": "7200",
}

METHODS = frozenset("GET HEAD POST PUT PATCH DELETE TRACE QUERY".split())


class ChatApi:
    """The calls under `/api/chat`. Every answer that is no success is a JSON error."""

    def __init__(
        self,
        conversations: Conversations,
        announcements: Announcements,
        council: Council,
        wording: Mapping[str, str],
        evidence: EvidenceDesk | None = None,
    ) -> None:
        self.evidence = evidence
        self.conversations = conversations
        self.announcements = announcements
        self.council = council
        self.wording = wording

    def words(self) -> Response:
        """`{"language", "timezone", "words": {key: text}}`, for the widget."""
        answer = jsonify(
            language=self.council.language,
            timezone=self.council.timezone.key,
            words=dict(self.wording),
        )
        answer.headers["Cache-Control"] = "public, max-age=300"
        return answer

    def start(self) -> tuple[Response, int]:
        fields = reading.json_object()
        begun = self.conversations.start(
            Channel.WEB,
            language=reading.language(fields, self.council.language),
            page=reading.page(fields),
            identity=reading.identity(fields),
        )
        return jsonify(
            conversation_id=begun.conversation_id,
            token=begun.token,
            messages=[as_json(one) for one in begun.messages],
        ), 201

    def say(self, conversation: str) -> Response:
        conversation = self._allowed(conversation)
        replies = self.conversations.handle(reading.inbound(conversation, reading.json_object()))
        return jsonify(messages=[as_json(one) for one in replies])

    def hear(self, conversation: str) -> Response:
        conversation = self._allowed(conversation)
        news = self.conversations.since(conversation, reading.after())
        return jsonify(
            mode=news.mode.value,
            messages=[as_json(one) for one in news.messages],
            queue=standing(self.conversations, conversation, news.mode),
        )

    def send_file(self, conversation: str) -> tuple[Response, int]:
        """A photo or a document: `file` of a form, and `case_ref` for which case it is."""
        conversation = reading.conversation_id(conversation)
        one = self.conversations.authorise(conversation, reading.bearer())
        if self.evidence is None:
            raise Refused(404, "unknown_path")
        if request.mimetype != "multipart/form-data":
            raise Refused(415, "no_form")
        (file,) = uploads.files(self.evidence)
        if one.mode is Mode.CLOSED:
            raise Refused(409, "closed")
        data, ref = uploads.content(self.evidence, file), uploads.written_ref()
        accepted = uploads.taken(self.evidence, conversation, ref, data)
        return jsonify(
            evidence=uploads.as_json(accepted),
            messages=[as_json(message) for message in accepted.messages],
        ), 201

    def events(self, conversation: str) -> Response:
        conversation = self._allowed(conversation, token_in_query=True)
        lines = stream.Stream(
            self.conversations, self.announcements, conversation, reading.resume_after()
        )
        if lines.over:
            lines.close()
            # 204 tells a browser to stop reconnecting.
            return Response(status=204)
        if request.method == "HEAD":
            lines.close()
        return Response(
            lines,
            content_type="text/event-stream; charset=utf-8",
            headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
        )

    def end(self, conversation: str) -> Response:
        closing = self.conversations.end(self._allowed(conversation))
        return jsonify(messages=[as_json(one) for one in closing])

    def feedback(self, conversation: str) -> Response:
        conversation = self._allowed(conversation)
        fields = reading.json_object()
        rating = reading.rating(fields.get("rating"))
        self.conversations.rate(conversation, rating, reading.comment(fields.get("comment")))
        return jsonify(rating=rating)

    def transcript(self, conversation: str) -> Response:
        conversation = self._allowed(conversation)
        messages = self.conversations.since(conversation).messages
        if self._wants_html():
            page = render_template(
                "webchat/transcript.html",
                messages=messages,
                council=self.council,
                words=self.wording,
                transcript=transcript,
            )
            return Response(page, content_type="text/html; charset=utf-8")
        text = transcript.as_text(messages, self.council, self.wording)
        return Response(text, content_type="text/plain; charset=utf-8")

    def _wants_html(self) -> bool:
        written = request.args.get("format")
        if written not in {None, "text", "html"}:
            raise Refused(400, "format")
        if written is not None:
            return written == "html"
        return request.accept_mimetypes.best_match(["text/plain", "text/html"]) == "text/html"

    def _allowed(self, conversation: str, *, token_in_query: bool = False) -> str:
        conversation = reading.conversation_id(conversation)
        token = reading.bearer(in_query=token_in_query)
        return self.conversations.authorise(conversation, token).id

    def wrong_method(self, **_: str) -> Response:
        rule = request.url_rule.rule if request.url_rule else ""
        answer = as_response(Refused(405, "method_not_allowed"), self.wording)
        answer.headers["Allow"] = ", ".join(sorted(self._allow[rule] | {"OPTIONS"}))
        return answer

    def nothing_here(self, **_: str) -> Response:
        return as_response(Refused(404, "unknown_path"), self.wording)

    def register(self, blueprint: Blueprint) -> None:
        """Adds the routes, and for each an answer to the methods it does not have: Flask's own
        405 and 404 are pages, and an app's handlers are not ours to set."""
        session = "/sessions/<conversation>"
        routes: list[tuple[str, dict[str, Callable[..., ResponseReturnValue]]]] = [
            ("/words", {"GET": self.words}),
            ("/sessions", {"POST": self.start}),
            (f"{session}/messages", {"POST": self.say, "GET": self.hear}),
            (f"{session}/events", {"GET": self.events}),
            (f"{session}/evidence", {"POST": self.send_file}),
            (f"{session}/end", {"POST": self.end}),
            (f"{session}/feedback", {"POST": self.feedback}),
            (f"{session}/transcript", {"GET": self.transcript}),
        ]
        self._allow: dict[str, set[str]] = {}
        for number, (rule, views) in enumerate(routes):
            allow = set(views) | ({"HEAD"} if "GET" in views else set())
            self._allow["/api/chat" + rule] = allow
            for method, view in views.items():
                blueprint.add_url_rule(rule, view.__name__, view, methods=[method])
            blueprint.add_url_rule(
                rule, f"wrong_method_{number}", self.wrong_method, methods=METHODS - allow
            )
        for number, rule in enumerate(("", "/", "/<path:rest>")):
            blueprint.add_url_rule(
                rule, f"nothing_{number}", self.nothing_here, methods=list(METHODS)
            )


def create_api(
    conversations: Conversations,
    announcements: Announcements,
    council: Council,
    wording: Mapping[str, str],
    evidence: EvidenceDesk | None = None,
) -> Blueprint:
    """The blueprint of `/api/chat`. `wording` comes from `webchat.wording.fill`; without
    `evidence` no files are taken."""
    blueprint = Blueprint("chat_api", __name__, url_prefix="/api/chat", template_folder="templates")
    ChatApi(conversations, announcements, council, wording, evidence).register(blueprint)

    @blueprint.before_request
    def preflight() -> Response | None:
        return Response(status=204) if request.method == "OPTIONS" else None

    @blueprint.after_request
    def headers(answer: Response) -> Response:
        answer.headers.update(CORS)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'"
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    @blueprint.errorhandler(Exception)
    def error(problem: Exception) -> Response:
        return as_response(problem, wording)

    return blueprint
