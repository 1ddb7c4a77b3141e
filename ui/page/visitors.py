"""Who looks at the page, what they may do there, and whose conversations are theirs."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any, Protocol

import gradio as gr
from gradio.components import Component

from geungeo.ui.accounts.audit import Audit
from geungeo.ui.accounts.collections import Collections
from geungeo.ui.accounts.records import STATE, Account, Action, Role
from geungeo.ui.strings import LOG_OUT, Strings
from geungeo.vectorstore import name_of

Reserved = tuple[tuple[Any, Role], ...]
"""Parts of the page, each with the role that it is shown to."""


class Visitors(Protocol):
    is_everyone: bool
    """Whether all may do all, so that nothing is hidden at first."""

    def may(self, request: gr.Request | None, needed: Role) -> bool: ...

    def reader(self, request: gr.Request, remembered: str) -> str:
        """The name by which a visitor's conversations are found; ``remembered`` is that which
        the browser tells."""
        ...

    def hidden(self, request: Any) -> tuple[str, ...]:
        """The folders whose documents are hidden from whoever sends a request, of the page or of
        the server."""
        ...

    def note(self, request: gr.Request, action: Action, detail: str = "") -> None:
        """Write down what a visitor does."""
        ...

    def corner(self, request: gr.Request | None, say: Strings) -> str:
        """Who has logged in, and the way out, as HTML."""
        ...


class Everyone:
    """Visitors of whom nothing is known but their browser."""

    is_everyone = True

    def may(self, request: gr.Request | None, needed: Role) -> bool:
        return True

    def reader(self, request: gr.Request, remembered: str) -> str:
        return remembered

    def hidden(self, request: Any) -> tuple[str, ...]:
        return ()

    def note(self, request: gr.Request, action: Action, detail: str = "") -> None:
        """Nobody asks."""

    def corner(self, request: gr.Request | None, say: Strings) -> str:
        return ""


class Known:
    """Visitors that have logged in."""

    is_everyone = False

    def __init__(self, audit: Audit, collections: Collections) -> None:
        self._audit = audit
        self._collections = collections

    def may(self, request: gr.Request | None, needed: Role) -> bool:
        account = _account(request)
        return account is not None and account.may(needed)

    def reader(self, request: gr.Request, remembered: str) -> str:
        account = _account(request)
        return account.reader if account else ""

    def hidden(self, request: Any) -> tuple[str, ...]:
        return self._collections.hidden_from(_account(request))

    def note(self, request: gr.Request, action: Action, detail: str = "") -> None:
        account = _account(request)
        address = request.client.host if request.client else ""
        self._audit.note(account.name if account else "", action, detail, address)

    def corner(self, request: gr.Request | None, say: Strings) -> str:
        account = _account(request)
        return LOG_OUT.format(name=escape(account.name), log_out=say.log_out) if account else ""


def require(visitors: Visitors, request: gr.Request, needed: Role, say: Strings) -> None:
    """Raises ``gr.Error``, which the page shows, for a visitor who may not do what a role may."""
    if not visitors.may(request, needed):
        raise gr.Error(say.not_allowed, print_exception=False)


def admit(
    visitors: Visitors, request: gr.Request, files: Iterable[str] | None, say: Strings
) -> None:
    """As ``require`` for who uploads, and write down what comes."""
    require(visitors, request, "curator", say)
    for file in files or ():
        visitors.note(request, "uploaded", name_of(file))


def revealed(
    visitors: Visitors, request: gr.Request | None, said: dict[Component, Any], reserved: Reserved
) -> dict[Component, Any]:
    """What is said of the parts of a page, without what a visitor may not see."""
    if visitors.is_everyone:
        return said
    shown = dict(said)
    for part, needed in reserved:
        if visitors.may(request, needed):
            own = shown.get(part, {})
            value = own if isinstance(own, dict) else gr.update(value=own)
            shown[part] = {**value, **gr.update(visible=True)}
        else:
            shown[part] = gr.update(visible=False)
    return shown


def _account(request: Any) -> Account | None:
    found = getattr(request.state, STATE, None) if request else None
    return found if isinstance(found, Account) else None
