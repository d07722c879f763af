"""What a resident says to each question, and how it is then stored."""

from __future__ import annotations

from typing import Any

from casework.domain.catalogue import Kind, Service
from tests.office import Talk, the_council

TAKEN = (Kind.CHANGE, Kind.REQUEST, Kind.REPORT)

ELM = {"uprn": "10099000063", "postcode": "PL4 7AA", "matched": True}
OAK = {"uprn": "10099000117", "postcode": "PL2 1AB", "matched": True}
EXETER = {"postcode": "EX4 3AA", "matched": False}

SAID: dict[str, tuple[str, Any]] = {
    "about": ("my council tax bill", "my council tax bill"),
    "account_ref": ("4021 7753", "40217753"),
    "address": ("14 Elm Road PL4 7AA", ELM),
    "amount": ("412 pounds 50", 412.5),
    "badge_ref": ("skip", None),
    "bin_type": ("the green bin", "recycling"),
    "birth_date": ("9 November", "2026-11-09"),
    "certificate_type": ("birth certificate", "birth"),
    "change_date": ("1 December", "2026-12-01"),
    "claim_ref": ("HB 204 118", "HB204118"),
    "collection_date": ("yesterday", "2026-11-23"),
    "contact": ("07700 900123", "+447700900123"),
    "course_end": ("30 June 2029", "2029-06-30"),
    "crime_ref": ("50260 123456", "50260123456"),
    "danger": ("no", False),
    "date_of_birth": ("4 November 2008", "2008-11-04"),
    "date_of_death": ("9 November", "2026-11-09"),
    "deceased_name": ("Margaret Pascoe", "Margaret Pascoe"),
    "decision_date": ("2 November 2026", "2026-11-02"),
    "description": ("as wide as a dinner plate", "as wide as a dinner plate"),
    "direction": ("within Plymouth", "within"),
    "earlier_case": ("skip", None),
    "employer": ("Sutton Bakery", "Sutton Bakery"),
    "end_date": ("skip", None),
    "event_date": ("2 June 2026", "2026-06-02"),
    "evidence": ("I'll send it later", "will_send"),
    "forwarding_address": ("5 Oak Street PL2 1AB", OAK),
    "frequency": ("every month", "monthly"),
    "happening_now": ("no", False),
    "hazardous": ("no", False),
    "institution": ("City College Plymouth", "City College Plymouth"),
    "items": ("a sofa and two chairs", "a sofa and two chairs"),
    "landlord": ("Harbour Lettings", "Harbour Lettings"),
    "location": ("outside 14 Elm Road PL4 7AA", ...),
    "move_date": ("12 December", "2026-12-12"),
    "name": ("Priya Shah", "Priya Shah"),
    "new_address": ("5 Oak Street PL2 1AB", OAK),
    "new_email": ("priya@example.com", "priya@example.com"),
    "new_name": ("Priya Trott", "Priya Trott"),
    "new_phone": ("07700 900456", "+447700900456"),
    "new_registration": ("WA26 KLM", "WA26KLM"),
    "offensive": ("yes", True),
    "old_address": ("14 Elm Road PL4 7AA", ELM),
    "old_name": ("Priya Shah", "Priya Shah"),
    "old_registration": ("WA12 KLM", "WA12KLM"),
    "on_bill": ("yes", True),
    "other_adults": ("Sam Reed", "Sam Reed"),
    "other_person": ("Joan Hicks", "Joan Hicks"),
    "out_on_time": ("yes", True),
    "outcome_wanted": ("an apology please", "an apology please"),
    "permit_ref": ("RP 31 442", "RP31442"),
    "person_name": ("Daniel Okoro", "Daniel Okoro"),
    "pest": ("rats", "rats"),
    "phone": ("07700 900123", "+447700900123"),
    "pickup_place": ("by the front gate", "by the front gate"),
    "preference": ("large print", "large_print"),
    "preference_details": ("Polish", "Polish"),
    "problem": ("the kitchen tap drips all day", "the kitchen tap drips all day"),
    "purpose": ("a refund", "refund"),
    "registration": ("WA12 KLM", "WA12KLM"),
    "relationship": ("my daughter", "child"),
    "service_concerned": ("bins", "bins"),
    "services_to_tell": ("bins and voting", ["elections", "waste"]),
    "speaker": ("somebody speaks for me", "me"),
    "start_date": ("3 December", "2026-12-03"),
    "summary": ("nobody came although I rang three times", ...),
    "tenure": ("I rent it", "tenant"),
    "when": ("tomorrow morning", ...),
}  # fmt: skip
"""Field to what is said, and the stored value (`...`: anything)."""

OWN: dict[tuple[str, str], tuple[str, Any]] = {
    ("bin_order", "reason"): ("it's broken", "damaged"),
    ("assisted_collection", "reason"): ("I use a wheelchair", "I use a wheelchair"),
    ("name_change", "reason"): ("I got married", "marriage"),
    ("occupancy_change", "change"): ("someone moved in", "joined"),
    ("income_change", "change"): ("my job ended", ...),
    ("blue_badge_change", "change"): ("it was stolen", "stolen"),
    ("bereavement", "relationship"): ("she was my mum", "child"),
    ("bus_pass", "date_of_birth"): ("27 March 1958", "1958-03-27"),
}


def said(service_id: str, field_id: str) -> tuple[str, Any]:
    """What is said to a question of a service, and what is then stored."""
    return OWN.get((service_id, field_id)) or SAID[field_id]


def taken() -> list[Service]:
    """The services that end in a case which the assistant opens itself."""
    return [
        service
        for service in the_council().services.values()
        if service.kind in TAKEN and service.uses
    ]


def fill(talk: Talk, service_id: str, opening: str = "I need that please", **other: str) -> Talk:
    """Answers whatever is asked up to the read-back; `other` are other words for some fields."""
    talk.says(opening, service_id)
    return go_on(talk, service_id, **other)


def go_on(talk: Talk, service_id: str, **other: str) -> Talk:
    """Answers what is still asked, up to the read-back."""
    for _ in range(30):
        asks = str(talk.asks)
        if asks == "confirm":
            return talk
        if asks == "offer":
            talk.presses("no")
        elif asks.startswith("verify_"):
            talk.says("skip it all")
        else:
            words = other.get(asks) or said(service_id, asks)[0]
            talk.answers(words)
    raise AssertionError(f"{service_id} does not come to a read-back: {talk.said}")


def fits(held: Any, wanted: Any) -> bool:
    """Whether a stored value is the one wanted; of an address those parts that are given."""
    if wanted is ...:
        return held is not None
    if isinstance(wanted, dict):
        return isinstance(held, dict) and wanted.items() <= held.items()
    return bool(held == wanted)
