"""Takes along what a reply gives away besides its answer, and says what was so taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from casework.domain.branches import is_doubtful
from casework.domain.conversations import NOTED
from casework.domain.drafts import uses_in_order
from casework.domain.fields import Field
from casework.ports.reading import Read
from casework.use_cases.filling import Filling
from casework.use_cases.office import Progress, word
from casework.use_cases.read_back import read_back

HOMES = ("old_address", "new_address")
"""The two homes of a move."""

WITHIN = "within"
"""The kind of move between two homes of the council's area."""

POSTCODE = re.compile(r"(?i)\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b")

SMALL = frozenset(
    """it it's its is i'm i am live we at in on of to from the my our a an address house home flat
    number no please yes and for that's that this here one two three four five six seven eight nine
    ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty
    forty fifty sixty seventy eighty ninety hundred oh double plymouth postcode""".split()
)
"""Words that leave a reply with an address an address and nothing else."""


def take_along(filling: Filling) -> None:
    """Takes along what else the reply gives away, for fields still open."""
    open_fields = [
        filling.completed(use.field)
        for use in uses_in_order(filling.service, filling.draft)
        if _is_open(filling, use.field.id)
    ]
    found = filling.office.reader.find(open_fields, filling.turn.text, filling.office.context())
    today = filling.office.local_now.date()
    # What may be a slip is rather asked for than taken along.
    likely = {f.id for f in open_fields if not is_doubtful(f, found.get(f.id), today)}
    taken = {field_id: value for field_id, value in found.items() if field_id in likely}
    for field_id, value in taken.items():
        filling.answer(field_id, value)
    tell_noted(filling, list(taken))


def take_how_often(filling: Filling, answered: Field) -> None:
    """Takes how often an amount is paid from the reply that gives it: "twelve hundred a month"."""
    use = filling.service.use("frequency")
    if answered.type != "money" or use is None or not _is_open(filling, use.field.id):
        return
    reading = filling.office.reader.read(use.field, filling.said, filling.office.context())
    if isinstance(reading, Read):
        filling.answer(use.field.id, reading.value)
        tell_noted(filling, [use.field.id])


def _is_open(filling: Filling, field_id: str) -> bool:
    """Whether a field may still be filled: not answered, or left out of a group that needs one."""
    left_out = any(field_id in group for group in filling.service.one_of)
    held = filling.draft.answers.get(field_id)
    return held is None or (left_out and held.value is None)


def tell_noted(filling: Filling, field_ids: Sequence[str]) -> None:
    """Says what was taken from a sentence that answered something else, so that it can be put
    right."""
    office, conversation, service = filling.office, filling.conversation, filling.service
    lines = []
    for use in uses_in_order(service, filling.draft):
        if use.field.id not in field_ids or use.field.type == "text":
            continue
        value = filling.draft.value(use.field.id)
        told = read_back(office, conversation, service, use.field, value)
        lines.append(word(office, conversation, "summary_line", label=use.field.label, value=told))
    if lines:
        between = word(office, conversation, "summary_between")
        filling.note("noted", summary=between.join(lines))
        filling.notes = (*filling.notes[:-1], replace(filling.notes[-1], kind=NOTED))


def stays_within(filling: Filling, field: Field) -> None:
    """Puts right the kind of a move whose two homes are both ours, and says so.

    Only for an address given with its postcode: there is an Oak Street in every town.
    """
    asked = filling.service.use("direction")
    if asked is None or field.id not in HOMES or asked.field.option(WITHIN) is None:
        return
    homes = [filling.draft.value(name) or {} for name in HOMES]
    ours = all(home.get("matched") for home in homes)
    if ours and filling.draft.value("direction") != WITHIN and POSTCODE.search(filling.turn.text):
        filling.answer("direction", WITHIN)
        tell_noted(filling, ["direction"])


def address_instead(filling: Filling, field: Field) -> Progress | None:
    """An address of ours given where a text was asked for, while an address is still open: it is
    taken for that, and the text is asked for again."""
    if field.type != "text" or filling.turn.choice is not None:
        return None
    wanted = [
        use.field
        for use in uses_in_order(filling.service, filling.draft)
        if use.field.type == "address" and use.field.id not in filling.draft.answers
    ]
    if len(wanted) != 1:
        return None
    reading = filling.office.reader.read(wanted[0], filling.said, filling.office.context())
    if not isinstance(reading, Read) or not reading.value["matched"]:
        return None
    known = f"{' '.join(reading.value['lines'])} {reading.value['postcode']}".lower()
    spoken = POSTCODE.sub(" ", filling.said.lower())
    left = set(re.findall(r"[a-z0-9']+", spoken)) - set(known.split()) - SMALL
    if left:
        return None
    filling.answer(wanted[0].id, reading.value)
    tell_noted(filling, [wanted[0].id])
    filling.keep(filling.draft)
    return Progress(filling.notes, filling=True)
