"""`/api/staff`: conversations and cases for the people who work on them, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Any

from flask import Blueprint, Response, g, jsonify, request

from api import reading, staff_json
from api.errors import Refused, as_response
from api.indicators import IndicatorApi
from api.queue import QueueApi, me
from api.reading import Reader
from casework.domain.cases import CaseStatus
from casework.domain.conversations import Channel
from casework.domain.staff import BROWSER, Availability
from casework.ports.calls import CallControl
from casework.use_cases.apply_change import Check, apply_change
from casework.use_cases.ask_for_evidence import ask_for_evidence
from casework.use_cases.identify_staff import identify_staff
from casework.use_cases.office import Office
from casework.use_cases.read_cases import read_case, search_cases
from casework.use_cases.read_conversations import read_conversation, search_conversations
from casework.use_cases.read_evidence import file_headers, read_evidence
from casework.use_cases.update_case import CaseChange, update_case
from casework.use_cases.update_staff import update_staff

PREFIX = "/api/staff"
METHODS = frozenset("OPTIONS GET HEAD POST PUT PATCH DELETE TRACE QUERY".split())


class StaffApi:
    """The calls under `/api/staff`. Every answer that is no success is a JSON error."""

    def __init__(
        self,
        office: Office,
        words: Mapping[str, str],
        calls: CallControl | None = None,
        browsers: bool = False,
    ) -> None:
        """`browsers` says that calls can ring in agents' browsers."""
        self.office = office
        self.words = words
        self.calls = calls
        self.browsers = browsers
        self.read = Reader(words)

    def conversations(self) -> Response:
        given = self.read.query("channel", "call_sid", "from", "after")
        filters: dict[str, Any] = {}
        if "channel" in given:
            filters["channel"] = self.read.one_of("channel", given["channel"], Channel)
        if "call_sid" in given:
            filters["call_sid"] = self.read.call_sid("call_sid", given["call_sid"])
        if "from" in given:
            filters["caller"] = self.read.phone("from", given["from"])
        if "after" in given:
            filters["after"] = self.read.moment("after", given["after"])
        found = search_conversations(self.office, me(), **filters)
        return jsonify([staff_json.conversation_row(one) for one in found])

    def conversation(self, conversation: str) -> Response:
        self.read.query()
        wanted = reading.record_id(conversation)
        return jsonify(staff_json.conversation(read_conversation(self.office, me(), wanted)))

    def cases(self) -> Response:
        given = self.read.query("status", "team", "service", "assignee", "after")
        council = self.office.council
        filters: dict[str, Any] = {}
        if "status" in given:
            filters["status"] = self.read.one_of("status", given["status"], CaseStatus)
        if "team" in given:
            filters["team"] = self.read.known("team", given["team"], council.teams)
        if "service" in given:
            filters["service"] = self.read.known("service", given["service"], council.services)
        if "assignee" in given:
            filters["assignee"] = self.read.text("assignee", given["assignee"])
        if "after" in given:
            filters["after"] = self.read.moment("after", given["after"])
        found = search_cases(self.office, me(), **filters)
        return jsonify([staff_json.case_row(one) for one in found])

    def case(self, ref: str) -> Response:
        self.read.query()
        return jsonify(staff_json.case(read_case(self.office, me(), reading.case_ref(ref))))

    def change_case(self, ref: str) -> Response:
        self.read.query()
        ref = reading.case_ref(ref)
        given = self.read.body(
            "status", "note", "team", "tell_resident", "assignee", "duplicate_of"
        )
        changes: dict[str, Any] = {}
        if "status" in given:
            changes["status"] = self.read.one_of("status", given["status"], CaseStatus)
        if "team" in given:
            changes["team"] = self.read.known("team", given["team"], self.office.council.teams)
        if "assignee" in given:
            name = given["assignee"]
            # An empty text is the use case's word for nobody.
            changes["assignee"] = "" if name is None else self.read.text("assignee", name)
        if "duplicate_of" in given:
            changes["duplicate_of"] = self.read.reference("duplicate_of", given["duplicate_of"])
        for name in ("note", "tell_resident"):
            if name in given:
                changes[name] = self.read.text(name, given[name])
        updated = update_case(self.office, me(), ref, CaseChange(**changes))
        answer = staff_json.case(updated.record)
        if updated.told is not None:
            answer["told"] = updated.told.value
        return jsonify(answer)

    def apply(self, ref: str) -> Response:
        self.read.query()
        ref = reading.case_ref(ref)
        given = self.read.optional_body("checked", "note", "account_ref")
        texts = {
            name: self.read.text(name, given[name])
            for name in ("note", "account_ref")
            if name in given
        }
        checked = "checked" in given and self.read.flag("checked", given["checked"])
        check = None
        if checked and "note" in texts:
            check = Check(texts["note"], texts.get("account_ref"))
        return jsonify(staff_json.case(apply_change(self.office, me(), ref, check)))

    def ask_for_evidence(self, ref: str) -> Response:
        self.read.query()
        self.read.optional_body()
        ref = reading.case_ref(ref)
        told = ask_for_evidence(self.office, me(), ref)
        return jsonify({**staff_json.case(read_case(self.office, me(), ref)), "told": told.value})

    def evidence(self, ref: str, evidence: str) -> Response:
        self.read.query()
        wanted = reading.record_id(evidence)
        found, data = read_evidence(self.office, me(), reading.case_ref(ref), wanted)
        return Response(data, headers=file_headers(found), content_type=found.media_type.value)

    def change_me(self) -> Response:
        self.read.query()
        given = self.read.body("phone", "availability")
        changes: dict[str, Any] = {}
        if "phone" in given:
            changes["phone"] = self._own_phone(given["phone"])
        if "availability" in given:
            changes["availability"] = self.read.one_of(
                "availability", given["availability"], Availability
            )
        return jsonify(staff_json.staff(update_staff(self.office, me(), **changes)))

    def _own_phone(self, given: Any) -> str:
        """A number, BROWSER, or nothing, which null asks for."""
        if given is None:
            return ""
        if given != BROWSER:
            return self.read.phone("phone", given, "want_own_phone")
        if not self.browsers:
            raise Refused(409, "no_browser_phones")
        return BROWSER

    def methods(self, **_: str) -> Response:
        return Response(status=204, headers={"Allow": self._allowed_here()})

    def wrong_method(self, **_: str) -> Response:
        raise Refused(405, "method_not_allowed", {"Allow": self._allowed_here()})

    def nothing_here(self, **_: str) -> Response:
        raise Refused(404, "not_found")

    def _allowed_here(self) -> str:
        return self._allow[request.url_rule.rule if request.url_rule else ""]

    def register(self, blueprint: Blueprint) -> None:
        """Adds the routes, and for each an answer to the methods it does not have: Flask's own
        405 and 404 are pages, and an app's handlers are not ours to set."""
        routes: list[tuple[str, dict[str, Callable[..., Response]]]] = [
            ("/conversations", {"GET": self.conversations}),
            ("/conversations/<conversation>", {"GET": self.conversation}),
            ("/cases", {"GET": self.cases}),
            ("/cases/<ref>", {"GET": self.case, "PATCH": self.change_case}),
            ("/cases/<ref>/apply", {"POST": self.apply}),
            ("/cases/<ref>/evidence", {"POST": self.ask_for_evidence}),
            ("/cases/<ref>/evidence/<evidence>", {"GET": self.evidence}),
            ("/me", {"PUT": self.change_me}),
            *QueueApi(self.office, self.read, self.calls).routes,
            *IndicatorApi(self.office, self.read).routes,
        ]
        self._allow: dict[str, str] = {}
        for number, (rule, views) in enumerate(routes):
            allow = {*views, "OPTIONS"} | ({"HEAD"} if "GET" in views else set())
            self._allow[PREFIX + rule] = ", ".join(sorted(allow))
            for method, view in views.items():
                _add(blueprint, rule, view.__name__, view, {method})
            _add(blueprint, rule, f"methods_{number}", self.methods, {"OPTIONS"})
            _add(blueprint, rule, f"wrong_{number}", self.wrong_method, METHODS - allow)
        for number, rule in enumerate(("", "/", "/<path:rest>")):
            _add(blueprint, rule, f"nothing_{number}", self.nothing_here, METHODS)


def _add(
    blueprint: Blueprint, rule: str, name: str, view: Callable[..., Response], methods: Set[str]
) -> None:
    """Flask's own answer to OPTIONS would count the methods that we only refuse."""
    blueprint.add_url_rule(rule, name, view, methods=list(methods), provide_automatic_options=False)


def create_staff_api(
    office: Office,
    words: Mapping[str, str],
    calls: CallControl | None = None,
    *,
    browsers: bool = False,
) -> Blueprint:
    """The blueprint of `/api/staff`; `words` is the mapping in `council/api.yml`, `calls` moves
    callers (None: no call can be handed back or closed). `browsers` says that calls can ring in
    agents' browsers."""
    blueprint = Blueprint("staff_api", __name__, url_prefix=PREFIX)
    StaffApi(office, words, calls, browsers).register(blueprint)

    @blueprint.before_request
    def identify() -> None:
        member = identify_staff(office, reading.bearer())
        if member is None:
            raise reading.bad_token()
        g.staff = member

    @blueprint.after_request
    def headers(answer: Response) -> Response:
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    @blueprint.errorhandler(Exception)
    def error(problem: Exception) -> Response:
        return as_response(problem, words)

    return blueprint
