"""Choices of one and of several options, in residents' words, and what chooses none."""

from __future__ import annotations

import pytest

from tests.casework.reading.conftest import rows

ONE = """
bin_type | green | recycling
bin_type | Green bin. | recycling
bin_type | the green one please | recycling
bin_type | it's the green bin | recycling
bin_type | green bin (recycling) | recycling
bin_type | recycling | recycling
bin_type | my recycling wasn't taken | recycling
bin_type | recyling | recycling
bin_type | grean bin | recycling
bin_type | the brown one not the green | refuse
bin_type | not green, brown | refuse
bin_type | rubbish | refuse
bin_type | the rubbish bin | refuse
bin_type | black bags | refuse
bin_type | garden | garden
bin_type | grass cuttings | garden
bin_type | 1 | refuse
bin_type | one | refuse
bin_type | number one | refuse
bin_type | option 3 | garden
bin_type | the third one | garden
bin_type | the last one | garden
bin_type | the first | refuse
bin_type | number too | recycling
bin_type | um the green | recycling
tenure | I rent it | tenant
tenure | renting | tenant
tenure | we're buying it | owner
tenure | I own it | owner
tenure | with a mortgage | owner
tenure | none of those | other
tenure | something else | other
evidence | yes I have it | have_it
evidence | I've got it here, yes I have it | have_it
evidence | I'll send it later | will_send
evidence | no I don't have it | do_not_have
direction | leaving Plymouth | out
direction | across town | within
bin_type | neither | None
bin_type | not the green bin | None
bin_type | I don't know | None
bin_type | purple | None
bin_type | 7 | None
bin_type | what are the choices | None
bin_type | hello | None
bin_type | 14 elm road | None
tenure | yes | None
tenure | jane smith | None
"""

SEVERAL = """
all | revenues waste parking libraries
all of them | revenues waste parking libraries
all of those please | revenues waste parking libraries
everyone | revenues waste parking libraries
everybody | revenues waste parking libraries
everything | revenues waste parking libraries
the lot | revenues waste parking libraries
tell them all | revenues waste parking libraries
yes all of them | revenues waste parking libraries
all but parking | revenues waste libraries
all except libraries | revenues waste parking
everyone apart from parking | revenues waste libraries
everything but the library and parking | revenues waste
council tax | revenues
council tax and bins | revenues waste
bins and council tax | revenues waste
tax, bins, library | revenues waste libraries
just the library | libraries
only bins please | waste
the first two | revenues waste
the first and the last | revenues libraries
1 and 2 | revenues waste
1, 3 | revenues parking
one three and four | revenues parking libraries
number 2 | waste
bins not parking | waste
not parking, just bins | waste
my parking permit and the bins | waste parking
counsil tax | revenues
recycling, parking | waste parking
libary card | libraries
none | -
no | -
no thanks | -
none of them | -
nobody | -
no one else | -
nothing | -
not any | -
yes | None
I don't know | None
what is that | None
maybe | None
14 elm road | None
hello | None
purple | None
"""


@pytest.mark.parametrize(("field_id", "text", "value"), rows(ONE))
def test_hears_one_option(hears, field_id, text, value):
    assert str(hears(field_id, text)) == value


@pytest.mark.parametrize(("text", "value"), rows(SEVERAL))
def test_hears_several_options(hears, text, value):
    heard = hears("services_to_tell", text)
    assert ("None" if heard is None else " ".join(heard) or "-") == value
