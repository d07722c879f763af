"""Whether a message answers what was asked. Each case reads: asked for a KIND, TEXT was said, which
the model took for LABEL with that CONFIDENCE; `None` leaves the intent as the model has it."""

import dataclasses

import pytest
from civicline_rasa.asked import AskedAnswer, decide, sounds_harmless
from civicline_rasa.intents import ANSWER, MODEL
from civicline_rasa.looks_like import is_bare_number, is_bare_time, is_idiom, sounds_dangerous
from civicline_rasa.question_asked import Asked
from rasa.shared.nlu.training_data.message import Message

SURE = 0.45
LABELS = {"pothole", "pavement", "street_light", "bin_day", "missed_bin", "house_move"}
YES_NO = ({"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"})
BINS = (
    {"value": "refuse", "label": "Brown bin"},
    {"value": "recycling", "label": "Green bin (recycling)"},
    {"value": "garden", "label": "Garden waste"},
)


def ranked(label, confidence, *more):
    pairs = [(label, confidence), *more]
    return [{"name": name, "confidence": chance} for name, chance in pairs]


def decided(kind, text, label, confidence, draft="house_move", choices=()):
    asked = Asked(asks=f"some_{kind}", kind=kind, choices=choices, draft=draft)
    return decide(text, ranked(label, confidence), asked, SURE, LABELS)


@pytest.mark.parametrize(
    ("kind", "text", "label", "confidence"),
    [
        # A correction of an earlier answer, whatever service it sounds like.
        ("date", "Actually my name is Priya Sharma", "name_change", 0.9),
        ("date", "sorry, my new phone number is wrong", "contact_details_change", 0.9),
        ("yes_no", "can you change my name to Sam", "name_change", 0.9),
        ("address", "no I meant the brown bin", "missed_bin", 0.8),
        ("date", "you've got my name wrong, it's Sam", "name_change", 0.7),
        ("date", "that's not my name", "name_change", 0.7),
        ("yes_no", "actually could you change my name to Sam", "name_change", 0.9),
        ("address", "actually I said the fourteenth", "citizenship", 0.7),
        # At the read-back: what was read back, or a value to put in its place.
        ("confirm", "can you change my name to Jane", "name_change", 0.8),
        ("confirm", "change the date to friday", "bin_day", 0.7),
        ("confirm", "the phone number should be 07700 900123", "contact_details_change", 0.6),
        ("confirm", "can you make it the 14th", "citizenship", 0.5),
        ("confirm", "no, 12 may", "citizenship", 0.5),
        ("confirm", "no it's 5 Elm Road", "council_tax_bill", 0.6),
        ("confirm", "no that's still not right", "blue_badge_change", 0.7),
        ("confirm", "I want to change my name", "name_change", 0.9),
        # Put as a question, and an answer all the same.
        ("date", "Can you make it the 14th", "citizenship", 0.5),
        ("date", "could it be the 4th of may instead please?", "citizenship", 0.5),
        ("date", "what about next tuesday", "bin_day", 0.7),
        ("date", "would tuesday be ok?", "bin_day", 0.7),
        ("date", "the 14th?", "citizenship", 0.5),
        ("contact", "Can you ring me on 07700 900123", "callback", 0.97),
        ("contact", "could you e-mail me at joe@example.com", "contact_details_change", 0.9),
        (
            "phone",
            "can I give you oh seven seven double oh nine hundred one two three",
            "callback",
            0.9,
        ),
        ("address", "can you use 5 Elm Road", "house_move", 0.9),
        ("address", "5 Elm Road, is that ok?", "pothole", 0.9),
        ("person_name", "can you put Joe Burns", "callback", 0.7),
        ("callback_slot", "could you ring me after lunch", "callback", 0.9),
        ("account_ref", "is it 74421906?", "council_tax_bill", 0.7),
        # Of the kind asked for, whatever the model makes of it.
        ("address", "my old address is 5 Elm Road", "house_move", 0.9),
        ("address", "5 Elm Road", "pothole", 0.8),
        ("address", "flat 2, 14 north hill pl4 8hh", "parking_permit", 0.7),
        ("address", "PL4 8HH", "council_tax_bill", 0.6),
        ("location", "outside the library on the high street", "library", 0.9),
        ("location", "just past the bus stop by Lidl", "bus_pass", 0.8),
        ("location", "where the road bends by the church", "road_obstruction", 0.7),
        ("date", "tuesday", "bin_day", 0.9),
        ("date", "the fourth of may", "council_tax_pay", 0.6),
        ("date", "last week", "missed_bin", 0.8),
        ("date_past", "12/3/61", "bus_pass", 0.8),
        ("person_name", "Joe Burns", "council_tax_pay", 0.6),
        ("person_name", "my name is Mary Ann O'Neill", "register_birth", 0.7),
        ("person_name", "it's Rose Park please", "parks", 0.8),
        ("person_name", "b u r n s", "repeat", 0.6),
        ("contact", "07700 900123", "callback", 0.8),
        ("contact", "joe at example dot com", "contact_details_change", 0.9),
        ("phone", "oh seven seven double oh nine hundred one two three", "callback", 0.9),
        ("phone", "four one two", "dont_know", 0.5),
        ("email", "joe@example.com", "contact_details_change", 0.9),
        ("yes_no", "yes it is dangerous", "pothole", 0.6),
        ("yes_no", "know", "deny", 0.5),
        ("confirm", "no the name is wrong", "name_change", 0.8),
        ("confirm", "the postcode should be pl4", "house_move", 0.8),
        ("money", "about two hundred pounds a week", "income_change", 0.8),
        ("account_ref", "it's 7 double 4 2 1 9", "council_tax_bill", 0.8),
        ("registration", "WA12 ABC", "permit_vehicle_change", 0.9),
        ("postcode", "p l 1 2 a a", "bin_day", 0.6),
        ("callback_slot", "any time after lunch", "callback", 0.8),
        ("rating", "five stars", "compliment", 0.7),
        ("offer", "yes please", "affirm", 0.9),
        ("satisfied", "no not really", "deny", 0.9),
        # Free text is an answer unless it asks or begins something new.
        ("text", "the hole repeats every winter", "repeat", 0.8),
        ("text", "when it rains the whole lane floods", "road_flooding", 0.9),
        ("text", "the bins were left in the road", "missed_bin", 0.9),
        ("text", "I need help getting up the stairs", "adult_care", 0.8),
        ("text", "I spoke to my neighbour in English", "language", 0.6),
        ("text", "a robot mower went over it", "are_you_human", 0.7),
        # Steering is for the draft.
        ("date", "I don't know", "dont_know", 0.9),
        ("address", "go back", "go_back", 0.9),
        ("text", "start again", "start_again", 0.9),
        ("person_name", "stop", "stop", 0.9),
        ("date", "sorry I got the name wrong", "correct_answer", 0.8),
        # The draft's own service, and whatever the model is not sure of.
        ("date", "I am moving house", "house_move", 0.95),
        ("date", "mumble", "bin_day", 0.3),
        ("text", "what is this", "bin_day", 0.2),
        # Safety words in a plain answer.
        ("person_name", "Joe Burns", "emergency", 0.6),
        ("address", "Fire Station Lane", "emergency", 0.8),
        ("address", "12 Police House Road", "emergency", 0.7),
        ("date", "12 may", "crisis", 0.6),
        ("yes_no", "no", "homelessness", 0.5),
    ],
)
def test_answers(kind, text, label, confidence):
    assert decided(kind, text, label, confidence) == "answer"


@pytest.mark.parametrize(
    ("kind", "text", "label", "confidence"),
    [
        ("date", "actually can I ask when my bin is collected", "bin_day", 0.9),
        ("address", "sorry how much is a parking permit", "parking_permit", 0.8),
        # Another service, not put like an answer.
        ("date", "I want to report a pothole", "pothole", 0.8),
        ("person_name", "report a pothole", "pothole", 0.8),
        ("person_name", "my bin was missed", "missed_bin", 0.9),
        ("contact", "how much is a parking permit", "parking_permit", 0.8),
        # Questions and new requests, even with numbers and places in them.
        ("date", "what day is my bin collected?", "bin_day", 0.9),
        ("date", "is the tip open on sunday", "recycling_centre", 0.9),
        ("address", "where do I pay council tax for 5 Elm Road", "council_tax_pay", 0.8),
        ("address", "I also need a permit for 5 Elm Road", "parking_permit", 0.8),
        ("text", "how long does it take", "case_status", 0.7),
        ("text", "by the way my bin was missed", "missed_bin", 0.8),
        ("text", "can you also tell me my bin day", "bin_day", 0.8),
        ("text", "before that, when are you open", "contact_and_hours", 0.8),
        ("yes_no", "when is my bin day", "bin_day", 0.9),
        # Polite, and no answer of that kind.
        ("contact", "can you ring me about a parking permit", "parking_permit", 0.8),
        ("date", "can you put the bins back on tuesday", "missed_bin", 0.8),
        ("date", "what about my bin", "bin_day", 0.7),
        ("person_name", "can you call me back", "callback", 0.9),
        ("address", "can you fix the light on Elm Road", "street_light", 0.8),
        # A yes or no, and something new behind it.
        ("offer", "no thanks but my street light is broken", "street_light", 0.9),
        ("offer", "yes I'd like a parking permit", "parking_permit", 0.9),
        ("satisfied", "No, I need to report a pothole", "pothole", 0.9),
        ("satisfied", "yes thanks and when is my bin day", "bin_day", 0.9),
        ("satisfied", "no my bin was missed", "missed_bin", 0.9),
        ("confirm", "No, I want to report a pothole", "pothole", 0.8),
        ("confirm", "no I'd like a parking permit", "parking_permit", 0.9),
        ("confirm", "yes and my bin was missed", "missed_bin", 0.9),
        ("confirm", "what's wrong with my bin", "missed_bin", 0.9),
        ("yes_no", "No, I want to report a pothole", "pothole", 0.8),
        ("date", "no, I need to report a pothole", "pothole", 0.8),
        # Small talk.
        ("text", "hello? can you repeat that", "repeat", 0.9),
        ("text", "pardon", "repeat", 0.9),
        ("date", "say that again please", "repeat", 0.9),
        ("date", "can you speak slower", "slower", 0.8),
        ("text", "can you go slower please", "slower", 0.8),
        ("text", "are you a robot", "are_you_human", 0.9),
        ("date", "do you speak polish", "language", 0.8),
        ("text", "thank you", "thanks", 0.9),
        ("text", "goodbye", "goodbye", 0.9),
        ("text", "you are useless", "abuse", 0.8),
        # A person, always.
        ("date", "just put me through to someone", "speak_to_agent", 0.8),
        ("text", "I want to talk to a person", "speak_to_agent", 0.9),
        ("person_name", "agent", "speak_to_agent", 0.9),
    ],
)
def test_digresses(kind, text, label, confidence):
    assert decided(kind, text, label, confidence) is None


@pytest.mark.parametrize("confidence", [0.41, 0.9])
@pytest.mark.parametrize(
    ("kind", "text", "label"),
    [
        ("text", "there is a fire in my kitchen", "emergency"),
        ("address", "there's a fire at 12 Station Road", "emergency"),
        ("address", "gas leak 12 station road", "emergency"),
        ("person_name", "help he has a knife", "emergency"),
        ("person_name", "I want to kill myself", "crisis"),
        ("yes_no", "no he hits me", "safeguarding_adult"),
        ("date", "I have nowhere to sleep tonight", "homelessness"),
    ],
)
def test_safety_outranks_every_question(kind, text, label, confidence):
    assert decided(kind, text, label, confidence) == label


@pytest.mark.parametrize("asks", [None, "topic"])
def test_safety_needs_less_to_be_believed(asks):
    asked = Asked(asks=asks, kind=asks)

    assert decide("he hits me", ranked("safeguarding_adult", 0.41), asked, SURE) == (
        "safeguarding_adult"
    )
    assert decide("he hits me", ranked("safeguarding_adult", 0.39), asked, SURE) is None


@pytest.mark.parametrize("kind", ["offer", "satisfied"])
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("no it didn't answer my question", "information_request"),
        ("no it's still broken", "blue_badge_change"),
        ("no that's all thanks", "council_tax_bill"),
        ("yes thank you that was brilliant", "compliment"),
        ("yes carry on with that", "recycling_centre"),
        ("no thanks mate", "out_of_scope"),
        ("yes I do", "registrars"),
    ],
)
def test_what_a_resident_thinks_of_it_answers(kind, text, label):
    asked = Asked(asks=kind, kind=kind, choices=YES_NO)

    assert decide(text, ranked(label, 0.8), asked, SURE, LABELS) == "answer"


def test_what_belongs_to_a_safety_draft_answers_it():
    told = decided("text", "I was thrown out today", "homelessness", 0.9, draft="homelessness")

    assert told == "answer"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("the green one", "bin_order"),
        ("recycling", "recycling_what_goes"),
        ("recyling bin", "bin_order"),
        ("garden", "garden_waste"),
        ("the second one", "missed_bin"),
        ("number two", "bin_day"),
    ],
)
def test_a_choice_in_words_answers(text, label):
    assert decided("choice", text, label, 0.8, choices=BINS) == "answer"


def test_something_else_than_the_choices_digresses():
    assert decided("choice", "I want to report a pothole", "pothole", 0.8, choices=BINS) is None


@pytest.mark.parametrize("asks", [None, "topic"])
def test_nothing_asked_changes_nothing(asks):
    asked = Asked(asks=asks, kind=asks)

    assert decide("5 Elm Road", ranked("house_move", 0.9), asked, SURE) is None


def test_no_ranking_answers_what_was_asked():
    assert decide("...", [], Asked(asks="name", kind="person_name"), SURE) == "answer"


@pytest.mark.parametrize("metadata", [None, {}, {"asks": None, "choices": None}])
def test_metadata_may_be_missing(metadata):
    assert Asked.from_metadata(metadata) == Asked()


def a_message(text, metadata):
    message = Message(data={"text": text, "metadata": metadata})
    message.set("intent", {"name": "not_sure", "confidence": 0.3}, add_to_output=True)
    message.set("intent_ranking", ranked("house_move", 0.3), add_to_output=True)
    message.set(MODEL, {"labels": sorted(LABELS), "sure_above": SURE})
    return message


def test_the_component_sets_the_intent_and_leaves_the_ranking():
    message = a_message("5 Elm Road", {"asks": "old_address", "kind": "address"})

    AskedAnswer().process([message])

    assert message.get("intent") == {"name": "answer", "confidence": 1.0}
    assert message.get("intent_ranking") == ranked("house_move", 0.3)
    assert MODEL not in message.as_dict(only_output_properties=True)


def test_the_component_leaves_spelled_out_intents_alone():
    message = Message(data={"text": "/resume_draft", "metadata": {"asks": "name"}})

    AskedAnswer().process([message])

    assert message.get("intent") is None


def test_the_councils_own_words_for_a_choice_are_no_digression() -> None:
    rent = {"value": "tenant", "label": "I rent it"}
    asked = Asked(asks="tenure", kind="choice", choices=(rent,), draft="house_move")
    ranking = [{"name": "council_rent", "confidence": 0.9}]
    assert decide("we're paying a landlord", ranking, asked, 0.5) is None
    known = dataclasses.replace(asked, reads=True)
    assert decide("we're paying a landlord", ranking, known, 0.5) == "answer"
    assert decide("how do I pay my landlord?", ranking, known, 0.5) is None


def test_a_code_that_is_spelt_out_is_no_sign_of_danger() -> None:
    asked = Asked(asks="verify_code", kind="reference", draft="house_move")
    ranking = [{"name": "emergency", "confidence": 0.6}]
    assert decide("T Q four two seven three", ranking, asked, 0.5) == "answer"
    assert decide("there is a fire", ranking, asked, 0.5) == "emergency"
    skip = ({"value": "skip", "label": "Skip this"},)
    asked = Asked(asks="verify_phone_digits", kind="digits", choices=skip, draft="house_move")
    assert decide("167", ranking, asked, 0.5) == "answer"


@pytest.mark.parametrize(
    ("kind", "text", "label", "confidence", "choices"),
    [
        ("choice", "skip", "road_obstruction", 0.53, BINS),
        ("contact", "skip it please", "road_obstruction", 0.6, ()),
        ("contact", "this one", "help", 0.98, ()),
        ("phone", "use this number please", "help", 0.9, ()),
        ("choice", "2", "speak_to_agent", 0.51, BINS),
        ("yes_no", "1", "speak_to_agent", 0.51, YES_NO),
        ("reference", "HB 204 118", "emergency", 0.6, ()),
    ],
)
def test_some_messages_can_be_nothing_but_a_reply(kind, text, label, confidence, choices):
    assert decided(kind, text, label, confidence, choices=choices) == "answer"


def test_a_choice_named_in_a_few_words_is_no_alarm():
    asked = Asked(asks="relationship", kind="choice", draft="bereavement", reads=True)
    ranking = ranked("safeguarding_child", 0.69)
    assert decide("I'm her daughter", ranking, asked, SURE, LABELS) == "answer"
    told = "my daughter is being hurt by her father"
    assert decide(told, ranking, asked, SURE, LABELS) == "safeguarding_child"


@pytest.mark.parametrize("text", ["9", "1", "nine", "number nine", "14b", "twenty two", "flat 2"])
def test_a_number_alone_answers_a_form_whatever_it_looks_like(text):
    asked = Asked(asks="address", kind="address", draft="missed_bin")
    ranking = [{"name": "speak_to_agent", "confidence": 0.9}]
    assert decide(text, ranking, asked, 0.5, {"speak_to_agent"}) == ANSWER


@pytest.mark.parametrize("text", ["0", "zero", "999", "nine nine please help me"])
def test_nought_and_cries_for_help_are_no_house_numbers(text):
    assert not is_bare_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "I rang before and got cut off", "my phone's about to die", "hang on me phone's dying",
        "them steps'll be the death of me", "we got cut off", "I'm dying to get this sorted",
    ],
)  # fmt: skip
@pytest.mark.parametrize("asks", [None, "topic", "address"])
def test_words_of_danger_that_tell_of_none_need_more_to_raise_an_alarm(text, asks):
    asked = Asked(asks=asks, kind="address" if asks == "address" else None, draft=None)
    for sure, alarms in ((0.75, False), (0.95, True)):
        ranking = [{"name": "crisis", "confidence": sure}]
        assert (decide(text, ranking, asked, 0.5, {"crisis"}) == "crisis") is alarms


@pytest.mark.parametrize(
    "text",
    ["my phone's dying and he has a knife", "I want to die", "he's going to kill me",
     "I'm dying to end it", "my dad is dying to be honest"],
)  # fmt: skip
def test_danger_beside_such_words_is_heard(text):
    assert sounds_dangerous(text)


@pytest.mark.parametrize(
    "text",
    ["me husband Raj and our Anita, she's nineteen", "he's called Dave, he's on the Barbican"],
)
def test_names_of_people_need_more_to_raise_an_alarm(text):
    asked = Asked(asks="other_adults", kind="text", draft="house_move")
    ranking = [{"name": "emergency", "confidence": 0.6}]
    assert decide(text, ranking, asked, 0.5, {"emergency"}) == ANSWER


@pytest.mark.parametrize("text", ["last night", "tonight", "this morning", "in the night", "today"])
def test_a_time_alone_tells_of_no_danger_and_greets_nobody(text):
    ranking = [{"name": "crisis", "confidence": 0.9}]
    form = Asked(asks="happening", kind="yes_no", draft="noise")
    assert decide(text, ranking, form, 0.5, {"crisis", "out_of_scope"}) == ANSWER
    opening = Asked(asks="topic")
    assert decide(text, ranking, opening, 0.5, {"crisis", "out_of_scope"}) == "out_of_scope"


@pytest.mark.parametrize("text", ["I can't go on tonight", "he hit me last night", "no heating"])
def test_what_happened_then_is_more_than_a_time(text):
    assert not is_bare_time(text)


@pytest.mark.parametrize("text", ["1", "3"])
def test_a_number_alone_as_opening_words_fetches_nobody(text):
    ranking = [{"name": "speak_to_agent", "confidence": 0.9}]
    labels = {"speak_to_agent", "out_of_scope"}
    assert decide(text, ranking, Asked(asks="topic"), 0.5, labels) == "out_of_scope"


@pytest.mark.parametrize(
    "text",
    ["we got cut off by the sea", "my son was hanging up in the shed",
     "he's hanging on the outside of the window"],
)  # fmt: skip
def test_what_only_looks_like_an_idiom_is_none(text):
    assert not is_idiom(text)


@pytest.mark.parametrize(
    ("text", "confidence", "harmless"),
    [
        ("last night", 0.95, True), ("tonight", 0.6, True), ("I got cut off", 0.6, True),
        ("I got cut off", 0.95, False), ("my phone's dying and he has a knife", 0.6, False),
        ("he hit me last night", 0.6, False),
    ],
)  # fmt: skip
def test_what_sounds_harmless_leaves_no_danger_to_those_who_read_the_ranking(
    text, confidence, harmless
):
    ranking = [{"name": "crisis", "confidence": confidence}, {"name": "noise", "confidence": 0.1}]
    assert sounds_harmless(text, ranking) is harmless
