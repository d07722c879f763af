"""Another time to be rung, asked for once one was chosen: "could you make it Friday instead?"."""

from __future__ import annotations

import re

from casework.domain.drafts import CONFIRM
from casework.domain.fields import Field
from casework.domain.plain_words import plain_words
from casework.ports.reading import Pick, Read, Reading, Refused
from casework.use_cases.filling import Filling

_GREETS = re.compile(
    r"\b(?:good|great|nice|lovely|happy|pleasant|wonderful)(?: rest of (?:the|your))? "
    r"(?:morning|afternoon|evening|night|day|week ?end|week)\b"
)
"""A greeting or a farewell, which names a time of day and asks for none."""

_SAYS_WHEN = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat)"
    r"|tomorrow|today|tonight|mornings?|afternoons?|evenings?|lunch ?time|lunch|noon|midday"
    r"|week ?ends?|next week|first thing|sooner|soonest|soon|earlier|earliest|later|asap"
    r"|straight away|(?:ring|call|phone)(?: me)? now"
    r"|[0-9]{1,2} ?(?:am|pm)|[0-9]{1,2} o ?clock|[ap] ?m|o ?clock"
    r"|[0-9]{1,2}(?:st|nd|rd|th)|half past|quarter (?:past|to))\b"
)

_OWN_TIME = re.compile(
    r"(?i)\b(?:i'?ll|i will|i'?m going to|let me|"
    r"later(?! (?:in|on|that|this|the|than|time|slot))|now)\b"
)
"""Says when they will do something themselves."""

_AROUND = frozenset(
    """mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday
    sunday mondays tuesdays wednesdays thursdays fridays today tomorrow tonight morning mornings
    afternoon afternoons evening evenings lunch lunchtime noon midday weekend weekends week weeks
    next this coming following first last thing later earlier sooner soon soonest asap earliest
    possible now straight away fortnight january february march april may june july august september
    october november december am pm a p m o clock oclock half past quarter one two three four five
    six seven eight nine ten eleven twelve after before between around about at on in of the end
    start middle until till to from by any other else different another time day days date slot
    make made change changed move moved switch swap put push bring set have do ring rang call phone
    ringing back me us it its is be would could should can cant cannot couldnt wont will shall not
    you we i id im ive ill they someone somebody like love prefer preferred rather want wanted need
    needs lets say said meant mean sorry no nope nah yes yeah yep ok okay please thanks thank
    actually instead but just wait hang hold er erm um oh well better best good great suit suits
    works fine free available ideally maybe perhaps if might what how or and then dont doesnt only
    unless bit little slightly busy home here use any great out up that thats there so as for my
    your with more easier convenient""".split()
)
"""Words of a wish to be rung at another time; any other word tells of something else."""


def another_time(
    filling: Filling, answered: list[Field], words: str
) -> tuple[Field, Reading | None] | None:
    """The time to ring that is asked for in place of the one held, and its field; with None where
    it must be asked anew. `words` are the reply without what says that it corrects."""
    field = next((one for one in answered if one.type == "callback_slot"), None)
    held = None if field is None else filling.draft.value(field.id)
    if field is None or held is None or filling.draft.asking == field.id:
        return None
    if not _wishes(filling.turn.text):
        return None
    office, context = filling.office, filling.office.context(held)
    reading = office.reader.read(field, words, context)
    if not isinstance(reading, Read | Pick | Refused):
        reading = office.reader.read(field, filling.turn.text, context)
    keeps = isinstance(reading, Read) and reading.value == held
    if isinstance(reading, Pick):
        keeps = any(one.value == held for one in reading.candidates)
    return None if keeps else (field, reading)


def names_another_time(filling: Filling) -> bool:
    """Whether a reply to the read-back says when to ring, and not when they will go on with it."""
    if filling.draft.asking != CONFIRM or filling.turn.choice is not None:
        return False
    rung = any(
        use.field.type == "callback_slot" and use.field.id in filling.draft.answers
        for use in filling.service.uses
    )
    return rung and _wishes(filling.turn.text) and _OWN_TIME.search(filling.turn.text) is None


def _wishes(text: str) -> bool:
    """Whether words say a time, and nothing that is not said around one."""
    plain = _GREETS.sub(" ", plain_words(text))
    if _SAYS_WHEN.search(plain) is None:
        return False
    words = re.findall(r"[a-z]+", plain.replace("'", ""))
    return all(word in _AROUND or word in {"st", "nd", "rd", "th"} for word in words)
