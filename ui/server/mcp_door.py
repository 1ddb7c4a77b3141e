"""The Model Context Protocol over HTTP, beside the page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

_PATH = "/mcp"


@dataclass(frozen=True)
class McpDoor:
    """The route of a server of the protocol, and what has to run while it is open."""

    route: Route
    running: Callable[[FastAPI], AbstractAsyncContextManager[None]]


def mcp_door(server: MCPServer[Any]) -> McpDoor:
    """Every request stands for itself, so that any of several servers may answer it. Names and
    origins are looked at by ``Doors``, as for all else."""
    app = server.streamable_http_app(
        streamable_http_path=_PATH, json_response=True, stateless_http=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )  # fmt: skip

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    return McpDoor(Route(_PATH, endpoint=_PostsOnly(app)), running)


class _PostsOnly:
    """Nothing is told unasked, so that nobody holds a connection open for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST":
            await self._app(scope, receive, send)
            return
        refused = JSONResponse({"detail": "POST alone"}, 405, {"allow": "POST"})
        await refused(scope, receive, send)
