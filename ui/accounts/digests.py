"""What is kept of a secret that a program has drawn, which nobody guesses."""

from __future__ import annotations

import hashlib


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
