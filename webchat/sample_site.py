"""`/demo/council`: what a council's own page looks like with the widget on it. Demo only."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, render_template

from webchat.wording import Council


def create_sample_site(council: Council, wording: Mapping[str, str], host: str) -> Blueprint:
    """The blueprint of `/demo/council`. `host` is where the widget is served from, such as
    `http://localhost:8000`, or "" for the same place."""
    host = host.rstrip("/")
    blueprint = Blueprint(
        "sample_site",
        __name__,
        url_prefix="/demo/council",
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    # The policy promised to councils, with nothing more allowed than they must allow.
    chat = f"{urlsplit(host).scheme}://{urlsplit(host).netloc}" if host else "'self'"
    policy = (
        f"default-src 'none'; script-src 'self' {chat}; style-src 'self' {chat}; "
        f"connect-src {chat}; img-src 'self'; base-uri 'none'"
    )

    @blueprint.get("")
    def page() -> Response:
        answer = make_response(
            render_template("webchat/council_site.html", council=council, words=wording, host=host)
        )
        answer.headers["Content-Security-Policy"] = policy
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    return blueprint
