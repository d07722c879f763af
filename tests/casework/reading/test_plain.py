"""Yes and no, choices, text, money, references, plates and times to ring."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from casework.domain.fields import Option
from casework.ports.reading import Context, Read

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Europe/London"))

YES = """yes|yep|yeah it is|aye|I did|of course|👍|that's right|correct|it is|there is|we did
sure|I think so|absolutely|yes please|y|1|it was out on time yes|ok|definitely|yesss|indeed"""
NO = """no|nope|nah|know|not really|no one is in danger|it wasn't|nobody|there isn't|not yet|didn't
I don't think so|definitely not|of course not|no thanks|it's not|we didn't|n|2|no, nobody is hurt|👎
no it's fine|that's wrong|haven't|not at all"""
UNCLEAR = """maybe|I'm not sure|yes and no|don't know|what do you mean?|hello|14 elm road|no idea
somebody could get hurt|yes no|yes it is not safe|I put a bin out and the men drove straight past it
it could be|is it?|no problem|depends|07700 900123"""


def _each(rows: str) -> list[str]:
    return [text for row in rows.splitlines() for text in row.split("|")]


@pytest.mark.parametrize(
    ("text", "value"),
    [*((t, True) for t in _each(YES)), *((t, False) for t in _each(NO)),
     *((t, None) for t in _each(UNCLEAR))],
)  # fmt: skip
def test_hears_yes_and_no(hears, text, value):
    assert hears("danger", text) is value


CHOICES = """
bin_type | the green one | recycling
bin_type | not the brown one the green | recycling
bin_type | not the green bin, the brown bin | refuse
bin_type | the second one | recycling
bin_type | 2 | recycling
bin_type | option two | recycling
bin_type | to | recycling
bin_type | last one | garden
bin_type | recyling bin | recycling
bin_type | my rubbish | refuse
bin_type | I don't know | None
bin_type | yes | None
bin_type | the big black one | None
bin_type | 9 | None
tenure | renting | tenant
tenure | tennant | tenant
tenure | none of those | other
direction | moving out | out
direction | I'm moving to Plymouth | in
direction | in | in
direction | just moving house | None
evidence | I don't have it | do_not_have
evidence | yes I have it | have_it
evidence | I'll send it | will_send
services_to_tell | all of them | ['revenues', 'waste', 'parking', 'libraries']
services_to_tell | everything | ['revenues', 'waste', 'parking', 'libraries']
services_to_tell | all except the library | ['revenues', 'waste', 'parking']
services_to_tell | everyone but not parking | ['revenues', 'waste', 'libraries']
services_to_tell | just bins and parking | ['waste', 'parking']
services_to_tell | parking and bins | ['waste', 'parking']
services_to_tell | bins but not parking | ['waste']
services_to_tell | 1 and 3 | ['revenues', 'parking']
services_to_tell | none | []
services_to_tell | no thanks | []
services_to_tell | nobody else | []
services_to_tell | the library | ['libraries']
services_to_tell | yes | None
account_ref | 4021 7753 | 40217753
account_ref | four oh two one double seven five three | 40217753
account_ref | it's 4021-7753 thanks | 40217753
account_ref | 1234 | ?reference_invalid
account_ref | I don't have it | None
claim_ref | HB 204 118 | HB204118
claim_ref | it is HB204118 | HB204118
claim_ref | h b two oh four one one eight | HB204118
claim_ref | no | None
claim_ref | abc | None
case_ref | 4829 1578 | 48291578
case_ref | four eight two nine one five seven eight | 48291578
case_ref | 12345678 | ?case_ref_wrong
case_ref | yes | None
registration | ab12 cde | AB12CDE
registration | alpha bravo one two charlie delta echo | AB12CDE
registration | a b one two c d e | AB12CDE
registration | ABO2 CDE | AB02CDE
registration | A123 BCD | A123BCD
registration | reg is wj 19 k l o | WJ19KLO
registration | AB12 CDEF | ?registration_invalid
registration | my car is red | None
amount | twelve pounds fifty | 12.50
amount | twelve fifty | 12.50
amount | £1,200 a month | 1200.00
amount | a hundred and twenty pounds a week | 120.00
amount | one thousand two hundred | 1200.00
amount | 50p | 0.50
amount | ninety nine pounds and fifty pence | 99.50
amount | 1.2k | 1200.00
amount | nothing | None
when | tomorrow morning | 2026-11-25T09:00/2026-11-25T12:00
when | thursday afternoon | 2026-11-26T13:00/2026-11-26T16:30
when | tomorrow at 10am | 2026-11-25T09:00/2026-11-25T12:00
when | any time | 2026-11-25T09:00/2026-11-25T12:00
when | as soon as possible | 2026-11-25T09:00/2026-11-25T12:00
when | the second one | 2026-11-25T13:00/2026-11-25T16:30
when | Thursday 26 November, morning | 2026-11-26T09:00/2026-11-26T12:00
when | yes | None
summary | hello | None
summary | ok thanks | None
summary | xy | ?text_short
summary |   they   never answer  | they never answer
"""


@pytest.mark.parametrize("row", CHOICES.strip().splitlines())
def test_hears_a_value(hears, row):
    field, text, value = (part.strip() for part in row.split("|"))
    assert str(hears(field, text)) == value


def test_equal_choices_are_picked_from(hears):
    assert len(hears("bin_type", "green or brown")) == 2
    assert len(hears("amount", "from 1000 to 1200")) == 2
    assert len(hears("when", "thursday")) == 2
    assert "Thursday 26 November, afternoon" in hears("when", "friday afternoon")


@pytest.mark.parametrize(
    ("text", "place"),
    [("the one in Plympton", "2"), ("plymstock", "1"), ("PL7", "2"), ("the second one", "2"),
     ("2", "2"), ("church road", None), ("neither", None)],
)  # fmt: skip
def test_candidates_are_told_apart_by_their_labels(reader, field, text, place):
    labels = ("5 Church Road, Plymstock, PL9 9AA", "5 Church Road, Plympton, PL7 2DD")
    options = tuple(Option(str(at), label) for at, label in enumerate(labels, 1))
    reading = reader.read(replace(field("tenure"), options=options), text, Context(NOW))
    assert (reading.value if isinstance(reading, Read) else None) == place


def test_text_too_long_is_refused(hears):
    assert hears("summary", "word " * 200) == "?text_long"
