"""`/chat/go-on/CODE`: a link from a text opens the chat where the resident was.

To look at the page uses nothing up: telephones and mail scanners open links by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from casework.domain.errors import NotFound
from webchat.conversations import Conversations
from webchat.visitor import Visitor
from webchat.wording import Council

CODE = re.compile(r"[A-Za-z0-9_-]{8,100}")


class GoOnPages:
    """The page behind the link and its one button."""

    def __init__(
        self,
        conversations: Conversations,
        council: Council,
        wording: Mapping[str, str],
        visitor: Visitor,
        asset: Callable[[str], str],
    ) -> None:
        self.conversations = conversations
        self.council = council
        self.wording = wording
        self.visitor = visitor
        self.asset = asset

    def show(self, code: str) -> Answer:
        """Asks whether to go on here."""
        works = CODE.fullmatch(code) is not None and self.conversations.can_go_on(code)
        key = self.visitor.forms.key()
        page = render_template(
            "webchat/go_on.html",
            works=works,
            form_token=self.visitor.forms.token(key),
            council=self.council,
            words=self.wording,
            asset=self.asset,
        )
        answer = make_response(page, 200 if works else 404)
        self.visitor.forms.give(answer, key)
        return answer

    def go_on(self, code: str) -> Answer:
        """Opens the chat with what was said before."""
        self.visitor.check_form()
        try:
            begun = self.conversations.go_on(
                code, language=self.council.language, page=request.host_url + "chat"
            )
        except NotFound:
            return self.show("-")
        answer = redirect(url_for("chat_pages.show", _anchor="latest"), 303)
        self.visitor.remember(answer, begun.conversation_id, begun.token)
        return answer


def add_go_on(blueprint: Blueprint, pages: GoOnPages) -> None:
    """Adds the page to the blueprint of `/chat`, whose cookies and headers it shares."""
    path = "/chat/go-on/<code>"
    blueprint.add_url_rule(path, "go_on_show", pages.show, methods=["GET"])
    blueprint.add_url_rule(path, "go_on", pages.go_on, methods=["POST"])
