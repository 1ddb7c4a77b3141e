"""What a server asks of who comes: nothing, or to log in."""

from __future__ import annotations

from typing import Protocol

from fastapi import APIRouter
from starlette.types import ASGIApp

from geungeo.ui.accounts.accounts import Accounts
from geungeo.ui.accounts.audit import Audit
from geungeo.ui.accounts.collections import Collections
from geungeo.ui.accounts.logins import Lasting, Logins
from geungeo.ui.accounts.openid import OpenIdProvider
from geungeo.ui.accounts.passwords import Passwords
from geungeo.ui.page.visitors import Everyone, Known, Visitors
from geungeo.ui.server.buckets import Buckets
from geungeo.ui.server.gate import Gate
from geungeo.ui.server.login import ATTEMPTS_PER_MINUTE, Reception
from geungeo.ui.server.openid import Elsewhere
from geungeo.ui.server.paths import OPENID
from geungeo.vectorstore import Tables


class Guard(Protocol):
    visitors: Visitors
    """Who the page takes its visitors for."""

    def routes(self) -> APIRouter:
        """Where one logs in."""
        ...

    def around(self, app: ASGIApp) -> ASGIApp:
        """A server that only those reach who may."""
        ...


class NoGuard:
    """Whoever reaches the server may do all."""

    def __init__(self) -> None:
        self.visitors: Visitors = Everyone()

    def routes(self) -> APIRouter:
        return APIRouter()

    def around(self, app: ASGIApp) -> ASGIApp:
        return app


class AccountGuard:
    """Who has an account may do what its role may."""

    def __init__(
        self, tables: Tables, audit: Audit, lasts: Lasting, provider: OpenIdProvider | None
    ) -> None:
        """``lasts`` is how long a login lasts, ``provider`` where one may log in elsewhere."""
        passwords = Passwords()
        self._audit = audit
        self._accounts = Accounts(tables, passwords)
        self._provider = provider
        self._logins = Logins(tables, passwords, lasts)
        self._attempts = Buckets(ATTEMPTS_PER_MINUTE)
        self.visitors: Visitors = Known(self._audit, Collections(tables))

    def routes(self) -> APIRouter:
        if self._provider is None:
            return Reception(self._logins, self._audit, self._attempts).routes()
        reception = Reception(self._logins, self._audit, self._attempts, OPENID)
        router = reception.routes()
        router.include_router(Elsewhere(self._provider, self._accounts, reception).routes())
        return router

    def around(self, app: ASGIApp) -> ASGIApp:
        return Gate(app, self._logins, self._audit, self._attempts)
