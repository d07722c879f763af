"""When a resident wants to be rung, on Tuesday 24 November 2026 at 10.30, of ten offered times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.domain.fields import Option
from casework.ports.reading import Context, Pick, Read, Refused
from tests.casework.reading.conftest import NOW, rows

DAYS = {"wed": 25, "thu": 26, "fri": 27, "mon": 30, "tue": 31}
PARTS = {"am": ("09:00", "12:00", "morning"), "pm": ("13:00", "16:30", "afternoon")}


def _slot(day: str, part: str) -> str:
    on = date(2026, 10, 31) + timedelta(days=DAYS[day])
    start, end, _ = PARTS[part]
    return f"{on}T{start}/{on}T{end}"


SLOTS = {_slot(day, part): f"{day} {part}" for day in DAYS for part in PARTS}

TIMES = """
tomorrow morning | wed am
tomorrow afternoon | wed pm
tomorrow at ten | wed am
tomorrow at 10am | wed am
tomorrow at 2 | wed pm
tomorrow about half past two | wed pm
tomorrow at half ten | wed am
tomorrow at quarter past three | wed pm
tomorrow at 14:30 | wed pm
tomorrow 2.30pm | wed pm
first thing tomorrow | wed am
tomorrow before lunch | wed am
tomorrow after lunch | wed pm
tomorrow before 11 | wed am
tomorrow after 3 | wed pm
tomorrow between two and four | wed pm
tomorrow from 9 till 11 | wed am
thursday morning | thu am
Thursday in the afternoon please | thu pm
thurs pm | thu pm
on Thursday, a.m. | thu am
the 26th in the morning | thu am
26 November, afternoon | thu pm
the day after tomorrow in the morning | thu am
this friday afternoon | fri pm
friday at 3 o'clock | fri pm
monday at nine | mon am
next monday morning | mon am
a week today in the afternoon | tue pm
tuesday next week, morning | tue am
any time | wed am
any time after 3 | wed pm
anytime after three pm | wed pm
any time in the afternoon | wed pm
any afternoon | wed pm
any morning is fine | wed am
as soon as possible | wed am
whenever | wed am
now | wed am
I don't mind | wed am
any time on friday | fri am
any time friday after 2 | fri pm
not wednesday, thursday morning | thu am
not tomorrow, friday afternoon | fri pm
the second one | wed pm
friday but not the morning | fri pm
monday, not before 2 | mon pm
thursday | thu am,thu pm
in the morning | wed am,thu am,fri am
mornings | wed am,thu am,fri am
after 3 | wed pm,thu pm,fri pm
not wednesday | thu am,thu pm,fri am
not tomorrow or thursday | fri am,fri pm,mon am
not in the morning | wed pm,thu pm,fri pm
any day but wednesday in the morning | thu am
thursday or friday | thu am,thu pm,fri am
thursday or friday morning | thu am,fri am
can you make it friday afternoon | fri pm
could you ring me on friday? | fri am,fri pm
what about friday morning | fri am
I can't do wednesday, thursday morning | thu am
wednesday is no good, friday afternoon please | fri pm
tomorrow at half past twelve | wed am,wed pm
saturday morning | ?slot_closed
on Saturday | ?slot_closed
sunday afternoon | ?slot_closed
this weekend | ?slot_closed
in the evening | ?slot_closed
tomorrow evening | ?slot_closed
after six | ?slot_closed
after work | ?slot_closed
tomorrow at 7pm | ?slot_closed
monday at 8 in the evening | ?slot_closed
in three weeks | mon am,tue am,tue pm
yes | None
no | None
I don't know | None
what times are there? | None
14 elm road | None
07700 900123 | None
hello | None
jane smith | None
"""


@pytest.fixture(scope="module")
def when(field):
    options = tuple(Option(one, label) for one, label in SLOTS.items())
    return replace(field("when"), options=options)


@pytest.mark.parametrize(("text", "expected"), rows(TIMES))
def test_hears_when_to_ring(reader, when, text, expected):
    reading = reader.read(when, text, Context(NOW))
    if isinstance(reading, Read):
        heard = SLOTS[reading.value]
    elif isinstance(reading, Pick):
        heard = ",".join(SLOTS[one.value] for one in reading.candidates)
    else:
        heard = f"?{reading.reason}" if isinstance(reading, Refused) else "None"
    assert heard == expected
