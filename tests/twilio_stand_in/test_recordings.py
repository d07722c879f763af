"""Recordings of calls go as Twilio's documentation says."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from telephony.rest_client import make_client
from tests.twilio_stand_in.our_server import BASE, CALLER, OURS, TOKEN, OurServer
from tests.twilio_stand_in.rest import TwilioRest
from tests.twilio_stand_in.switchboard import ConnectedCall, OutboundCall
from tests.twilio_stand_in.web import Reply

SID = "AC" + "1" * 32
AGENT = "+447700900201"
ROOM = (
    '<Say>Hello</Say><Dial><Conference statusCallback="https://council.example/begun" '
    'statusCallbackEvent="start">'
    "room</Conference></Dial><Say>Bye</Say>"
)


@pytest.fixture
def server() -> OurServer:
    return OurServer(voice=ROOM, agent=ROOM, begun=Reply(204, "", ""), news=Reply(204, "", ""))


@pytest.fixture
def rest(server: OurServer) -> Iterator[TwilioRest]:
    with TwilioRest(SID, TOKEN, {OURS}, base_url=BASE, post=server).serve() as rest:
        yield rest


@pytest.fixture
def client(rest: TwilioRest) -> Client:
    return make_client(SID, TOKEN, rest.url, 5)


@pytest.fixture
def agent(rest: TwilioRest) -> OutboundCall:
    call = rest.switchboard.ring(AGENT, OURS, f"{BASE}/agent")
    call.answer()
    return call


def test_the_beginning_of_a_conference_is_told_once(
    server: OurServer, rest: TwilioRest, agent: OutboundCall
) -> None:
    assert "/begun" not in server.paths
    for _ in range(2):
        ConnectedCall("/voice", switchboard=rest.switchboard, from_number=CALLER).begin()
    assert server.paths.count("/begun") == 1
    form = next(form for url, form, _ in server.asked if url.endswith("/begun"))
    assert (form["StatusCallbackEvent"], form["FriendlyName"]) == ("conference-start", "room")
    assert form["ConferenceSid"].startswith("CF")


def test_a_call_is_recorded_paused_and_ended(
    server: OurServer, rest: TwilioRest, client: Client, agent: OutboundCall
) -> None:
    mine = client.calls(agent.call_sid)
    made = mine.recordings.create(
        recording_status_callback=f"{BASE}/news?one=1",
        recording_status_callback_event=["in-progress completed"],
    )
    assert (made.status, made.call_sid) == ("in-progress", agent.call_sid)
    assert mine.recordings("Twilio.CURRENT").update("paused", pause_behavior="skip").sid == made.sid
    rest.switchboard.recordings.catch(agent.call_sid, "a card number")
    assert mine.recordings(str(made.sid)).update("in-progress").status == "in-progress"
    rest.switchboard.recordings.catch(agent.call_sid, "a pothole")
    assert mine.recordings(str(made.sid)).update("stopped").status == "stopped"
    one = rest.switchboard.recordings.made[str(made.sid)]
    assert (one.caught, one.pauses) == (["a pothole"], ["skip"])
    with pytest.raises(TwilioRestException) as refused:
        mine.recordings(str(made.sid)).update("paused")
    assert refused.value.code == 21220
    with pytest.raises(TwilioRestException) as refused:
        mine.recordings("Twilio.CURRENT").update("paused")
    assert refused.value.status == 404
    news = [form for url, form, _ in server.asked if "/news" in url]
    assert [form["RecordingStatus"] for form in news] == ["in-progress", "completed"]
    assert news[1]["RecordingDuration"] == "42"
    assert [one.status for one in mine.recordings.list(limit=20)] == ["completed"]


def test_a_recording_ends_with_its_call_and_one_that_is_over_cannot_be_recorded(
    rest: TwilioRest, client: Client, agent: OutboundCall
) -> None:
    made = client.calls(agent.call_sid).recordings.create()
    agent.hang_up()
    assert rest.switchboard.recordings.made[str(made.sid)].status == "completed"
    with pytest.raises(TwilioRestException) as refused:
        client.calls(agent.call_sid).recordings.create()
    assert refused.value.code == 21220


def test_a_sound_is_had_whole_in_pieces_and_not_once_it_is_deleted(
    rest: TwilioRest, client: Client, agent: OutboundCall
) -> None:
    made = client.calls(agent.call_sid).recordings.create()
    url, own = f"{rest.url}/2010-04-01/Accounts/{SID}/Recordings/{made.sid}.mp3", (SID, TOKEN)
    assert httpx.get(url, auth=own).status_code == 404
    agent.hang_up()
    assert httpx.get(url).status_code == 401
    whole = httpx.get(url, auth=own).content
    piece = httpx.get(url, auth=own, headers={"Range": "bytes=4-8"})
    assert (piece.status_code, piece.content) == (206, whole[4:9])
    assert piece.headers["Content-Range"] == f"bytes 4-8/{len(whole)}"
    assert httpx.get(url, auth=own, headers={"Range": "bytes=-3"}).content == whole[-3:]
    beyond = httpx.get(url, auth=own, headers={"Range": f"bytes={len(whole)}-"})
    assert beyond.status_code == 416
    assert client.recordings(str(made.sid)).delete()
    assert httpx.get(url, auth=own).status_code == 404
    with pytest.raises(TwilioRestException):
        client.recordings(str(made.sid)).delete()


@pytest.mark.refused_by_twilio
@pytest.mark.parametrize(
    "wrong",
    [
        {"recording_status_callback_event": ["begun"]},
        {"recording_channels": "stereo"},
        {"recording_track": "left"},
        {"recording_status_callback": "nowhere"},
    ],
)
def test_what_twilio_does_not_know_is_refused(
    client: Client, agent: OutboundCall, wrong: dict[str, str]
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        client.calls(agent.call_sid).recordings.create(**wrong)  # type: ignore[arg-type]
    assert refused.value.status == 400
