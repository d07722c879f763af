"""Danger is weighed as one, and a story told in a form is not taken for it."""

from civicline_rasa.danger import as_one, belongs_to_story, told_of, without_danger

TORN = [("house_move", 0.4), ("homelessness", 0.3), ("safeguarding_adult", 0.2), ("rent", 0.1)]


def test_kinds_of_danger_that_share_a_message_count_together():
    ranked = as_one(TORN, 0.45)

    assert ranked[0] == ("homelessness", 0.5)
    assert ranked[1] == ("house_move", 0.4)
    assert dict(ranked)["safeguarding_adult"] == 0


def test_danger_comes_first_even_before_something_likelier():
    ranked = as_one([("house_move", 0.5), ("homelessness", 0.3), ("emergency", 0.2)], 0.45)

    assert [label for label, _ in ranked[:2]] == ["homelessness", "house_move"]


def test_a_little_danger_stays_where_it_ranks():
    ranked = as_one([("pothole", 0.8), ("emergency", 0.15), ("crisis", 0.05)], 0.45)

    assert [label for label, _ in ranked] == ["pothole", "emergency", "crisis"]


def test_without_a_label_of_danger_nothing_changes():
    assert as_one([("pothole", 0.8), ("litter", 0.2)], 0.45) == [("pothole", 0.8), ("litter", 0.2)]
    assert as_one([], 0.45) == []


def test_only_a_description_in_a_form_is_read_as_part_of_it():
    assert told_of({"draft": "housing_repair", "kind": "text"}) == "housing repair"
    assert told_of({"draft": "housing_repair", "kind": "address"}) is None
    assert told_of({"draft": "safeguarding_adult", "kind": "text"}) is None
    assert told_of({"draft": None, "kind": "text"}) is None
    assert told_of(None) is None


def test_what_the_report_explains_is_part_of_the_story():
    alone = [("emergency", 0.7), ("pavement", 0.3)]

    assert belongs_to_story(alone, [("pavement", 0.95), ("emergency", 0.05)])
    assert not belongs_to_story(alone, [("emergency", 0.6), ("pavement", 0.4)])


def test_plain_danger_is_no_story_whatever_the_report_is_about():
    assert not belongs_to_story([("emergency", 0.97), ("pavement", 0.03)], [("pavement", 1.0)])


def test_a_story_is_ranked_without_its_danger():
    ranked = without_danger([("emergency", 0.7), ("pavement", 0.2), ("litter", 0.1)])

    assert ranked == [("pavement", 0.2), ("litter", 0.1), ("emergency", 0.0)]
