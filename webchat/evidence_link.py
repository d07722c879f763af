"""`/evidence/CODE`: a page by which evidence is sent for one case, by whoever holds its link.

It says what for and what is needed, never who. A code that is wrong, used up or too old gets the
same page. To look at it uses nothing up.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Mapping

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from casework.domain.errors import LinkOver, NotFound
from casework.domain.evidence import EvidenceRefused
from casework.use_cases.send_by_link import LinkView
from webchat import uploads
from webchat.errors import Refused, refusal
from webchat.uploads import EvidenceDesk
from webchat.wording import Council

CODE = re.compile(r"[A-Za-z0-9_-]{8,100}")

MOST_MISSES = 30
MISSES_WITHIN = 600.0
"""Wrong codes that one address may try within so many seconds, in each process. Codes of 256 random
bits are found by nobody: this only keeps trying from costing us anything."""


class Misses:
    """Counts wrong codes by where they come from."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """`now` counts seconds from anywhere and only forwards."""
        self._now = now
        self._missed: dict[str, deque[float]] = {}

    def too_many(self, address: str) -> bool:
        """Whether an address has to wait."""
        return len(self._recent(address)) >= MOST_MISSES

    def missed(self, address: str) -> None:
        """Notes one."""
        if len(self._missed) > 10_000:
            self._missed.clear()
        self._missed.setdefault(address, deque()).append(self._now())

    def _recent(self, address: str) -> deque[float]:
        found = self._missed.get(address, deque())
        while found and found[0] < self._now() - MISSES_WITHIN:
            found.popleft()
        return found


class EvidenceLinkPages:
    """The page behind a link, its form, and the button that uses it up."""

    def __init__(
        self,
        desk: EvidenceDesk,
        council: Council,
        wording: Mapping[str, str],
        asset: Callable[[str], str],
        misses: Misses | None = None,
    ) -> None:
        self._desk = desk
        self._council = council
        self._wording = wording
        self._asset = asset
        self._misses = misses or Misses()

    def show(self, code: str) -> Answer:
        """What is needed, and the form."""
        return self._draw(code)

    def send(self, code: str) -> Answer:
        """Takes the files of the form, or hears that this was all."""
        if request.mimetype != "multipart/form-data" and "done" in request.form:
            return self._finish(code)
        if self._view(code) is None:
            return self._page(404, view=None)
        kept = 0
        try:
            again = False
            for file in uploads.files(self._desk, self._desk.most_files):
                data = uploads.content(self._desk, file)
                again = self._desk.take_by_link(code, data).again
                kept += 1
        except NotFound:
            return self._draw(code)
        except EvidenceRefused as problem:
            return self._draw(code, uploads.refused(self._desk, problem))
        except Exception as error:
            return self._draw(code, refusal(error))
        said = "same" if again and kept == 1 else "taken"
        return redirect(url_for("chat_pages.evidence", code=code, said=said), 303)

    def _finish(self, code: str) -> Answer:
        try:
            if not self._known(code):
                raise NotFound("upload link")
            self._desk.finish(code)
        except NotFound:
            return self._draw(code)
        return redirect(url_for("chat_pages.evidence_finished"), 303)

    def finished(self) -> Answer:
        """Says thank you; it is the same for everybody."""
        return self._page(200, view=None, finished=True)

    def _known(self, code: str) -> bool:
        """Whether it can be a code, from somebody who may try one."""
        return CODE.fullmatch(code) is not None and not self._misses.too_many(_address())

    def _draw(self, code: str, problem: Refused | None = None) -> Answer:
        view = self._view(code)
        if view is None:
            return self._page(404, view=None)
        said = request.args.get("said") if problem is None else None
        return self._page(
            problem.status if problem else 200,
            view=view,
            problem=problem,
            said=said if said in {"taken", "same"} else None,
        )

    def _view(self, code: str) -> LinkView | None:
        """What is behind a code, if anything still is."""
        if not self._known(code):
            return None
        try:
            return self._desk.view(code)
        except LinkOver:
            # Whoever opens an old text again guesses nothing; many may share an address.
            return None
        except NotFound:
            self._misses.missed(_address())
            return None

    def _page(self, status: int, **about: object) -> Answer:
        page = render_template(
            "webchat/evidence.html",
            council=self._council,
            words=self._wording,
            asset=self._asset,
            accept=uploads.ACCEPT,
            **{"problem": None, "said": None, "finished": False, **about},
        )
        answer = make_response(page, status)
        # The code is in this page's own address.
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer


def _address() -> str:
    return request.remote_addr or ""


def add_evidence_link(blueprint: Blueprint, pages: EvidenceLinkPages) -> None:
    """Adds the pages to the blueprint of `/chat`, whose style and headers they share."""
    blueprint.add_url_rule("/evidence/sent", "evidence_finished", pages.finished, methods=["GET"])
    path = "/evidence/<code>"
    blueprint.add_url_rule(path, "evidence", pages.show, methods=["GET"])
    blueprint.add_url_rule(path, "evidence_send", pages.send, methods=["POST"])
