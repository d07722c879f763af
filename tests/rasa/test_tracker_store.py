import asyncio
import json

import pytest
from civicline_rasa.tracker_store import (
    KEPT_TURNS,
    RecentTurnsRedisStore,
    RecentTurnsTrackerStore,
    recent_events,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    SessionStarted,
    SlotSet,
    UserUttered,
)

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [answer]
    slots:
      answer: {type: any, influence_conversation: false, mappings: [{type: custom}]}
    forms:
      draft_form: {required_slots: [answer]}
    """
)
OPENING = [
    ActionExecuted("action_session_start"),
    SessionStarted(),
    ActionExecuted("action_listen"),
    UserUttered("hello", {"name": "answer"}),
    ActionExecuted("draft_form"),
    ActiveLoop("draft_form"),
    SlotSet("requested_slot", "answer"),
    SlotSet("answer", "first"),
]


def a_turn(number):
    return [
        ActionExecuted("action_listen"),
        UserUttered(f"turn {number}", {"name": "answer"}),
        ActionExecuted("draft_form"),
    ]


@pytest.fixture
def store(tmp_path):
    return RecentTurnsTrackerStore(host=f"sqlite:///{tmp_path}/assistant.db", domain=DOMAIN)


def talk(store, turns):
    """Each turn as Rasa does it: fetch the tracker, add events, save it."""

    async def go():
        for number in range(turns):
            tracker = await store.get_or_create_tracker("someone", append_action_listen=False)
            for event in (OPENING if number == 0 else []) + a_turn(number):
                tracker.update(event, DOMAIN)
            await store.save(tracker)
        return await store.retrieve("someone"), await store.retrieve_full_tracker("someone")

    return asyncio.run(go())


def said(tracker):
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


@pytest.mark.parametrize("turns", [1, KEPT_TURNS - 1, KEPT_TURNS, KEPT_TURNS + 1, 40])
def test_every_event_is_stored_once(store, turns):
    _, full = talk(store, turns)

    assert said(full) == ["hello", *(f"turn {number}" for number in range(turns))]
    assert len(full.events) == len(OPENING) + 3 * turns


def test_a_long_conversation_comes_back_with_its_last_turns(store):
    recent, _ = talk(store, 40)

    assert said(recent) == [f"turn {number}" for number in range(40 - KEPT_TURNS, 40)]


def test_slots_and_the_form_stay_as_they_were(store):
    recent, full = talk(store, 40)

    assert recent.get_slot("answer") == full.get_slot("answer") == "first"
    assert recent.get_slot("requested_slot") == "answer"
    assert recent.active_loop_name == full.active_loop_name == "draft_form"
    assert recent.latest_message.text == full.latest_message.text == "turn 39"
    assert recent.latest_action_name == full.latest_action_name


def test_a_form_that_was_left_stays_left():
    rows = [
        (event.type_name, json.dumps(event.as_dict()))
        for event in [*OPENING, ActiveLoop(None), *(e for n in range(20) for e in a_turn(n))]
    ]

    assert "active_loop" not in [event["event"] for event in recent_events(rows)]


def test_nobody_gets_another_ones_tracker(store):
    talk(store, 3)

    assert asyncio.run(store.retrieve("someone else")) is None


def test_a_power_cut_leaves_the_file_whole(store):
    with store.session_scope() as session:
        assert session.execute("PRAGMA journal_mode").scalar() == "wal"
        assert session.execute("PRAGMA synchronous").scalar() == 1


def damage(path, how):
    if how == "no database":
        path.write_bytes(b"not a database at all, " * 100)
    else:
        held = path.read_bytes()
        path.write_bytes(held[:5000] + b"\xff" * 3000 + held[8000:])


@pytest.mark.parametrize("how", ["no database", "pages overwritten"])
def test_a_damaged_file_is_made_anew(store, tmp_path, how):
    talk(store, 3)
    store.engine.dispose()
    damage(tmp_path / "assistant.db", how)

    again = RecentTurnsTrackerStore(host=f"sqlite:///{tmp_path}/assistant.db", domain=DOMAIN)

    recent, _ = talk(again, 1)
    assert said(recent) == ["hello", "turn 0"]


def test_a_sound_file_is_kept(store, tmp_path):
    talk(store, 3)

    again = RecentTurnsTrackerStore(host=f"sqlite:///{tmp_path}/assistant.db", domain=DOMAIN)

    assert said(asyncio.run(again.retrieve("someone")))[-1] == "turn 2"


class FakeRedis:
    """Keeps what is set, and for how long it was to be kept."""

    def __init__(self):
        self.values = {}
        self.seconds = {}

    def set(self, key, value, ex=None):
        self.values[key], self.seconds[key] = value, ex

    def get(self, key):
        return self.values.get(key)


def test_redis_holds_the_last_turns_for_a_time():
    store = RecentTurnsRedisStore(DOMAIN, record_exp=60)
    store.red = FakeRedis()

    recent, full = talk(store, 40)

    assert said(recent) == said(full) == [f"turn {number}" for number in range(34, 40)]
    assert recent.active_loop_name == "draft_form"
    assert recent.get_slot("answer") == "first"
    assert store.red.seconds == {"tracker:someone": 60}
    assert asyncio.run(store.retrieve("someone else")) is None
