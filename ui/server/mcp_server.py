"""The same answers for assistants, by the Model Context Protocol at ``/mcp``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from importlib.metadata import version
from inspect import cleandoc
from typing import Annotated, Any, ParamSpec, TypeVar

from mcp.server.context import ServerRequestContext
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp_types import ListResourcesResult, PaginatedRequestParams, Resource, ToolAnnotations
from pydantic import Field, ValidationError

from geungeo.errors import GeungeoError
from geungeo.rag.answer.answer import Answer, Citation
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.question.conversation import Asked
from geungeo.ui.server.documents import Documents, described, id_of
from geungeo.ui.server.errors import invalid
from geungeo.ui.server.narrowing import Filters, Names, Words
from geungeo.ui.server.turns import ChainOf, Turns
from geungeo.vectorstore import DocumentSummary, Filter, Hit

P = ParamSpec("P")
T = TypeVar("T")

_SCHEME = "geungeo://documents/"
_MOST_PASSAGES, _MOST_LISTED, _MOST_CHARACTERS = 50, 500, 50_000
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_ABOUT = (
    "Answers questions from a collection of documents in Korean, Chinese and English with "
    "verbatim quotes, or says that they do not answer. Ask first; search for passages where you "
    "want to read for yourself."
)

Question = Annotated[str, Field(min_length=1, description="In Korean, Chinese or English.")]
Since = Annotated[str, Field(description="First day, month or year: 2024, 2024-07, 2024-07-30.")]
Until = Annotated[str, Field(description="Last day, month or year.")]
Types = Annotated[Names, Field(description="Kinds of documents, as list_documents has them.")]
Only = Annotated[Names, Field(description="Names of files.")]


@dataclass(frozen=True)
class Quote:
    """A quote of an answer: ``n`` is its number in the text, ``uri`` the resource in which it
    stands, at the characters ``[start, end)``."""

    n: int
    document: str
    title: str
    page: int
    section: str
    quote: str
    uri: str
    start: int
    end: int


@dataclass(frozen=True)
class Said:
    """An answer whose sentences carry the numbers of quotes, or a refusal, whose quotes are only
    the nearest. ``confidence`` is the probability that the documents answer."""

    answer: str
    refused: bool
    kind: str
    language: str
    confidence: float
    quotes: list[Quote]


@dataclass(frozen=True)
class Found:
    """A passage; ``score`` orders them."""

    document: str
    title: str
    date: str
    page: int
    section: str
    text: str
    score: float
    uri: str
    start: int
    end: int


@dataclass(frozen=True)
class Listed:
    """Some of ``total`` documents."""

    total: int
    documents: list[dict[str, Any]]


@dataclass(frozen=True)
class Read:
    """The characters ``[start, end)`` of a document's text, which has ``characters`` of them."""

    document: dict[str, Any]
    text: str
    start: int
    end: int
    characters: int


def make_mcp_server(chain_of: ChainOf, turns: Turns) -> MCPServer[Any]:
    """The tools ask, search, list_documents and get_document, and each document as a resource."""
    server = _Server(chain_of)
    tools = _Tools(chain_of, turns)
    for tool in (tools.ask, tools.search, tools.list_documents, tools.get_document):
        said = cleandoc(tool.__doc__ or "")
        server.add_tool(_told(tool), description=said, annotations=_READS)
    server.resource(
        _SCHEME + "{document}", name="document", mime_type="text/plain",
        description="The text of a document as it was read.",
    )(tools.text)  # fmt: skip
    return server


class _Server(MCPServer[Any]):
    """A server whose resources are the documents that are indexed now and seen by who asks."""

    def __init__(self, chain_of: ChainOf) -> None:
        # Its libraries write to the root logger, whose usual level this is.
        super().__init__(
            "geungeo", instructions=_ABOUT, version=version("geungeo"), log_level="WARNING",
            subscriptions=False,
        )  # fmt: skip
        self._chain_of = chain_of

    async def _handle_list_resources(
        self, ctx: ServerRequestContext[Any, Any], params: PaginatedRequestParams | None
    ) -> ListResourcesResult:
        # What the library lists for everybody is told no request.
        listed = Documents.of(self._chain_of(ctx.request)).listed()
        return ListResourcesResult(resources=[_resource(one) for one in listed])


class _Tools:
    """What assistants call; the docstrings are what they read."""

    def __init__(self, chain_of: ChainOf, turns: Turns) -> None:
        self._chain_of = chain_of
        self._turns = turns

    def _chain(self, ctx: Context[Any]) -> Pipeline:
        return self._chain_of(ctx.request_context.request)

    def ask(
        self, ctx: Context[Any], question: Question, since: Since = "", until: Until = "",
        types: Types = (), documents: Only = (),
    ) -> Said:  # fmt: skip
        """Answer a question from the documents with verbatim quotes, or say that they do not
        answer it."""
        only = _filter(since, until, types, documents)
        return _said(self._turns.answered("mcp", self._chain(ctx), Asked(question, (), only)))

    def search(
        self, ctx: Context[Any], question: Question, since: Since = "", until: Until = "",
        types: Types = (), documents: Only = (),
        k: Annotated[int, Field(ge=1, le=_MOST_PASSAGES)] = 8,
    ) -> list[Found]:  # fmt: skip
        """The passages that fit a question best, best first."""
        only = _filter(since, until, types, documents)
        asked = Asked(question, (), only)
        retriever = self._chain(ctx).retriever
        return [_found(hit) for hit in retriever.search(asked.question, k, only)]

    def list_documents(
        self, ctx: Context[Any], find: Words = "", since: Since = "", until: Until = "",
        types: Types = (), documents: Only = (), skip: Annotated[int, Field(ge=0)] = 0,
        most: Annotated[int, Field(ge=1, le=_MOST_LISTED)] = 100,
    ) -> Listed:  # fmt: skip
        """What documents there are, with titles, dates, makers and kinds."""
        only = _filter(since, until, types, documents)
        all_of_them = Documents.of(self._chain(ctx)).listed(only, find)
        shown = all_of_them[skip : skip + most]
        return Listed(len(all_of_them), [_described(one) for one in shown])

    def get_document(
        self,
        ctx: Context[Any],
        document: Annotated[str, Field(description="Its id, or the name of its file.")],
        start: Annotated[int, Field(ge=0, description="The first character.")] = 0,
        most: Annotated[int, Field(ge=1, le=_MOST_CHARACTERS, description="Characters.")] = 10_000,
    ) -> Read:
        """The text of a document, or a part of it."""
        documents = Documents.of(self._chain(ctx))
        one = documents.find(document)
        text = documents.text(one)
        part = text[start : start + most]
        return Read(_described(one), part, start, start + len(part), len(text))

    def text(self, document: str, ctx: Context[Any]) -> str:
        documents = Documents.of(self._chain(ctx))
        try:
            return documents.text(documents.find(document))
        except GeungeoError as error:
            raise ResourceNotFoundError(str(error)) from error


def _told(tool: Callable[P, T]) -> Callable[P, T]:
    """A tool whose errors of ours are told to whoever calls it."""

    @wraps(tool)
    def telling(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return tool(*args, **kwargs)
        except GeungeoError as error:
            raise ToolError(str(error)) from error

    return telling


def _filter(since: str, until: str, types: Names, documents: Names) -> Filter:
    """Raises ``InvalidRequestError`` for a date that is none."""
    try:
        return Filters(since=since, until=until, types=types, documents=documents).only()
    except ValidationError as error:
        raise invalid(error.errors()[0]) from error


def _described(one: DocumentSummary) -> dict[str, Any]:
    return {**described(one), "uri": _SCHEME + id_of(one.path)}


def _resource(one: DocumentSummary) -> Resource:
    return Resource(
        uri=_SCHEME + id_of(one.path), name=one.name, title=one.title, mime_type="text/plain",
        description=" · ".join(filter(None, (one.date, one.type, one.organisation))) or None,
    )  # fmt: skip


def _said(answer: Answer) -> Said:
    return Said(
        answer.answer, answer.refused, answer.kind, answer.language, round(answer.confidence, 4),
        [_quote(citation) for citation in answer.citations],
    )  # fmt: skip


def _quote(citation: Citation) -> Quote:
    passage = citation.passage
    return Quote(
        citation.n, passage.document, passage.title, passage.page, passage.section, citation.quote,
        _SCHEME + id_of(passage.path), citation.start, citation.end,
    )  # fmt: skip


def _found(hit: Hit) -> Found:
    one = hit.passage
    return Found(
        one.document, one.title, one.date, one.page, one.section, one.text, round(hit.score, 4),
        _SCHEME + id_of(one.path), one.start, one.end,
    )  # fmt: skip
