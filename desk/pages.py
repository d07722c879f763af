"""The blueprint of `/desk`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from flask import Blueprint, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from casework.ports.announcements import Announcements
from casework.ports.browser_phones import BrowserPhones
from casework.ports.calls import CallControl
from casework.ports.surroundings import Locks
from casework.use_cases.office import Office
from desk.answers import AnswerPages
from desk.browser_phone import BrowserPhonePages
from desk.cases import CasePages
from desk.conversations import ConversationPages
from desk.errors import refusal
from desk.evidence import EvidencePages
from desk.frame import Frame
from desk.guesses import GuessPages
from desk.indicators import InsightPages
from desk.live import LivePages
from desk.queue import QueuePages
from desk.recordings import RecordingPages
from desk.session import Sessions
from desk.sign_in import SignInPages
from web.pages import guard, let_keep, policy
from web.reading import MAX_BODY

CSP = policy(media=("'self'",))
OPEN = frozenset({"desk.static", "desk.sign_in", "desk.enter"})
"""What is there for everybody."""

FETCHED = frozenset(
    {
        "desk.events",
        "desk.alive",
        "desk.queue_fragment",
        "desk.conversation_fragment",
        "desk.phone_pass",
        "desk.phone_call",
    }
)
"""What the script asks for, which can show no page for signing in."""


def create_desk(
    office: Office,
    announcements: Announcements,
    locks: Locks,
    *,
    secret: str,
    secure_cookies: bool,
    calls: CallControl | None = None,
    phones: BrowserPhones | None = None,
    demo: Sequence[str] = (),
    texts_from: str = "",
    pause: Callable[[float], None] = time.sleep,
) -> Blueprint:
    """`secret` signs sessions and forms; `secure_cookies` when the site is served over https.
    `calls` moves callers (None: no call can be handed back or closed), `phones` lets calls ring in
    browsers (None: on telephones only). `demo` names members of staff who may sign in without a
    code; `texts_from` is the number or name of our texts."""
    blueprint = Blueprint(
        "desk",
        __name__,
        url_prefix="/desk",
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    sessions = Sessions(office, secret=secret, secure=secure_cookies)
    frame = Frame(office, sessions, locks, texts_from)
    _add(blueprint, _routes(frame, announcements, calls, demo, pause))
    _add(blueprint, _queue_routes(frame, phones))
    _guard(blueprint, frame)
    return blueprint


Route = tuple[str, str, str, Callable[..., Answer]]


def _routes(
    frame: Frame,
    announcements: Announcements,
    calls: CallControl | None,
    demo: Sequence[str],
    pause: Callable[[float], None],
) -> list[Route]:
    """Method, address, name and view."""
    entry = SignInPages(frame, demo, pause)
    talk, cases = ConversationPages(frame, calls), CasePages(frame)
    papers, sounds = EvidencePages(frame), RecordingPages(frame)
    live, meant = LivePages(frame, announcements), GuessPages(frame)
    one = "/conversations/<handoff>"
    return [
        ("GET", "/sign-in", "sign_in", entry.show),
        ("POST", "/sign-in", "enter", entry.sign_in),
        ("POST", "/sign-out", "sign_out", entry.sign_out),
        ("GET", one, "conversation", talk.show),
        ("GET", f"/fragments{one}", "conversation_fragment", talk.fragment),
        ("POST", f"{one}/reply", "reply", talk.reply),
        ("POST", f"{one}/notes", "note", talk.note),
        ("POST", f"{one}/fields", "fill", talk.fill),
        ("POST", f"{one}/case", "open_case", talk.open_case),
        ("POST", f"{one}/hold", "hold", talk.hold),
        ("POST", f"{one}/recording", "record", talk.record),
        ("POST", f"{one}/recordings/delete", "delete_recordings", sounds.delete),
        ("GET", "/recordings/<recording>", "recording", sounds.hear),
        ("POST", f"{one}/pass-on", "pass_on", talk.pass_on),
        ("POST", f"{one}/return", "hand_back", talk.hand_back),
        ("POST", f"{one}/close", "close", talk.close),
        ("GET", "/cases", "cases", cases.index),
        ("GET", "/cases/<ref>", "case", cases.show),
        ("POST", "/cases/<ref>", "update_case", cases.update),
        ("POST", "/cases/<ref>/apply", "apply_change", cases.apply),
        ("GET", "/cases/<ref>/evidence/<evidence>", "evidence", papers.open),
        ("POST", "/cases/<ref>/evidence", "ask_for_evidence", papers.ask),
        ("GET", "/answers", "answers", AnswerPages(frame).show),
        ("GET", "/meant", "guesses", meant.show),
        ("GET", "/meant.csv", "guesses_file", meant.download),
        ("GET", "/insight", "insight", InsightPages(frame).show),
        ("GET", "/events", "events", live.events),
        ("POST", "/alive", "alive", live.alive),
    ]


def _queue_routes(frame: Frame, phones: BrowserPhones | None) -> list[Route]:
    """The queue, and what rings for this member: their telephone, or this browser."""
    phone, queue = BrowserPhonePages(frame, phones), QueuePages(frame, phones is not None)
    return [
        ("GET", "", "queue", queue.show),
        ("GET", "/", "home", queue.home),
        ("GET", "/fragments/queue", "queue_fragment", queue.fragment),
        ("POST", "/availability", "availability", queue.availability),
        ("POST", "/phone", "phone", queue.phone),
        ("POST", "/conversations/<handoff>/accept", "accept", queue.accept),
        ("GET", "/phone", "browser_phone", phone.show),
        ("POST", "/phone/pass", "phone_pass", phone.give_pass),
        ("GET", "/phone/call", "phone_call", phone.call),
    ]


def _add(blueprint: Blueprint, routes: Sequence[Route]) -> None:
    for method, address, name, view in routes:
        blueprint.add_url_rule(address, name, view, methods=[method])


def _guard(blueprint: Blueprint, frame: Frame) -> None:
    """Nobody gets further than signing in without a session, and nothing is posted by others."""

    @blueprint.before_request
    def enter() -> Answer | None:
        if request.endpoint == "desk.static":
            return None
        request.max_content_length = request.max_form_memory_size = MAX_BODY
        g.desk_member = frame.sessions.member()
        if g.desk_member is None and request.endpoint not in OPEN:
            if request.endpoint in FETCHED:
                return Response("signed out", 401, mimetype="text/plain")
            here = request.path if request.method == "GET" else "/desk"
            return redirect(url_for("desk.sign_in", next=here), 303)
        if request.method == "POST":
            frame.sessions.check_form(g.desk_member)
        return None

    @blueprint.errorhandler(Exception)
    def failed(error: Exception) -> Answer:
        refused = refusal(error)
        if request.endpoint in FETCHED:
            return Response(refused.sentence, refused.status, mimetype="text/plain")
        return frame.draw("problem", refused)

    @blueprint.after_request
    def headers(answer: Response) -> Response:
        guard(answer, CSP)
        let_keep(answer, "desk.static")
        return answer
