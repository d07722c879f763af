import os

import pytest
from civicline_rasa import launch, no_tensorflow


@pytest.fixture
def settings(monkeypatch, tmp_path):
    for name in list(os.environ):
        if name.startswith("RASA_") or name in ("REDIS_URL", "ACTIONS_PORT"):
            monkeypatch.delenv(name)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.chdir(tmp_path)
    return os.environ


def test_listens_on_loopback_to_the_rest_channel_only(settings):
    given = launch.arguments_for_run(["--port", "5105"])

    assert given[given.index("--interface") + 1] == "127.0.0.1"
    assert given[given.index("--port") + 1] == "5105"
    assert given[given.index("--credentials") + 1].endswith("bot/rasa/credentials.yml")
    assert not {"--cors", "--enable-api", "--connector"} & set(given)


@pytest.mark.parametrize(
    "option",
    [["--interface", "0.0.0.0"], ["-i", "0.0.0.0"], ["--cors", "*"], ["--enable-api"], ["--debug"]],
)
def test_takes_no_option_that_would_open_it(settings, option, capsys):
    with pytest.raises(SystemExit):
        launch.arguments_for_run(option)


def test_the_tracker_is_a_file_in_var_by_default(settings, tmp_path):
    assert launch.choose_endpoints().name == "endpoints.yml"
    assert settings["RASA_TRACKER_URL"] == f"sqlite:///{tmp_path}/var/assistant.db"
    assert (tmp_path / "var").is_dir()


@pytest.mark.parametrize(
    ("setting", "url"),
    [
        ("postgresql://u:p@db/x", "postgresql://u:p@db/x"),
        ("postgresql+psycopg://u:p@db/x", "postgresql://u:p@db/x"),
        ("postgres://u@db/x", "postgresql://u@db/x"),
        ("sqlite:////srv/t.db", "sqlite:////srv/t.db"),
    ],
)
def test_the_tracker_may_be_in_a_database(setting, url):
    assert launch.tracker_url(setting) == url


def test_another_database_is_refused():
    with pytest.raises(launch.SettingWrong):
        launch.tracker_url("mysql://db/x")


def test_redis_takes_both_stores(settings):
    settings["REDIS_URL"] = "rediss://joe:s%40crit@cache:6380/2"

    assert launch.choose_endpoints().name == "endpoints-redis.yml"
    assert settings["RASA_REDIS_HOST"] == "cache"
    assert settings["RASA_REDIS_PASSWORD"] == "s@crit"
    assert (settings["RASA_REDIS_PORT"], settings["RASA_REDIS_DB"]) == ("6380", "2")
    assert settings["RASA_REDIS_SSL"] == "yes"


def test_a_wrong_redis_address_is_said_in_one_sentence(settings):
    settings["REDIS_URL"] = "cache:6379"

    with pytest.raises(SystemExit, match="REDIS_URL"):
        launch.main(["run"])


def test_the_stand_in_for_tensorflow_does_no_work():
    import tensorflow as tf

    assert tf.keras.layers.Dense is not None
    with pytest.raises(no_tensorflow.TensorFlowMissing):
        tf.constant(1)
