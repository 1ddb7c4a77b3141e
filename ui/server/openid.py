"""Logging in elsewhere, in a browser."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from urllib.parse import quote, unquote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from geungeo.ui.accounts.accounts import Accounts
from geungeo.ui.accounts.openid import Begun, OpenIdError, OpenIdProvider
from geungeo.ui.accounts.records import AccountError
from geungeo.ui.server.gate import address_of, cookie_name
from geungeo.ui.server.login import Reception
from geungeo.ui.server.paths import OPENID, OPENID_BACK

_log = logging.getLogger(__name__)

_SEE_OTHER = 303
# How long one may take to log in elsewhere.
_SECONDS = 600
_KEYS = ("url", "state", "nonce", "verifier")


class Elsewhere:
    """The way to a provider and back."""

    def __init__(self, provider: OpenIdProvider, accounts: Accounts, reception: Reception) -> None:
        self._provider = provider
        self._accounts = accounts
        self._reception = reception

    def routes(self) -> APIRouter:
        """Below ``/login``."""
        router = APIRouter(include_in_schema=False)

        @router.get(OPENID)
        def begun(request: Request) -> Response:
            if late := self._reception.too_often(request):
                return late
            try:
                login = self._provider.begin(_back(request))
            except OpenIdError as error:
                return self._refused(request, error)
            sent = RedirectResponse(login.url, _SEE_OTHER, {"cache-control": "no-store"})
            kept = {**asdict(login), "url": "", "next": request.query_params.get("next", "/")}
            sent.set_cookie(
                _cookie(request), quote(json.dumps(kept)), _SECONDS,
                secure=request.url.scheme == "https", httponly=True, samesite="lax",
            )  # fmt: skip
            return sent

        @router.get(OPENID_BACK)
        def back(request: Request) -> Response:
            if late := self._reception.too_often(request):
                return late
            try:
                return self._let_in(request)
            except AccountError as error:
                return self._refused(request, error)

        return router

    def _let_in(self, request: Request) -> Response:
        kept = _kept(request)
        came = request.query_params
        login = Begun(*(kept.get(one, "") for one in _KEYS))
        who = self._provider.finish(
            login, _back(request), came.get("state", ""), came.get("code", "")
        )
        account = self._accounts.of_subject(who.subject, who.name, who.role, who.groups)
        if account.is_disabled:
            raise AccountError(f"the account {account.name} is disabled")
        let_in = self._reception.let_in(request, account, kept.get("next", "/"))
        let_in.delete_cookie(
            _cookie(request), secure=request.url.scheme == "https", httponly=True, samesite="lax"
        )
        return let_in

    def _refused(self, request: Request, error: AccountError) -> Response:
        _log.warning("nobody logged in from %s: %s", address_of(request.scope), error)
        return self._reception.failed_elsewhere(request)


def _back(request: Request) -> str:
    return f"{str(request.base_url).rstrip('/')}{OPENID_BACK}"


def _cookie(request: Request) -> str:
    return f"{cookie_name(request.scope)}-login"


def _kept(request: Request) -> dict[str, str]:
    """What the browser was given when it left."""
    try:
        kept = json.loads(unquote(request.cookies.get(_cookie(request), "")))
        return {name: str(value) for name, value in kept.items()}
    except (ValueError, AttributeError, RecursionError):
        return {}
