"""Writes the assistant's `domain.yml`, `data/rules.yml` and `data/topics.yml` from the council's
services and answers.

A new service is data: its line in `council/services.yml`, its fields, its examples in `data/nlu`,
and its answers. How residents ask for a topic is an example of its service too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from casework.domain.catalogue import Council
from casework.domain.conversations import STEERING

HEADING = "# Generated from council/services.yml by `./civicline assistant`; edit that instead.\n"

TOPICS_HEADING = "# Generated from council/answers by `./civicline assistant`; edit that instead.\n"

SENT_BY_US = ("answer", "resume_draft", "not_sure", "not_understood")
"""Intents without examples: our components or the engine set them."""

FORM = "draft_form"

ACTIONS = (
    "action_ask_answer",
    "action_begin_service",
    "action_close_form",
    "action_not_understood",
    "action_resume_draft",
    "action_steer",
    "action_take_answer",
    "validate_draft_form",
)

Step = dict[str, Any]


def write_assistant_files(council: Council, top: Path) -> list[Path]:
    """Writes the files where they differ; gives those that changed."""
    wanted = {
        top / "domain.yml": domain_text(council),
        top / "data" / "rules.yml": rules_text(council),
        top / "data" / "topics.yml": topics_text(council),
    }
    changed = []
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def domain_text(council: Council) -> str:
    """Intents, the one form with its one slot, and our actions."""
    in_form = {"conditions": [{"active_loop": FORM}]}
    domain = {
        "version": "3.1",
        "intents": [*sorted(council.services), *sorted(STEERING), *SENT_BY_US],
        "slots": {
            "answer": {
                "type": "text",
                "influence_conversation": False,
                "mappings": [{"type": "from_text", "intent": "answer", **in_form}],
            },
            # Decides in the rules whether the form takes over after an action.
            "draft_open": {
                "type": "bool",
                "influence_conversation": True,
                "mappings": [{"type": "custom"}],
            },
        },
        "forms": {FORM: {"required_slots": ["answer"]}},
        "actions": list(ACTIONS),
        "session_config": {"session_expiration_time": 0, "carry_over_slots_to_new_session": True},
    }
    return HEADING + _yaml(domain)


def rules_text(council: Council) -> str:
    """Which action deals with which intents, in the form and outside it."""
    rules: list[Step] = []
    groups: tuple[tuple[str, Sequence[str], str], ...] = (
        ("a service is asked for", sorted(council.services), "action_begin_service"),
        ("the conversation is steered", sorted(STEERING), "action_steer"),
        ("nothing was understood", ("not_sure", "not_understood"), "action_not_understood"),
    )
    for what, intents, action in groups:
        rules += [*_outside(what, intents, action), *_inside(what, intents, action)]
    rules += _outside("an answer comes while no form is active", ("answer",), "action_take_answer")
    rules += _outside("a draft is taken up again", ("resume_draft",), "action_resume_draft")
    rules.append(
        {
            "rule": "the draft is done with",
            "condition": [{"active_loop": FORM}],
            "steps": [
                {"action": FORM},
                {"active_loop": None},
                {"slot_was_set": [{"requested_slot": None}]},
                {"action": "action_close_form"},
            ],
        }
    )
    return HEADING + _yaml({"version": "3.1", "rules": rules})


def topics_text(council: Council) -> str:
    """How residents ask for each topic, as retrieval intents `service/topic`, and what it is about:
    texts that are learned from and never said."""
    asked = [TOPICS_HEADING.rstrip("\n"), "version: '3.1'", "nlu:"]
    told = ["responses:"]
    for service, answer in sorted(council.answers.items()):
        for topic in answer.topics.values():
            name = f"{service}/{topic.id}"
            asked += [f"- intent: {name}", "  examples: |", *(f"    - {a}" for a in topic.asked)]
            texts = [topic.title, topic.short]
            if not topic.looks_up and topic.table is None:
                texts += [topic.said.voice, topic.said.sms]
            told.append(f"  utter_{name}:")
            told += [f"  - text: {json.dumps(_plain(text))}" for text in texts]
    return "\n".join([*asked, *told]) + "\n"


def _plain(text: str) -> str:
    """A text without its braces, which would be taken for slots."""
    return " ".join(re.sub(r"\{\w+\}", "", text).split())


def _outside(what: str, intents: Iterable[str], action: str) -> list[Step]:
    """With no form active: the action decides whether one begins."""
    asked = _either(intents)
    return [
        {
            "rule": f"{what}, and a draft awaits answers",
            "condition": [{"active_loop": None}],
            "steps": [
                asked,
                {"action": action},
                {"slot_was_set": [{"draft_open": True}]},
                {"action": FORM},
                {"active_loop": FORM},
            ],
        },
        {
            "rule": f"{what}, and that is all",
            "condition": [{"active_loop": None}],
            "steps": [asked, {"action": action}, {"slot_was_set": [{"draft_open": False}]}],
        },
    ]


def _inside(what: str, intents: Iterable[str], action: str) -> list[Step]:
    """With the form active: it asks again, or is left when its draft was put aside."""
    asked, condition = _either(intents), [{"active_loop": FORM}]
    return [
        {
            "rule": f"{what} in the middle of a form, which goes on",
            "condition": condition,
            "steps": [
                asked,
                {"action": action},
                {"slot_was_set": [{"draft_open": True}]},
                {"action": FORM},
                {"active_loop": FORM},
            ],
        },
        {
            "rule": f"{what} in the middle of a form, which is put aside",
            "condition": condition,
            "steps": [
                asked,
                {"action": action},
                {"slot_was_set": [{"draft_open": False}]},
                {"action": "action_deactivate_loop"},
                {"active_loop": None},
            ],
        },
    ]


def _either(intents: Iterable[str]) -> Step:
    steps = [{"intent": intent} for intent in intents]
    return steps[0] if len(steps) == 1 else {"or": steps}


class _Plain(yaml.SafeDumper):
    """Writes every list in full: references would puzzle whoever reads the file."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _yaml(data: dict[str, Any]) -> str:
    return yaml.dump(data, Dumper=_Plain, sort_keys=False, width=100, allow_unicode=True)
