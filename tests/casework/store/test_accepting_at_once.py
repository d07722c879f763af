"""Of several agents who take a conversation at the same moment one gets it."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

from casework.domain.conversations import Author, Mode
from casework.domain.errors import Conflict
from casework.domain.handoffs import HandoffState
from casework.domain.staff import Role, StaffMember
from casework.use_cases.accept_handoff import accept_handoff
from casework.use_cases.hand_back import hand_back
from casework.use_cases.reply_as_agent import reply_as_agent
from tests.casework.store.records import conversation, handoff
from tests.office import make_office

AGENTS = [StaffMember(f"s{n}", f"Agent {n}", Role.AGENT, f"hash-{n}") for n in range(6)]


def at_once(*runs: Any) -> list[str]:
    """How each ended: "done" or "conflict"."""
    outcomes: list[str] = []
    ready = threading.Barrier(len(runs))

    def go(run: Any) -> None:
        ready.wait()
        try:
            run()
            outcomes.append("done")
        except Conflict:
            outcomes.append("conflict")

    threads = [threading.Thread(target=go, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def queued(store: Any) -> Any:
    with store.begin() as work:
        work.conversations.add(conversation(mode=Mode.QUEUED))
        work.handoffs.add(handoff())
        for agent in AGENTS:
            work.staff.save(agent)
    return make_office(store=store)


def test_one_of_many_gets_it_and_the_resident_hears_of_one(store: Any) -> None:
    office = queued(store)
    ended = at_once(*(lambda who=who: accept_handoff(office, who, "h1") for who in AGENTS))
    assert Counter(ended) == {"done": 1, "conflict": len(AGENTS) - 1}
    with store.begin(reading=True) as work:
        taken = work.handoffs.get("h1")
        (told,) = work.conversations.messages("c1")
        assert taken.state is HandoffState.TAKEN
        assert told.author is Author.SYSTEM
        assert work.staff.get(str(taken.agent)).name in told.said.text
        assert work.conversations.get("c1").mode is Mode.AGENT


def test_what_is_said_and_handed_back_at_once_has_an_order(store: Any) -> None:
    office = queued(store)
    sam = AGENTS[0]
    accept_handoff(office, sam, "h1")
    ended = at_once(
        lambda: hand_back(office, sam, "h1"),
        lambda: hand_back(office, sam, "h1"),
        *(lambda n=n: reply_as_agent(office, sam, "h1", f"line {n}", f"m{n}") for n in (1, 1, 2)),
    )
    assert Counter(ended)["done"] >= 2
    with store.begin(reading=True) as work:
        messages = work.conversations.messages("c1")
    assert [one.seq for one in messages] == list(range(1, len(messages) + 1))
    # Nobody speaks for the council once the assistant has it again, and nothing is said twice.
    assert [one.author for one in messages[-2:]] == [Author.BOT, Author.BOT]
    turns = [one.turn_id for one in messages if one.author is Author.AGENT]
    assert len(turns) == len(set(turns))
