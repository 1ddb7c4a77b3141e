"""Pages of indexed PDF files as pictures, at an address of the server."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from geungeo.ui.server.page_picture import PagePictures
from geungeo.ui.views import Views


def routes(views: Views) -> APIRouter:
    """``/pages``; only files that are indexed, and seen by who asks, are read."""
    router = APIRouter()
    pictures = PagePictures()

    @router.get("/pages", include_in_schema=False)
    def page(path: str, page: int, request: Request, quote: str = "") -> Response:
        documents = views.of(request).store.documents()
        known = any(one.path == path and page <= one.pages for one in documents)
        if not known or page < 1:
            raise HTTPException(404, "no such page in the index")
        try:
            drawn = pictures.draw(Path(path), page, quote)
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        return Response(drawn, media_type="image/png", headers={"cache-control": "max-age=3600"})

    return router
