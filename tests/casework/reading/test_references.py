"""Account numbers, references, case references and plates, and what is none."""

from __future__ import annotations

import pytest

from tests.casework.reading.conftest import rows

ACCOUNTS = """
40217753 | 40217753
4021 7753 | 40217753
4021-7753 | 40217753
4021.7753 | 40217753
40 21 77 53 | 40217753
4 0 2 1 7 7 5 3 | 40217753
account 40217753 | 40217753
acc no 40217753 | 40217753
it's 4021 7753 thanks | 40217753
my account number is 4021 7753 | 40217753
number 4021 7753 I think | 40217753
#40217753 | 40217753
40217753. | 40217753
(40217753) | 40217753
４０２１７７５３ | 40217753
four zero two one seven seven five three | 40217753
four oh two one double seven five three | 40217753
four o two one double seven five three | 40217753
forty twenty one seventy seven fifty three | 40217753
four nought two one double seven five three | 40217753
four oh to one double seven five three | 40217753
4 oh 2 1 double 7 5 3 | 40217753
four oh two one, double seven, five three | 40217753
treble four oh two one seven seven | 44402177
um four oh two one double seven five three | 40217753
4021775 | ?reference_invalid
402177531 | ?reference_invalid
1234 | ?reference_invalid
four oh two one | ?reference_invalid
07700 900123 | ?reference_invalid
AB402177 | ?reference_invalid
000 | ?reference_invalid
I don't have it | None
no | None
it's on my bill | None
council tax | None
jane smith | None
the blue one | None
what is that | None
12 | None
"""

REFERENCES = """
HB204118 | HB204118
hb204118 | HB204118
HB 204118 | HB204118
HB 204 118 | HB204118
HB-204-118 | HB204118
HB/204/118 | HB204118
hb.204.118 | HB204118
H B 2 0 4 1 1 8 | HB204118
it is HB204118 | HB204118
my claim number is HB204118 | HB204118
claim ref: HB 204118 please | HB204118
PP1234 | PP1234
BB12345678 | BB12345678
CR/12345/26 | CR1234526
20411 | 20411
2041 1867 | 20411867
204118/A | 204118A
A1B2C3 | A1B2C3
h b two oh four one one eight | HB204118
aitch b two oh four double one eight | HB204118
hotel bravo two zero four one one eight | HB204118
h for hotel b for bravo 204118 | HB204118
h b twenty forty one eighteen | HB204118
h b two hundred and four one one eight | HB204118
p p one two three four | PP1234
two oh four one one eight | 204118
it's h b two oh four one one eight thanks | HB204118
um h b 204 double one eight | HB204118
HB | None
abc | None
no | None
I lost it | None
it's on the letter | None
housing benefit | None
jane smith | None
12 | None
yes | None
123 | ?reference_invalid
1234567890123456789012 | ?reference_invalid
what number | None
don't know | None
"""

CASES = """
48291578 | 48291578
4829 1578 | 48291578
4829-1578 | 48291578
48 29 15 78 | 48291578
4 8 2 9 1 5 7 8 | 48291578
ref 4829 1578 | 48291578
case 48291578 | 48291578
it's 4829 1578 | 48291578
my reference is 4829 1578 thanks | 48291578
reference number 4829 1578 | 48291578
#4829 1578 | 48291578
4829 1578. | 48291578
(4829 1578) | 48291578
４８２９ １５７８ | 48291578
four eight two nine one five seven eight | 48291578
four eight two nine, one five seven eight | 48291578
forty eight twenty nine fifteen seventy eight | 48291578
four eight two nine one five seven 8 | 48291578
4829 one five seven eight | 48291578
four eight to nine one five seven eight | 48291578
um four eight two nine one five seven eight I think | 48291578
the case is four eight two nine one five seven eight | 48291578
00000000 | 00000000
48291587 | ?case_ref_wrong
48291579 | ?case_ref_wrong
84291578 | ?case_ref_wrong
4829157 | ?reference_invalid
482915781 | ?reference_invalid
4829 | ?reference_invalid
12345678 | ?case_ref_wrong
07700 900123 | ?reference_invalid
four eight two nine one five seven | ?reference_invalid
HB482915 | ?reference_invalid
no | None
I lost it | None
the pothole one | None
12 | None
elm road | None
what | None
yes | None
last tuesday | None
"""

PLATES = """
AB12 CDE | AB12CDE
ab12cde | AB12CDE
AB12CDE. | AB12CDE
AB 12 CDE | AB12CDE
A B 1 2 C D E | AB12CDE
ab-12-cde | AB12CDE
ABO2 CDE | AB02CDE
AB0I CDE | AB01CDE
my reg is AB12 CDE | AB12CDE
it's AB12 CDE, a red one | AB12CDE
reg: AB12CDE | AB12CDE
the car is AB12 CDE | AB12CDE
A123 BCD | A123BCD
A12 BCD | A12BCD
ABC 123D | ABC123D
ABC 12D | ABC12D
ABC 123 | ABC123
1 ABC | 1ABC
WF71 XYZ | WF71XYZ
ＡＢ１２ ＣＤＥ | AB12CDE
alpha bravo one two charlie delta echo | AB12CDE
alpha bravo twelve charlie delta echo | AB12CDE
a b one two c d e | AB12CDE
a b twelve c d e | AB12CDE
ay bee one two cee dee ee | AB12CDE
a for apple b for bravo one two c d e | AB12CDE
w j one nine k l o | WJ19KLO
w f seventy one x y zed | WF71XYZ
whiskey foxtrot seven one x ray yankee zulu | WF71XYZ
double a one two b b c | AA12BBC
it's a b one two c d e please | AB12CDE
AB12 CDEF | ?registration_invalid
AB1 CDEF | ?registration_invalid
ABCD 12 | ?registration_invalid
AI12 CDE | ?registration_invalid
12345A | ?registration_invalid
AB12 C | ?registration_invalid
my car is red | None
a ford fiesta | None
I don't have a car | None
no | None
yes | None
07700 900123 | None
what do you mean | None
it's new | None
"""


@pytest.mark.parametrize(("text", "value"), rows(ACCOUNTS))
def test_reads_an_account_number(hears, text, value):
    assert str(hears("account_ref", text)) == value


@pytest.mark.parametrize(("text", "value"), rows(REFERENCES))
def test_reads_a_reference(hears, text, value):
    assert str(hears("claim_ref", text)) == value


@pytest.mark.parametrize(("text", "value"), rows(CASES))
def test_reads_a_case_reference(hears, text, value):
    assert str(hears("case_ref", text)) == value


@pytest.mark.parametrize(("text", "value"), rows(PLATES))
def test_reads_a_registration(hears, text, value):
    assert str(hears("registration", text)) == value
