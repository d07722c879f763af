"""How and when residents may be contacted, in their own words."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from casework.adapters.reading.contact_wishes import contact_wishes

WEEKDAYS = frozenset(range(5))

WISHES: list[tuple[str, str | None, dict[str, Any]]] = [
    ("please only ring me after 6", None, {"start": time(18)}),
    ("07700 900123, but only after six", "contact", {"start": time(18)}),
    ("you can only call me in the evenings", None, {"start": time(17)}),
    ("Don't ring me before 10", None, {"start": time(10)}),
    ("not before ten please", "phone", {"start": time(10)}),
    ("please don't call me in the mornings", None, {"start": time(12)}),
    ("don't phone me after 8pm", None, {"end": time(20)}),
    ("call me between 9 and 11.", None, {"start": time(9), "end": time(11)}),
    ("best time to reach me is before noon", None, {"end": time(12)}),
    ("I'm only free after half past five", "phone", {"start": time(17, 30)}),
    ("ring me on weekdays please", None, {"days": WEEKDAYS}),
    ("please contact me only at weekends", None, {"days": frozenset({5, 6})}),
    ("don't ring me on Fridays", None, {"days": frozenset({0, 1, 2, 3, 5, 6})}),
    ("weekdays after 4", "contact", {"days": WEEKDAYS, "start": time(16)}),
    ("text only please", "contact", {"only_by": "text"}),
    ("please only text me", None, {"only_by": "text"}),
    ("just email me", None, {"only_by": "email"}),
    ("email only, ann@example.com", "contact", {"only_by": "email"}),
    ("please don't ring me", None, {"not_by": frozenset({"phone"})}),
    ("don't text me", None, {"not_by": frozenset({"text"})}),
    ("no phone calls please", None, {"not_by": frozenset({"phone"})}),
    ("please don't ring my home number", None, {"not_to": frozenset({"home"})}),
    ("never call me on my work phone", None, {"not_to": frozenset({"work"})}),
    ("don't use the landline", None, {"not_to": frozenset({"home"})}),
    ("never leave a voicemail", None, {"no_message": True}),
    ("please do not leave any messages", None, {"no_message": True}),
    ("don’t leave a message on my answerphone", None, {"no_message": True}),
    ("please send any letters in large print", None, {"format": "large_print"}),
    ("can you write to me in Polish", None, {"format": "other_language"}),
    ("no calls after 9 at night", None, {"end": time(21)}),
    ("ring any time after 5 on weekdays", None, {"start": time(17), "days": WEEKDAYS}),
    ("never on a Sunday", "phone", {"days": frozenset(range(6))}),
    ("mobile only please, not the landline", "phone", {"not_to": frozenset({"home"})}),
    ("text is best, I can't take calls", None, {"not_by": frozenset({"phone"})}),
    (
        "ring me after 5 but never leave a voicemail", None,
        {"start": time(17), "no_message": True},
    ),
]  # fmt: skip

NONE: list[tuple[str, str | None]] = [
    ("the noise is only after 6", None),
    ("they call me names every evening", None),
    ("my ex keeps texting me after midnight", None),
    ("he only rings me after 10 at night", None),
    ("you can call me Dave", None),
    ("I called you on Friday before noon", None),
    ("nobody will ring me back before Friday", None),
    ("the bin was out before 6.30", None),
    ("it must be collected on weekdays", None),
    ("do you have large print books in the library", None),
    ("I speak Polish", None),
    ("07700 900123", "contact"),
    ("yes this number", "phone"),
    ("Tuesday morning", None),
    ("tomorrow morning", "when"),
    ("after 3 please", "when"),
    ("the text message said after 5", None),
    ("did you email me before Monday", None),
    ("I didn't ring you after 5", None),
    ("I moved in before March", None),
    ("please call me tomorrow after 3", None),
    ("can you ring me back after 5", None),
    ("don't ring the doorbell after 9", None),
    ("don't ring my mum", None),
    ("text me on 07700 900123", "contact"),
    ("I am at home today", None),
]


@pytest.mark.parametrize(("text", "asks", "wanted"), WISHES)
def test_what_they_wish_is_understood(text: str, asks: str | None, wanted: dict[str, Any]) -> None:
    found = contact_wishes(text, asks)
    held = {k: v for k, v in vars(found).items() if v and k != "said"}
    assert held == wanted
    assert found.said


@pytest.mark.parametrize(("text", "asks"), NONE)
def test_what_is_said_of_other_things_is_no_wish(text: str, asks: str | None) -> None:
    assert not contact_wishes(text, asks)
