"""The addresses that the widget's released files are served from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, jsonify, request

from webchat.widget.assemble import RELEASES, VERSION, integrity

_YEAR = 365 * 24 * 3600
_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
_NAME = re.compile(r"([0-9]+)\.([0-9]+)\.([0-9]+)\.(js|css)")


@dataclass(frozen=True)
class _File:
    content: bytes
    content_type: str
    integrity: str
    max_age: int
    immutable: bool


def _released(folder: Path) -> dict[str, _File]:
    """Every released file by the name it is served under, and the newest of each major version
    as `v1.js` and `v1.css`."""
    found = sorted(
        (int(match[1]), int(match[2]), int(match[3]), match[4], path)
        for path in folder.iterdir()
        if (match := _NAME.fullmatch(path.name))
    )
    files = {}
    for major, _, _, suffix, path in found:
        content = path.read_bytes()
        digest, kind = integrity(content), _TYPES[suffix]
        files[path.name] = _File(content, kind, digest, _YEAR, True)
        files[f"v{major}.{suffix}"] = _File(content, kind, digest, 600, False)
    return files


def create_widget(folder: Path = RELEASES) -> Blueprint:
    """The blueprint of `/widget/`: the scripts and styles, and a list of them as JSON."""
    files = _released(folder)
    blueprint = Blueprint("chat_widget", __name__, url_prefix="/widget")

    @blueprint.get("/")
    def index() -> Response:
        """`{"latest", "files": [{"version", "url", "integrity"}]}`, for sites that pin one."""
        pinned = [
            {
                "version": name.rsplit(".", 1)[0],
                "url": f"/widget/{name}",
                "integrity": file.integrity,
            }
            for name, file in files.items()
            if file.immutable
        ]
        return jsonify(latest=VERSION, files=pinned)

    @blueprint.get("/<name>")
    def one(name: str) -> Response:
        if name not in files:
            abort(404)
        file = files[name]
        answer = Response(file.content, content_type=file.content_type)
        answer.set_etag(file.integrity)
        forever = ", immutable" if file.immutable else ""
        answer.headers["Cache-Control"] = f"public, max-age={file.max_age}{forever}"
        answer.make_conditional(request)
        return answer

    @blueprint.after_request
    def headers(answer: Response) -> Response:
        # A browser checks an integrity hash only of files it may read.
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    return blueprint
