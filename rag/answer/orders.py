"""Sentences of documents that give orders to whoever answers.

Such text is never obeyed, since nothing here obeys a document, and is not offered as an
answer either; as a part of a passage it can still be read and searched.
"""

from __future__ import annotations

from geungeo.lang.rules import pattern


def gives_orders(sentence: str) -> bool:
    """Whether a sentence speaks to a machine that answers rather than to a reader."""
    return bool(pattern("orders", "order").search(sentence))
