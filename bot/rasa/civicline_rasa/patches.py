"""The patches of Rasa 3.6.21, all of them. On any other version they refuse to load.

A gain is what a form turn with two action calls would take more without that patch (two cores, the
median of the first ten turns; with all of them it takes 15 ms, action server included).
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from typing import Any

import rasa.version

SUPPORTED_VERSION = "3.6.21"
DEFAULT_ACTION_TIMEOUT = 6.0


class WrongRasaVersion(RuntimeError):
    """The patches were written against another version of Rasa."""


def check_version(version: str = rasa.version.__version__) -> None:
    """Raises WrongRasaVersion unless it is the version that these patches were read against."""
    if version != SUPPORTED_VERSION:
        raise WrongRasaVersion(
            f"The patches fit Rasa {SUPPORTED_VERSION}, not {version}: read each again before use."
        )


check_version()


def precompile_action_schema() -> None:
    """Validates the answers of the action server with a validator made once.

    Rasa checks its own static schema against the metaschema on every action call. Answers are still
    validated, by the same schema. Gain: 44 ms.
    """
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)

    def validate(self: RemoteAction, result: Any) -> bool:
        error = best_match(validator.iter_errors(result))
        if error is not None:
            raise error
        return True

    RemoteAction._validate_action_result = validate


def remember_event_types() -> None:
    """Finds the class of an event by its name once for each name.

    Rasa walks the tree of all event classes for every event of a stored conversation. Gain: 2 ms,
    and more in a long conversation.
    """
    from rasa.shared.core.events import Event

    original: Callable = Event.resolve_by_type
    known: dict[str, type[Event]] = {}

    def resolve_by_type(type_name: str, default: type[Event] | None = None) -> Any:
        found = known.get(type_name)
        if found is None:
            found = original(type_name, default)
            if found is not None and found is not default:
                known[type_name] = found
        return found

    Event.resolve_by_type = staticmethod(resolve_by_type)


def send_actions_the_last_turn() -> None:
    """Sends the action server the events since the resident last spoke, not the whole history.

    Our actions read slots, latest_message, sender_id and active_loop, all of them in the state
    itself; rasa-sdk looks at events only for slots just set and the channel of the last message.
    Of the domain it reads slots and forms. Gain: 1 ms.
    """
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.core.events import UserUttered
    from rasa.shared.core.trackers import EventVerbosity

    domains: dict[int, tuple[Any, dict[str, Any]]] = {}

    def small_domain(domain: Any) -> dict[str, Any]:
        held = domains.get(id(domain))
        if held is None or held[0] is not domain:
            full = domain.as_dict()
            held = (domain, {key: full[key] for key in ("slots", "forms") if key in full})
            domains.clear()
            domains[id(domain)] = held
        return held[1]

    def call(self: RemoteAction, tracker: Any, domain: Any) -> dict[str, Any]:
        state = tracker.current_state(EventVerbosity.NONE)
        recent = []
        for event in reversed(tracker.events):
            recent.append(event.as_dict())
            if isinstance(event, UserUttered):
                break
        state["events"] = recent[::-1]
        latest = state.get("latest_message") or {}
        if (latest.get("metadata") or {}).get("steers") == "not_that":
            # Only whoever was misunderstood needs the other guesses at what they said before.
            state["latest_message"] = {**latest, "said_before": _said_before(tracker)}
        return {
            "next_action": self._name,
            "sender_id": tracker.sender_id,
            "tracker": state,
            "domain": small_domain(domain),
            "version": SUPPORTED_VERSION,
        }

    RemoteAction._action_call_format = call


def _said_before(tracker: Any) -> list[dict[str, Any]]:
    """The guesses at each message of the conversation, oldest first."""
    from rasa.shared.core.events import UserUttered

    said = [event for event in tracker.events if isinstance(event, UserUttered) and event.text]
    return [
        {"text": one.text, "ranking": one.parse_data.get("intent_ranking") or []} for one in said
    ]


def draw_no_progress_bars() -> None:
    """Leaves progress bars out of a log that is no terminal: they come to 300 kB a training."""
    import rasa.shared.utils.io

    if not sys.stderr.isatty():
        rasa.shared.utils.io.is_logging_disabled = lambda: True


def limit_action_time() -> None:
    """Gives up on an action after ACTIONS_TIMEOUT seconds (6); Rasa waits for five minutes."""
    import rasa.core.actions.action as action

    action.DEFAULT_REQUEST_TIMEOUT = float(os.environ.get("ACTIONS_TIMEOUT") or 0) or (
        DEFAULT_ACTION_TIMEOUT
    )


def keep_connections() -> None:
    """Keeps one HTTP session to an endpoint open; Rasa opens and closes one for each call.

    Gain: 2 ms.
    """
    import aiohttp
    from rasa.utils.endpoints import EndpointConfig

    class KeptSession:
        """Enters as the session itself and leaves it open."""

        def __init__(self, session: aiohttp.ClientSession) -> None:
            self._session = session

        async def __aenter__(self) -> aiohttp.ClientSession:
            return self._session

        async def __aexit__(self, *_: object) -> None:
            return None

    original: Callable = EndpointConfig.session

    def session(self: EndpointConfig) -> KeptSession:
        kept = getattr(self, "_kept_session", None)
        if kept is None or kept.closed:
            kept = self._kept_session = original(self)
        return KeptSession(kept)

    EndpointConfig.session = session


def remember_rules() -> None:
    """Reads each rule's stored form once.

    Rasa remembers a thousand; we have more, so that every prediction parsed all of them again.
    Gain: 8 ms.
    """
    from rasa.core.policies.rule_policy import RulePolicy

    RulePolicy._rule_key_to_state = staticmethod(functools.lru_cache(None)(json.loads))


def index_rules() -> None:
    """Looks only at rules that end in the present intent and action, not at every rule.

    Rasa still decides which of them apply; the others could not, as their last state asks for
    another intent or action than the conversation has. Only for serving: the rules are then
    complete. Gain: 12 ms.
    """
    from rasa.core.policies.rule_policy import RulePolicy

    original: Callable = RulePolicy._get_possible_keys
    indexes: dict[int, tuple[Any, dict[Any, list[str]]]] = {}

    def index_of(lookup: dict[str, str]) -> dict[Any, list[str]]:
        held = indexes.get(id(lookup))
        if held is None:
            by_ending: dict[Any, list[str]] = {}
            for key in lookup:
                last = RulePolicy._rule_key_to_state(key)[-1]
                by_ending.setdefault(_ending(last), []).append(key)
            # The lookup itself is held too, so that its id stays its own.
            held = indexes[id(lookup)] = (lookup, by_ending)
        return held[1]

    def get_possible_keys(self: RulePolicy, lookup: dict[str, str], states: list[Any]) -> set[str]:
        intent, action = _ending(states[-1]) if states else (None, None)
        if action is None:
            return original(self, lookup, states)
        by_ending = index_of(lookup)
        endings = {(i, a) for i in (intent, None) for a in (action, None)}
        likely = {key: lookup[key] for ending in endings for key in by_ending.get(ending, ())}
        return original(self, likely, states)

    RulePolicy._get_possible_keys = get_possible_keys


def _ending(state: dict[str, Any]) -> tuple[str | None, str | None]:
    """The intent and the action that a state asks for; None where it asks for none."""
    return (
        (state.get("user") or {}).get("intent") or None,
        (state.get("prev_action") or {}).get("action_name") or None,
    )


def apply(serving: bool) -> None:
    """Applies every patch; once in a process. `serving` when no model will be trained in it."""
    if serving:
        index_rules()
    for patch in (
        # First, as others import the function it replaces by name.
        draw_no_progress_bars,
        remember_rules,
        precompile_action_schema,
        remember_event_types,
        send_actions_the_last_turn,
        keep_connections,
        limit_action_time,
    ):
        patch()
