"""The topic of a known service is found in questions that the model never saw."""

import tarfile
from pathlib import Path

import pytest
import yaml

pytest.importorskip("rasa")
from civicline_rasa.encoder import SentenceEncoder
from civicline_rasa.topics import FITS, TopicFinder, TopicModel, features

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> TopicModel:
    """The topics' part of the newest model."""
    packed = sorted((TOP / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not packed:
        pytest.skip("no trained model: run ./civicline train")
    folder = tmp_path_factory.mktemp("topics")
    with tarfile.open(packed[-1]) as archive:
        member = next(one for one in archive.getmembers() if one.name.endswith("topics.npz"))
        (folder / "topics.npz").write_bytes(archive.extractfile(member).read())
    return TopicModel.open(folder, TopicFinder.get_default_config()["fits_above"])


def test_topics_of_questions_held_out(finder: TopicModel) -> None:
    held_out = yaml.safe_load((TOP / "tests/nlu/topics/held_out.yml").read_text(encoding="utf-8"))
    asked = [(text, name) for name, texts in held_out.items() for text in texts]
    layers = SentenceEncoder().layers_of_all([text for text, _ in asked])
    first = second = answered = rightly = 0
    for vector, (_, name) in zip(features(layers), asked, strict=True):
        service, _, topic = name.partition("/")
        ranked = finder.rank(vector, [service])[service]
        first += ranked[0][0] == topic
        second += topic in [one for one, _ in ranked[:2]]
        if ranked[0][1] >= FITS:
            answered += 1
            rightly += ranked[0][0] == topic
    assert first / len(asked) >= 0.90
    assert second / len(asked) >= 0.96
    assert answered / len(asked) >= 0.85
    assert rightly / answered >= 0.95
