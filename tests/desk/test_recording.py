"""The recording of a call at the desk and by the staff API: shown truthfully, paused, heard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from api.staff import create_staff_api
from casework.adapters.scripted_calls import ScriptedCalls
from casework.adapters.scripted_recorder import ScriptedRecorder
from casework.domain.cases import Case
from casework.domain.conversations import Channel
from casework.domain.recordings import RecordingState
from casework.ports.recordings import Held
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.create_staff_token import create_staff_token
from casework.use_cases.keep_recording_answer import keep_recording_answer
from casework.use_cases.note_recording import note_recording
from casework.use_cases.office import Office
from casework.use_cases.record_talk import record_talk
from server.composition import words
from tests.casework.recorded import recording_council
from tests.desk.agents import Agent, Residents, make_app, people
from tests.office import COUNCIL, NOW, make_office

ONE = "/conversations/h1"
DO = f"{ONE}/recording"


@pytest.fixture
def recorder() -> ScriptedRecorder:
    return ScriptedRecorder()


@pytest.fixture
def office(recorder: ScriptedRecorder) -> Office:
    office = make_office(council=recording_council(), recorder=recorder)
    people(office)
    return office


@pytest.fixture
def app(office: Office) -> Flask:
    return make_app(office, calls=ScriptedCalls())


@pytest.fixture
def sam(app: Flask) -> Agent:
    return Agent(app.test_client(), "Sam Taylor")


@pytest.fixture
def robin(app: Flask) -> Agent:
    """A supervisor."""
    return Agent(app.test_client(), "Robin Pengelly")


def in_a_call(office: Office, residents: Residents, *, may: bool | None = True) -> str:
    """Sam talks with a caller; the conversation's id."""
    talk, _ = residents.waits(channel=Channel.VOICE, caller="+447700900123", call_sid="CA1")
    with office.store.begin() as work:
        member = work.staff.by_name("Sam Taylor")
    assert member is not None
    accept_handoff(office, member, "h1")
    with office.store.begin() as work:
        work.handoffs.save(replace(work.handoffs.get("h1"), call="CAleg"))
    if may is not None:
        keep_recording_answer(office, talk.id, may=may)
    record_talk(office, "h1")
    return talk.id


def kept(office: Office, conversation_id: str) -> str:
    """The carrier holds the recording; its id."""
    with office.store.begin() as work:
        one = work.recordings.of_conversation(conversation_id)[0]
        case = Case("48291573", "missed_bin", "waste", "full", NOW, conversation_id, due_at=NOW)
        work.cases.add(case)
    note_recording(office, one.id, "CAleg", Held("RE1", RecordingState.KEPT, 83))
    return one.id


def test_a_recorded_call_is_shown_as_such_and_paused_for_identity(
    sam: Agent, office: Office, residents: Residents, recorder: ScriptedRecorder
) -> None:
    in_a_call(office, residents)
    page = sam.sees(ONE)
    assert "This call is being recorded." in page
    assert "Pause before you check who they are" in page
    page = sam.posts(DO, ONE, do="pause_identity").text
    assert "Paused: nothing is being recorded. You are checking who they are." in page
    assert recorder.states == {"RE1": RecordingState.PAUSED}
    page = sam.posts(DO, ONE, do="go_on").text
    assert "This call is being recorded." in page
    page = sam.posts(DO, ONE, do="pause_payment").text
    assert "They are paying." in page


def test_a_pause_that_is_not_confirmed_reads_so(
    sam: Agent, office: Office, residents: Residents, recorder: ScriptedRecorder
) -> None:
    in_a_call(office, residents)
    recorder.down = True
    answer = sam.posts(DO, ONE, do="pause_payment")
    assert answer.status_code == 502
    assert "did not confirm this" in answer.text
    for page in (answer.text, sam.sees(ONE)):
        assert "May be recorded" in page
        assert "this call may still be recorded. Take no card, bank or identity details" in page
        assert "Paused" not in page
    recorder.down = False
    assert "Paused: nothing" in sam.posts(DO, ONE, do="pause_payment").text


def test_a_hold_pauses_it_and_says_so(
    sam: Agent, office: Office, residents: Residents, recorder: ScriptedRecorder
) -> None:
    in_a_call(office, residents)
    page = sam.posts(f"{ONE}/hold", ONE, hold="yes").text
    assert "They are on hold. It goes on by itself" in page
    assert "Go on recording" not in page
    sam.posts(f"{ONE}/hold", ONE, hold="no")
    assert recorder.states == {"RE1": RecordingState.RUNNING}


@pytest.mark.parametrize(
    ("may", "words"), [(False, "the caller said no"), (None, "the caller was not told")]
)
def test_why_a_call_is_not_recorded_is_said(
    sam: Agent, office: Office, residents: Residents, may: bool | None, words: str
) -> None:
    in_a_call(office, residents, may=may)
    page = sam.sees(ONE)
    assert words in page
    assert 'name="do"' not in page
    assert sam.posts(DO, ONE, do="begin").status_code == 409


def test_where_identity_comes_first_the_agent_begins_it(
    sam: Agent, office: Office, residents: Residents, recorder: ScriptedRecorder
) -> None:
    conversation_id = in_a_call(office, residents, may=None)
    with office.store.begin() as work:
        work.handoffs.save(replace(work.handoffs.get("h1"), about="house_move"))
    keep_recording_answer(office, conversation_id, may=True)
    record_talk(office, "h1")
    assert recorder.states == {}
    assert "Begin once that is done." in sam.sees(ONE)
    assert "This call is being recorded." in sam.posts(DO, ONE, do="begin").text
    assert recorder.states == {"RE1": RecordingState.RUNNING}


def test_a_caller_who_does_not_want_it_has_it_ended(
    sam: Agent, office: Office, residents: Residents, recorder: ScriptedRecorder
) -> None:
    in_a_call(office, residents)
    page = sam.posts(DO, ONE, do="refuse").text
    assert "will be deleted" in page
    assert "the caller said no" in page
    assert recorder.states == {"RE1": RecordingState.KEPT}


def test_what_is_not_on_offer_is_refused(sam: Agent, office: Office, residents: Residents) -> None:
    in_a_call(office, residents)
    assert sam.posts(DO, ONE, do="erase").status_code == 400


def test_a_council_that_does_not_record_sees_nothing_of_it(residents: Residents) -> None:
    office = make_office()
    people(office)
    in_a_call(office, Residents(office))
    sam = Agent(make_app(office, calls=ScriptedCalls()).test_client(), "Sam Taylor")
    page = sam.sees(ONE)
    assert "This is a call: talk on the phone." in page
    assert "ecording" not in page


def test_a_supervisor_listens_and_it_is_written_down(
    robin: Agent, sam: Agent, office: Office, residents: Residents
) -> None:
    one = kept(office, in_a_call(office, residents))
    page = robin.sees(ONE)
    assert f'src="/desk/recordings/{one}"' in page
    assert "1:23 minutes" in page
    assert "twilio" not in page.lower()
    answer = robin.client.get(f"/desk/recordings/{one}")
    assert (answer.status_code, answer.data) == (200, b"sound of RE1")
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "media-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "Robin Pengelly listened" in robin.sees(ONE)
    assert "Listened to the recording of the call" in robin.sees("/cases/48291573")
    # The agent reads that there is one, and cannot listen.
    page = sam.sees(ONE)
    assert "1:23 minutes" in page
    assert "<audio" not in page
    assert sam.client.get(f"/desk/recordings/{one}").status_code == 403


def test_the_sound_is_had_in_pieces_and_by_nobody_who_is_not_signed_in(
    robin: Agent, app: Flask, office: Office, residents: Residents
) -> None:
    one = kept(office, in_a_call(office, residents))
    path = f"/desk/recordings/{one}"
    piece = robin.client.get(path, headers={"Range": "bytes=6-7"})
    assert (piece.status_code, piece.data) == (206, b"of")
    assert piece.headers["Content-Range"] == "bytes 6-7/12"
    assert piece.headers["Content-Length"] == "2"
    assert robin.client.get(path, headers={"Range": "bytes=-3"}).data == b"RE1"
    assert robin.client.get(path, headers={"Range": "bytes=9-2"}).status_code == 416
    assert robin.client.get(path, headers={"Range": "lines=1-2"}).status_code == 200
    assert robin.client.get("/desk/recordings/nobody").status_code == 404
    assert app.test_client().get(path).status_code == 303


def test_what_the_carrier_does_not_give_is_said(
    robin: Agent, office: Office, residents: Residents, recorder: ScriptedRecorder
) -> None:
    one = kept(office, in_a_call(office, residents))
    recorder.down = True
    assert robin.client.get(f"/desk/recordings/{one}").status_code == 502
    assert "listened" not in robin.sees(ONE)


def test_a_supervisor_deletes_what_was_recorded_and_an_agent_cannot(
    robin: Agent, sam: Agent, office: Office, residents: Residents
) -> None:
    kept(office, in_a_call(office, residents))
    path = f"{ONE}/recordings/delete"
    assert sam.posts(path, ONE).status_code == 403
    assert "Delete the recordings of this conversation" in robin.sees(ONE)
    page = robin.posts(path, ONE).text
    assert "will be deleted within minutes" in page
    # The carrier has not deleted it yet.
    assert "Being deleted at the telephone carrier" in page
    assert "<audio" not in page
    assert "Delete the recordings of this conversation" not in page
    assert "Had the recording of the call deleted" in robin.sees("/cases/48291573")


def test_without_a_carrier_nothing_is_said_to_be_deleted(
    office: Office, residents: Residents
) -> None:
    kept(office, in_a_call(office, residents))
    alone = replace(office, recorder=None)
    robin = Agent(make_app(alone).test_client(), "Robin Pengelly")
    answer = robin.posts(f"{ONE}/recordings/delete", ONE)
    assert answer.status_code == 409
    assert "no telephone carrier is set up here any more" in answer.text


def test_the_staff_api_says_how_it_stands_and_changes_it(
    office: Office, residents: Residents, recorder: ScriptedRecorder
) -> None:
    conversation_id = in_a_call(office, residents)
    app = Flask("api")
    api_words = words(COUNCIL, "api", office.council)
    app.register_blueprint(create_staff_api(office, api_words, ScriptedCalls()))
    with office.store.begin(reading=True) as work:
        member = work.staff.by_name("Sam Taylor")
    assert member is not None
    token = create_staff_token(office, "Sam Taylor", member.role, ())
    client, own = app.test_client(), {"Authorization": f"Bearer {token}"}
    path = "/api/staff/queue/h1/recording"
    assert client.get("/api/staff/queue", headers=own).json[0]["recording"] == "running"
    paused = client.post(path, json={"want": "pause", "why": "payment"}, headers=own)
    assert paused.json["recording"] == "paused"
    one = client.get(f"/api/staff/conversations/{conversation_id}", headers=own).json
    assert one["recordings"][0]["paused_for"] == "payment"
    assert "sid" not in one["recordings"][0]
    recorder.down = True
    refused = client.post(path, json={"want": "go_on"}, headers=own)
    assert (refused.status_code, refused.json["error"]["code"]) == (502, "not_recorded_so")
    assert client.get("/api/staff/queue", headers=own).json[0]["recording"] == "unsure"
    recorder.down = False
    for wrong in (
        {"want": "erase"},
        {"want": "pause"},
        {"want": "pause", "why": "hold"},
        {},
    ):
        assert client.post(path, json=wrong, headers=own).status_code == 400
    assert client.post(path, json={"want": "refuse"}, headers=own).json["recording"] == "refused"
    assert client.post(path, json={"want": "begin"}, headers=own).status_code == 409
