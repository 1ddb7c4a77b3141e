"""The text of indexed documents, for the page to go on with as it is scrolled."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from geungeo.lang.detect import Language
from geungeo.ui.page.flow import Flow, Side
from geungeo.ui.strings import STRINGS
from geungeo.ui.views import Views


def routes(views: Views) -> APIRouter:
    """``/passages``; only documents that are indexed, and seen by who asks, are shown, and all text
    is escaped."""
    router = APIRouter()

    @router.get("/passages", include_in_schema=False)
    def passages(
        path: str, at: int, side: Side, request: Request, language: Language = "ko"
    ) -> HTMLResponse:
        flow = Flow.of(views.of(request).store, path)
        if flow is None:
            raise HTTPException(404, "no such document in the index")
        return HTMLResponse(flow.stretch(at, side, STRINGS[language]))

    return router
