"""`/browser-phone`: the script by which an agent's browser is rung, and Twilio's SDK under it."""

from __future__ import annotations

import hashlib
import io
import wave
from pathlib import Path

from flask import Blueprint, Response, abort, request

FOLDER = Path(__file__).parent / "browser"
SDK = FOLDER / "node_modules" / "@twilio" / "voice-sdk" / "dist" / "twilio.min.js"
"""Installed by `scripts/setup` where the settings have an API key."""

PREFIX = "/browser-phone"


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


SCRIPT = f"{PREFIX}/line.js?v={_mark((FOLDER / 'line.js').read_bytes())}"
"""The path of the script; it changes with the content."""


def silence() -> bytes:
    """A tenth of a second of nothing, for sounds of the SDK's that the desk makes itself, or that
    nobody needs. Without it they are fetched from Twilio."""
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return written.getvalue()


def create_browser_phone_files(sdk: Path = SDK) -> Blueprint:
    """The blueprint. Nothing in it is secret; whoever is to be rung needs a pass. `sdk` must be
    there."""
    files = {
        "line.js": ((FOLDER / "line.js").read_bytes(), "text/javascript; charset=utf-8"),
        "sdk.js": (sdk.read_bytes(), "text/javascript; charset=utf-8"),
        "silence.wav": (silence(), "audio/wav"),
    }
    blueprint = Blueprint("browser_phone", __name__, url_prefix=PREFIX)

    @blueprint.get("/<name>")
    def one(name: str) -> Response:
        if name not in files:
            abort(404)
        content, content_type = files[name]
        answer = Response(content, content_type=content_type)
        answer.set_etag(_mark(content))
        fixed = request.args.get("v") == _mark(content)
        answer.headers["Cache-Control"] = "public, max-age=31536000" if fixed else "no-cache"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.make_conditional(request)
        return answer

    return blueprint
