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
    assert settings.twilio_account_sid == "AC" + "0" * 32
    assert settings.twilio_from == "+441632960000"
    assert settings.twilio_api_base == "http://127.0.0.1:8000/demo/twilio"
    assert (settings.smtp_host, settings.smtp_port, settings.smtp_starttls) == (None, 25, False)
    assert settings.mail_from == "no-reply@plymouth.example"


def test_every_setting_is_taken_from_the_environment() -> None:
    settings = read_settings(
        {
            "PORT": "9000", "RASA_PORT": "9001", "ACTIONS_PORT": "9002", "HOST": "0.0.0.0",
            "DATABASE_URL": "postgresql://x/y", "REDIS_URL": "redis://z",
            "COUNCIL_DIR": "/etc/council", "CIVICLINE_VAR": "/var/lib/civicline",
            "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_API_BASE": "http://localhost:1",
            "TWILIO_FROM": "+441632960001", "SMTP_HOST": "mail.example", "SMTP_PORT": "2525",
            "SMTP_USER": "civicline", "SMTP_PASSWORD": "pass", "SMTP_STARTTLS": "no",
            "MAIL_FROM": "council@plymouth.example", **REAL,
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
    assert settings.twilio_account_sid == "AC1"
    assert settings.twilio_api_base == "http://localhost:1"
    assert settings.twilio_from == "+441632960001"
    assert (settings.smtp_host, settings.smtp_port) == ("mail.example", 2525)
    assert (settings.smtp_user, settings.smtp_password) == ("civicline", "pass")
    assert not settings.smtp_starttls
    assert settings.mail_from == "council@plymouth.example"


@pytest.mark.parametrize(
    ("chosen", "reached"),
    [
        ({"DEMO": "1", "PORT": "8010"}, "http://127.0.0.1:8010/demo/twilio"),
        ({"DEMO": "1", "HOST": "0.0.0.0"}, "http://127.0.0.1:8000/demo/twilio"),
        ({"DEMO": "1", "HOST": "192.0.2.7"}, "http://192.0.2.7:8000/demo/twilio"),
        ({"DEMO": "1", "TWILIO_API_BASE": "http://mock/"}, "http://mock"),
        ({"DEMO": "1", "TWILIO_ACCOUNT_SID": "AC1"}, "https://api.twilio.com"),
        ({"DEMO": "1", "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_API_BASE": "http://mock"},
         "http://mock"),
        ({}, "https://api.twilio.com"),
    ],
)  # fmt: skip
def test_the_demo_texts_through_its_own_stand_in_unless_told_otherwise(
    chosen: dict[str, str], reached: str
) -> None:
    assert read_settings(chosen, HOME).twilio_api_base == reached


def test_with_a_user_mail_goes_to_the_port_for_users_and_encrypted() -> None:
    settings = read_settings({"SMTP_USER": "civicline"}, HOME)
    assert (settings.smtp_port, settings.smtp_starttls) == (587, True)


@pytest.mark.parametrize("wrong", ["2", "on", "Yes please"])
def test_an_answer_that_is_neither_yes_nor_no_is_named(wrong: str) -> None:
    with pytest.raises(SettingsError, match=r"^SMTP_STARTTLS: write 1 or 0"):
        read_settings({"SMTP_STARTTLS": wrong}, HOME)


@pytest.mark.parametrize("wrong", ["council", "a@b, c@d", "Council <a@b.example>", "a@b\r\nBcc: c"])
def test_an_address_that_mail_cannot_come_from_is_named(wrong: str) -> None:
    with pytest.raises(SettingsError, match=r"^MAIL_FROM"):
        read_settings({"MAIL_FROM": wrong}, HOME)


def test_printed_settings_hold_no_secrets() -> None:
    secret = dict.fromkeys(
        ["SECRET_KEY", "TWILIO_AUTH_TOKEN", "SMTP_PASSWORD", "DATABASE_URL", "REDIS_URL"],
        "hushhush",
    )
    assert "hushhush" not in repr(read_settings(secret, HOME))


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
             "COUNCIL_DIR", "CIVICLINE_VAR", "TWILIO_API_BASE", "WEB_PROCESSES", "SMTP_HOST",
             "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_STARTTLS", "MAIL_FROM",
             "TWILIO_ACCOUNT_SID", "TWILIO_FROM")  # fmt: skip
    assert read_settings(dict.fromkeys(names, ""), HOME) == read_settings({}, HOME)
    demo = {"DEMO": "1"}
    assert read_settings({**dict.fromkeys(names, ""), **demo}, HOME) == read_settings(demo, HOME)


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


ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_FROM": "+441632960001"}
MAIL = {"SMTP_HOST": "mail.example", "MAIL_FROM": "council@plymouth.example"}


def test_carriers_are_used_with_all_that_they_need() -> None:
    check_for_service(read_settings({**REAL, **ACCOUNT, **MAIL}, HOME))
    login = {"SMTP_USER": "civicline", "SMTP_PASSWORD": "pass"}
    check_for_service(read_settings({**REAL, **MAIL, **login}, HOME))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({**ACCOUNT, "TWILIO_AUTH_TOKEN": ""}, "TWILIO_AUTH_TOKEN"),
        ({**ACCOUNT, "TWILIO_FROM": ""}, "TWILIO_FROM"),
        ({**MAIL, "MAIL_FROM": ""}, "MAIL_FROM"),
        ({**MAIL, "SMTP_USER": "civicline"}, "SMTP_PASSWORD"),
    ],
)
def test_a_carrier_that_lacks_something_is_said_before_anything_is_lost(
    change: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=f"^{named}: write"):
        check_for_service(read_settings({**REAL, **change}, HOME))


def test_without_settings_nothing_is_secret_and_nothing_is_served() -> None:
    settings = read_settings({}, HOME)
    assert settings.secret_key == ""
    with pytest.raises(SettingsError):
        check_for_service(settings)
    with pytest.raises(SettingsError):
        check_for_service(replace(settings, secret_key=DEMO_SECRET))


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"TWILIO_API_KEY_SID": "SK" + "1" * 32}, "TWILIO_API_KEY_SECRET"),
        ({"TWILIO_API_KEY_SECRET": "secret"}, "TWILIO_API_KEY_SID"),
        ({"TWILIO_API_KEY_SID": "AC1", "TWILIO_API_KEY_SECRET": "secret"}, "SK and 32"),
        (
            {"TWILIO_API_KEY_SID": "SK" + "1" * 32, "TWILIO_API_KEY_SECRET": "secret"},
            "TWILIO_ACCOUNT_SID",
        ),
    ],
)
def test_an_api_key_is_whole_and_of_an_account(given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as refused:
        read_settings(given, HOME)
    assert "secret" not in str(refused.value).replace("a secret", "")
