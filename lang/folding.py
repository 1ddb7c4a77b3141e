"""Forms of characters that mean the same, made one."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Compatibility forms to plain ones (NFKC): full-width letters, ㎡, ligatures."""
    return unicodedata.normalize("NFKC", text)


def run_together(text: str) -> str:
    """A text folded, without case and spaces, for looking one up within another."""
    return "".join(fold(text).casefold().split())


def fold_in_place(text: str) -> str:
    """A text with those letters, digits and spaces made plain that are one character for one,
    so that offsets hold.

    Marks stay: ․ within a compound would become a full stop.
    """
    if unicodedata.is_normalized("NFKC", text):
        return text
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and (plain.isalnum() or plain.isspace()) else character
