"""Yes and no to an offer, pointing at a list, chasing and calling off: what the words mean."""

from __future__ import annotations

import pytest

from casework.domain.assent import answers_offer, cannot_say
from casework.domain.conversations import Choice
from casework.domain.lists import pointed_at
from casework.domain.matters import calls_off, chases, rings_us
from casework.domain.urgency import sounds_urgent

YES = (
    "go on then|aye|if you could|I suppose|why not|yeah go on|might as well|"
    "that'd be great|ok then|"
    "if you don't mind|oh go on then|yes if you could please|sure|please do|"
    "alright then|I guess so|"
    "fair enough|sounds good|could you please|i'd like that"
)
NO = (
    "nah you're alright|not right now|know|I'd rather not|no you're ok thanks|i'm good thanks|"
    "not today thank you|no need|maybe later|don't bother|leave it|i'll pass|"
    "no ta love|no thank you|"
    "that's all thanks|no that's everything|nothing else|i don't think so|another time|"
    "no thanks not for now|no thank you i'm fine"
)
NEITHER = (
    "I want to report a pothole|how much is it|a person please|what does that mean|go away|"
    "yes but how much|I'd rather do it here|my bin was missed"
)
TENURES = tuple(Choice(one.title(), one) for one in ("owner", "tenant", "lodger", "other"))
PLACES = (*(Choice(f"{n} Elm Road", str(n)) for n in (1, 2, 3)), Choice("None", "none_of_these"))
WHICH = (Choice("Pothole", "pothole"), Choice("Litter", "litter"), Choice("Else", "no"))
YES_NO = (Choice("Yes", "yes"), Choice("No", "no"))
PERSON = (
    Choice("A person", "speak_to_agent"), Choice("Ask", "information_request"), Choice("Try", "no"),
)  # fmt: skip


@pytest.mark.parametrize("said", YES.split("|"))
def test_an_offer_is_taken_up(said: str) -> None:
    assert answers_offer(said) is True


@pytest.mark.parametrize("said", NO.split("|"))
def test_an_offer_is_turned_down(said: str) -> None:
    assert answers_offer(said) is False


@pytest.mark.parametrize("said", NEITHER.split("|"))
def test_something_else_is_no_reply(said: str) -> None:
    assert answers_offer(said) is None


def test_whoever_has_what_they_needed_says_so_in_the_same_words() -> None:
    assert answers_offer("I'm good thanks", satisfied=True) is True
    assert answers_offer("I'm good thanks") is False
    assert cannot_say("not sure really")


@pytest.mark.parametrize(
    ("said", "choices", "kind", "meant"),
    [
        ("the first one", WHICH, "service", "pothole"),
        ("number two", WHICH, "service", "litter"),
        ("the last one", WHICH, "service", "litter"),
        ("second one please", PLACES, "address", "2"),
        ("i'll have the third", PLACES, "address", "3"),
        ("the middle one", PLACES, "address", "2"),
        ("none of these", PLACES, "address", "none_of_these"),
        ("neither", WHICH, "service", "no"),
        ("something else", WHICH, "service", "no"),
        ("it's not on the list", WHICH, "service", "no"),
        ("none of those", TENURES, "choice", "other"),
        ("the first one", PERSON, "offer", "speak_to_agent"),
        ("the second one", PERSON, "offer", "information_request"),
        ("the second one", YES_NO, "offer", "no"),
        ("the second", PLACES, "date", None),
        ("the second one", PLACES, "date", "2"),
        ("neither", YES_NO, "yes_no", None),
        ("the fifth", PLACES, "address", None),
        ("first thing tomorrow", PLACES, "callback_slot", None),
        ("2", PLACES, "address", None),
        ("the first one on the left is broken", WHICH, "service", None),
    ],
)
def test_pointing_at_a_list_picks_from_it(
    said: str, choices: tuple[Choice, ...], kind: str, meant: str | None
) -> None:
    picked = pointed_at(said, choices, kind)
    assert (picked.value if picked else None) == meant


SERVICES = (
    Choice("Report a missed bin", "missed_bin"), Choice("Report litter", "litter"),
    Choice("Council tax discounts", "council_tax_discount"),
    Choice("Pay council tax", "council_tax_pay"), Choice("Something else", "no"),
)  # fmt: skip
HOMES = (
    Choice("14 Elm Road, Mutley", "1"), Choice("14 Elm Road, Plympton", "2"),
    Choice("None of these", "none_of_these"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "choices", "meant"),
    [
        ("the bin one first love", SERVICES, "missed_bin"),
        ("the bins one please", SERVICES, "missed_bin"),
        ("i'll have the missed bin one", SERVICES, "missed_bin"),
        ("the one about the bin", SERVICES, "missed_bin"),
        ("oh the litter one then", SERVICES, "litter"),
        ("the discount one", SERVICES, "council_tax_discount"),
        ("the council tax one", SERVICES, None),
        ("the report one", SERVICES, None),
        ("the pothole one", SERVICES, None),
        ("the other one", SERVICES, None),
        ("the new bin one", SERVICES, None),
        ("the bin", SERVICES, None),
        ("the bin one has not been emptied", SERVICES, None),
        ("the one in Mutley", HOMES, "1"),
        ("the Plympton one", HOMES, "2"),
        ("the elm road one", HOMES, None),
        ("the other one", (*WHICH, Choice("Other", "other")), None),
    ],
)
def test_the_words_of_a_label_pick_from_a_list(
    said: str, choices: tuple[Choice, ...], meant: str | None
) -> None:
    picked = pointed_at(said, choices, "service")
    assert (picked.value if picked else None) == meant


CHASES = (
    "what's happening with my missed bin report|any news on the pothole I told you about|"
    "I reported a street light two weeks ago and nothing has been done|"
    "any update on my bulky waste request|how's my application for an allotment going|"
    "i phoned you about the fly tipping last week and it's still there|"
    "has the pothole i reported been fixed yet|whats going on with the graffiti i reported|"
    "when will the light i reported be mended|chasing up my request for a new bin|"
    "i told you about this pothole months ago|what happened to my order for a food caddy|"
    "what's happening with my pothole|whats going on with my street light|any news on my pothole|"
    "any update on my bulky collection request please|have you done my pothole yet|"
    "have you fixed my street light|has my pothole been filled in yet|any news on that pothole|"
    "have you mended the light on elm road yet|still waiting for my new bin|"
    "I'm still waiting for my blue badge|still waiting for you to fix the pothole|"
    "has anyone been out to look at my pothole|still waiting on the graffiti to be cleaned"
)
BEGINS = (
    "my bin was missed|still waiting for my bin to be collected|there's a pothole|"
    "I want to report a pothole|the street light has been out for weeks|how long does it take|"
    "someone's dumped rubbish and it's still there|i need to order a new bin|"
    "what's happening with the roadworks on elm road|i want to make a complaint|"
    "what's happening with my road|what's going on with my neighbour's tree|"
    "still waiting for my bin|still waiting for you to empty my bin|has my bin been collected|"
    "nobody has fixed the light on my road|someone dumped rubbish and it hasn't been cleared yet|"
    "my bin has not been emptied yet|there's a light out on our street and it's not been fixed"
)


@pytest.mark.parametrize("said", CHASES.split("|"))
def test_what_was_told_before_is_chased(said: str) -> None:
    assert chases(said)


@pytest.mark.parametrize("said", BEGINS.split("|"))
def test_what_is_told_now_is_not_chased(said: str) -> None:
    assert not chases(said)


OFF = (
    "cancel my garden waste|i want to cancel my garden waste subscription|give up my allotment|"
    "stop my garden waste collection|i don't want the garden bin any more|"
    "cancel the bulky collection i booked|i no longer need my parking permit|"
    "please can you cancel my allotment application"
)


@pytest.mark.parametrize("said", OFF.split("|"))
def test_what_was_arranged_is_called_off(said: str) -> None:
    assert calls_off(said)


@pytest.mark.parametrize(
    "said",
    ["please stop the noise", "there's a stop sign down", "end of my road", "i want garden waste"],
)
def test_other_things_that_stop_or_end_are_not_called_off(said: str) -> None:
    assert not calls_off(said)


def test_haste_is_heard_and_its_denial_too() -> None:
    words = ["urgent", "dangerous", "no heating", "will be killed"]
    assert sounds_urgent(words, ["no heating and a baby"])
    assert sounds_urgent(words, ["a hole", "someone will be killed"])
    assert not sounds_urgent(words, ["it's not urgent", "nothing dangerous"])
    assert not sounds_urgent([], ["urgent"])


RING_US = (
    "I'll have to ring you back|I'll have to call you back, bye|let me phone you back|"
    "the kids are up to all sorts, I'll ring back later|"
    "sorry my tea's burning i'll give you a ring|"
    "i've got to go so i'll just call again tomorrow|I will have to phone you another time"
)
RUNG = (
    "can you ring me back|call me back please|I'll be in all day, ring me back|"
    "do i have to ring you back|will i need to call again|i rang back and nobody answered|"
    "I'd like a call back|should i ring you back or will you ring me|someone call me later"
)


@pytest.mark.parametrize("said", RING_US.split("|"))
def test_whoever_rings_us_back_says_goodbye(said: str) -> None:
    assert rings_us(said)


@pytest.mark.parametrize("said", RUNG.split("|"))
def test_whoever_wants_to_be_rung_says_no_goodbye(said: str) -> None:
    assert not rings_us(said)
