"""Tells residents what can be sent in, how and by when, and that it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from casework.domain.cases import Case
from casework.domain.conversations import (
    SAFE_CONTACT,
    Author,
    Channel,
    Conversation,
    Link,
    Message,
    Mode,
    Needed,
    Turn,
    Upload,
    Utterance,
)
from casework.domain.evidence import Evidence, MediaType, Need, wants_to_send
from casework.domain.evidence_needs import due_on, has_none, needs_of, needs_on
from casework.domain.outbox import Delivery, Medium, Outgoing
from casework.domain.tokens import hash_of
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft, question
from casework.use_cases.find_contact import Told, family_of, find_contact
from casework.use_cases.find_evidence_case import find_evidence_case
from casework.use_cases.issue_upload_link import issue_upload_link
from casework.use_cases.office import Office, speak, word
from casework.use_cases.queue_message import queue_message
from casework.use_cases.read_back import grouped_reference, spelt
from casework.use_cases.say_in_conversation import say_in_conversation
from casework.use_cases.tell_hours import in_words

LINK_KEY = "evidence"
"""What the keys of messages with a link begin with."""

AGAIN_AFTER = timedelta(minutes=10)
"""How long a link is given to arrive before another is sent to whoever asks again."""

MAY_ARRIVE = frozenset({Delivery.QUEUED, Delivery.SENT, Delivery.DELIVERED})


def offer_upload(
    office: Office, work: Work, conversation: Conversation, case: Case
) -> Utterance | None:
    """What to say of evidence once a case is opened: nothing for most. What the service needs is
    asked for with a day; what only helps is mentioned, but not by telephone."""
    needs = () if has_none(case) else needs_of(office.council.evidence, case)
    wanted = [need for need in needs if not need.optional]
    if not needs or (not wanted and conversation.channel is Channel.VOICE):
        return None
    service = case.service
    what = listed(office, conversation.channel, wanted or needs)
    if not wanted:
        if conversation.channel is Channel.SMS and _unsafe(conversation):
            return None
        said = speak(office, conversation, "evidence_helps", service=service, what=what)
        return replace(said, upload=_upload(case, needs))
    if conversation.channel is Channel.WEB:
        said = speak(
            office,
            conversation,
            "evidence_needed",
            service=service,
            what=what,
            due=_due(office, case),
        )
        return replace(said, upload=_upload(case, needs))
    return _by_link(office, work, conversation, case, what)


def answer_wish_to_send(office: Office, conversation_id: str, turn: Turn) -> list[Utterance] | None:
    """How a photo or a document can be sent, to somebody who says that they want to; what was
    asked is asked again. None for anything else, and where there is nothing yet it could be for."""
    if turn.choice is not None or not wants_to_send(turn.text):
        return None
    with office.store.begin() as work:
        conversation = work.conversations.get(conversation_id)
        draft = active_draft(work, conversation)
        case = find_evidence_case(office, work, conversation_id)
        if case is None and draft is None:
            return None
        if draft is not None and draft.asking in {"evidence", None}:
            # Whether there is proof is what was asked.
            return None
        said = _how_to_send(office, work, conversation, case)
        if draft is not None:
            return [said, question(office, conversation, draft)]
        return [asking_on(work, conversation, said)]


def say_received(
    office: Office,
    work: Work,
    conversation: Conversation,
    case: Case | None,
    received: Sequence[Evidence],
) -> Sequence[Message]:
    """Tells a resident, in a chat that is not over or by text, that their files are here."""
    if conversation.channel is Channel.VOICE:
        return ()
    if conversation.mode is Mode.CLOSED and conversation.channel is Channel.WEB:
        return ()
    thing = _thing(office, conversation, received)
    if case is None:
        said = speak(office, conversation, "evidence_kept", thing=thing)
    else:
        ref = grouped_reference(case.ref, conversation.channel)
        said = speak(
            office, conversation, "evidence_received", service=case.service, thing=thing, ref=ref
        )
    said = replace(asking_on(work, conversation, said), upload=upload_now(office, case))
    return say_in_conversation(office, work, conversation, [said], Author.SYSTEM)


def _thing(office: Office, conversation: Conversation, received: Sequence[Evidence]) -> str:
    """What came, in a word or two."""
    if len(received) > 1:
        return word(office, conversation, "evidence_several", count=len(received))
    if received[0].media_type is MediaType.PDF:
        return word(office, conversation, "evidence_document")
    return word(office, conversation, "evidence_photo")


def upload_now(office: Office, case: Case | None) -> Upload:
    """That files can be sent, for a case or for what is being told."""
    return Upload() if case is None else _upload(case, needs_of(office.council.evidence, case))


def listed(office: Office, channel: Channel, needs: Sequence[Need]) -> str:
    """What is needed, in a row."""
    whats = [office.council.fill(need.proof.what, channel) for need in needs]
    if len(whats) == 1:
        return whats[0]
    return f"{', '.join(whats[:-1])} {office.council.say('and', channel)} {whats[-1]}"


def _how_to_send(
    office: Office, work: Work, conversation: Conversation, case: Case | None
) -> Utterance:
    """By the button on the web, by a picture or a link in texts, by a link on the telephone."""
    if conversation.channel is Channel.WEB:
        said = speak(office, conversation, "evidence_here")
        return replace(said, upload=upload_now(office, case))
    if case is None:
        return speak(office, conversation, "evidence_here")
    values = {name: answer.value for name, answer in case.fields.items()}
    needs = needs_on(office.council.evidence, case.service, values)
    what = listed(office, conversation.channel, needs) if needs else ""
    return _by_link(
        office, work, conversation, case, what or word(office, conversation, "evidence_it")
    )


def _by_link(
    office: Office, work: Work, conversation: Conversation, case: Case, what: str
) -> Utterance:
    """A link in this run of texts, or to where the caller is told of the case; without a safe way
    the truth, that the team will say how."""
    service, due = case.service, _due(office, case)
    if conversation.channel is Channel.SMS and not _unsafe(conversation):
        url = issue_upload_link(office, work, case)
        said = speak(office, conversation, "evidence_link", service=service, what=what, due=due)
        label = word(office, conversation, "evidence_link_label")
        return replace(said, links=(Link(label, url),), upload=upload_now(office, case))
    if (before := _sent_lately(office, work, conversation, case)) is not None:
        return _sent_before(office, conversation, case, before)
    sent = send_link(office, work, conversation, case, what)
    if sent is Told.TEXT:
        return speak(
            office, conversation, "evidence_link_texted", service=service, what=what, due=due
        )
    if sent is Told.EMAIL:
        return speak(
            office, conversation, "evidence_link_mailed", service=service, what=what, due=due
        )
    return speak(office, conversation, "evidence_later", service=service, what=what)


def _sent_lately(
    office: Office, work: Work, conversation: Conversation, case: Case
) -> Outgoing | None:
    """The message with a link of a few minutes ago to where the next would go, if it may still
    arrive."""
    contact = find_contact(office, work, family_of(work, case), conversation)
    since = office.clock.now() - AGAIN_AFTER
    for message in reversed(work.outbox.of_case(case.ref)):
        ours = (message.key or "").startswith(f"{LINK_KEY}:") and message.to == contact.to
        if ours and message.created_at > since and message.state in MAY_ARRIVE:
            return message
    return None


def _sent_before(
    office: Office, conversation: Conversation, case: Case, before: Outgoing
) -> Utterance:
    """That a link is on its way, where to, and when another can be had."""
    minutes, service = int(AGAIN_AFTER / timedelta(minutes=1)), case.service
    if before.medium is Medium.EMAIL:
        return speak(
            office, conversation, "evidence_link_mailed_before", service=service, minutes=minutes
        )
    ending = before.to[-3:]
    return speak(
        office,
        conversation,
        "evidence_link_texted_before",
        service=service,
        ending=spelt(ending) if conversation.channel is Channel.VOICE else ending,
        minutes=minutes,
    )


def send_link(
    office: Office, work: Work, conversation: Conversation | None, case: Case, what: str
) -> Told:
    """Queues a link to where the resident is told of the case; how that was, if it was."""
    contact = find_contact(office, work, family_of(work, case), conversation)
    if contact.medium is None or contact.to is None:
        return contact.by
    url, council = issue_upload_link(office, work, case), office.council
    service, due = council.service(case.service), _due(office, case)
    texts = contact.by is Told.TEXT
    channel = Channel.SMS if texts else Channel.WEB
    ref = grouped_reference(case.ref, channel)
    days, short = council.evidence.link_lasts.days, service.short
    if texts:
        subject = ""
        text = council.say("evidence_text", channel, short=short, what=what, due=due, url=url)
    else:
        subject = council.say("evidence_email_subject", channel, ref=ref, short=short)
        text = council.say(
            "evidence_email", channel, short=short, what=what, due=due, url=url, days=days, ref=ref
        )
    queued = queue_message(
        office,
        work,
        medium=contact.medium,
        to=contact.to,
        subject=subject,
        text=text,
        # One for each link: whether another is wanted so soon is for whoever asks to decide.
        key=f"{LINK_KEY}:{case.ref}:{hash_of(url)}",
        conversation_id=case.conversation_id,
        case_ref=case.ref,
    )
    return contact.by if queued else Told.RECORDED


def _upload(case: Case, needs: Sequence[Need]) -> Upload:
    return Upload(
        case.ref, tuple(Needed(one.proof.id, one.proof.label, one.optional) for one in needs)
    )


def _due(office: Office, case: Case) -> str:
    """The day by which it should be here, in words. What is asked for late is due in as many days
    from now."""
    rules, today = office.council.evidence, office.local_now.date()
    due = due_on(rules, case, office.zone)
    if due is None or due <= today:
        of = rules.services.get(case.service)
        due = of.due(today) if of is not None else today + rules.link_lasts
    return in_words(due)


def _unsafe(conversation: Conversation) -> bool:
    return SAFE_CONTACT in conversation.flags


def asking_on(work: Work, conversation: Conversation, said: Utterance) -> Utterance:
    """The words, still awaiting whatever was asked before them: they must not hide a question."""
    pending = work.conversations.last_asking(conversation.id)
    if pending is None:
        return said
    return replace(pending.said, text=said.text, case_refs=(), links=said.links, upload=said.upload)
