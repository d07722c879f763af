"""What the pages of every room are sent with."""

from __future__ import annotations

from web.pages import policy


def test_a_page_has_nothing_from_elsewhere() -> None:
    said = dict(part.split(" ", 1) for part in policy().split("; "))
    assert said.pop("default-src") == "'none'"
    assert "media-src" not in said
    assert set(said.values()) == {"'self'", "'none'"}


def test_only_what_is_named_is_allowed_besides() -> None:
    before = policy(media=("'self'",)).split("; ")
    after = policy(
        connect=("wss://a.example", "https://b.example"), media=("'self'", "mediastream:")
    ).split("; ")
    assert [one for one in after if one not in before] == [
        "connect-src 'self' wss://a.example https://b.example",
        "media-src 'self' mediastream:",
    ]
