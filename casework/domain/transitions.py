"""Which status may follow which, and when a parent and its children are done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casework.domain.cases import Case, CaseStatus
from casework.domain.catalogue import CALLBACK

_S = CaseStatus

OVER = frozenset(
    {
        _S.NO_FURTHER_ACTION,
        _S.NOT_COUNCILS_RESPONSIBILITY,
        _S.DUPLICATE,
        _S.CANCELLED,
        _S.FIXED,
        _S.CLOSED,
    }
)
"""Status words after which nothing more is due."""

_AT_WORK = frozenset(
    {_S.INVESTIGATING, _S.ACTION_SCHEDULED, _S.IN_PROGRESS, _S.PLANNED, _S.INTERNAL_REFERRAL}
)
_AGAIN = frozenset({_S.OPEN, _S.INVESTIGATING})
"""What a case that is over is reopened to."""

ALLOWED: Mapping[CaseStatus, frozenset[CaseStatus]] = {
    _S.OPEN: _AT_WORK | OVER | {_S.FOR_TRIAGE},
    _S.FOR_TRIAGE: _AT_WORK | OVER | {_S.OPEN},
    _S.INVESTIGATING: (_AT_WORK | OVER | {_S.FOR_TRIAGE}) - {_S.INVESTIGATING},
    _S.ACTION_SCHEDULED: (_AT_WORK | OVER) - {_S.ACTION_SCHEDULED},
    _S.IN_PROGRESS: (_AT_WORK | OVER) - {_S.IN_PROGRESS},
    _S.PLANNED: (_AT_WORK | OVER) - {_S.PLANNED},
    _S.INTERNAL_REFERRAL: (_AT_WORK | OVER | {_S.OPEN, _S.FOR_TRIAGE}) - {_S.INTERNAL_REFERRAL},
    _S.NO_FURTHER_ACTION: _AGAIN | {_S.CLOSED},
    _S.NOT_COUNCILS_RESPONSIBILITY: _AGAIN | {_S.CLOSED},
    _S.DUPLICATE: _AGAIN | {_S.CLOSED},
    _S.CANCELLED: _AGAIN | {_S.CLOSED},
    _S.FIXED: _AGAIN | {_S.CLOSED},
    _S.CLOSED: _AGAIN,
}
"""What may follow each status. What a team has begun never becomes `open` again, unless it goes to
another team; what is over is reopened before anything else is done to it."""


def may_follow(present: CaseStatus, wanted: CaseStatus) -> bool:
    """Whether a case may become what is wanted; what it is already it may stay."""
    return wanted is present or wanted in ALLOWED[present]


def next_words(present: CaseStatus) -> tuple[CaseStatus, ...]:
    """What may follow, in the order of the status words."""
    return tuple(word for word in CaseStatus if word in ALLOWED[present])


def reopens(present: CaseStatus, wanted: CaseStatus | None) -> bool:
    """Whether a move takes up again what was over."""
    return wanted is not None and present in OVER and wanted not in OVER


def family_done(parent: Case, children: Iterable[Case]) -> bool:
    """Whether a parent is done: its own team's part and every other team's.

    A call to ring somebody back is a means, not a part.
    """
    parts = [child for child in children if child.service != CALLBACK]
    return bool(parts) and all(one.status in OVER for one in (parent, *parts))
