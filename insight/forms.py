"""Counts forms: begun, sent, and left, and at which question they were left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from casework.domain.catalogue import Kind
from casework.domain.conversations import Mode
from casework.domain.drafts import DraftState
from casework.domain.figures import DraftFigure
from casework.use_cases.office import Office

LEFT_AFTER = timedelta(hours=1)
"""How long without an answer a form counts as left while its chat is still open."""

OPENS_CASES = frozenset({Kind.CHANGE, Kind.REPORT, Kind.REQUEST})
"""Kinds of service whose forms end in a case; others only look something up."""


@dataclass(frozen=True)
class FormNumbers:
    """`going` are forms that are being filled in now."""

    begun: int
    sent: int
    left: int
    going: int


@dataclass(frozen=True)
class Forms:
    """Forms begun in a time: all, by service, and at which field those left were left, the most
    frequent first. A form that was given up on purpose says nothing of where."""

    all: FormNumbers
    by_service: Mapping[str, FormNumbers]
    left_at: Mapping[str, int]


def count_forms(office: Office, drafts: Sequence[DraftFigure]) -> Forms:
    """Of forms that lead to a case."""
    before = office.clock.now() - LEFT_AFTER
    known = office.council.services
    forms = [one for one in drafts if one.service in known and _opens_case(office, one)]
    outcomes = {id(one): _outcome(one, one.updated_at < before) for one in forms}
    services = [name for name, _ in Counter(one.service for one in forms).most_common()]
    at = Counter(one.asking for one in forms if outcomes[id(one)] == "left" and one.asking)
    return Forms(
        all=_numbers(outcomes[id(one)] for one in forms),
        by_service={
            name: _numbers(outcomes[id(one)] for one in forms if one.service == name)
            for name in services
        },
        left_at={field: number for field, number in at.most_common() if field is not None},
    )


def _opens_case(office: Office, draft: DraftFigure) -> bool:
    return office.council.services[draft.service].kind in OPENS_CASES


def _outcome(draft: DraftFigure, is_old: bool) -> str:
    if draft.state is DraftState.CONFIRMED:
        return "sent"
    given_up = draft.state is DraftState.DROPPED or draft.mode is Mode.CLOSED
    return "left" if given_up or is_old else "going"


def _numbers(outcomes: Iterable[str]) -> FormNumbers:
    counted = Counter(outcomes)
    return FormNumbers(sum(counted.values()), counted["sent"], counted["left"], counted["going"])
