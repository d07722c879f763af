"""The field that is asked for, with the options that only the moment knows."""

from __future__ import annotations

from dataclasses import replace

from casework.domain.catalogue import Service
from casework.domain.conversations import Conversation
from casework.domain.drafts import Draft
from casework.domain.fields import Field, Option
from casework.domain.working_time import callback_slots
from casework.ports.reading import Pick, Read
from casework.use_cases.identity_asked import asked_use
from casework.use_cases.office import Office
from casework.use_cases.prepared import service_taken
from casework.use_cases.read_back import slot_label

SLOTS_KNOWN = 20
"""Times to ring that are understood, about two weeks of them."""

CHOSEN = frozenset({"choice", "choices"})
"""Types whose values have words of their own in the council's folder."""

PLACES = frozenset({"address", "location"})


def completed(office: Office, conversation: Conversation, service: Service, field: Field) -> Field:
    """The field with the options that only the moment knows: teams to tell, slots to ring."""
    if field.type == "choices":
        teams = office.council.teams
        # Those that know the resident already come first, once it is known who that is.
        identity = conversation.identity
        known = identity.services if identity is not None else ()
        to_choose = [tell for tell in service.tells if not tell.must]
        tells = sorted(to_choose, key=lambda tell: tell.team not in known)
        told = tuple(Option(t.team, t.label, teams[t.team].words) for t in tells)
        return replace(field, options=told)
    if field.type == "callback_slot":
        slots = callback_slots(
            office.clock.now(),
            office.council.callback_parts,
            office.council.hours,
            office.holidays.is_holiday,
            office.zone,
            SLOTS_KNOWN,
        )
        ids = [f"{start.isoformat()}/{end.isoformat()}" for start, end in slots]
        offered = tuple(Option(i, slot_label(office, conversation, i)) for i in ids)
        return replace(field, options=offered)
    return field


def holds_choice(office: Office, conversation: Conversation, draft: Draft, text: str) -> bool:
    """Whether words name one of the choices that the draft asks for ("we're renting")."""
    service = service_taken(office.council, draft)
    use = asked_use(office.council, service, draft.asking)
    if use is None or use.field.type not in CHOSEN or draft.candidates:
        return False
    field = completed(office, conversation, service, use.field)
    return isinstance(office.reader.read(field, text, office.context()), Read)


def names_place(office: Office, draft: Draft, text: str) -> bool:
    """Whether words name a place that the council knows, where the draft asks for one ("it's on Elm
    Road"): the name of a street alone could be a question about its roadworks."""
    use = asked_use(office.council, service_taken(office.council, draft), draft.asking)
    if use is None or use.field.type not in PLACES:
        return False
    reading = office.reader.read(use.field, text, office.context())
    return isinstance(reading, Pick) or (
        isinstance(reading, Read) and bool(reading.value.get("matched"))
    )
