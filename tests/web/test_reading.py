"""What was sent, read before a room decides whether it will have it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.storable import KEPT
from web.reading import bearer, clean, json_object

APP = Flask("reading")


@pytest.mark.parametrize(("given", "kept"), KEPT)
def test_what_no_store_takes_is_left_out_and_lines_stay(given: str, kept: str) -> None:
    assert clean(given) == kept


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"1", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_object_is_none(body: bytes) -> None:
    assert json_object(body) is None
    assert json_object(b'{"id": 1}') == {"id": 1}


@pytest.mark.parametrize(
    ("header", "token"),
    [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", ""), ("Bearer", ""), ("", "")],
)
def test_a_token_is_what_stands_behind_bearer(header: str, token: str) -> None:
    with APP.test_request_context(headers={"Authorization": header}):
        assert bearer() == token
