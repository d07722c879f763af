"""Our side of the wire in memory, for tests of the stand-in itself."""

from urllib.parse import urlsplit

from tests.twilio_stand_in.web import Reply

TOKEN = "secret"
BASE = "https://council.example"
CALLER = "+447700900123"
OURS = "+441632960000"


class OurServer:
    """Webhooks that answer by path and keep what was asked.

    Given by keyword, the slashes of the path as underscores: the inside of a Response, a Reply, or
    a list of inside parts for one request each.
    """

    def __init__(self, **answers: str | Reply | list[str]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, str], dict[str, str]]] = []

    def __call__(self, url: str, form: dict[str, str], headers: dict[str, str]) -> Reply:
        self.asked.append((url, form, headers))
        answer = self.answers[urlsplit(url).path.strip("/").replace("/", "_")]
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Reply):
            return answer
        return Reply(200, "text/xml; charset=utf-8", f"<Response>{answer}</Response>")

    @property
    def paths(self) -> list[str]:
        return [urlsplit(url).path for url, _, _ in self.asked]

    def form(self, n: int = -1) -> dict[str, str]:
        return self.asked[n][1]
