"""Reads the signed token by which the council's website says whom it has signed in."""

from __future__ import annotations

from datetime import datetime, timedelta

import jwt

AUDIENCE = "civicline"
LONGEST = 4_000
"""Characters of a token."""


class WebsiteSignIn:
    """Implements `SignIn`: JSON Web Tokens (RFC 7519) signed with HS256 and a shared secret.

    `longest` is how far ahead a token's expiry may lie: one that lasts is worth stealing.
    """

    def __init__(self, secret: str, longest: timedelta = timedelta(minutes=15)) -> None:
        self._secret = secret
        self._longest = longest

    def account_of(self, token: str, now: datetime) -> str | None:
        """The `sub` of a token that is signed, meant for us and not over; else None."""
        if len(token) > LONGEST:
            return None
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=["HS256"],
                audience=AUDIENCE,
                # Expiry is checked below by the clock that is passed in.
                options={
                    "require": ["exp", "sub", "aud"],
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
            expires = int(claims["exp"])
        except (jwt.PyJWTError, TypeError, ValueError, OverflowError):
            return None
        left = expires - now.timestamp()
        if not 0 < left <= self._longest.total_seconds():
            return None
        return str(claims["sub"])
