"""`/demo`: the pages of the demo."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for
from itsdangerous import BadData, URLSafeSerializer

from casework.use_cases.office import Office
from telephony.simulator import reading
from telephony.simulator.carrier import Carrier, Handsets, Heard, NotACall, NotListening, State
from telephony.simulator.handset import HandsetPages
from telephony.simulator.reading import Refused
from telephony.simulator.threads import From, Threads
from telephony.simulator.understood import understood_of_call, understood_of_texter
from web.pages import guard, let_keep, policy

CSP = policy()
STATIC = Path(__file__).parent / "static"
REFRESHES_EVERY = 5
"""Seconds between two looks at what was sent, for whoever asks for it."""

OVER = "This call is over. Start a new one."


@dataclass(frozen=True)
class Number:
    """A number to call or text from. All are kept for drama by Ofcom
    (https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama)."""

    number: str
    shown: str
    about: str = ""


NUMBERS = (
    Number("+447700900982", "07700 900 982", "mobile"),
    Number("+447700900167", "07700 900 167", "mobile, on a sample account"),
    Number("+447700900772", "07700 900 772", "mobile, on a sample account"),
    Number("+441632960148", "01632 960 148", "landline, on a sample account"),
    Number("+441632960999", "01632 960 999", "landline"),
)
MOBILES = tuple(one for one in NUMBERS if one.number.startswith("+447"))
LANDLINES = tuple(one for one in NUMBERS if not one.number.startswith("+447"))


class Pages:
    """The pages, and what their scripts call."""

    def __init__(
        self,
        carrier: Carrier,
        office: Office,
        threads: Threads,
        secret: str,
        really_sent: Sequence[str],
    ) -> None:
        self._carrier = carrier
        self._office = office
        self._threads = threads
        self._signed = URLSafeSerializer(secret, salt="demo phone")
        self._really_sent = really_sent

    def index(self) -> Response:
        """What there is to try."""
        return self._page("index", now=self._office.local_now)

    def phone(self) -> Response:
        """A phone."""
        return self._page("phone", numbers=NUMBERS)

    def call(self) -> Response:
        """A call begins."""
        given = reading.body().get("from")
        caller = None if given is None else reading.number(given)
        return self._heard(*self._carrier.place(caller))

    def input(self) -> Response:
        """Something is said or done in a call."""
        given = reading.body()
        act, words = reading.act(given)
        state = self._state(given.get("state"))
        try:
            return self._heard(*self._carrier.act(state, act, words))
        except NotListening:
            raise Refused(409, "over", OVER) from None
        except NotACall:
            raise Refused(409, "state", OVER) from None

    def texts(self) -> Response:
        """A text phone."""
        return self._page("texts", numbers=MOBILES, longest=reading.LONGEST_TEXT)

    def send(self) -> Response:
        """A text is sent; its answers are on the screen when this is."""
        given = reading.body()
        number, text = reading.number(given.get("from")), reading.text(given.get("text"))
        self._threads.add(number, From.PHONE, text)
        came = self._carrier.text(number, text)
        for said in came.carrier_said:
            self._threads.add(number, From.CARRIER, said)
        for answer in came.answers:
            self._threads.add(number, From.COUNCIL, answer)
        if came.problem:
            self._threads.add(number, From.CARRIER, came.problem)
        return jsonify(
            wire=[asdict(one) for one in came.exchanges],
            understood=understood_of_texter(self._office, number),
        )

    def inbox(self) -> Response:
        """A phone's texts above a number."""
        number = reading.number(request.args.get("number"))
        after = request.args.get("after", "0")[:9]
        texts = self._threads.after(number, int(after) if after.isdecimal() else 0)
        return jsonify(texts=[text.as_json() for text in texts])

    def handset(self, handset: HandsetPages) -> Callable[[], Response]:
        """The page of an agent's telephone."""
        return lambda: self._page("handset", agents=handset.agents())

    def sent(self) -> Response:
        """What went out, or is to go out, to residents."""
        with self._office.store.begin(reading=True) as work:
            messages = work.outbox.recent(100)
        watching = "watch" in request.args
        page = self._page(
            "sent",
            messages=messages,
            zone=self._office.zone,
            now=self._office.local_now,
            watching=watching,
            every=REFRESHES_EVERY,
        )
        if watching:
            page.headers["Refresh"] = str(REFRESHES_EVERY)
        return page

    def refused(self, refusal: Refused) -> tuple[Response, int]:
        """A refusal, as every JSON answer here has it."""
        return jsonify(error={"code": refusal.code, "message": str(refusal)}), refusal.status

    def _state(self, given: Any) -> State:
        try:
            state = self._signed.loads(given if isinstance(given, str) else "")
        except BadData:
            state = None
        # The demo's secret is known to everybody: what it signs can still be anything.
        if not isinstance(state, dict) or not isinstance(state.get("call_sid"), str):
            raise Refused(409, "state", OVER)
        return state

    def _heard(self, state: State, heard: Heard) -> Response:
        shown = asdict(heard)
        shown["wire"] = shown.pop("exchanges")
        understood = understood_of_call(self._office, str(state["call_sid"]))
        return jsonify(state=self._signed.dumps(dict(state)), understood=understood, **shown)

    def _page(self, name: str, **shown: object) -> Response:
        page = render_template(
            f"simulator/{name}.html",
            council=self._office.council,
            really_sent=self._really_sent,
            asset=asset,
            here=name,
            **shown,
        )
        return make_response(page)


def asset(name: str) -> str:
    """The address of a static file; it changes with the content."""
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return url_for("demo.static", filename=name, v=mark)


def create_simulator(
    carrier: Carrier,
    office: Office,
    threads: Threads,
    handsets: Handsets,
    *,
    secret: str,
    public_base_url: str,
    really_sent: Sequence[str] = (),
) -> Blueprint:
    """The blueprint of `/demo`. `threads` are shared with whatever delivers texts; `secret` signs
    the state of a call, which travels to the browser and back. `really_sent` names what leaves the
    demo after all, such as "texts"."""
    blueprint = Blueprint(
        "demo",
        __name__,
        url_prefix="/demo",
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    pages = Pages(carrier, office, threads, secret, really_sent)
    _routes(blueprint, pages, HandsetPages(handsets, office))
    blueprint.register_error_handler(Refused, pages.refused)

    @blueprint.before_request
    def same_site() -> None:
        if request.method == "POST":
            reading.check_same_site(public_base_url)

    blueprint.after_request(_with_headers)
    return blueprint


def _with_headers(answer: Response) -> Response:
    guard(answer, CSP)
    let_keep(answer, "demo.static")
    return answer


def _routes(blueprint: Blueprint, pages: Pages, handset: HandsetPages) -> None:
    shown: Sequence[tuple[str, str]] = (
        ("", "index"),
        ("/phone", "phone"),
        ("/texts", "texts"),
        ("/texts/inbox", "inbox"),
        ("/sent", "sent"),
    )
    posted = (("/phone/call", "call"), ("/phone/input", "input"), ("/texts/send", "send"))
    for address, name in shown:
        blueprint.add_url_rule(address, name, getattr(pages, name), methods=["GET"])
    for address, name in posted:
        blueprint.add_url_rule(address, name, getattr(pages, name), methods=["POST"])
    blueprint.add_url_rule("/handset", "handset", pages.handset(handset), methods=["GET"])
    blueprint.add_url_rule("/handset/state", "handset_state", handset.state, methods=["GET"])
    blueprint.add_url_rule("/handset/act", "handset_act", handset.act, methods=["POST"])
