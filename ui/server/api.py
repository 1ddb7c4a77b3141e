"""The same answers for programs, over REST."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse
from pydantic import Field

from geungeo.rag.question.conversation import Asked
from geungeo.ui.server.documents import Documents, described
from geungeo.ui.server.errors import OurRoute
from geungeo.ui.server.narrowing import Narrowing
from geungeo.ui.server.turns import Turns


class Question(Narrowing):
    """A question, and what its search is narrowed to."""

    question: str = Field(min_length=1)


def routes(documents: Documents, turns: Turns) -> APIRouter:
    """``/api/ask`` and ``/api/documents``."""
    router = APIRouter(route_class=OurRoute, tags=["ask"])

    @router.post("/api/ask")
    def ask(question: Question) -> dict[str, Any]:
        """One answer with its citations, as `geungeo ask --json` prints it."""
        return turns.answered("api", Asked(question.question, (), question.only())).to_json()

    @router.get("/api/documents")
    def listed() -> list[Mapping[str, Any]]:
        """What is indexed."""
        return [described(one) for one in documents.listed()]

    @router.get("/api/documents/{document}/text", response_class=PlainTextResponse)
    def text(document: str) -> PlainTextResponse:
        """The text of a document as it was read, into which the characters of a quote count."""
        return PlainTextResponse(documents.text(documents.find(document)))

    return router
