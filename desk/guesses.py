"""`/desk/meant`: what residents meant when the assistant was not sure, as a page and as a file."""

from __future__ import annotations

import csv
import io

from flask import Response, request
from werkzeug.wrappers import Response as Answer

from casework.domain.guesses import NEITHER, Guess
from casework.use_cases.list_guesses import MOST, list_guesses
from desk import labels
from desk.frame import Frame
from desk.reading import filter_id

COLUMNS = ("at", "channel", "words", "offered", "chosen", "dealt")


class GuessPages:
    """For those who write the assistant's examples: back office and supervisors."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def show(self) -> Answer:
        council = self._frame.office.council
        chosen = self._chosen()
        titles = {name: one.title for name, one in council.services.items()}
        return self._frame.draw(
            "guesses",
            guesses=list_guesses(self._frame.office, self._frame.member, chosen),
            chosen=chosen,
            most=MOST,
            neither=NEITHER,
            titles=titles,
            services=sorted(council.services.values(), key=lambda one: one.title),
        )

    def download(self) -> Answer:
        """The same as CSV, UTF-8 with a mark that spreadsheets know it by; times are local."""
        written = io.StringIO()
        writer = csv.writer(written)
        writer.writerow(COLUMNS)
        zone = self._frame.office.zone
        for guess in list_guesses(self._frame.office, self._frame.member, self._chosen()):
            at = guess.at.astimezone(zone).isoformat(timespec="seconds")
            writer.writerow([at, *(_cell(one) for one in _row(guess))])
        answer = Response("\ufeff" + written.getvalue(), mimetype="text/csv")
        answer.headers["Content-Disposition"] = 'attachment; filename="what-residents-meant.csv"'
        return answer

    def _chosen(self) -> str | None:
        if request.args.get("chosen") == NEITHER:
            return NEITHER
        return filter_id("chosen", self._frame.office.council.services)


def _row(guess: Guess) -> tuple[str, ...]:
    offered = "; ".join(f"{name} {likely:.2f}" for name, likely in guess.offered)
    channel = labels.CHANNELS[guess.channel.value]
    return channel, guess.words, offered, guess.chosen or "", guess.dealt or ""


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: a resident wrote it."""
    return f"'{text}" if text.lstrip()[:1] in {"=", "+", "-", "@"} else text
