import logging
import warnings

import pytest
import structlog
from civicline_rasa import private_log

SECRET = "my name is Joe Burns"


@pytest.fixture
def log(caplog):
    before = logging.getLogRecordFactory()
    private_log.install()
    caplog.set_level(logging.DEBUG)
    yield caplog
    logging.setLogRecordFactory(before)
    logging.captureWarnings(False)


@pytest.mark.parametrize(
    "name",
    ["rasa.core.processor", "rasa.core.actions.action", "sanic.error", "asyncio", "aiohttp.x", "z"],
)
def test_what_was_said_never_shows(log, name):
    logger = logging.getLogger(name)
    logger.debug(f"parsed {SECRET}")
    logger.error("could not handle %s", SECRET, extra={"text": "other"})
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise ValueError(SECRET) from cause
    except ValueError:
        logger.exception(f"failed on {SECRET}")

    assert "Burns" not in log.text
    assert f"{name}:" in log.text
    assert "ValueError from KeyError at test_private_log.py" in log.text


def test_structured_messages_are_withheld_too(log):
    structlog.configure(
        logger_factory=structlog.stdlib.LoggerFactory(),
        processors=[structlog.processors.JSONRenderer()],
    )
    structlog.get_logger("rasa.core.processor").error("parse", parse_data_text=SECRET)

    assert "Burns" not in log.text


def test_warnings_are_withheld(log):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"parsed {SECRET}", stacklevel=1)

    assert "Burns" not in log.text


def test_an_open_logger_shows_its_message_but_not_its_exception(log):
    try:
        raise RuntimeError(SECRET)
    except RuntimeError:
        logging.getLogger("rasa.core.run").exception("the server has not started")

    assert "the server has not started [RuntimeError at" in log.text
    assert "Burns" not in log.text


@pytest.mark.parametrize(
    ("name", "shown"),
    [("rasa.engine.graph", True), ("rasa.core.agents", False), ("rasa", False), ("root", True)],
)
def test_open_loggers(name, shown):
    assert private_log.is_open(name) is shown
