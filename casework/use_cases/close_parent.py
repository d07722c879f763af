"""Closes a parent once every team has done its part, and takes it up again with a part reopened."""

from __future__ import annotations

from casework.domain.cases import ALL_DONE, Case, CaseStatus, HistoryEntry
from casework.domain.conversations import Channel
from casework.domain.transitions import OVER, family_done
from casework.ports.store import Work
from casework.use_cases.office import Office
from casework.use_cases.tell_resident import tell_resident

ASSISTANT = "assistant"


def settle_family(office: Office, work: Work, case: Case, *, told: bool) -> Case:
    """What follows for its family from a case whose status has just been saved; gives the case.

    A parent is done when its own team's part and every other team's are: it is closed then, and
    the resident is told, once. `told`: they have just been told something of the parent itself.
    """
    # Held before its children are read, so that two parts ended at once do not miss each other.
    parent = case if case.parent_ref is None else work.cases.get(case.parent_ref)
    children = work.cases.children(parent.ref)
    if case.status in OVER and family_done(parent, children):
        parent = _done(office, work, parent, silent=told, by_part=case is not parent)
    elif case is not parent and case.status not in OVER and _closed_by_us(parent):
        again = HistoryEntry(
            office.clock.now(), ASSISTANT, "part_reopened", status=CaseStatus.INVESTIGATING
        )
        parent = parent.changed(again)
        work.cases.save(parent)
    return parent if case.parent_ref is None else case


def _done(office: Office, work: Work, parent: Case, *, silent: bool, by_part: bool) -> Case:
    """The parent with what is to be said of it; its own team's word stays, until a part of another
    team was the last."""
    before = any(entry.what == ALL_DONE for entry in parent.history)
    text = None
    if not before and not silent:
        text = office.council.say("update_all_done", Channel.WEB)
        tell_resident(office, work, parent, text)
    closes = by_part and parent.status is CaseStatus.FIXED
    entry = HistoryEntry(
        office.clock.now(),
        ASSISTANT,
        ALL_DONE,
        status=CaseStatus.CLOSED if closes else None,
        told_resident=text,
    )
    changed = parent.changed(entry)
    work.cases.save(changed)
    return changed


def _closed_by_us(parent: Case) -> bool:
    """Whether the last word on its status came from its parts."""
    moved = [entry for entry in parent.history if entry.status is not None]
    return bool(moved) and moved[-1].what == ALL_DONE
