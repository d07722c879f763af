"""The resident of a scripted conversation, on whichever channel it is on."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any

from tests.journeys.conftest import Resident, Staff
from tests.journeys.phones import Caller, ring, text_phone
from tests.product import Product

Message = dict[str, Any]


class Person(ABC):
    """Somebody who talks to the council: what they do, and what they then heard.

    `heard` is all that the last act brought, as one text; `asks` what is awaited now.
    """

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self.heard = ""
        self.replies: list[Message] = []

    @property
    @abstractmethod
    def conversation_id(self) -> str:
        """The id of the conversation they are in."""

    @abstractmethod
    def says(self, text: str) -> None:
        """Speaks, texts or types."""

    def is_heard(self, text: str, sure: float) -> None:
        """Speaks, and the recogniser is so sure of it, from 0 to 1."""
        raise NotImplementedError("only speech on the telephone is heard more or less surely")

    def presses(self, value: str) -> None:
        """Presses the button with this value."""
        raise NotImplementedError("there are buttons in the chat only")

    def keys(self, digits: str) -> None:
        """Presses keys of the telephone."""
        raise NotImplementedError("there are keys on the telephone only")

    def keeps_silent(self) -> None:
        """Says nothing until the line gives up waiting."""
        raise NotImplementedError("silence is heard on the telephone only")

    def leaves(self) -> None:
        """Hangs up, or closes the page."""
        raise NotImplementedError("a text is never hung up")

    @property
    def talk(self) -> dict[str, Any]:
        """The conversation as staff see it."""
        found: dict[str, Any] = self.staff.get(f"/conversations/{self.conversation_id}")
        return found

    @property
    def asks(self) -> str | None:
        awaited: str | None = self.replies[-1]["asks"] if self.replies else None
        return awaited

    @property
    def services(self) -> set[str]:
        """The services that the last replies were about."""
        return {reply["service"] for reply in self.replies if reply["service"]}

    @property
    def refs(self) -> list[str]:
        return [ref for reply in self.replies for ref in reply["case_refs"]]


class Chatter(Person):
    """Somebody in the chat of the website."""

    def __init__(self, product: Product, staff: Staff) -> None:
        super().__init__(staff)
        self._resident = Resident(product.address)
        self._took(self._resident.heard)

    @property
    def conversation_id(self) -> str:
        return self._resident.conversation_id

    def says(self, text: str) -> None:
        self._took(self._resident.says(text))

    def presses(self, value: str) -> None:
        self._took(self._resident.picks(value))

    def leaves(self) -> None:
        resident = self._resident
        resident.http.post(f"{resident.path}/end", json={}, headers=resident.headers)

    def _took(self, replies: list[Message]) -> None:
        self.replies = replies or self.replies
        self.heard = "\n".join(shown(reply) for reply in replies)


class FollowedByStaff(Person):
    """Somebody on a channel that shows words alone: the rest is read where staff would read it."""

    def __init__(self, staff: Staff) -> None:
        super().__init__(staff)
        self._seen = 0

    def _took(self, heard: str) -> None:
        self.heard = heard
        messages = self.talk["messages"]
        new = [one for one in messages if one["seq"] > self._seen and one["from"] != "resident"]
        self._seen = messages[-1]["seq"] if messages else 0
        self.replies = new or self.replies


class OnThePhone(FollowedByStaff):
    """Somebody on the telephone."""

    def __init__(self, product: Product, staff: Staff, number: str | None) -> None:
        super().__init__(staff)
        self._caller: Caller = ring(product, staff, number)
        self._took(self._caller.heard.text)

    @property
    def conversation_id(self) -> str:
        (found,) = self.staff.get("/conversations", call_sid=self._caller.call.call_sid)
        key: str = found["id"]
        return key

    def says(self, text: str) -> None:
        self._took(self._caller.says(text))

    def is_heard(self, text: str, sure: float) -> None:
        self._took(self._caller.says(text, sure))

    def keys(self, digits: str) -> None:
        self._took(self._caller.presses(digits))

    def keeps_silent(self) -> None:
        self._took(self._caller.keeps_silent())

    def leaves(self) -> None:
        self._caller.call.hang_up()


class ByText(FollowedByStaff):
    """Somebody who texts."""

    def __init__(self, product: Product, staff: Staff, number: str) -> None:
        super().__init__(staff)
        self._phone = text_phone(product, number)
        self._found = ""

    @property
    def conversation_id(self) -> str:
        """The newest: after STOP and START a run of texts is another conversation."""
        newest: str = self.staff.get("/conversations", **{"from": self._phone.number})[0]["id"]
        if newest != self._found:
            self._found, self._seen = newest, 0
        return newest

    def says(self, text: str) -> None:
        before = len(self._phone.inbox)
        self._phone.text(text)
        self._took("\n".join(self._phone.inbox[before:]))


def meet(channel: str, product: Product, staff: Staff, number: str) -> Person:
    """Somebody who has just got in touch; the number "withheld" is shown to nobody."""
    if channel == "web":
        return Chatter(product, staff)
    if channel == "voice":
        return OnThePhone(product, staff, None if number == "withheld" else number)
    return ByText(product, staff, number)


def shown(reply: Message) -> str:
    """A reply with its buttons and links, as somebody reads it who looks at the chat."""
    links = [f"<{link['url']}>" for link in reply["links"]]
    return " ".join([reply["text"], *(f"[{c['label']}]" for c in reply["choices"]), *links])


def codes_in(heard: str) -> list[str]:
    """Codes for going on later: six digits in two groups, however they are read out."""
    plain = re.sub(r"(?<=[0-9]),? (?=[0-9](?![0-9]))", "", heard)
    return re.findall(r"(?<![0-9])(?<![0-9] )[0-9]{3} ?[0-9]{3}(?![0-9])", plain)
