"""What every part of the page has in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import gradio as gr
from gradio.components import Component

from geungeo.lang.detect import Language
from geungeo.rag.answer.answer import Answer
from geungeo.ui.strings import STRINGS, Strings
from geungeo.vectorstore import StoreError

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Options of an event that is none of the documented interface and shows no spinner."""
IN_TURN: dict[str, Any] = {
    **QUIET, "concurrency_id": "conversations", "concurrency_limit": 1,
    "trigger_mode": "always_last",
}  # fmt: skip
"""Those of an event that lists conversations: one after the other, so that what is shown last is
what was asked for last."""


def last_of(turns: Sequence[Answer], language: Language) -> Answer:
    """The newest answer; raises ``gr.Error``, which the page shows, where there is none yet."""
    if not turns:
        raise gr.Error(STRINGS[language].ask_first, print_exception=False)
    return turns[-1]


@contextmanager
def told_by_store() -> Iterator[None]:
    """What a store cannot do, as a message on the page."""
    try:
        yield
    except StoreError as error:
        raise gr.Error(str(error), print_exception=False) from error


class Panel(Protocol):
    """A part of the page, built where it is made; ``labelled`` says it in a language."""

    def labelled(self, say: Strings) -> dict[Component, Any]:
        """What changes with the language of the page: updates by component."""
        ...
