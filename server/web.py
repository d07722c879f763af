"""The web process: every room that answers HTTP, in one Flask application."""

from __future__ import annotations

import logging
from zoneinfo import ZoneInfo

import httpx
from flask import Flask, Response, jsonify, redirect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as Redirect

from api.openapi import create_openapi
from api.staff import create_staff_api
from bot.evidence import EvidenceDesk
from casework.domain.catalogue import Council
from casework.domain.errors import CaseworkError, EngineFailure
from desk.pages import create_desk
from server.carriers import make_browser_phones, make_calls
from server.composition import Parts, words
from server.demo_data import demo_staff
from server.metrics import add_metrics
from server.telephone import make_telephony
from telephony.browser_phone_files import create_browser_phone_files
from webchat.api import create_api
from webchat.pages import create_pages
from webchat.sample_site import create_sample_site
from webchat.widget.files import create_widget
from webchat.wording import Council as ShownCouncil
from webchat.wording import fill

log = logging.getLogger(__name__)

VERSION = "0.1.0"


def create_app(parts: Parts) -> Flask:
    """The application over its parts."""
    app = Flask("civicline", static_folder=None)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    settings, office = parts.settings, parts.office
    shown = _shown(office.council)
    wording = fill(words(settings.council_dir, "webchat", office.council), shown)
    secure = settings.public_base_url.startswith("https://")
    calls, evidence = make_calls(settings), EvidenceDesk(office)
    phones = make_browser_phones(settings)
    for blueprint in (
        create_api(parts.conversations, parts.announcements, shown, wording, evidence),
        create_pages(
            parts.conversations,
            shown,
            wording,
            secure_cookies=secure,
            secret=settings.secret_key,
            evidence=evidence,
        ),
        create_widget(),
        create_staff_api(
            office,
            words(settings.council_dir, "api", office.council),
            calls,
            browsers=phones is not None,
        ),
        create_desk(
            office,
            parts.announcements,
            parts.locks,
            secret=settings.secret_key,
            secure_cookies=secure,
            calls=calls,
            phones=phones,
            demo=demo_staff(settings.council_dir) if settings.demo else (),
            texts_from=settings.twilio_from,
        ),
        create_openapi(VERSION, office.council),
        *make_telephony(parts, control=calls),
    ):
        app.register_blueprint(blueprint)
    if settings.twilio_api_key_sid:
        app.register_blueprint(create_browser_phone_files())
    if settings.demo:
        # Its stand-in for Twilio comes with the checkout, not with the product.
        from server.demo_site import add_demo_site

        app.register_blueprint(create_sample_site(shown, wording, settings.public_base_url))
        add_demo_site(app, parts)
    _operations(app, parts)
    add_metrics(app, office, settings.metrics_token, lambda: failing_parts(parts))
    return app


def _shown(council: Council) -> ShownCouncil:
    """What the web chat shows of the council."""
    return ShownCouncil(
        name=council.name,
        short_name=council.short_name,
        website=council.website,
        phone=council.phone,
        timezone=ZoneInfo(council.timezone),
        language=council.language,
        megabytes=council.evidence.most_bytes // 1_000_000,
    )


def _operations(app: Flask, parts: Parts) -> None:
    @app.get("/")
    def entrance() -> Redirect:
        return redirect("/demo" if parts.settings.demo else "/chat")

    @app.get("/healthz")
    def alive() -> Response:
        return jsonify({"status": "ok"})

    @app.get("/readyz")
    def ready() -> tuple[Response, int]:
        failing = failing_parts(parts)
        status = {"status": "not ready" if failing else "ok", "failing": failing}
        return jsonify(status), 503 if failing else 200


def failing_parts(parts: Parts) -> list[str]:
    """Names of the parts that a resident would miss now: database, assistant, actions."""
    failing = []
    try:
        parts.office.store.check()
    except CaseworkError:
        failing.append("database")
    try:
        parts.engine.check()
    except EngineFailure:
        failing.append("assistant")
    try:
        httpx.get(
            f"{parts.settings.actions_url}/health", timeout=2.0, trust_env=False
        ).raise_for_status()
    except httpx.HTTPError:
        failing.append("actions")
    return failing
