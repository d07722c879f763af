"""Whether and how a council records talks with agents, as `council.yml` says at `recording`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RecordingRules:
    """`on`: talks are recorded at all. `keep_days` is after how many days a recording is deleted;
    `agent_begins` are services about which the agent begins it, as callers mostly pay or tell bank
    details (besides all for which identity is checked)."""

    on: bool = False
    keep_days: int = 30
    agent_begins: tuple[str, ...] = ()
