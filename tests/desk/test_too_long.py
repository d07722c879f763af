"""Forms larger than any of ours."""

from __future__ import annotations

from flask import Flask

HUGE = {"code": "x" * 2_000_000}


def test_a_huge_form_is_refused_in_words(app: Flask) -> None:
    answer = app.test_client().post("/desk/sign-in", data=HUGE)
    assert answer.status_code == 413
    assert "too long" in answer.text
