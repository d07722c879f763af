"""Settings from the environment, and what serving residents refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from server.settings import (
    DEMO_SECRET,
    DEMO_TOKEN,
    SettingsError,
    check_for_service,
    check_processes,
    read_settings,
)

HOME = Path("/srv/civicline")
REAL = {
    "SECRET_KEY": "a-long-and-random-secret",
    "TWILIO_AUTH_TOKEN": "the-account's-own",
    "PUBLIC_BASE_URL": "https://chat.plymouth.example",
}


def test_nothing_needs_to_be_set_for_the_demo() -> None:
    settings = read_settings({"DEMO": "1"}, HOME)
    assert settings.demo
    assert (settings.port, settings.rasa_port, settings.actions_port) == (8000, 5005, 5055)
    assert settings.database_url == "sqlite:////srv/civicline/var/demo.db"
    assert settings.redis_url is None
    assert settings.council_dir == HOME / "council"
    assert settings.public_base_url == "http://localhost:8000"
    assert (settings.secret_key, settings.twilio_auth_token) == (DEMO_SECRET, DEMO_TOKEN)
    assert settings.twilio_api_base == "https://api.twilio.com"


def test_every_setting_is_taken_from_the_environment() -> None:
    settings = read_settings(
        {
            "PORT": "9000", "RASA_PORT": "9001", "ACTIONS_PORT": "9002", "HOST": "0.0.0.0",
            "DATABASE_URL": "postgresql://x/y", "REDIS_URL": "redis://z",
            "COUNCIL_DIR": "/etc/council", "CIVICLINE_VAR": "/var/lib/civicline",
            "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_API_BASE": "http://localhost:1",
            "TWILIO_FROM": "+441632960000", **REAL,
        },
        HOME,
    )  # fmt: skip
    assert not settings.demo
    assert (settings.port, settings.rasa_port, settings.actions_port) == (9000, 9001, 9002)
    assert settings.rasa_url == "http://127.0.0.1:9001"
    assert settings.actions_url == "http://127.0.0.1:9002"
    assert settings.database_url == "postgresql://x/y"
    assert settings.redis_url == "redis://z"
    assert settings.council_dir == Path("/etc/council")
    assert settings.clock_file == Path("/var/lib/civicline/demo-clock")
    assert settings.public_base_url == "https://chat.plymouth.example"
    assert settings.twilio_from == "+441632960000"


def test_another_port_changes_the_address_that_residents_are_given() -> None:
    assert read_settings({"PORT": "8010"}, HOME).public_base_url == "http://localhost:8010"


def test_the_demo_and_the_service_keep_their_data_apart() -> None:
    demo, real = read_settings({"DEMO": "1"}, HOME), read_settings(REAL, HOME)
    assert demo.database_url != real.database_url


def test_an_address_ends_without_a_slash() -> None:
    base = read_settings({"PUBLIC_BASE_URL": "https://x.example/"}, HOME).public_base_url
    assert base == "https://x.example"


@pytest.mark.parametrize("wrong", ["0", "65536", "eight", "-1", "80.5", "²", " 80"])
@pytest.mark.parametrize("name", ["PORT", "RASA_PORT", "ACTIONS_PORT"])
def test_a_port_that_is_none_is_named(name: str, wrong: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name}: write a port number from 1 to 65535"):
        read_settings({name: wrong}, HOME)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", True), ("TRUE", True), ("yes", True), ("", False), ("0", False), ("no", False)],
)
def test_what_counts_as_the_demo(text: str, expected: bool) -> None:
    assert read_settings({"DEMO": text}, HOME).demo is expected


def test_an_empty_setting_counts_as_unset() -> None:
    names = ("PORT", "RASA_PORT", "HOST", "DATABASE_URL", "REDIS_URL", "PUBLIC_BASE_URL",
             "COUNCIL_DIR", "CIVICLINE_VAR", "TWILIO_API_BASE", "WEB_PROCESSES")  # fmt: skip
    assert read_settings(dict.fromkeys(names, ""), HOME) == read_settings({}, HOME)


@pytest.mark.parametrize("wrong", ["0", "two", "-1", "²"])
def test_a_number_of_processes_that_is_none_is_named(wrong: str) -> None:
    with pytest.raises(SettingsError, match=r"^WEB_PROCESSES: write a number"):
        read_settings({"WEB_PROCESSES": wrong}, HOME)


def test_several_web_processes_need_redis_to_take_turns() -> None:
    check_processes(read_settings({}, HOME))
    check_processes(read_settings({"WEB_PROCESSES": "3", "REDIS_URL": "redis://z"}, HOME))
    with pytest.raises(SettingsError, match="REDIS_URL"):
        check_processes(read_settings({"WEB_PROCESSES": "3"}, HOME))


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"RASA_PORT": "8000"}, "RASA_PORT: 8000 is the port of PORT too"),
        ({"ACTIONS_PORT": "5005"}, "ACTIONS_PORT: 5005 is the port of RASA_PORT too"),
        ({"PORT": "5055"}, "ACTIONS_PORT: 5055 is the port of PORT too"),
    ],
)
def test_no_two_processes_share_a_port(chosen: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=f"^{said}"):
        check_processes(read_settings(chosen, HOME))


def test_the_demos_own_database_is_the_file_that_nothing_else_uses() -> None:
    assert read_settings({"DEMO": "1"}, HOME).own_demo
    assert not read_settings({}, HOME).own_demo
    assert not read_settings({"DEMO": "1", "DATABASE_URL": "postgresql://x/y"}, HOME).own_demo


def test_residents_are_served_with_secrets_of_ones_own() -> None:
    check_for_service(read_settings(REAL, HOME))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"DEMO": "1"}, "DEMO"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": DEMO_SECRET}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"TWILIO_AUTH_TOKEN": DEMO_TOKEN}, "TWILIO_AUTH_TOKEN"),
    ],
)
def test_residents_are_never_served_on_secrets_that_everybody_knows(
    change: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=f"^{named}"):
        check_for_service(read_settings({**REAL, **change}, HOME))


def test_without_settings_nothing_is_secret_and_nothing_is_served() -> None:
    settings = read_settings({}, HOME)
    assert settings.secret_key == ""
    with pytest.raises(SettingsError):
        check_for_service(settings)
    with pytest.raises(SettingsError):
        check_for_service(replace(settings, secret_key=DEMO_SECRET))
