"""The desk of the running product, in a browser without JavaScript."""

from __future__ import annotations

import html
import re

import httpx
import jwt

from tests.journeys.agents import Agent
from tests.product import Product


class Desk:
    """The pages of the desk, as an agent sees them who is signed in with their own code."""

    def __init__(self, product: Product, agent: Agent) -> None:
        self.http = httpx.Client(
            base_url=product.address, timeout=30, trust_env=False, follow_redirects=True
        )
        answer = self._posts("/sign-in", "/sign-in", code=agent.code)
        assert "Sign out" in answer.text

    def sees(self, path: str) -> str:
        """The words of a page, without its tags."""
        answer = self.http.get(f"/desk{path}")
        assert answer.status_code == 200, answer.text
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())

    def address_of_browser(self) -> str:
        """Twilio's address of this browser, by the pass that it is given to be rung with."""
        given = self._posts("/phone", "/phone/pass").json()["token"]
        claims = jwt.decode(given, options={"verify_signature": False})
        return f"client:{claims['grants']['identity']}"

    def _posts(self, page: str, path: str, **fields: str) -> httpx.Response:
        """Sends a form with what is hidden in it."""
        drawn = self.http.get(f"/desk{page}").text
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', drawn))
        answer = self.http.post(f"/desk{path}", data={**hidden, **fields})
        assert answer.status_code == 200, answer.text
        return answer
