import numpy as np
import pytest
from civicline_rasa.encoder import EncoderNotBuilt, SentenceEncoder


def test_agrees_with_the_reference(encoder, reference):
    for entry in reference:
        expected = np.array(entry["vector"]) / np.linalg.norm(entry["vector"])
        assert encoder.encode(entry["text"]) @ expected > 0.93


def test_gives_a_read_only_unit_vector(encoder):
    vector = encoder.encode("there is a hole in the road")

    assert vector.shape == (384,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 1


def test_the_same_text_gives_the_same_vector_in_any_company(encoder):
    alone = SentenceEncoder().encode("when is my bin day")
    among = encoder.encode_all(["a much longer text " * 30, "when is my bin day", "hello"])[1]

    assert np.array_equal(alone, among)


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "word " * 1000, "x" * 5000, "\x00"])
def test_takes_any_text(encoder, text):
    assert np.isfinite(encoder.encode(text)).all()


def test_meaning_is_near_meaning(encoder):
    hole, same, other = encoder.encode_all(
        ["there is a pothole", "the road has a big hole in it", "I want to register a birth"]
    )

    assert hole @ same > hole @ other


def test_no_texts_give_no_vectors(encoder):
    assert encoder.encode_all([]).shape == (0, 384)


def test_says_what_to_run_when_it_is_not_built(tmp_path):
    with pytest.raises(EncoderNotBuilt, match="build-encoder"):
        SentenceEncoder(tmp_path)
