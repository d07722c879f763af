"""The widget's files as they are served, and the words all of it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.webchat.fakes import wording
from webchat.widget.assemble import RECIPES, SOURCES, VERSION, assembled, integrity

WEBCHAT = Path(__file__).parents[2] / "webchat"


@pytest.mark.parametrize("target", RECIPES, ids=lambda path: path.name)
def test_built_files_are_up_to_date(target: Path) -> None:
    assert target.read_text("utf-8") == assembled(target), "run python -m webchat.widget.assemble"


def test_a_version_is_immutable_and_has_a_hash(client: FlaskClient) -> None:
    listed = client.get("/widget/").get_json()
    assert listed["latest"] == VERSION
    for file in listed["files"]:
        answer = client.get(file["url"])
        assert integrity(answer.data) == file["integrity"]
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_v1_is_the_newest_for_a_short_while(client: FlaskClient) -> None:
    answer = client.get("/widget/v1.js")
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    assert answer.data == client.get(f"/widget/{VERSION}.js").data
    assert (
        client.get("/widget/v1.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code
        == 304
    )
    assert client.get("/widget/v2.js").status_code == 404


def test_every_word_used_is_in_the_wording() -> None:
    texts = [path.read_text("utf-8") for path in SOURCES.glob("*.js")]
    texts += [path.read_text("utf-8") for path in (WEBCHAT / "templates/webchat").glob("*.html")]
    used = set(re.findall(r"words\.(\w+)", "\n".join(texts)))
    used |= set(re.findall(r'say\([\w.]+, "(\w+)"', "\n".join(texts)))
    python = "\n".join(path.read_text("utf-8") for path in WEBCHAT.glob("*.py"))
    used |= {f"error_{code}" for code in re.findall(r'Refused\(\d+, "(\w+)"', python)}
    used |= set(re.findall(r'wording\["(\w+)"\]', python))
    used -= {"replace"}
    assert used
    assert used <= set(wording()), sorted(used - set(wording()))


def test_every_word_is_used() -> None:
    sources = [*SOURCES.glob("*.js"), *(WEBCHAT / "templates/webchat").glob("*.html")]
    text = "\n".join(path.read_text("utf-8") for path in [*sources, *WEBCHAT.glob("*.py")])
    computed = ("error_", "mode_", "from_", "rating_", "sample_card_")
    unused = [
        key
        for key in wording()
        if not key.startswith(computed) and not re.search(rf"\b{key}\b", text)
    ]
    assert unused == []
