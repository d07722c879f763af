"""Takes a complaint further that was made before: the reference of it shows that."""

from __future__ import annotations

from casework.domain.errors import NotFound
from casework.use_cases.filling import Filling

EARLIER = "earlier_case"
STAGE = "complaint_stage"
SECOND = "second"


def link_earlier(filling: Filling) -> None:
    """Makes it the second stage when the earlier case named is one of the same service."""
    draft, ref = filling.draft, filling.draft.value(EARLIER)
    if ref is None or STAGE in draft.answers or filling.service.use(STAGE) is None:
        return
    try:
        earlier = filling.work.cases.get(str(ref))
    except NotFound:
        return
    if earlier.service == draft.service:
        filling.answer(STAGE, SECOND)
