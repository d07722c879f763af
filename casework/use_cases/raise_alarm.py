"""Danger outranks everything: the number to call first, then a person."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.conversations import (
    SAFE_CONTACT,
    SAFETY,
    Author,
    Channel,
    Conversation,
    Mode,
    Offer,
    Utterance,
)
from casework.domain.drafts import DraftState
from casework.domain.handoffs import HandoffReason
from casework.domain.safety import SafetyRule
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft, ask_draft
from casework.use_cases.deal_once import deal_once
from casework.use_cases.join_queue import moved_up
from casework.use_cases.offer_next import offer_next
from casework.use_cases.office import Office, Progress, offering, speak, yes_no
from casework.use_cases.read_back import number_in_words
from casework.use_cases.staffing import staffed, waiting_handoff

ALARM = "alarm"
"""The kind of offer that an alarm leaves open; its services are the label and the wording."""

CANNOT_TALK = re.compile(
    r"(?i)\b(?:can'?t|cannot|can not) (?:really )?(?:talk|speak|type|chat|stay|say)\b"
    r"|\b(?:i'?ve got to|i have to|got to|gotta|need to|must) (?:go|hang up)\b"
)
"""Must break off."""

OVERHEARD = re.compile(
    r"(?i)\b(?:he|she|they)(?:'?s| is|'?re| are|'ll be)"
    r" (?:just )?(?:coming|here|back|home|listening|outside|in the (?:room|house))\b"
)
"""Whoever they are afraid of is near."""

REFUSES = re.compile(r"(?i)\b(no|not|nobody|no one|don'?t|do not|won'?t|never|without)\b")
"""What makes an answer after an alarm a no: "I don't want to talk to anyone"."""


def screen_message(office: Office, text: str) -> SafetyRule | None:
    """The council's safety rule that a message sets off, if any."""
    return office.screen.screen(text)


def raise_alarm(office: Office, conversation_id: str, rule: SafetyRule, turn_id: str) -> Progress:
    """Answers a message that set off a safety rule. Raises NotFound."""

    def deal(work: Work, conversation: Conversation) -> Progress:
        if rule.label in conversation.flags and conversation.mode is Mode.BOT:
            # Warned before, and now they must break off: the numbers, and nothing more.
            heard = work.conversations.turn(conversation_id, turn_id)
            words = heard[0].said.text if heard else ""
            if quiet := goes_quiet(office, work, conversation, words):
                return quiet
        return alarm(office, work, conversation, rule.label, rule.wording)

    progress = deal_once(office, conversation_id, turn_id, deal)
    if progress.said and progress.filling:
        return Progress((*progress.said, *ask_draft(office, conversation_id)), filling=True)
    return progress


def alarm(
    office: Office, work: Work, conversation: Conversation, label: str, wording: str
) -> Progress:
    """Flags the conversation, puts a form aside, says whom to call and offers a person; whoever
    waits for one already, or has one, stays with that."""
    known = label in conversation.flags
    conversation = _flagged(office, work, conversation, label)
    first = Utterance(
        text=office.council.say(wording, conversation.channel),
        service=label,
    )
    if conversation.mode is not Mode.BOT:
        return _with_person(office, work, conversation, first)
    draft = active_draft(work, conversation)
    if draft is not None and known and label in {draft.service, draft.about}:
        # What a person needs to know of this very danger is being taken down: that goes on.
        work.conversations.save(conversation)
        return Progress((first,), filling=True)
    if draft is not None:
        work.drafts.save(replace(draft, state=DraftState.PARKED))
    conversation = offering(work, conversation, ALARM, [label, wording])
    return Progress((first, _offer(office, work, conversation, label)), filling=False)


def _offer(office: Office, work: Work, conversation: Conversation, label: str) -> Utterance:
    """A person now; when nobody comes, who answers at any hour, and a call."""
    line = office.council.line_of(office.council.service(label))
    now = staffed(office, work, conversation.channel)
    return speak(
        office,
        conversation,
        "alarm_offer_person_now" if now else "alarm_offer_person",
        service=label,
        asks="offer",
        choices=yes_no(office, conversation),
        line=number_in_words(line.phone, conversation.channel),
        what=line.what,
    )


def _flagged(office: Office, work: Work, conversation: Conversation, label: str) -> Conversation:
    rules = [rule for rule in office.council.safety_rules if rule.label == label]
    wanted = (label, SAFE_CONTACT) if any(rule.safe_contact for rule in rules) else (label,)
    new = tuple(flag for flag in wanted if flag not in conversation.flags)
    conversation = replace(conversation, flags=(*conversation.flags, *new), service=label, misses=0)
    work.conversations.save(conversation)
    return conversation


def _with_person(
    office: Office, work: Work, conversation: Conversation, first: Utterance
) -> Progress:
    """Danger while a person is waited for, or there: the form stays open for that person, and
    whoever waits comes first."""
    for handoff in work.handoffs.of_conversation(conversation.id):
        if handoff.is_open:
            now = office.clock.now()
            danger = replace(handoff, reason=HandoffReason.DANGER, about=conversation.service)
            work.handoffs.save(replace(danger, updated_at=now))
    if waiting_handoff(work, conversation.id) is None:
        return Progress((first,), filling=False)
    return Progress((first, moved_up(office, work, conversation)), filling=False)


def still_alarmed(office: Office, work: Work, conversation: Conversation) -> Progress | None:
    """The alarm's answer once more, to whatever is not a plain reply to it; None without one."""
    offer = conversation.offer
    if offer is not None and offer.kind == ALARM:
        label, wording = offer.services
        return alarm(office, work, conversation, label, wording)
    # They did not want a person, and are still there: the numbers are told again.
    lately = str(conversation.service)
    if lately in SAFETY and offer is not None and offer.kind == "more":
        return alarm(office, work, conversation, lately, lately)
    return None


def goes_quiet(
    office: Office, work: Work, conversation: Conversation, text: str
) -> Progress | None:
    """Ends at once, with the numbers, for whoever is in danger and cannot go on talking."""
    label = str(conversation.service)
    if SAFE_CONTACT not in conversation.flags or label not in SAFETY:
        return None
    draft = active_draft(work, conversation)
    # "Don't ring while he is here" tells how to ring, when that is asked.
    told = draft is not None and draft.asking in {"about", "when"}
    if not CANNOT_TALK.search(text) and (told or not OVERHEARD.search(text)):
        return None
    if draft is not None:
        work.drafts.save(replace(draft, state=DraftState.PARKED))
    progress = tell_numbers(office, work, conversation, label)
    if conversation.channel is Channel.VOICE:
        over = work.conversations.get(conversation.id)
        work.conversations.save(replace(over, mode=Mode.CLOSED, offer=None))
    return progress


def tell_numbers(office: Office, work: Work, conversation: Conversation, label: str) -> Progress:
    """Whom to call, once more, and nothing else; what is said next is taken as after an alarm."""
    wording = _wording_of(office, work, conversation, label)
    if SAFE_CONTACT in conversation.flags:
        key = "alarm_quiet_abuse" if wording == "domestic_abuse" else "alarm_quiet"
        said = speak(office, conversation, key, service=label)
    else:
        said = Utterance(text=office.council.say(wording, conversation.channel), service=label)
    offering(work, conversation, ALARM, [label, wording])
    return Progress((said,), filling=False)


def _wording_of(office: Office, work: Work, conversation: Conversation, label: str) -> str:
    """The words of the rule by which this danger was heard; those of its label otherwise."""
    offer = conversation.offer
    if offer is not None and offer.kind == ALARM and offer.services[0] == label:
        return offer.services[1]
    for message in reversed(work.conversations.messages(conversation.id)):
        if message.author is Author.RESIDENT and not message.choice:
            rule = office.screen.screen(message.said.text)
            if rule is not None and rule.label == label:
                return rule.wording
    return label


def declines_person(
    office: Office, work: Work, conversation: Conversation, text: str
) -> Progress | None:
    """What to say to whoever, after an alarm, does not want a person: only a clear yes counts."""
    offer = conversation.offer
    if offer is None or offer.kind != ALARM or not REFUSES.search(text):
        return None
    return leave_be(office, work, conversation, offer)


def leave_be(office: Office, work: Work, conversation: Conversation, offer: Offer) -> Progress:
    """Stays, without pressing; what was put aside is offered again."""
    stays = speak(office, conversation, "alarm_stay", service=offer.services[0])
    _, more = offer_next(office, work, conversation, None)
    return Progress((stays, *more), filling=False)
