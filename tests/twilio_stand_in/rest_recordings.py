"""The recordings of Twilio's REST API: begun, paused, ended, shown, fetched and deleted.

Source: https://www.twilio.com/docs/voice/api/recording.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request

from tests.twilio_stand_in.recordings import Recording, Recordings
from tests.twilio_stand_in.rest_errors import Refused
from tests.twilio_stand_in.switchboard import Switchboard

CURRENT = "Twilio.CURRENT"
EVENTS = {"in-progress", "completed", "absent"}
CHANGES = ("in-progress", "paused", "stopped")


class RecordingsApi:
    """Recordings of the calls of a switchboard. The credentials are checked before it is asked.

    With `ranges` off a sound is always sent whole.
    """

    def __init__(self, switchboard: Switchboard) -> None:
        self._switchboard = switchboard
        self.ranges = True

    @property
    def _all(self) -> Recordings:
        return self._switchboard.recordings

    def add_to(self, app: Flask) -> None:
        """Answers below the API's own address."""
        account = "/2010-04-01/Accounts/<account>"
        of_call = f"{account}/Calls/<call>/Recordings"
        for rule, name, view, method in (
            (f"{of_call}.json", "record", self._begin, "POST"),
            (f"{of_call}.json", "recordings", self._list, "GET"),
            (f"{of_call}/<sid>.json", "change_recording", self._change, "POST"),
            (f"{account}/Recordings/<sid>.json", "delete_recording", self._delete, "DELETE"),
            (f"{account}/Recordings/<sid>.mp3", "recording_sound", self._sound, "GET"),
        ):
            app.add_url_rule(rule, name, view, methods=[method])

    def _begin(self, account: str, call: str) -> tuple[Response, int]:
        form = request.form
        found = self._switchboard.calls.get(call)
        if found is None:
            raise Refused(20404, 404)
        if found.over or found.status != "in-progress":
            raise Refused(21220)
        callback = form.get("RecordingStatusCallback")
        if callback is not None and urlsplit(callback).scheme not in ("http", "https"):
            raise Refused(21205)
        given = form.getlist("RecordingStatusCallbackEvent") or ["completed"]
        events = " ".join(given).split()
        if not set(events) <= EVENTS:
            raise Refused(20001)
        _one_of("RecordingChannels", "mono", "dual")
        _one_of("RecordingTrack", "inbound", "outbound", "both")
        _one_of("Trim", "trim-silence", "do-not-trim")
        made = self._all.begin(call, callback, tuple(events))
        return jsonify(self._all.show(made)), 201

    def _list(self, account: str, call: str) -> Response:
        if call not in self._switchboard.calls:
            raise Refused(20404, 404)
        found = [self._all.show(one) for one in self._all.of_call(call)]
        page: dict[str, Any] = {"recordings": found, "page": 0, "page_size": 50, "start": 0}
        ends = {"end": len(found), "next_page_uri": None, "previous_page_uri": None}
        return jsonify(page | ends | {"first_page_uri": request.path, "uri": request.path})

    def _change(self, account: str, call: str, sid: str) -> Response:
        status, pause = request.form.get("Status", ""), request.form.get("PauseBehavior", "")
        if status not in CHANGES or pause not in ("", "skip", "silence"):
            raise Refused(20001)
        one = self._all.current(call) if sid == CURRENT else self._all.made.get(sid)
        if one is None or one.call_sid != call:
            raise Refused(20404, 404)
        if not one.is_live:
            raise Refused(21220)
        self._all.change(one, status, pause)
        shown = self._all.show(one)
        # What is ended is answered with that word; that it is ready comes later.
        return jsonify(
            shown | {"status": "stopped", "duration": None} if status == CHANGES[2] else shown
        )

    def _delete(self, account: str, sid: str) -> Response:
        one = self._all.made.get(sid)
        if one is not None and one.is_live:
            raise Refused(20001)
        if not self._all.delete(sid):
            raise Refused(20404, 404)
        return Response(status=204)

    def _sound(self, account: str, sid: str) -> Response:
        one = self._all.made.get(sid)
        if one is None or one.status != "completed":
            raise Refused(20404, 404)
        return _sent(one, request.headers.get("Range") if self.ranges else None)


def _one_of(name: str, *known: str) -> None:
    if request.form.get(name, known[0]) not in known:
        raise Refused(20001)


def _sent(one: Recording, wanted: str | None) -> Response:
    """The sound, or the bytes wanted."""
    whole = len(one.sound)
    span = re.fullmatch(r"bytes=(\d*)-(\d*)", wanted or "")
    if span is None or span.group(0) == "bytes=-":
        return Response(one.sound, content_type="audio/mpeg")
    if span[1]:
        first, last = int(span[1]), min(int(span[2] or whole - 1), whole - 1)
    else:
        first, last = max(whole - int(span[2]), 0), whole - 1
    if first > last:
        return Response(status=416, headers={"Content-Range": f"bytes */{whole}"})
    there = {"Content-Range": f"bytes {first}-{last}/{whole}", "Accept-Ranges": "bytes"}
    return Response(one.sound[first : last + 1], 206, there, content_type="audio/mpeg")
