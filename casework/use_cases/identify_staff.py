"""Finds the member of staff whom a token belongs to."""

from __future__ import annotations

import hashlib
import hmac

from casework.domain.staff import StaffMember
from casework.use_cases.office import Office


def hash_of(token: str) -> str:
    """What is kept of a staff token: SHA-256, in hex.

    A slow, salted hash protects passwords because people choose guessable ones. A random token
    cannot be guessed, so a fast hash loses nothing, and it can be looked up by an index.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


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
