"""Finds the member of staff whom a token belongs to."""

from __future__ import annotations

import hmac

from casework.domain.staff import StaffMember
from casework.domain.tokens import hash_of
from casework.use_cases.office import Office


def identify_staff(office: Office, token: str) -> StaffMember | None:
    """The holder of a token, or None.

    The store compares hashes, not tokens: how long that takes says nothing about a token, since
    nobody can steer a hash towards one that is stored.
    """
    wanted = hash_of(token)
    with office.store.begin(reading=True) as work:
        member = work.staff.by_token(wanted)
    if member is None or not hmac.compare_digest(member.token_hash, wanted):
        return None
    return member
