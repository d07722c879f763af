"""Hears that somebody wants to go on with a form they left, and the code they were given for it."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.domain.conversations import Conversation, Turn, Utterance
from casework.domain.drafts import Draft, DraftState
from casework.domain.errors import NotFound
from casework.domain.resumes import MOST_WRONG_CODES, Resume, code_hash
from casework.ports.reading import Read, Refused
from casework.ports.store import Work
from casework.use_cases.filling import plain
from casework.use_cases.go_on_by_code import taken_up
from casework.use_cases.offer_next import offer_next, parked_draft
from casework.use_cases.office import Office, Progress, offering, speak
from casework.use_cases.resume_check import KINDS, check_of, is_guarded

CODE = "resume_code"
"""The kind of offer that awaits the code, and what is asked then."""

CHECK = "resume_check"
"""The kind of offer that awaits the answer to the check."""

HAS_CODE = re.compile(
    r"(?i)\b(?:have|got|given|sent|texted|here'?s|here is|use|enter|with|my|a|this|the)"
    r"(?: me)?(?: (?:a|the|my|this|that|your))?(?: (?:six|6)[- ](?:digit|figure|number))? code\b"
    r"(?! (?:from|on|for) (?:the|my|a) (?:bill|letter|voucher|bin|parking|meter))"
    r"|\bresume code\b|^\W*(?:six|6)[- ]digit code\b"
)
"""Speaks of the code that we gave."""

NOTHING_BUT_CODE = re.compile(
    r"(?i)\W*(?:(?:um+|er+m?|hello|hi|yes|yeah|oh|so|well|please)\W+)*"
    r"(?:i(?:'ve| have|ve)?(?: got| was given| was sent)? |you (?:gave|sent|texted) me |"
    r"here(?:'s| is) |(?:can i |i want to )?use )?(?:a|the|my|this|that)?(?: (?:six|6)[- ](?:digit|"
    r"figure|number))? ?code(?: (?:here|from you|to (?:carry on|continue|go on|finish|resume))"
    r"(?: with)?(?: it| (?:my|the) (?:form|report|move))?)?(?: please)?\W*"
)
"""Says that there is a code, and nothing else."""

OTHER_CODE = re.compile(
    r"(?i)\b(?:post|sort|bar|qr|dress|voucher|promo\w*|discount|bill|door|entry|gate|tax|area|"
    r"dialling|country|highway|building) ?codes?\b"
)

CARRIES_ON = re.compile(
    r"(?i)\b(?:carry on|continue|go on|finish(?: off)?|pick up|resume|go back to|get back to|"
    r"return to|complete)\b(?: with| from| filling in)?.{0,12}?"
    r"(?:\b(?:my|the|that|a|an)\b.{0,20}\b(?:form|application|report|request|questions)\b"
    r"|\bwhere (?:i|we) (?:left|stopped|was|were|got)\b"
    r"|\bwhat (?:i|we) (?:started|began|was doing|were doing|saved|left)\b)"
    r"|\b(?:i|we) (?:saved|kept|was cut off|got cut off|were cut off|(?:half )?filled in half)\b"
)
"""Wants to go on with a form begun before."""

LEAVES_IT = re.compile(
    r"(?i)\W*(?:no+|nope|nah|never ?mind|forget it|stop|cancel|skip|"
    r"(?:i )?(?:don'?t|do not|haven'?t|can'?t|cannot)(?: \w+){0,3}?(?:have|got|know|find|remember)"
    r"\b.*|i(?:'ve| have)? (?:lost|forgot(?:ten)?)\b.*|(?:start|begin) (?:again|over|afresh))\W*"
)
"""Has no code after all, or does not know what is asked."""

FEW = 5
"""Words besides its digits with which a number may come unasked and be a code."""


def is_code(conversation: Conversation, turn: Turn) -> bool:
    """Whether a message is nothing but the code that was asked for, or that there is one; words
    that the model may take for danger otherwise ("999 888")."""
    asked = conversation.offer is not None and conversation.offer.kind == CODE
    bare = asked and re.search(r"[^\W\d_]", turn.text) is None
    return turn.choice is None and (bare or NOTHING_BUT_CODE.fullmatch(turn.text) is not None)


def heard_code(
    office: Office, work: Work, conversation: Conversation, turn: Turn
) -> Progress | None:
    """What to do about a code, or the wish to go on; None when the message is about neither. Only
    outside a form."""
    if turn.choice is not None:
        return None
    offer = conversation.offer
    asked = offer is not None and offer.kind == CODE
    open_to_it = offer is None or offer.kind in {CODE, "more", "topics", "satisfied", "services"}
    speaks_of_it = HAS_CODE.search(turn.text) is not None and not OTHER_CODE.search(turn.text)
    code = _code(office, turn.text)
    if code is not None and (asked or speaks_of_it or (open_to_it and _is_bare(turn.text))):
        return _given(office, work, conversation, code, turn)
    if asked:
        return _not_given(office, work, conversation, turn)
    carries_on = CARRIES_ON.search(turn.text) is not None
    if speaks_of_it or (carries_on and parked_draft(work, conversation) is None):
        return ask_code(office, work, conversation)
    return None


def ask_code(
    office: Office, work: Work, conversation: Conversation, note: Utterance | None = None
) -> Progress:
    """Asks for the code, unless this conversation has given too many wrong ones."""
    if conversation.wrong_codes >= MOST_WRONG_CODES:
        return _ended(office, work, conversation, speak(office, conversation, "resume_too_many"))
    conversation = offering(work, conversation, CODE)
    said = note or speak(office, conversation, "ask_resume_code")
    return Progress((replace(said, asks=CODE, kind=CODE),), filling=False)


def found(office: Office, work: Work, hashed: str) -> tuple[Resume, Draft]:
    """The code's record and its draft. Raises NotFound for one that leads nowhere, whyever."""
    resume = work.resumes.get(hashed)
    draft = work.drafts.get(resume.draft_id)
    if resume.over(office.clock.now()) or draft.state is not DraftState.PARKED:
        raise NotFound("code")
    if not is_guarded(office, draft):
        raise NotFound("code")
    return resume, draft


def ask_check(office: Office, conversation: Conversation, draft: Draft) -> Utterance:
    """The question that shows whether it was they who told us; it tells nothing itself."""
    question = check_of(draft) or ""
    return speak(office, conversation, f"resume_{question}", asks=question, kind=KINDS[question])


def _code(office: Office, text: str) -> str | None:
    reading = office.reader.read(plain(CODE), text, office.context())
    return str(reading.value) if isinstance(reading, Read) else None


def _is_bare(text: str) -> bool:
    """Whether a message is little more than its number."""
    return len(re.findall(r"[a-z']+", text.lower())) <= FEW + 1 and "?" not in text


def _given(
    office: Office, work: Work, conversation: Conversation, code: str, turn: Turn
) -> Progress:
    if conversation.wrong_codes >= MOST_WRONG_CODES:
        return _ended(office, work, conversation, speak(office, conversation, "resume_too_many"))
    hashed = code_hash(office.code_key, code)
    try:
        _, draft = found(office, work, hashed)
    except NotFound:
        conversation = replace(conversation, wrong_codes=conversation.wrong_codes + 1)
        work.conversations.save(conversation)
        wrong = speak(office, conversation, "resume_code_wrong")
        return ask_code(office, work, conversation, wrong)
    if check_of(draft) is None:
        # Nothing in it is anybody's own: the code is enough.
        resume = work.resumes.get(hashed)
        work.resumes.save(replace(resume, used_by=conversation.id))
        return taken_up(office, work, conversation, draft.id, turn)
    conversation = offering(work, conversation, CHECK, words=hashed)
    return Progress((ask_check(office, conversation, draft),), filling=False)


def _not_given(
    office: Office, work: Work, conversation: Conversation, turn: Turn
) -> Progress | None:
    """No code in the reply to the question for it."""
    if LEAVES_IT.fullmatch(turn.text) or turn.label in {"deny", "stop", "dont_know"}:
        left = speak(office, conversation, "resume_without_code")
        return _ended(office, work, conversation, left)
    digits = office.reader.read(plain(CODE), turn.text, office.context())
    if isinstance(digits, Refused) and conversation.misses < 2:
        conversation = replace(conversation, misses=conversation.misses + 1)
        work.conversations.save(conversation)
        short = speak(office, conversation, f"refused_{digits.reason}")
        return ask_code(office, work, conversation, short)
    return None


def _ended(office: Office, work: Work, conversation: Conversation, said: Utterance) -> Progress:
    """Leaves it, and goes on with what comes next."""
    conversation = offering(work, replace(conversation, misses=0), None)
    _, more = offer_next(office, work, conversation, None)
    return Progress((said, *more), filling=False)
