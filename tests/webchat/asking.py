"""A resident's side of the chat API."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient


class Chat:
    """One chat, from its beginning."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        begun = client.post("/api/chat/sessions", json={})
        assert begun.status_code == 201
        self.begun = begun.get_json()
        self.id = self.begun["conversation_id"]
        self.headers = {"Authorization": f"Bearer {self.begun['token']}"}

    def post(self, path: str, body: Any, **kwargs: Any) -> Any:
        address = f"/api/chat/sessions/{self.id}/{path}"
        return self.client.post(address, json=body, headers=self.headers, **kwargs)

    def get(self, path: str, **headers: str) -> Any:
        address = f"/api/chat/sessions/{self.id}/{path}"
        return self.client.get(address, headers=self.headers | headers)


def code(answer: Any) -> tuple[int, str]:
    error = answer.get_json()["error"]
    assert error["message"].endswith(".")
    return answer.status_code, error["code"]
