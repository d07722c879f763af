"""The sound of a recording, from where Twilio keeps it, as it comes and in the piece wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx

from casework.domain.errors import Invalid, NotFound, SendingFailed
from casework.ports.recordings import Audio, Span
from telephony.files import TwilioFiles

SID = re.compile(r"RE[0-9a-f]{32}")
"""Twilio's id of a recording. It becomes part of an address: nothing else may get there."""

KIND = "audio/mpeg"
"""What we ask for, by ".mp3": every browser plays it, at a tenth of the size of Twilio's other."""


class RecordingMedia:
    """Streams recordings."""

    def __init__(self, account_sid: str, auth_token: str, api_base: str, timeout: float) -> None:
        self._files = TwilioFiles(account_sid, auth_token, api_base, timeout)

    def listen(self, sid: str, span: Span | None) -> Audio:
        """As `CallRecorder.listen`."""
        if SID.fullmatch(sid) is None:
            raise NotFound("recording")
        client = self._files.client()
        try:
            return _audio(client, self._answer(client, sid, span), span)
        except httpx.HTTPError as fault:
            client.close()
            raise SendingFailed(type(fault).__name__, again=True) from None
        except BaseException:
            client.close()
            raise

    def _answer(self, client: httpx.Client, sid: str, span: Span | None) -> httpx.Response:
        headers = {"Accept-Encoding": "identity"}
        if span is not None:
            first = "" if span.first is None else str(span.first)
            headers["Range"] = f"bytes={first}-{'' if span.last is None else span.last}"
        return self._files.open(client, self._files.address(f"Recordings/{sid}.mp3"), headers)


def _audio(client: httpx.Client, answer: httpx.Response, span: Span | None) -> Audio:
    """What an answer brings; of one that is whole, the piece wanted."""
    if answer.status_code == 404:
        raise NotFound("recording")
    if answer.status_code == 416:
        raise Invalid("span")
    if answer.status_code not in {200, 206}:
        raise SendingFailed(str(answer.status_code), again=True)
    if answer.status_code == 206:
        given = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", answer.headers.get("Content-Range", ""))
        if given is None:
            raise SendingFailed("no_range", again=False)
        first, last, whole = (int(number) for number in given.groups())
        return Audio(KIND, Parts(client, answer, 0, last - first + 1), whole, (first, last))
    length = answer.headers.get("Content-Length", "")
    whole_of_it = int(length) if length.isdecimal() else None
    if span is None or whole_of_it is None:
        return Audio(KIND, Parts(client, answer, 0, whole_of_it), whole_of_it)
    first, last = within(span, whole_of_it)
    return Audio(KIND, Parts(client, answer, first, last - first + 1), whole_of_it, (first, last))


def within(span: Span, whole: int) -> tuple[int, int]:
    """The bytes of a span in so many. Raises Invalid when there are none."""
    if span.first is None:
        first, last = max(whole - (span.last or 0), 0), whole - 1
    else:
        first, last = span.first, whole - 1 if span.last is None else min(span.last, whole - 1)
    if not 0 <= first <= last:
        raise Invalid("span")
    return first, last


class Parts:
    """So many bytes of an answer (`most`; None: all) after those skipped. The line is closed at
    their end, and when this is, read or not."""

    def __init__(
        self, client: httpx.Client, answer: httpx.Response, skip: int, most: int | None
    ) -> None:
        self._client, self._answer = client, answer
        self._read = self._bytes(skip, most)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._read)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Ends it, also before its end."""
        self._answer.close()
        self._client.close()

    def _bytes(self, skip: int, most: int | None) -> Iterator[bytes]:
        for read in self._answer.iter_raw():
            part = read[skip:]
            skip = max(skip - len(read), 0)
            if most is not None:
                part = part[:most]
                most -= len(part)
            if part:
                yield part
            if most == 0:
                return
