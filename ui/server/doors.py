"""Who may knock at the server, how often, and with how much: an ASGI middleware around it all.

What each check is against stands in ``docs/security.md``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geungeo.ui.server.buckets import Buckets
from geungeo.ui.server.errors import openai_body
from geungeo.ui.server.listening import LOOPBACK
from geungeo.ui.server.paths import SAFE_METHODS, WATCHED

MEGABYTE = 1024**2
# The page's own events pass here too, about ten for a question.
_EVENTS = "/gradio_api/queue/join"
_EVENTS_A_QUESTION = 10
_QUESTIONS = (
    "/api/ask", "/v1/chat/completions", "/v1/responses", "/mcp", "/gradio_api/call",
    "/gradio_api/run", "/gradio_api/api", "/gradio_api/queue/join",
)  # fmt: skip
_OPENAI = "/v1/"
_UPLOADS = "/gradio_api/upload"
_PAGE = "/gradio_api/"
_HEADERS = {
    # Gradio's page starts with scripts within itself and compiles its templates.
    "content-security-policy": "default-src 'self'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "worker-src 'self' blob:; media-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True)
class Limits:
    """Bytes of a request and of an upload, and the questions that one address may ask in a
    minute, 0 for any number. ``hosts`` are the names that the server answers to, none for
    any."""

    body: int = MEGABYTE
    upload: int = 500 * MEGABYTE
    questions_per_minute: int = 240
    hosts: Collection[str] = ()


def hosts_of(address: str, named: str) -> frozenset[str]:
    """The names that a server at an address answers to: those that a setting names, with commas,
    and on this machine alone its own, so that no stranger's name can be pointed at it."""
    given = frozenset(filter(None, (name.strip().lower() for name in named.split(","))))
    if given:
        return given | LOOPBACK
    return LOOPBACK | {address} if address in LOOPBACK else frozenset()


class Doors:
    """Refuses with a status and a reason, or lets through with the page's headers;
    ``turned_away`` is told the status of each refusal."""

    def __init__(self, app: ASGIApp, limits: Limits, turned_away: Callable[[int], None]) -> None:
        self._app = app
        self._limits = limits
        self._turned_away = turned_away
        self._buckets = Buckets(limits.questions_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan" or not self._stranger(scope):
                await self._app(scope, receive, send)
            return
        send = _with_headers(send)
        refused = self._stranger(scope) or self._too_often(scope)
        body = refused or await self._body(scope, receive)
        if isinstance(body, Refusal):
            self._turned_away(body.status)
            await body(send, scope["path"])
            return
        await self._app(scope, body, send)

    def _stranger(self, scope: Scope) -> Refusal | None:
        """Whether a request comes from another site's page, or by a name that is not ours."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._limits.hosts and not self._is_ours(_name(host), scope["path"]):
            return Refusal(
                421, f"this server does not answer to the name {host}; see GEUNGEO_HOSTS"
            )
        if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
            return None
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return Refusal(403, "a page of another site may not ask or change anything here")
        if origin is None and headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return Refusal(403, "a page of another site may not ask or change anything here")
        return None

    def _is_ours(self, name: str, path: str) -> bool:
        # A stranger can point a name at this machine, but has no page at its address.
        return name in self._limits.hosts or (path in WATCHED and _is_address(name))

    def _too_often(self, scope: Scope) -> Refusal | None:
        path = scope["path"]
        if scope["method"] in SAFE_METHODS or not path.startswith(_QUESTIONS):
            return None
        address = scope["client"][0] if scope.get("client") else ""
        cost = 1 / _EVENTS_A_QUESTION if path.startswith(_EVENTS) else 1.0
        wait = self._buckets.take(address, cost)
        if not wait:
            return None
        most = self._limits.questions_per_minute
        reason = (
            f"more than {most} questions a minute from {address}; see GEUNGEO_QUESTIONS_PER_MINUTE"
        )
        return Refusal(429, reason, {"retry-after": str(round(wait) + 1)})

    async def _body(self, scope: Scope, receive: Receive) -> Receive | Refusal:
        """The request's body where it is no larger than it may be; no more of it is read."""
        is_upload = scope["path"].startswith(_UPLOADS)
        most = self._limits.upload if is_upload else self._limits.body
        reason = f"the request is larger than {most / MEGABYTE:,.0f} MB, which are the most"
        length = Headers(scope=scope).get("content-length")
        if length is not None and not (length.isdigit() and int(length) <= most):
            return Refusal(413, reason)
        if scope["method"] in SAFE_METHODS or (is_upload and length is not None):
            return receive
        read: list[Message] = []
        total = 0
        while not read or read[-1].get("more_body"):
            read.append(await receive())
            total += len(read[-1].get("body", b""))
            # An upload has to say how large it is.
            if total > self._limits.body:
                return Refusal(413, reason)
        if scope["path"].startswith(_PAGE) and fetches(b"".join(m.get("body", b"") for m in read)):
            return Refusal(403, "the server fetches nothing from an address")
        return replayed(read, receive)


class Refusal:
    """An answer of one line, in JSON; under ``/v1`` in OpenAI's form."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.reason = reason
        self.headers = {
            "content-type": "application/json",
            "connection": "close",
            **(headers or {}),
        }

    async def __call__(self, send: Send, path: str) -> None:
        is_openai = path.startswith(_OPENAI)
        said = openai_body(self.status, self.reason) if is_openai else {"detail": self.reason}
        body = json.dumps(said, ensure_ascii=False).encode()
        headers = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def fetches(body: bytes) -> bool:
    """Whether a file of a page's event lies at an address, from which Gradio would fetch it."""
    try:
        waiting = [json.loads(body)] if body else []
    except (ValueError, RecursionError):
        return False
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            path = one.get("path")
            if isinstance(path, str) and "://" in path:
                return True
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return False


def _name(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "").lower()


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


def replayed(read: list[Message], receive: Receive) -> Receive:
    """What was read already, and then what comes."""
    waiting = list(read)

    async def receiving() -> Message:
        return waiting.pop(0) if waiting else await receive()

    return receiving
