"""What goes wrong with a store, and how it is said."""

from __future__ import annotations

from geungeo.errors import GeungeoError


class StoreError(GeungeoError):
    """The store cannot do what is asked; the message is one line that says why and what to do."""


def in_one_line(error: BaseException) -> str:
    """An error as one line, without what only a developer wants to see."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(said.split()) or type(error).__name__
