"""Logging in and out in a browser."""

from __future__ import annotations

from dataclasses import replace
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
# Of the form, in bytes.
_LARGEST, _FIELDS = 20_000, 10
_OK, _SEE_OTHER, _WRONG, _TOO_OFTEN = 200, 303, 401, 429


class Reception:
    """Where a browser is given its login. ``attempts`` are those of an address, whatever they
    try."""

    def __init__(
        self, logins: Logins, audit: Audit, attempts: Buckets, elsewhere: str = ""
    ) -> None:
        """``elsewhere`` is the address at which one logs in elsewhere, if one can."""
        self._elsewhere = elsewhere
        self._logins = logins
        self._audit = audit
        self._attempts = attempts

    def routes(self) -> APIRouter:
        """``/login`` and ``/logout``."""
        router = APIRouter(include_in_schema=False)

        @router.get(LOGIN)
        def shown(request: Request) -> Response:
            asked = request.query_params
            page = self._page(request, asked.get("lang", ""), asked.get("next", "/"))
            return self._shown(page)

        @router.post(LOGIN)
        async def tried(request: Request) -> Response:
            given = _fields(await request.body())
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

    def too_often(self, request: Request) -> Response | None:
        """What is said to an address that tries too often."""
        return self._late(request, self._page(request, "", "/"))

    def failed_elsewhere(self, request: Request) -> Response:
        """What is said to who did not come back as they left."""
        self._audit.note("", "login failed", "elsewhere", address_of(request.scope))
        page = self._page(request, "", "/")
        return self._shown(replace(page, problem=page.failed_elsewhere()), _WRONG)

    def _page(self, request: Request, language: str, wanted: str) -> LoginPage:
        accepted = request.headers.get("accept-language", "")
        return LoginPage(language_wanted(language, accepted), within(wanted))

    def _shown(self, page: LoginPage, status: int = _OK) -> HTMLResponse:
        return HTMLResponse(page.as_html(self._elsewhere), status, _HEADERS)

    def _late(self, request: Request, page: LoginPage) -> Response | None:
        wait = self._attempts.take(address_of(request.scope), 1.0)
        if not wait:
            return None
        said = self._shown(replace(page, problem=page.too_often()), _TOO_OFTEN)
        said.headers["retry-after"] = str(round(wait) + 1)
        return said

    def _tried(self, request: Request, given: dict[str, str]) -> Response:
        name = given.get("name", "")
        page = self._page(request, given.get("lang", ""), given.get("next", "/"))
        page = replace(page, given=name)
        if late := self._late(request, page):
            return late
        account = self._logins.by_password(name, given.get("password", ""))
        if account is None:
            # Of an unknown name nothing is kept: it may be a password in the wrong field.
            known = self._logins.knows(name)
            self._audit.note(known, "login failed", "", address_of(request.scope))
            return self._shown(replace(page, problem=page.wrong()), _WRONG)
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


def _fields(body: bytes) -> dict[str, str]:
    """The fields of a form; none of one that is larger than ours."""
    try:
        form = parse_qs(body[:_LARGEST].decode("utf-8", "replace"), max_num_fields=_FIELDS)
    except ValueError:
        return {}
    return {name: values[0] for name, values in form.items()}


def _is_secure(request: Request) -> bool:
    return bool(request.scope["scheme"] == "https")
