"""Passwords, kept as Argon2id hashes alone."""

from __future__ import annotations

import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from geungeo.ui.accounts.records import AccountError

SHORTEST, LONGEST = 8, 200
# Each takes 64 MiB of memory while it lasts.
_AT_ONCE = 2


class Passwords:
    """Safe to use from several threads; whoever comes while others are looked at waits."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        # What is compared where there is no account, which takes as long.
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    def hashed(self, password: str) -> str:
        """What is kept of a password.

        Raises:
            AccountError: it is too short or too long.
        """
        typed = _typed(password)
        if not SHORTEST <= len(typed) <= LONGEST:
            raise AccountError(f"a password has {SHORTEST} to {LONGEST} characters")
        return self._hasher.hash(typed)

    def matches(self, kept: str, password: str) -> bool:
        """Whether a password is that of which ``kept`` was made; no password is that of which
        nothing was kept, and it takes as long to say so."""
        with self._places:
            try:
                is_it = self._hasher.verify(kept or self._nobody, _typed(password))
            except (VerificationError, InvalidHashError):
                return False
        return is_it and bool(kept)


def _typed(password: str) -> str:
    """However the keyboard composes it; of one that is too long no more than tells so."""
    return unicodedata.normalize("NFC", password[: 4 * LONGEST])[: LONGEST + 1]
