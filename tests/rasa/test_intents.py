import pytest
from civicline_rasa import text_model, words
from civicline_rasa.intents import IntentClassifier, says_something, verdict, without_command
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

EXAMPLES = {
    "pothole": [
        "there is a hole in the road",
        "report a pothole",
        "deep pothole on my street",
        "the road surface has broken up",
        "my wheel hit a pothole",
        "big hole in the tarmac",
    ],
    "bin_day": [
        "when is my bin collected",
        "what day do the bins go out",
        "is it recycling this week",
        "bin day for my street",
        "which bin is it tomorrow",
        "bank holiday bin collection",
    ],
    "house_move": [
        "I am moving house",
        "I have moved to a new address",
        "change my address please",
        "we moved flat last week",
        "moving out on friday",
        "new tenancy starts monday",
    ],
}
NODE = ExecutionContext(GraphSchema({}), node_name="intents")


def make(tmp_path, load=False, **config):
    settings = {**IntentClassifier.get_default_config(), **config}
    storage, resource = LocalModelStorage(tmp_path), Resource("intents")
    how = IntentClassifier.load if load else IntentClassifier.create
    return how(settings, storage, resource, NODE)


def training_data(examples=EXAMPLES):
    return TrainingData(
        [
            Message.build(text=text, intent=intent)
            for intent, texts in examples.items()
            for text in texts
        ]
    )


@pytest.fixture
def trained(tmp_path, encoder):
    classifier = make(tmp_path)
    classifier.train(training_data())
    return classifier


def understand(classifier, text):
    return classifier.process([Message(data={"text": text})])[0]


def test_learns_and_keeps_what_it_learned(trained, tmp_path):
    loaded = make(tmp_path, load=True)

    for text in ("pothole in our road", "when do you collect the bins"):
        first, again = understand(trained, text), understand(loaded, text)
        for one, other in zip(
            first.get("intent_ranking"), again.get("intent_ranking"), strict=True
        ):
            assert one == {**other, "confidence": pytest.approx(other["confidence"], abs=1e-6)}
    assert understand(loaded, "I hit a pothole").get("understood")["label"] == "pothole"


def test_training_twice_gives_the_same_model(trained, tmp_path):
    again = make(tmp_path / "again")
    (tmp_path / "again").mkdir()
    again.train(training_data())

    text = "what day is the bin"
    first, second = understand(trained, text), understand(again, text)
    assert first.as_dict(only_output_properties=True) == second.as_dict(only_output_properties=True)


def test_the_ranking_adds_up_and_is_in_order(trained):
    ranking = understand(trained, "moved to a new house").get("intent_ranking")

    chances = [entry["confidence"] for entry in ranking]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1)
    assert {entry["name"] for entry in ranking} == set(EXAMPLES)


def test_puts_its_findings_in_the_output(trained):
    output = understand(trained, "report a pothole").as_dict(only_output_properties=True)

    assert set(output) == {"text", "intent", "intent_ranking", "understood"}


@pytest.mark.parametrize("text", ["", "   ", "?!...", "😀", "-", None])
def test_nothing_to_read_is_not_understood(trained, text):
    message = understand(trained, text)

    assert message.get("intent") == {"name": "not_understood", "confidence": 0.0}
    assert message.get("intent_ranking") == []
    assert message.get("understood") == {"label": None, "confidence": 0.0}


@pytest.mark.parametrize("text", ["pothole " * 700, "x" * 5000, "a pothole 😀😀"])
def test_takes_long_and_odd_texts(trained, text):
    assert understand(trained, text).get("intent")["name"]


def test_leaves_a_spelled_out_intent_alone(trained):
    assert understand(trained, "/resume_draft").get("intent") is None


@pytest.mark.parametrize(
    "text",
    ["/restart", " /restart", "/ / /restart", "//pothole", "/\n/session_start", "/pothole@1.0",
     '/pothole{"a": "b"}', "/ /resume_draft", "/resume_draft@0.2", "/"],
)  # fmt: skip
def test_no_text_of_a_resident_names_an_intent(trained, text):
    domain = Domain.from_dict({"intents": ["pothole", "resume_draft"]})
    message = understand(trained, text)
    heard = RegexMessageHandler().process([message], domain)[0]

    assert heard is message
    assert heard.get("intent")["name"] in {*EXAMPLES, "not_sure", "not_understood"}
    assert "intent_ranking" in heard.as_dict(only_output_properties=True)


def test_the_engine_may_resume_the_draft(trained):
    domain = Domain.from_dict({"intents": ["pothole", "resume_draft"]})
    heard = RegexMessageHandler().process([understand(trained, "/resume_draft")], domain)[0]

    assert heard.get("intent") == {"name": "resume_draft", "confidence": 1.0}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("either/or", "either/or"), ("/ 5 Elm Road", "5 Elm Road"), ("///", ""), (" hello", " hello")],
)
def test_without_command(text, expected):
    assert without_command(text) == expected


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [(0.19, "not_understood"), (0.2, "not_sure"), (0.44, "not_sure"), (0.45, "pothole")],
)
def test_thresholds(confidence, expected):
    assert verdict([{"name": "pothole", "confidence": confidence}], 0.2, 0.45) == expected


def test_understood_keeps_the_label_when_it_is_not_sure(tmp_path, trained):
    unsure = make(tmp_path, load=True, reject_below=0.1, sure_above=1.0)

    message = understand(unsure, "the pothole by my bin")

    assert message.get("intent")["name"] == "not_sure"
    assert message.get("understood")["label"] == "pothole"


def test_refuses_thresholds_that_cross(tmp_path):
    with pytest.raises(InvalidConfigException):
        make(tmp_path, reject_below=0.6, sure_above=0.5)


def test_refuses_examples_of_an_intent_that_is_never_learned(tmp_path, encoder):
    with pytest.raises(InvalidConfigException, match="answer"):
        make(tmp_path).train(training_data({**EXAMPLES, "answer": ["42"]}))


@pytest.mark.parametrize(
    ("text", "expected"), [("a", True), ("7", True), ("é", True), ("?", False), ("", False)]
)
def test_says_something(text, expected):
    assert says_something(text) is expected


NONSENSE = ["blurgh", "flurbish wozzle", "xkcd"]


@pytest.mark.parametrize("text", NONSENSE)
def test_half_of_the_confidence_is_kept_in_words_never_seen(trained, text, monkeypatch):
    trained._config = {**trained._config, "reject_below": 0.6, "sure_above": 0.9}

    halved = understand(trained, text)
    monkeypatch.setattr(text_model, "KEPT_UNKNOWN", 1.0)
    whole = understand(trained, text)

    def lead(message):
        return message.get("understood")["confidence"] - 1 / len(EXAMPLES)

    assert lead(halved) == pytest.approx(lead(whole) / 2)
    assert sum(one["confidence"] for one in halved.get("intent_ranking")) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "known"),
    [("pothol", True), ("a potole", True), ("BIN!", True), ("blurgh", False), ("", False),
     ("wozzle flurbish", False)],
)  # fmt: skip
def test_a_misspelt_word_is_known(text, known):
    features = words.WordFeatures.learn([one for texts in EXAMPLES.values() for one in texts])

    assert features.knows(text) is known


@pytest.mark.parametrize(
    "text", ["parlez vous français", "не говорю по английски", "mluvite cesky se mnou"]
)
def test_another_language_is_left_to_the_encoder(trained, text):
    assert not trained._model._is_unknown(text)
