"""Pictures that came with texts, as Twilio's REST API hands them out.

Source: https://www.twilio.com/docs/messaging/api/media-resource.
"""

import uuid
from dataclasses import dataclass, field

from flask import Flask, Response, redirect
from werkzeug.wrappers import Response as Answer

from tests.twilio_stand_in.rest_errors import Refused


@dataclass
class MediaApi:
    """`held` has content and type by the path of each; `leads_to` redirects instead."""

    account_sid: str
    held: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    leads_to: dict[str, str] = field(default_factory=dict)

    def keep(self, data: bytes, content_type: str = "image/jpeg") -> str:
        """Takes what came with a text; the path of its address."""
        message, media = (f"{kind}{uuid.uuid4().hex}" for kind in ("MM", "ME"))
        path = f"/2010-04-01/Accounts/{self.account_sid}/Messages/{message}/Media/{media}"
        self.held[path] = data, content_type
        return path

    def add_to(self, app: Flask) -> None:
        base = "/2010-04-01/Accounts/<account>/Messages/<message>/Media/<media>"
        app.add_url_rule(base, "media", self._fetch, methods=["GET"])

    def _fetch(self, account: str, message: str, media: str) -> Answer:
        path = f"/2010-04-01/Accounts/{account}/Messages/{message}/Media/{media}"
        if path in self.leads_to:
            return redirect(self.leads_to[path], 307)
        if path not in self.held:
            raise Refused(20404, 404)
        data, content_type = self.held[path]
        return Response(data, content_type=content_type)
