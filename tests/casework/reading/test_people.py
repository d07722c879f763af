"""Names of people with their spelling, as typed and as a recogniser writes them."""

from __future__ import annotations

import pytest

from tests.casework.reading.conftest import rows

NAMES = """
Priya Shah | Priya Shah
priya shah | Priya Shah
PRIYA SHAH | Priya Shah
Ms Priya Shah | Priya Shah
Mr and Mrs Smith | Smith
my name is Priya Shah | Priya Shah
my name's priya shah | Priya Shah
the name is Priya Shah | Priya Shah
it's Priya Shah | Priya Shah
I'm Priya Shah | Priya Shah
yeah it's Priya Shah thanks | Priya Shah
Priya Shah please | Priya Shah
Priya Shah speaking | Priya Shah
Shah, Priya | Priya Shah
first name Priya surname Shah | Priya Shah
first name is Priya, last name is Shah | Priya Shah
my first name is Priya and my surname is Shah | Priya Shah
Priya, surname Shah | Priya Shah
Priya Shah, that's P R I Y A | Priya Shah
Priya Shah, spelt S H A H | Priya Shah
Priya Shah P-R-I-Y-A S-H-A-H | Priya Shah
it's Priya Shah, S for sugar H A H | Priya Shah
Jon Smith without an h | Jon Smith
Ann Smith with no e | Ann Smith
Steven Brown with a v | Steven Brown
p r i y a | Priya
P. R. I. Y. A. | Priya
d'arcy o'brien | D'Arcy O'Brien
Siân Llŷr | Siân Llŷr
MacDonald | MacDonald
Jean-Luc de la Tour | Jean-Luc de la Tour
van der Berg | Van der Berg
Anne Marie Smith-Jones | Anne Marie Smith-Jones
J Smith | J Smith
Bo Li | Bo Li
Nguyen Thi Minh Khai | Nguyen Thi Minh Khai
Mohammed bin Salman | Mohammed bin Salman
April May | April May
Rose Garden | Rose Garden
Mark Street | Mark Street
Dr Alan Price PhD | Alan Price
Priya Shah and my number is 07700 900123 | Priya Shah
Priya Shah, 14 Elm Road | Priya Shah
her name is Joan Hicks | Joan Hicks
his name was Arthur Pascoe | Arthur Pascoe
my husband Arthur Pascoe | Arthur Pascoe
my mum, Margaret Rose Pascoe | Margaret Rose Pascoe
me, Priya Shah | Priya Shah
"""

NO_NAMES = """yes|no|hello|what|why|I don't know|123|07700 900123|jane@example.com|PL4 8AA
14 elm road
council tax|my bin was missed|I want to report a pothole|speak to someone|never mind
none of your business
it's urgent|I'm moving|I am calling about my bins|next friday|the fifth of december|who is this?
skip
I'd rather not say|anonymous|my name|my husband|same as before|you already have it|...|👍
good morning
can you repeat that|I can't hear you|it isn't me|nobody|he died|a moment please|just me
the landlord"""


@pytest.mark.parametrize(("text", "name"), rows(NAMES))
def test_hears_a_name_in_every_shape(hears, text, name):
    assert hears("name", text) == name


@pytest.mark.parametrize("text", [t for row in NO_NAMES.splitlines() for t in row.split("|")])
def test_hears_no_name_in_what_is_none(hears, text):
    assert hears("name", text) is None
