"""The services whose case the assistant prepares for a person: which, and with which questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from casework.domain.branches import branched
from casework.domain.catalogue import CALLBACK, Council, Kind, Service
from casework.domain.drafts import Answer, Draft, applies

WHEN = "when"
"""The callback's field that says when to ring."""

ABOUT = "about"
"""The callback's field that says what it is about; where a call may be unsafe, how to ring."""

RING_FIELDS = (WHEN, ABOUT)
"""What is asked for the call, after the service's own fields."""


def is_prepared(service: Service) -> bool:
    """Whether a person deals with it, with fields gathered first."""
    return service.kind is Kind.HUMAN and bool(service.uses)


def to_be_rung(draft: Draft, unsafe: bool) -> Draft:
    """The draft, asking from now on when to ring as well; how to, where a call may be `unsafe`.

    A field counts as asked before its turn has come: that is how it is known to be wanted.
    """
    wanted = RING_FIELDS if unsafe else (WHEN,)
    return replace(draft, asked=(*draft.asked, *(w for w in wanted if w not in draft.asked)))


def is_to_be_rung(draft: Draft) -> bool:
    """Whether nobody comes now about this draft, and a person rings instead."""
    return WHEN in draft.asked


def asked_so_far(draft: Draft) -> Draft:
    """The draft without what is noted as asked before its turn has come: nobody goes back to it."""
    kept = {*draft.answers, draft.asking}
    return replace(
        draft, asked=tuple(one for one in draft.asked if one not in RING_FIELDS or one in kept)
    )


def service_taken(council: Council, draft: Draft) -> Service:
    """The draft's service with all that is asked for it, as it is on the answers so far: where a
    person is to ring and a number is held, the fields of the call come last."""
    service = branched(council.service(draft.service), draft.values)
    if not is_prepared(service) or not is_to_be_rung(draft) or number_of(draft) is None:
        return service
    found = (council.service(CALLBACK).use(name) for name in RING_FIELDS if name in draft.asked)
    return replace(service, uses=(*service.uses, *(use for use in found if use is not None)))


def number_of(draft: Draft) -> Answer | None:
    """The telephone number that the resident gave to be reached on; None for an e-mail address."""
    held = draft.answers.get("contact")
    return held if held is not None and str(held.value).startswith("+") else None


def call_fields(draft: Draft, short: str) -> Mapping[str, Answer]:
    """The fields of the callback that goes with the case: who, where, when and what about."""
    held, number = draft.answers, number_of(draft)
    fields = {name: held[name] for name in ("name",) if name in held}
    if number is not None:
        fields["phone"] = number
    for name in RING_FIELDS:
        if name in held and name in draft.asked:
            fields[name] = held[name]
    told = held.get("summary")
    if ABOUT not in fields and number is not None:
        words = f"{short}: {told.value}" if told is not None and told.value else short
        fields[ABOUT] = replace(told or number, value=words)
    return fields


def missing(service: Service, draft: Draft) -> list[str]:
    """The fields still needed before a case can be opened: those called for that are neither
    optional nor answered."""
    return [
        use.field.id
        for use in service.uses
        if applies(use, draft.values)
        and not use.optional
        and draft.value(use.field.id) is None
        and not (use.field.may_be_unknown and use.field.id in draft.answers)
    ]
