"""Keeps a half-filled form for a resident who leaves it, under a code that takes it up again."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.catalogue import CALLBACK
from casework.domain.conversations import SAFETY, Channel, Conversation, Mode, Turn, Utterance
from casework.domain.drafts import Draft, DraftState, Source
from casework.domain.errors import Conflict, NotFound
from casework.domain.outbox import Medium
from casework.domain.phones import is_mobile
from casework.domain.resumes import CODE_LASTS, Resume, code_hash
from casework.ports.store import Work
from casework.use_cases.ask_draft import active_draft
from casework.use_cases.forget_draft import KEEP, forget
from casework.use_cases.look_up import LOOK_UPS
from casework.use_cases.offer_next import offer_next
from casework.use_cases.office import Office, Progress, offering, speak, yes_no
from casework.use_cases.queue_message import queue_message
from casework.use_cases.read_back import spelt
from casework.use_cases.resume_check import check_of

ATTEMPTS = 20

LATER = re.compile(
    r"(?:(?:actually|sorry|ok|okay|no|oh|well|look|um|er|but|can i|could i|can we|i think|"
    r"i'd rather|i would rather|i'd like to|i want to|please|just) )*(?:"
    r"(?:i'll|i will|i'll have to|i need to|i have to|i've got to|let me)?(?: just)? ?"
    r"(?:do|finish|complete|continue|carry on(?: with)?|come back to|get back to|sort|fill in) ?"
    r"(?:it|this|that|the rest|the form|my form|this form|you)?(?: off)?(?: out)? "
    r"(?:later(?: on)?|another (?:time|day)|some other time|tomorrow|tonight|after work)|"
    r"(?:maybe |perhaps )?(?:another time|some other time|not (?:right )?now|later then|later)|"
    r"(?:i'll |i will )(?:ring|call|phone|text|come) back(?: later| tomorrow| another time)?|"
    r"save(?: it| this| that| my form| my answers| the form| what i'?ve (?:said|told you))?"
    r"(?: for later| for now| and (?:continue|finish|carry on) later)?|"
    r"keep (?:it|this|my form|my answers)(?: for later)|"
    r"(?:i've |i have |i )?(?:got to|have to|need to|gotta|must) (?:go|leave|dash|run|stop)"
    r")(?: now| please| thanks| thank you| then| if that's ok)*"
)
"""Leaves a form for now, in words that answer nothing."""

WANTS_IT_KEPT = re.compile(r"(?i)\b(?:save|keep|later|text me|send me (?:a|the) code|code)\b")


def leaves_for_now(text: str) -> bool:
    """Whether a resident leaves the form to go on another time."""
    return LATER.fullmatch(" ".join(re.findall(r"[a-z0-9']+", text.lower()))) is not None


def worth_keeping(conversation: Conversation, draft: Draft) -> bool:
    """Whether a form can be kept: something was told towards it that also shows, later, who told
    it. Nothing is kept of a danger, nor where a message could put somebody at risk."""
    about = draft.about or draft.service
    if "safe_contact" in conversation.flags or about in SAFETY:
        return False
    if draft.service in LOOK_UPS or draft.service == CALLBACK:
        return False
    own = {Source.SAID, Source.TYPED, Source.KEYED}
    told = [a for a in draft.answers.values() if a.source in own and a.value is not None]
    return bool(told) and check_of(draft) is not None


def offer_to_keep(
    office: Office, work: Work, conversation: Conversation, draft: Draft
) -> tuple[Utterance, ...]:
    """Drops the draft, and asks whether to keep it. Without a yes it is forgotten."""
    dropped = replace(draft, state=DraftState.DROPPED, updated_at=office.clock.now())
    work.drafts.save(dropped)
    service = draft.about or draft.service
    conversation = offering(work, conversation, KEEP, [service], draft.id)
    by_text = conversation.channel is Channel.VOICE and _number(work, conversation) is not None
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
    if agreed is None:
        return None
    draft = work.drafts.get(offer.words)
    conversation = offering(work, conversation, None)
    if agreed and draft.state is not DraftState.CONFIRMED and draft.answers:
        said = _kept(office, work, conversation, draft)
    elif draft.state is DraftState.PARKED:
        # Offered in a silence: whoever is there after all is asked whether to go on.
        return Progress(offer_next(office, work, conversation, None)[1], filling=False)
    else:
        forget(work, draft)
        said = speak(office, conversation, "not_kept", service=draft.about or draft.service)
    _, more = offer_next(office, work, conversation, None)
    return Progress((said, *more), filling=False)


def _kept(office: Office, work: Work, conversation: Conversation, draft: Draft) -> Utterance:
    """Parks the draft and gives its code out: by text to a caller, else here."""
    code = _park(office, work, conversation, draft)
    number = _number(work, conversation) if conversation.channel is Channel.VOICE else None
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
    number = _number(work, conversation) or _number_given(work, conversation, draft)
    if number is None or not worth_keeping(conversation, draft):
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


def _number(work: Work, conversation: Conversation) -> str | None:
    """The mobile that they ring or text from, unless it is withheld or wants no texts."""
    number = conversation.caller
    fit = number is not None and is_mobile(number) and not work.opt_outs.has(number)
    return number if fit else None


def _number_given(work: Work, conversation: Conversation, draft: Draft) -> str | None:
    """The mobile that somebody in a chat gave for this matter."""
    if conversation.channel is not Channel.WEB:
        return None
    given = [str(draft.value(name) or "") for name in ("contact", "phone")]
    return next((n for n in given if is_mobile(n) and not work.opt_outs.has(n)), None)


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
