"""Keeps a half-filled form for a resident who leaves it, under a code that takes it up again."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.catalogue import CALLBACK
from casework.domain.commands import Command, command_in
from casework.domain.conversations import (
    SAFE_CONTACT,
    SAFETY,
    Channel,
    Conversation,
    Mode,
    Turn,
    Utterance,
)
from casework.domain.drafts import Answer, Draft, DraftState, Source
from casework.domain.errors import Conflict, NotFound
from casework.domain.outbox import Medium
from casework.domain.resumes import CODE_LASTS, Resume, code_hash
from casework.ports.reading import Read
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.forget_draft import KEEP, KEEP_NAME, forget
from casework.use_cases.look_up import LOOK_UPS
from casework.use_cases.number_to_text import number_to_text, why_no_text
from casework.use_cases.offer_next import offer_next
from casework.use_cases.office import Office, Progress, offering, speak, yes_no
from casework.use_cases.open_draft import source_of
from casework.use_cases.queue_message import queue_message
from casework.use_cases.read_back import spelt
from casework.use_cases.resume_check import is_guarded

ATTEMPTS = 20

NAME_FIELD = "name"

WANTS_IT_KEPT = re.compile(
    r"(?i)\b(?:save|keep|later|text (?:(?:it|that|this) to )?me|send me (?:a|the) code|code)\b"
)


def worth_keeping(conversation: Conversation, draft: Draft) -> bool:
    """Whether a form is kept if they like: something was told towards it. Nothing is kept of a
    danger, nor where a message could put somebody at risk."""
    about = draft.about or draft.service
    if SAFE_CONTACT in conversation.flags or about in SAFETY:
        return False
    if draft.service in LOOK_UPS or draft.service == CALLBACK:
        return False
    own = {Source.SAID, Source.TYPED, Source.KEYED}
    told = [a for a in draft.answers.values() if a.source in own and a.value is not None]
    return bool(told)


def offer_to_keep(
    office: Office, work: Work, conversation: Conversation, draft: Draft
) -> tuple[Utterance, ...]:
    """Drops the draft, and asks whether to keep it. Without a yes it is forgotten."""
    dropped = replace(draft, state=DraftState.DROPPED, updated_at=office.clock.now())
    work.drafts.save(dropped)
    service = draft.about or draft.service
    conversation = offering(work, conversation, KEEP, [service], draft.id)
    by_text = number_to_text(work, conversation) if conversation.channel is Channel.VOICE else None
    key = "offer_keep_text" if by_text else "offer_keep"
    said = speak(
        office,
        conversation,
        key,
        service=service,
        asks="offer",
        choices=yes_no(office, conversation),
        days=CODE_LASTS.days,
    )
    return (said,)


def take_keep(
    office: Office, work: Work, conversation: Conversation, turn: Turn, agreed: bool | None
) -> Progress | None:
    """Hears whether to keep it. None for what answers something else; the form is then forgotten
    with the offer."""
    offer = conversation.offer
    if offer is None or offer.kind != KEEP:
        return None
    if agreed is None and turn.choice is None and WANTS_IT_KEPT.search(turn.text):
        agreed = True
    draft = work.drafts.get(offer.words)
    heard = command_in(turn.text) if turn.choice is None else None
    back = heard is not None and heard.command in {Command.CARRY_ON, Command.REPEAT}
    if heard is not None and back and agreed is not True:
        return _changed_their_mind(office, work, conversation, draft, turn, heard.command)
    if agreed is None:
        return None
    conversation = offering(work, conversation, None)
    if agreed and draft.state is not DraftState.CONFIRMED and draft.answers:
        if wanted := _name_wanted(office, work, conversation, draft):
            return wanted
        said = _kept(office, work, conversation, draft)
    elif draft.state is DraftState.PARKED:
        # Offered in a silence: whoever is there after all is asked whether to go on.
        return Progress(offer_next(office, work, conversation, None)[1], filling=False)
    else:
        forget(work, draft)
        said = speak(office, conversation, "not_kept", service=draft.about or draft.service)
    _, more = offer_next(office, work, conversation, None)
    return Progress((said, *more), filling=False)


def _name_wanted(
    office: Office, work: Work, conversation: Conversation, draft: Draft
) -> Progress | None:
    """The question for a name, if the form holds something private and nothing that shows who told
    it; None when it can be kept as it is."""
    if is_guarded(office, draft):
        return None
    service = draft.about or draft.service
    conversation = offering(work, conversation, KEEP_NAME, [service], draft.id)
    said = speak(
        office, conversation, "ask_keep_name", service=service, asks=NAME_FIELD, kind="person_name"
    )
    return Progress((said,), filling=False)


def take_keep_name(
    office: Office, work: Work, conversation: Conversation, turn: Turn
) -> Progress | None:
    """Hears the name under which a form is kept; without one it is not."""
    offer = conversation.offer
    if offer is None or offer.kind != KEEP_NAME or turn.choice is not None:
        return None
    draft = work.drafts.get(offer.words)
    reading = office.reader.read(office.council.fields[NAME_FIELD], turn.text, office.context())
    if isinstance(reading, Read):
        held = Answer(reading.value, source_of(conversation, turn), office.clock.now())
        draft = draft.with_answer(NAME_FIELD, held)
        said = _kept(office, work, offering(work, conversation, None), draft)
    elif conversation.misses:
        forget(work, draft)
        conversation = replace(conversation, misses=0)
        said = speak(office, conversation, "not_kept", service=offer.services[0])
    else:
        work.conversations.save(replace(conversation, misses=1))
        again = speak(
            office,
            conversation,
            "ask_keep_name",
            service=offer.services[0],
            asks=NAME_FIELD,
            kind="person_name",
        )
        return Progress((speak(office, conversation, "not_caught"), again), filling=False)
    _, more = offer_next(office, work, offering(work, conversation, None), None)
    return Progress((said, *more), filling=False)


def _changed_their_mind(
    office: Office,
    work: Work,
    conversation: Conversation,
    draft: Draft,
    turn: Turn,
    command: Command,
) -> Progress:
    """Goes on with the form after all; or asks once more whether to keep it."""
    if command is Command.REPEAT or draft.state is not DraftState.DROPPED or not draft.answers:
        return Progress(offer_to_keep(office, work, conversation, draft), filling=False)
    draft = replace(draft, state=DraftState.FILLING, updated_at=office.clock.now())
    work.drafts.save(draft)
    conversation = offering(work, replace(conversation, draft_id=draft.id), None)
    service = draft.about or draft.service
    return Progress((speak(office, conversation, "resumed", service=service),), filling=True)


def _kept(office: Office, work: Work, conversation: Conversation, draft: Draft) -> Utterance:
    """Parks the draft and gives its code out: by text to a caller, else here."""
    code = _park(office, work, conversation, draft)
    number = number_to_text(work, conversation) if conversation.channel is Channel.VOICE else None
    service, days = draft.about or draft.service, CODE_LASTS.days
    shown = _grouped(code)
    if number is not None:
        text = office.council.say("code_text", Channel.SMS, code=shown, days=days)
        if _texted(office, work, conversation, number, text, draft.id):
            return speak(office, conversation, "kept_texted", service=service, days=days)
    if conversation.channel is Channel.VOICE:
        shown = spelt(shown)
    return speak(office, conversation, "kept_code", service=service, code=shown, days=days)


def keep_dropped(office: Office, work: Work, conversation: Conversation) -> bool:
    """Keeps the form of somebody who was cut off, and texts them its code; whether it did.

    Only with a mobile whose number is known, and where a text puts nobody at risk. Nothing of what
    they told is in the text.
    """
    draft = active_draft(work, conversation)
    if draft is None or conversation.mode is not Mode.BOT or conversation.channel is Channel.SMS:
        # Whoever texts is not cut off, and did not ask to be written to.
        return False
    number = number_to_text(work, conversation) or _number_given(work, conversation, draft)
    if number is None or not worth_keeping(conversation, draft) or not is_guarded(office, draft):
        return False
    code = _park(office, work, conversation, draft)
    shown = _grouped(code)
    text = office.council.say("cut_off_text", Channel.SMS, code=shown, days=CODE_LASTS.days)
    return _texted(office, work, conversation, number, text, draft.id)


def _park(office: Office, work: Work, conversation: Conversation, draft: Draft) -> str:
    """Puts the draft aside under a new code, and gives that; an older one works no more."""
    now = office.clock.now()
    for older in work.resumes.of_draft(draft.id):
        work.resumes.remove(older.code_hash)
    parked = replace(draft, state=DraftState.PARKED, yes_turn_id=None, updated_at=now)
    work.drafts.save(parked)
    for _ in range(ATTEMPTS):
        code = office.ids.new_code()
        hashed = code_hash(office.code_key, code)
        try:
            held = work.resumes.get(hashed)
        except NotFound:
            pass
        else:
            if not held.over(now):
                continue
            work.resumes.remove(hashed)
        try:
            work.resumes.add(
                Resume(hashed, conversation.id, draft.id, now, expires_at=now + CODE_LASTS)
            )
        except Conflict:
            # Given out by another process this very moment.
            continue
        return code
    raise Conflict("no free code found")


def _number_given(work: Work, conversation: Conversation, draft: Draft) -> str | None:
    """The mobile that somebody in a chat gave for this matter."""
    if conversation.channel is not Channel.WEB:
        return None
    given = [str(draft.value(name) or "") for name in ("contact", "phone")]
    return next((n for n in given if n and why_no_text(work, conversation, n) is None), None)


def _texted(
    office: Office, work: Work, conversation: Conversation, number: str, text: str, draft_id: str
) -> bool:
    now = office.clock.now()
    return queue_message(
        office,
        work,
        medium=Medium.TEXT,
        to=number,
        text=text,
        key=f"code:{draft_id}:{now.isoformat()}",
        conversation_id=conversation.id,
    )


def _grouped(code: str) -> str:
    return f"{code[:3]} {code[3:]}"
