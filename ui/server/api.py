"""The same answers for programs, over REST."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from pydantic import Field

from geungeo.rag.question.conversation import Asked
from geungeo.ui.server.documents import Documents, described
from geungeo.ui.server.errors import OurRoute
from geungeo.ui.server.narrowing import Narrowing, Words
from geungeo.ui.server.turns import ChainOf, Turns


class Question(Narrowing):
    """A question, and what its search is narrowed to."""

    question: str = Field(min_length=1)


def routes(chain_of: ChainOf, turns: Turns) -> APIRouter:
    """``/api/ask`` and ``/api/documents``."""
    router = APIRouter(route_class=OurRoute, tags=["ask"])

    @router.post("/api/ask")
    def ask(question: Question, request: Request) -> dict[str, Any]:
        """One answer with its citations, as `geungeo ask --json` prints it."""
        asked = Asked(question.question, (), question.only())
        return turns.answered("api", chain_of(request), asked).to_json()

    @router.get("/api/documents")
    def listed(request: Request, find: Words = "") -> list[Mapping[str, Any]]:
        """What is indexed, or of that what is found by some words."""
        return [described(one) for one in Documents.of(chain_of(request)).listed(words=find)]

    @router.get("/api/documents/{document}/text", response_class=PlainTextResponse)
    def text(document: str, request: Request) -> PlainTextResponse:
        """The text of a document as it was read, into which the characters of a quote count."""
        documents = Documents.of(chain_of(request))
        return PlainTextResponse(documents.text(documents.find(document)))

    return router
