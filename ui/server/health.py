"""For whoever runs the server: whether it is up, whether it is ready, and what it has done.

These are answered on the loop itself, so that they answer while every thread is busy.
"""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from geungeo.ui.server.ingested import Ingested
from geungeo.ui.server.metrics import CONTENT_TYPE, Metrics
from geungeo.ui.server.readiness import Readiness

_LOOKS = ["GET", "HEAD"]
_NOT_READY = 503
_FRESH = {"cache-control": "no-store"}


def routes(readiness: Readiness, metrics: Metrics, ingested: Ingested) -> APIRouter:
    """``/healthz``, ``/readyz`` and ``/metrics``."""
    router = APIRouter()

    @router.api_route("/healthz", methods=_LOOKS, include_in_schema=False)
    async def healthy() -> JSONResponse:
        return JSONResponse({"status": "up"}, headers=_FRESH)

    @router.api_route("/readyz", methods=_LOOKS, include_in_schema=False)
    async def ready() -> JSONResponse:
        lacking = await readiness.lacking()
        if lacking:
            return JSONResponse({"status": "not ready", **lacking}, _NOT_READY, _FRESH)
        return JSONResponse({"status": "ready"}, headers=_FRESH)

    @router.api_route("/metrics", methods=_LOOKS, include_in_schema=False)
    async def measured() -> Response:
        await ingested.look()
        return Response(metrics.exposition(), media_type=CONTENT_TYPE, headers=_FRESH)

    return router
