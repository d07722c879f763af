"""Asks a resident for evidence again, with a link to send it by."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.cases import Case, HistoryEntry
from casework.domain.conversations import Author, Channel, Mode
from casework.domain.errors import BadPart
from casework.domain.evidence import ASKED
from casework.domain.evidence_needs import needs_of
from casework.domain.staff import StaffMember
from casework.ports.store import Work
from casework.use_cases.find_contact import Told, conversation_of
from casework.use_cases.offer_upload import asking_on, listed, send_link, upload_now
from casework.use_cases.office import Office, speak
from casework.use_cases.say_in_conversation import say_in_conversation
from casework.use_cases.staff_permissions import require_case
from casework.use_cases.try_anew import try_anew


def ask_for_evidence(office: Office, member: StaffMember, ref: str) -> Told:
    """How the resident was asked: by text or e-mail with a link, in their open chat, or not at all
    because there is no safe way (`recorded`) or it goes by post.

    Raises NotFound, and BadPart for a part of another case: evidence is sent for the whole.
    """
    return try_anew(lambda: _asked(office, member, ref))


def _asked(office: Office, member: StaffMember, ref: str) -> Told:
    with office.store.begin() as work:
        case = work.cases.get(ref)
        require_case(member, case)
        if case.parent_ref is not None:
            raise BadPart("evidence")
        told = _in_chat(office, work, case)
        conversation = conversation_of(work, case)
        sent = send_link(office, work, conversation, case, _what(office, case, Channel.SMS))
        # What could be sent reaches them later too.
        told = sent if sent in {Told.TEXT, Told.EMAIL} else told or sent
        entry = HistoryEntry(at=office.clock.now(), by=member.name, what=ASKED)
        work.cases.save(case.changed(entry))
    return told


def _in_chat(office: Office, work: Work, case: Case) -> Told | None:
    """Says it in the chat, if that is still open."""
    conversation = conversation_of(work, case)
    if conversation is None or conversation.channel is not Channel.WEB:
        return None
    if conversation.mode is Mode.CLOSED:
        return None
    what = _what(office, case, Channel.WEB)
    said = speak(office, conversation, "evidence_asked", service=case.service, what=what)
    said = replace(asking_on(work, conversation, said), upload=upload_now(office, case))
    say_in_conversation(office, work, conversation, [said], Author.SYSTEM)
    return Told.CHAT


def _what(office: Office, case: Case, channel: Channel) -> str:
    needs = needs_of(office.council.evidence, case)
    return listed(office, channel, needs) if needs else office.council.say("evidence_it", channel)
