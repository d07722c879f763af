"""What the pages of every room are sent with."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from flask import Response, request, url_for


def policy(*, connect: Sequence[str] = (), media: Sequence[str] = ()) -> str:
    """The Content-Security-Policy of a page with its own scripts, styles, pictures and forms, and
    nothing from elsewhere. `connect` are hosts that its scripts may reach besides, `media` where
    its sound may come from, if it has any."""
    reached = " ".join(("'self'", *connect))
    sounds = f"media-src {' '.join(media)}; " if media else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; connect-src {reached}; "
        f"img-src 'self'; {sounds}form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def guard(answer: Response, policy: str) -> None:
    """Lets a page load and be loaded from nowhere else. An answer's own policy is left to it."""
    answer.headers.setdefault("Content-Security-Policy", policy)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers.setdefault("Referrer-Policy", "same-origin")


def let_keep(answer: Response, static: str) -> None:
    """Lets browsers keep the files of the endpoint `static`, and nothing else."""
    if request.endpoint != static:
        answer.headers["Cache-Control"] = "no-store"
    elif "v" in request.args and answer.status_code == 200:
        answer.headers["Cache-Control"] = "public, max-age=31536000"
    else:
        # Scripts import each other by names that do not change with the content.
        answer.headers["Cache-Control"] = "no-cache"


def asset(static: str, folder: Path, name: str) -> str:
    """The address of a file of the endpoint `static`; it changes with the content."""
    mark = hashlib.sha256((folder / name).read_bytes()).hexdigest()[:12]
    return url_for(static, filename=name, v=mark)
