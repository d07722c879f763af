"""Secrets that somebody holds, and what is kept of them."""

import hashlib


def hash_of(token: str) -> str:
    """What is kept of a token: SHA-256, in hex.

    A slow, salted hash protects passwords because people choose guessable ones. A random token
    cannot be guessed, so a fast hash loses nothing, and it can be looked up by an index.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
