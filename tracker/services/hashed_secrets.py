"""Secrets of which only a hash is kept: links in letters, status pages, calendar addresses, API tokens, sign-ins.

Whoever has the secret may do what it opens; the database, a backup or an export gives it to nobody.
"""

from __future__ import annotations

import hashlib
import secrets


def new_secret(random_bytes: int = 32) -> str:
    """A secret of so many random bytes, in characters that may stand in an address."""
    return secrets.token_urlsafe(random_bytes)


def hash_of(secret: str) -> str:
    """What is kept of a secret: it is random enough to need no salt, and one round of SHA-256 is enough.

    Rows in the database are found by it: another way to hash would end every link, token and sign-in there is.
    """
    return hashlib.sha256(secret.encode()).hexdigest()
