"""What every part of the page has in common."""

from __future__ import annotations

from typing import Any, Protocol

from gradio.components import Component

from ui.strings import Strings

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Options of an event that is none of the documented interface and shows no spinner."""


class Panel(Protocol):
    """A part of the page, built where it is made; ``labelled`` says it in a language."""

    def labelled(self, say: Strings) -> dict[Component, Any]:
        """What changes with the language of the page: updates by component."""
        ...
