"""Reads how residents show who they are, and what a report is worth by who sent it and how."""

from __future__ import annotations

import re
from collections.abc import Mapping

from casework.adapters.yaml_lines import Source
from casework.domain.catalogue import Notice
from casework.domain.conversations import Channel
from casework.domain.identity import QUESTIONS, IdentityRules


def read_identity(source: Source, fields: Source) -> IdentityRules:
    """The council's rules. Raises CouncilDataError for a phrase that is no expression, and for a
    question that fields.yml does not have."""
    missing = [name for name in QUESTIONS if name not in fields.data["fields"]]
    if missing:
        raise fields.error(["fields"], f"write {', '.join(missing)} as well")
    held = source.data["third_party"]
    relatives = f"(?:{'|'.join(held['relatives'])})"
    phrases = []
    for place, phrase in enumerate(held["phrases"]):
        written = phrase.replace("{relative}", relatives)
        try:
            re.compile(written)
        except re.error:
            where: list[str | int] = ["third_party", "phrases", place]
            raise source.error(where, "this is no regular expression") from None
        phrases.append(written)
    return IdentityRules(
        third_party=tuple(phrases),
        lock_failures=source.data["lock_out"]["failures"],
        lock_hours=source.data["lock_out"]["hours"],
        sign_in_minutes=source.data["sign_in_minutes"],
    )


def read_notice(written: bool | Mapping[str, bool | str]) -> dict[Channel, Notice]:
    """When a report is valid notice, by channel: one word for all, or one for each; a channel not
    named gives none."""
    if isinstance(written, Mapping):
        named = {Channel(name): _notice(word) for name, word in written.items()}
        return {channel: named.get(channel, Notice.NEVER) for channel in Channel}
    return dict.fromkeys(Channel, _notice(written))


def _notice(word: bool | str) -> Notice:
    if isinstance(word, bool):
        return Notice.ALWAYS if word else Notice.NEVER
    return Notice(word)
