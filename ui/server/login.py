"""Logging in and out in a browser."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from geungeo.ui.accounts.audit import Audit
from geungeo.ui.accounts.logins import Logins
from geungeo.ui.accounts.records import Account
from geungeo.ui.server.buckets import Buckets
from geungeo.ui.server.gate import address_of, cookie_name, session_of
from geungeo.ui.server.login_page import CONTENT_SECURITY_POLICY, LoginPage, language_wanted
from geungeo.ui.server.paths import LOGIN, LOGOUT

ATTEMPTS_PER_MINUTE = 20
_HEADERS = {"content-security-policy": CONTENT_SECURITY_POLICY, "cache-control": "no-store"}
_LONGEST = 2000
_SEE_OTHER, _WRONG, _TOO_OFTEN = 303, 401, 429


class Reception:
    """Where a browser is given its login. ``attempts`` are those of an address, whatever they
    try."""

    def __init__(self, logins: Logins, audit: Audit, attempts: Buckets) -> None:
        self._logins = logins
        self._audit = audit
        self._attempts = attempts

    def routes(self) -> APIRouter:
        """``/login`` and ``/logout``."""
        router = APIRouter(include_in_schema=False)

        @router.get(LOGIN)
        def shown(request: Request) -> Response:
            asked = request.query_params
            page = self.page(request, asked.get("lang", ""), asked.get("next", "/"))
            return HTMLResponse(page.as_html(), headers=_HEADERS)

        @router.post(LOGIN)
        async def tried(request: Request) -> Response:
            form = parse_qs((await request.body()).decode("utf-8", "replace"))
            given = {name: values[0] for name, values in form.items()}
            return await run_in_threadpool(self._tried, request, given)

        @router.post(LOGOUT)
        def left(request: Request) -> Response:
            token = session_of(request.scope)
            account = self._logins.by_session(token)
            if account:
                self._logins.end(token)
                self._audit.note(account.name, "logged out", "", address_of(request.scope))
            done = RedirectResponse(LOGIN, _SEE_OTHER, {"clear-site-data": '"storage"'})
            done.delete_cookie(
                cookie_name(request.scope), secure=_is_secure(request), httponly=True,
                samesite="lax",
            )  # fmt: skip
            return done

        return router

    def page(self, request: Request, language: str, wanted: str) -> LoginPage:
        accepted = request.headers.get("accept-language", "")
        return LoginPage(language_wanted(language, accepted), within(wanted))

    def _tried(self, request: Request, given: dict[str, str]) -> Response:
        page = self.page(request, given.get("lang", ""), given.get("next", "/"))
        name, address = given.get("name", ""), address_of(request.scope)
        known = self._logins.knows(name)
        wait = self._attempts.take(address, 1.0)
        if wait:
            said = LoginPage(page.language, page.wanted, name, page.too_often()).as_html()
            late = {**_HEADERS, "retry-after": str(round(wait) + 1)}
            return HTMLResponse(said, _TOO_OFTEN, late)
        account = self._logins.by_password(name, given.get("password", ""))
        if account is None:
            # Of an unknown name nothing is kept: it may be a password in the wrong field.
            self._audit.note(known, "login failed", "", address)
            said = LoginPage(page.language, page.wanted, name, page.wrong()).as_html()
            return HTMLResponse(said, _WRONG, _HEADERS)
        return self.let_in(request, account, page.wanted)

    def let_in(self, request: Request, account: Account, wanted: str) -> Response:
        """The login of an account, which takes the place of what the browser had."""
        token = self._logins.begin(account, session_of(request.scope))
        self._audit.note(account.name, "logged in", "", address_of(request.scope))
        done = RedirectResponse(within(wanted), _SEE_OTHER, {"cache-control": "no-store"})
        done.set_cookie(
            cookie_name(request.scope), token, secure=_is_secure(request), httponly=True,
            samesite="lax",
        )  # fmt: skip
        return done


def within(wanted: str) -> str:
    """An address of this server, the page itself for any other."""
    parts = urlsplit(wanted.replace("\\", "/")[:_LONGEST])
    is_ours = not (parts.scheme or parts.netloc) and wanted.startswith("/")
    is_plain = wanted.isprintable() and not wanted.startswith(("//", LOGIN, LOGOUT))
    return wanted[:_LONGEST] if is_ours and is_plain else "/"


def _is_secure(request: Request) -> bool:
    return bool(request.scope["scheme"] == "https")
