"""These tests run in the environment of bot/rasa; any other pytest leaves them alone."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
RASA_PROJECT = HERE.parents[1] / "bot" / "rasa"
IN_RASA_ENVIRONMENT = importlib.util.find_spec("rasa") is not None

if IN_RASA_ENVIRONMENT:
    sys.path.insert(0, str(RASA_PROJECT))
    from civicline_rasa import no_tensorflow

    no_tensorflow.stand_in()
else:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def reference() -> list[dict]:
    """The reference vectors of the encoder: [{"text", "vector"}]."""
    content = (HERE / "encoder-reference.json").read_text(encoding="utf-8")
    return json.loads(content)["vectors"]


@pytest.fixture(scope="session")
def encoder():
    """The built encoder; the tests that need it are skipped where it is not built."""
    from civicline_rasa.encoder import EncoderNotBuilt, SentenceEncoder

    try:
        return SentenceEncoder()
    except EncoderNotBuilt as missing:
        pytest.skip(str(missing))
