"""Takes over what an earlier form holds for a field that only now turns out to be called for."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.drafts import uses_in_order
from casework.use_cases.filling import Filling
from casework.use_cases.open_draft import known_before


def carry_over(filling: Filling) -> None:
    """Fills in fields that depend on others, have never been asked, and are known from before."""
    draft, service = filling.draft, filling.service
    new = {
        use.field.id
        for use in uses_in_order(service, draft)
        if use.when and use.field.id not in draft.answers and use.field.id not in draft.asked
    }
    if not new:
        return
    known = known_before(filling.work, filling.conversation, service, but=draft.id)
    carried = {name: answer for name, answer in known.items() if name in new}
    filling.draft = replace(draft, answers={**draft.answers, **carried})
