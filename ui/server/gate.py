"""Who comes, and whether it may: an ASGI middleware behind ``Doors``, where there are accounts.

Whatever is not named here needs an account.
"""

from __future__ import annotations

import json
import logging
from functools import partial
from typing import Any
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geungeo.ui.accounts.audit import Audit
from geungeo.ui.accounts.logins import Logins
from geungeo.ui.accounts.records import STATE, Account, Role
from geungeo.ui.server.buckets import Buckets
from geungeo.ui.server.doors import Refusal, replayed
from geungeo.ui.server.metrics import Door
from geungeo.ui.server.paths import LOGIN, OPEN, SAFE_METHODS, STATIC, WATCHED
from geungeo.vectorstore import StoreError

_log = logging.getLogger(__name__)

_ASKING: dict[str, Door] = {
    "/api/ask": "api", "/v1/chat/completions": "openai", "/v1/responses": "openai"
}  # fmt: skip
_MCP = "/mcp"
_UPLOAD = "/upload"
_POLICY_VIOLATION = 1008
_AT_ONCE = 8


class Gate:
    """Lets through who shows a login or a key, with its account in the request's state, and
    writes down that a program asked."""

    def __init__(self, app: ASGIApp, logins: Logins, audit: Audit, attempts: Buckets) -> None:
        """``attempts`` are those of an address to show a key."""
        self._app = app
        self._logins = logins
        self._audit = audit
        self._attempts = attempts
        # Apart from the threads that answer, all of which may be waiting.
        self._threads = CapacityLimiter(_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _is_open(scope):
            await self._app(scope, receive, send)
            return
        try:
            account = await to_thread.run_sync(self._account, scope, limiter=self._threads)
            if isinstance(account, Account) and scope["type"] == "http":
                receive = await self._noted(account, scope, receive)
        except StoreError as error:
            _log.error("nobody can come in: %s", error)
            account = Refusal(503, "the accounts do not answer; the log says why")
        if isinstance(account, Refusal):
            await _refuse(account, scope, send)
            return
        scope.setdefault("state", {})[STATE] = account
        await self._app(scope, receive, _unkept(scope["path"], send))

    def _account(self, scope: Scope) -> Account | Refusal:
        headers = Headers(scope=scope)
        kind, _, key = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            account = self._logins.by_key(key.strip())
            if account is None:
                return self._unknown_key(scope)
        else:
            account = self._logins.by_session(session_of(scope))
            if account is None:
                return _log_in(headers, scope)
        needed = _needed(scope)
        if not account.may(needed):
            return Refusal(403, f"this needs the role {needed}; {account.name} is {account.role}")
        return account

    def _unknown_key(self, scope: Scope) -> Refusal:
        address = address_of(scope)
        if wait := self._attempts.take(address, 1.0):
            return Refusal(
                429, "too many keys that are none", {"retry-after": str(round(wait) + 1)}
            )
        self._audit.note("", "key refused", scope["path"], address)
        return Refusal(401, "this key is none, or was taken back", _CHALLENGE)

    async def _noted(self, account: Account, scope: Scope, receive: Receive) -> Receive:
        """The same request, once it is written down if it asks."""
        door = _ASKING.get(scope["path"])
        if scope["method"] in SAFE_METHODS or not (door or scope["path"] == _MCP):
            return receive
        if door is None:
            read: list[Message] = []
            while not read or read[-1].get("more_body"):
                read.append(await receive())
            receive = replayed(read, receive)
            door = "mcp" if _asks(b"".join(one.get("body", b"") for one in read)) else None
        if door is not None:
            note = partial(self._audit.note, account.name, "asked", door, address_of(scope))
            await to_thread.run_sync(note, limiter=self._threads)
        return receive


_CHALLENGE = {"www-authenticate": "Bearer"}


def session_of(scope: Scope) -> str:
    """What a browser shows as its login; empty for one that shows none."""
    shown = cookie_parser(Headers(scope=scope).get("cookie", ""))
    return str(shown.get(cookie_name(scope), ""))


def cookie_name(scope: Scope) -> str:
    """Over TLS one that no other server may set in a browser."""
    return "__Host-geungeo" if scope["scheme"] == "https" else "geungeo-session"


def address_of(scope: Scope) -> str:
    return str(scope["client"][0]) if scope.get("client") else ""


def _is_open(scope: Scope) -> bool:
    path = scope["path"]
    return scope["type"] == "http" and (path in WATCHED or (scope["method"], path) in OPEN)


def _needed(scope: Scope) -> Role:
    """What a request needs by its address; what the page's events need is asked where they
    run."""
    is_upload = scope["type"] == "http" and scope["method"] not in SAFE_METHODS
    return "curator" if is_upload and _UPLOAD in scope["path"] else "reader"


def _log_in(headers: Headers, scope: Scope) -> Refusal:
    is_look = scope["type"] == "http" and scope["method"] in SAFE_METHODS
    if is_look and "text/html" in headers.get("accept", ""):
        query = scope.get("query_string", b"").decode("latin-1")
        wanted = scope["path"] + (f"?{query}" if query else "")
        return Refusal(303, "log in", {"location": f"{LOGIN}?next={quote(wanted, safe='')}"})
    return Refusal(401, "log in at /login, or show a key: Authorization: Bearer …", _CHALLENGE)


async def _refuse(refusal: Refusal, scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return
    await refusal(send, scope["path"])


def _asks(body: bytes) -> bool:
    """Whether a request of the Model Context Protocol asks a question."""
    try:
        said: Any = json.loads(body)
        return bool(said["method"] == "tools/call" and said["params"]["name"] == "ask")
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def _unkept(path: str, send: Send) -> Send:
    """What an account sees is kept by nobody, so that the next one at a browser does not."""
    if path.startswith(STATIC):
        return send

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["cache-control"] = "no-store"
        await send(message)

    return sending
