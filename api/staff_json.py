"""Staff JSON: what the staff API shows of casework's records. Times are RFC 3339, in UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from casework.domain.cases import HistoryEntry, RecordChange
from casework.domain.conversations import Channel, Conversation, Message, Upload
from casework.domain.drafts import Answer
from casework.domain.outbox import Outgoing
from casework.domain.recordings import Recording
from casework.domain.staff import StaffMember
from casework.domain.transitions import next_words
from casework.use_cases.list_evidence import CaseEvidence
from casework.use_cases.plan_change import Plan
from casework.use_cases.queue_rows import QueueRow
from casework.use_cases.read_cases import CaseRecord, CaseRow
from casework.use_cases.read_conversations import Captured, ConversationRecord
from casework.use_cases.read_texts import Sent, furthest, staff_text

Json = dict[str, Any]


def conversation_row(conversation: Conversation) -> Json:
    """A conversation as a line of a list: how it came in and where it stands."""
    return {
        "id": conversation.id,
        # Cases call it so; a client that follows one to the other need not rename it.
        "conversation_id": conversation.id,
        "channel": conversation.channel.value,
        "mode": conversation.mode.value,
        "language": conversation.language,
        "service": conversation.service,
        "started_at": moment(conversation.started_at),
        "last_at": moment(conversation.last_at),
        "from": conversation.caller,
        "call_sid": conversation.call_sid,
        "flags": list(conversation.flags),
    }


def conversation(record: ConversationRecord) -> Json:
    """A conversation whole: transcript, what was captured, and the references of its cases."""
    return {
        **conversation_row(record.conversation),
        "messages": [line(one, record.sent) for one in record.messages],
        "fields": [captured(one) for one in record.captured],
        "call_end": record.conversation.call_end and record.conversation.call_end.value,
        "call_seconds": record.conversation.call_seconds,
        "verification": record.verification.value,
        "verified_how": record.conversation.identity.how if record.conversation.identity else None,
        "cases": list(record.case_refs),
        "recordings": [recording(one) for one in record.recordings],
    }


def recording(one: Recording) -> Json:
    """A recorded talk: how it stands, and who listened to it. The sound is at the desk only."""
    return {
        "id": one.id,
        "state": one.state.value,
        "paused_for": None if one.why is None or one.state.value != "paused" else one.why.value,
        "begun_at": moment(one.asked_at),
        "seconds": one.seconds,
        "delete_at": None if one.delete_at is None else moment(one.delete_at),
        "deleted_at": None if one.deleted_at is None else moment(one.deleted_at),
        "heard": [{"at": moment(had.at), "by": had.by} for had in one.heard],
    }


def captured(one: Captured) -> Json:
    """A field of a form, as held."""
    return {"field": one.field, **answer(one.answer), "service": one.service}


def queue_row(row: QueueRow) -> Json:
    """Somebody who waits for a person or has one; `place` is null once nobody is waited for."""
    return {
        "id": row.handoff.id,
        "conversation_id": row.conversation.id,
        "place": row.place or None,
        "waited_seconds": max(int(row.waited.total_seconds()), 0),
        "channel": row.conversation.channel.value,
        "service": row.service,
        "reason": row.handoff.reason.value,
        "line": row.line,
        "flags": list(row.conversation.flags),
        "state": row.handoff.state.value,
        "agent": row.agent,
        "call_state": row.handoff.call_state.value if _is_call(row) else None,
        "team": row.handoff.team,
        "held_at": None if row.handoff.held_at is None else moment(row.handoff.held_at),
        "recording": row.recording,
    }


def _is_call(row: QueueRow) -> bool:
    return row.conversation.channel is Channel.VOICE


def handoff(row: QueueRow) -> Json:
    """As in the queue, with what colleagues have noted."""
    notes = [
        {"at": moment(note.at), "by": note.by, "text": note.text} for note in row.handoff.notes
    ]
    return {**queue_row(row), "notes": notes}


def line(one: Message, sent: Sent) -> Json:
    """A line of the transcript, with how far the texts got that carry it; of several the one that
    got least far. Null for what did not leave us as a text or an e-mail."""
    texts = sent.by_line.get(one.seq)
    return {**message(one), "delivery": furthest(texts).state.value if texts else None}


def message(line: Message) -> Json:
    """A line of the transcript, in the shape the web chat gives it (`Message` of the contract)."""
    said = line.said
    return {
        "seq": line.seq,
        "from": line.author.value,
        "text": said.text,
        "at": moment(line.at),
        "choices": [{"label": one.label, "value": one.value} for one in said.choices],
        "service": said.service,
        "asks": said.asks,
        "case_refs": list(said.case_refs),
        "links": [{"label": link.label, "url": link.url} for link in said.links],
        "mode": line.mode.value,
        "upload": None if said.upload is None else upload(said.upload),
    }


def upload(offered: Upload) -> Json:
    """That evidence can be sent, and for which case."""
    needed = [
        {"kind": one.kind, "label": one.label, "optional": one.optional} for one in offered.needed
    ]
    return {"case_ref": offered.case_ref, "needed": needed}


def answer(held: Answer) -> Json:
    """A field's stored value and where it came from."""
    return {
        "value": held.value,
        "source": held.source.value,
        "at": moment(held.at),
        "confirmed": held.confirmed,
    }


def case_row(record: CaseRow) -> Json:
    """A case in a list; `fields` are the stored values, `field_details` add their provenance."""
    one = record.case
    return {
        "ref": one.ref,
        "service": one.service,
        "about": one.about,
        "team": one.team,
        "status": one.status.value,
        "assignee": one.assignee,
        "duplicate_of": one.duplicate_of,
        "applied": one.applied,
        "tier": one.tier,
        "verification": one.verification.value,
        "verified_how": one.verified_how,
        "flags": list(one.flags),
        "valid_notice": one.valid_notice,
        "fields": {name: held.value for name, held in one.fields.items()},
        "field_details": {name: answer(held) for name, held in one.fields.items()},
        "opened_at": moment(one.opened_at),
        "due_at": None if one.due_at is None else moment(one.due_at),
        "parent_ref": one.parent_ref,
        "children": list(record.children),
        "conversation_id": one.conversation_id,
        "history": [history_entry(entry) for entry in one.history],
    }


def case(record: CaseRecord) -> Json:
    """A case whole: with how far each message to the resident got, what may become of it, and what
    one press would write into the resident's record."""
    contact, plan = record.contact, record.plan
    return {
        **case_row(record),
        "messages": [outgoing(one) for one in record.messages],
        "next_statuses": [word.value for word in next_words(record.case.status)],
        "duplicates": list(record.duplicates),
        "contact": {"by": contact.by.value, "preference": contact.wish},
        **evidence(record.evidence),
        "record_change": None if plan is None else record_change(plan),
    }


def evidence(held: CaseEvidence) -> Json:
    """What a case needs to see, by which day, and what has come; the bytes are at
    `/cases/{ref}/evidence/{id}`."""
    needed = [
        {"kind": one.proof.id, "label": one.proof.label, "optional": one.optional}
        for one in held.needed
    ]
    received = [
        {
            "id": one.id,
            "media_type": one.media_type.value,
            "size": one.size,
            "sha256": one.sha256,
            "received_at": moment(one.received_at),
            "channel": one.channel.value,
            "scan": one.scan.value,
        }
        for one in held.received
    ]
    due = None if held.due is None else held.due.isoformat()
    return {"evidence": received, "evidence_needed": needed, "evidence_due": due}


def record_change(plan: Plan) -> Json:
    """What would be written; `changes` is null while it is not known whose record it is."""
    changes = None if plan.changes is None else [written(one) for one in plan.changes]
    since = None if plan.since is None else plan.since.isoformat()
    return {"check_needed": plan.check_needed, "from": since, "changes": changes}


def written(change: RecordChange) -> Json:
    """A column of the resident's record before and after."""
    return {"column": change.column, "before": change.before, "after": change.after}


def outgoing(sent: Outgoing) -> Json:
    """A message to a resident, without its number or address: the case's fields show those given;
    and without a code or what a link opens.

    While it is queued `problem` is why it did not go out the last time.
    """
    return {
        "id": sent.id,
        "medium": sent.medium.value,
        "state": sent.state.value,
        "problem": sent.problem,
        "attempts": sent.attempts,
        "text": staff_text(sent),
        "created_at": moment(sent.created_at),
        "updated_at": moment(sent.updated_at),
    }


def history_entry(entry: HistoryEntry) -> Json:
    """Something that happened to a case; null is what it left as it was."""
    return {
        "at": moment(entry.at),
        "by": entry.by,
        "what": entry.what,
        "status": None if entry.status is None else entry.status.value,
        "team": entry.team,
        "note": entry.note,
        "told_resident": entry.told_resident,
        "assignee": entry.assignee or None,
        "duplicate_of": entry.duplicate_of,
        "changes": [written(one) for one in entry.changes],
    }


def staff(member: StaffMember) -> Json:
    """A member of staff, to themselves."""
    return {
        "name": member.name,
        "role": member.role.value,
        "teams": list(member.teams),
        "phone": member.phone,
        "availability": member.availability.value,
    }


def moment(at: datetime) -> str:
    """RFC 3339 with zone."""
    return at.isoformat()
