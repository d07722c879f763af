"""Takes the website's word for who a resident is, when they come to us signed in."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.conversations import Conversation, Utterance
from casework.domain.identity import Identity, normal
from casework.ports.store import Work
from casework.use_cases.office import Office, speak


def sign_in_resident(
    office: Office, work: Work, conversation: Conversation, token: str
) -> tuple[Conversation, Utterance]:
    """The conversation with identity holding, and what is said of it. A token that proves nothing
    is left aside, and the resident is told so; which of its parts was wrong is not said."""
    account = None
    if office.sign_in is not None:
        account = office.sign_in.account_of(token, office.clock.now())
    record = work.residents.get(normal(account)) if account else None
    if record is None:
        return conversation, speak(office, conversation, "verify_sign_in_ignored")
    verified = replace(conversation, identity=Identity().holding(record, "website"))
    work.conversations.save(verified)
    return verified, speak(office, verified, "verify_signed_in")
