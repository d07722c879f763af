"""What every room's tests share."""

from collections.abc import Iterator

import pytest
from twilio.twiml import TwiML
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import VoiceResponse
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.browser import browser
from tests.twilio_stand_in import faults
from tests.twilio_stand_in.twiml import parse

__all__ = ["browser"]


class _ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """A file's tests stay together, and those that start the whole product too: two at once would
    be slower than one after the other."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::", 1)[0]
        return "tests/journeys" if path.startswith("tests/journeys/") else path


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """How the tests are shared out to the processes of a run."""
    return _ByFile(config, log)


@pytest.fixture(autouse=True, scope="session")
def _every_document_is_good_twiml() -> None:
    """Every TwiML written in the run is checked against Twilio's verbs, attributes and size."""
    write = TwiML.to_xml

    def checked(self: TwiML, xml_declaration: bool = True) -> str:
        document = write(self, xml_declaration)
        channels = {VoiceResponse: "voice", MessagingResponse: "messaging"}
        if channel := channels.get(type(self)):
            parse(document, "text/xml", channel)
        return document

    TwiML.to_xml = checked


@pytest.fixture(autouse=True)
def _twilio_takes_all_of_it(request: pytest.FixtureRequest) -> Iterator[None]:
    """What the stand-in for Twilio refuses fails the test, even where a fallback hid it. A test
    that gives it something wrong on purpose is marked `refused_by_twilio`."""
    yield
    noted = faults.noted()
    if noted and request.node.get_closest_marker("refused_by_twilio") is None:
        pytest.fail("Twilio would not have it:\n" + "\n".join(noted), pytrace=False)
