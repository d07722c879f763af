"""Pictures that come with texts: fetched from the carrier alone, and put with the report."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from casework.domain.errors import SendingFailed
from casework.domain.evidence import EvidenceRefused, Refusal
from casework.domain.outbox import Delivery
from casework.use_cases.fetch_pictures import fetch_pictures
from telephony.media import TwilioMedia, pictures_of
from tests import evidence_files as files
from tests.telephony.conftest import TOKEN, Line, Texter
from tests.twilio_stand_in.rest import TwilioRest

ACCOUNT = "AC" + "0" * 32
Texting = Callable[..., Texter]


@pytest.fixture
def twilio() -> Iterator[TwilioRest]:
    with TwilioRest(ACCOUNT, TOKEN, ["+441632960000"]).serve() as made:
        yield made


@pytest.fixture
def media(twilio: TwilioRest) -> TwilioMedia:
    return TwilioMedia(ACCOUNT, TOKEN, twilio.url, timeout=5)


def queued(line: Line) -> list[str]:
    with line.office.store.begin(reading=True) as work:
        return [one.text for one in work.outbox.recent() if one.state is Delivery.QUEUED]


def report(somebody: Texter) -> str:
    """Texts a report to its end; the reference."""
    somebody.texts("there is graffiti on the wall", "graffiti")
    for _ in range(12):
        (talk,) = somebody.talks
        if cases := somebody.line.cases(talk.id):
            return cases[0].ref
        asked = somebody.line.transcript(talk.id)[-1].said
        words = {"location": "outside 14 Elm Road PL4 7AA", "confirm": "yes"}
        options = [c.value for c in asked.choices if c.value not in {"skip", "speak_to_agent"}]
        reply = words.get(asked.asks or "") or ("1" if len(options) > 1 else "skip")
        somebody.texts(reply, "affirm" if reply == "yes" else None)
    raise AssertionError("no case")


def test_a_picture_texted_after_a_report_is_on_its_case_and_told_once(
    line: Line, texter: Texting, twilio: TwilioRest, media: TwilioMedia
) -> None:
    somebody = texter()
    ref = report(somebody)
    url = twilio.url + twilio.media.keep(files.photo())
    assert somebody.phone.text("", [url]) == []
    somebody.phone.retry_last()
    assert fetch_pictures(line.office, media) == 1
    assert fetch_pictures(line.office, media) == 0
    with line.office.store.begin(reading=True) as work:
        (held,) = work.evidence.of_case(ref)
    assert held.channel == "sms"
    (told,) = queued(line)
    assert "We have your photo" in told
    assert ref[:4] in told


def test_a_picture_with_the_first_words_goes_to_what_they_report(
    line: Line, texter: Texting, twilio: TwilioRest, media: TwilioMedia
) -> None:
    somebody = texter()
    url = twilio.url + twilio.media.keep(files.photo())
    somebody.line.engine.meant = somebody.line.engine.meant.__class__("graffiti")
    said = somebody.phone.text("there is graffiti on the wall", [url])
    assert "automated" in said[0]
    assert fetch_pictures(line.office, media) == 1
    assert "put it with what you tell me" in queued(line)[0]
    ref = report(somebody)
    with line.office.store.begin(reading=True) as work:
        assert len(work.evidence.of_case(ref)) == 1


def test_a_picture_without_a_word_is_greeted_and_kept(
    line: Line, texter: Texting, twilio: TwilioRest, media: TwilioMedia
) -> None:
    somebody = texter()
    said = somebody.phone.text("", [twilio.url + twilio.media.keep(files.heic(), "image/heic")])
    assert "automated" in said[0]
    assert somebody.phone.retry_last().body == somebody.phone.last_reply.body  # type: ignore[union-attr]
    fetch_pictures(line.office, media)
    (talk,) = somebody.talks
    with line.office.store.begin(reading=True) as work:
        assert len(work.evidence.without_case(talk.id)) == 1


def test_pictures_from_a_number_that_stopped_texts_are_left_alone(
    line: Line, texter: Texting, twilio: TwilioRest, media: TwilioMedia
) -> None:
    somebody = texter()
    somebody.texts("my bin wasn't emptied", "missed_bin")
    somebody.texts("STOP")
    somebody.phone.text("", [twilio.url + twilio.media.keep(files.photo())])
    assert fetch_pictures(line.office, media) == 0


def test_what_is_no_picture_is_said_and_not_kept(
    line: Line, texter: Texting, twilio: TwilioRest, media: TwilioMedia
) -> None:
    somebody = texter()
    report(somebody)
    somebody.phone.text("", [twilio.url + twilio.media.keep(b"BEGIN:VCARD", "text/vcard")])
    fetch_pictures(line.office, media)
    (told,) = queued(line)
    assert "cannot take that kind of file" in told


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/2010-04-01/Accounts/" + ACCOUNT + "/Messages/MM1/Media/ME1",
        "https://evil.example/photo.jpg",
        "{base}/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1",
        "{base}/2010-04-01/Accounts/" + ACCOUNT + "/../AC1/Media/ME1",
        "{base}.evil.example/2010-04-01/Accounts/" + ACCOUNT + "/Messages/MM1",
        "file:///etc/passwd",
        "http://[half-an-address",
        "",
    ],
)
def test_the_credentials_go_nowhere_but_to_the_account(
    twilio: TwilioRest, media: TwilioMedia, url: str
) -> None:
    with pytest.raises(SendingFailed) as failed:
        media.fetch(url.replace("{base}", twilio.url), 1000)
    assert not failed.value.again
    assert twilio.asked == []


def test_where_twilio_leads_to_gets_no_credentials_and_must_be_twilios(
    twilio: TwilioRest, media: TwilioMedia
) -> None:
    seen: list[str | None] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers["Authorization"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        path = twilio.media.keep(files.photo())
        twilio.media.leads_to[path] = f"http://127.0.0.1:{server.server_port}/photo"
        with pytest.raises(SendingFailed) as failed:
            media.fetch(twilio.url + path, 1000)
    finally:
        server.shutdown()
        server.server_close()
    assert failed.value.code == "led_elsewhere"
    assert seen == []


def test_a_picture_is_read_no_further_than_allowed(twilio: TwilioRest, media: TwilioMedia) -> None:
    url = twilio.url + twilio.media.keep(bytes(5000))
    with pytest.raises(EvidenceRefused) as refused:
        media.fetch(url, 4999)
    assert refused.value.why is Refusal.TOO_BIG
    assert media.fetch(url, 5000) == bytes(5000)


@pytest.mark.parametrize(("status", "again"), [(503, True), (429, True), (404, False)])
def test_what_a_later_attempt_can_get_past_is_tried_again(
    twilio: TwilioRest, media: TwilioMedia, status: int, again: bool
) -> None:
    twilio.fail_next(status, 20404 if status == 404 else None)
    with pytest.raises(SendingFailed) as failed:
        media.fetch(twilio.url + twilio.media.keep(b"x"), 1000)
    assert failed.value.again is again


@pytest.mark.parametrize(
    ("count", "found"), [("2", 2), ("0", 0), ("", 0), ("-1", 0), ("99", 10), ("9999999", 0)]
)
def test_the_webhook_names_so_many_pictures(count: str, found: int) -> None:
    form = {"NumMedia": count, **{f"MediaUrl{n}": f"https://x/{n}" for n in range(12)}}
    assert len(pictures_of(form)) == found
