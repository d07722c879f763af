import asyncio
import json

import pytest
from aiohttp import web
from civicline_rasa import patches
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [answer, greet]
    slots:
      answer:
        type: any
        influence_conversation: false
        mappings: [{type: from_text, intent: answer}]
    forms:
      draft_form: {required_slots: [answer]}
    actions: [validate_draft_form]
    """
)


@pytest.fixture(autouse=True, scope="module")
def patched():
    patches.apply(serving=True)


def an_action(url="http://127.0.0.1:9/webhook"):
    return RemoteAction("validate_draft_form", EndpointConfig(url))


def test_fits_one_version_only():
    patches.check_version("3.6.21")
    for other in ("3.6.20", "3.6.22", "3.7.0"):
        with pytest.raises(patches.WrongRasaVersion, match=other):
            patches.check_version(other)


def test_good_answers_of_actions_still_pass():
    answer = {
        "events": [{"event": "slot", "name": "answer", "value": None, "timestamp": None}],
        "responses": [{"text": "hello"}],
    }

    assert an_action()._validate_action_result(answer)


@pytest.mark.parametrize(
    "answer",
    [
        {"events": "none", "responses": []},
        {"events": [{"event": "slot"}], "responses": []},
        {"events": [{"event": "unheard_of"}], "responses": []},
        {"events": [], "responses": "hello"},
        {"events": [], "responses": ["hello"]},
    ],
)
def test_bad_answers_of_actions_are_still_refused(answer):
    with pytest.raises(ValidationError):
        an_action()._validate_action_result(answer)


def test_every_event_type_is_still_found():
    for event in (SlotSet("answer", 1), ActiveLoop("draft_form"), BotUttered("hello")):
        for _ in range(2):
            assert Event.resolve_by_type(event.type_name) is type(event)


def test_an_unknown_event_type_is_still_refused():
    with pytest.raises(ValueError, match="unheard_of"):
        Event.resolve_by_type("unheard_of")
    assert Event.resolve_by_type("unheard_of", SlotSet) is SlotSet
    with pytest.raises(ValueError, match="unheard_of"):
        Event.resolve_by_type("unheard_of")


def test_an_action_is_sent_the_state_and_the_last_turn():
    tracker = DialogueStateTracker.from_events(
        "someone",
        [
            ActionExecuted("action_listen"),
            UserUttered("long ago", {"name": "greet"}),
            ActiveLoop("draft_form"),
            ActionExecuted("action_listen"),
            UserUttered(
                "now",
                {"name": "answer"},
                parse_data={"intent": {"name": "answer"}, "understood": {"label": "deny"}},
                metadata={"asks": "name"},
                input_channel="web",
            ),
            SlotSet("answer", "now"),
        ],
        slots=DOMAIN.slots,
    )

    call = an_action()._action_call_format(tracker, DOMAIN)

    state = call["tracker"]
    assert [event["event"] for event in state["events"]] == ["user", "slot"]
    assert state["slots"]["answer"] == "now"
    assert state["active_loop"]["name"] == "draft_form"
    assert state["latest_message"]["metadata"] == {"asks": "name"}
    assert state["latest_message"]["understood"] == {"label": "deny"}
    assert set(call["domain"]) == {"slots", "forms"}
    assert call["sender_id"] == "someone"


def test_a_connection_is_kept_and_made_anew_when_the_other_side_restarts():
    async def calls() -> list:
        seen: list[int] = []

        async def answer(request: web.Request) -> web.Response:
            seen.append(id(request.transport))
            return web.json_response({"events": [], "responses": []})

        async def serve(port: int) -> tuple[web.AppRunner, int]:
            app = web.Application()
            app.router.add_post("/webhook", answer)
            runner = web.AppRunner(app)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", port, reuse_address=True)
            await site.start()
            return runner, site._server.sockets[0].getsockname()[1]

        runner, port = await serve(0)
        endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook")
        await endpoint.request(json={})
        await endpoint.request(json={})
        kept = len(set(seen)) == 1
        await runner.cleanup()
        runner, _ = await serve(port)
        answered = await endpoint.request(json={})
        async with endpoint.session() as session:
            await session.close()
        await runner.cleanup()
        return [kept, answered]

    assert asyncio.run(calls()) == [True, {"events": [], "responses": []}]


def test_actions_have_seconds_not_minutes(monkeypatch):
    import rasa.core.actions.action as action

    assert action.DEFAULT_REQUEST_TIMEOUT == 6
    monkeypatch.setenv("ACTIONS_TIMEOUT", "2.5")
    patches.limit_action_time()
    assert action.DEFAULT_REQUEST_TIMEOUT == 2.5


def test_indexed_rules_find_what_a_look_at_every_rule_finds():
    import itertools

    from rasa.core.policies.rule_policy import RulePolicy

    def state(intent, action, **more):
        user = {"user": {"intent": intent}} if intent else {}
        return {**user, "prev_action": {"action_name": action}, **more}

    loop = {"active_loop": {"name": "draft_form"}}
    listen, begin, form = "action_listen", "action_begin_service", "draft_form"
    rules = [
        [state(intent, listen, **where), *rest]
        for intent in ("pothole", "bin_day", None)
        for where in ({}, loop)
        for rest in ([], [state(intent, begin)], [state(None, begin), state(None, form)])
    ]
    lookup = {json.dumps(rule, sort_keys=True): "action" for rule in rules}
    every = [
        state(intent, action, **where)
        for intent, action, where in itertools.product(
            ("pothole", "bin_day", "other", None), (listen, begin, form), ({}, loop)
        )
    ]
    policy = object.__new__(RulePolicy)

    def by_looking_at_all(states):
        keys = set(lookup)
        for place, seen in enumerate(reversed(states)):
            keys = {k for k in keys if policy._is_rule_applicable(k, place, seen)}
        return keys

    for states in [[]] + [[{}, one] for one in every] + [[a, b] for a in every for b in every]:
        assert policy._get_possible_keys(lookup, states) == by_looking_at_all(states)
