"""``geungeo search``: the passages that fit a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from geungeo.ui.cli.batch import Row, read_rows, write_rows
from geungeo.ui.cli.console import EMPTY, print_json, read_settings
from geungeo.ui.cli.options import (
    BatchOption,
    DocumentOption,
    JsonOption,
    LanguageOption,
    OrganisationOption,
    OutOption,
    SinceOption,
    StoreOption,
    TypeOption,
    UntilOption,
    check_documents,
    check_scope,
    make_filter,
)
from geungeo.ui.cli.stores import opened_store

if TYPE_CHECKING:
    from geungeo.vectorstore import Hit


def search(
    question: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    k: Annotated[int, typer.Option("--k", min=1, help="How many passages.")] = 10,
    since: SinceOption = None,
    until: UntilOption = None,
    document: DocumentOption = None,
    organisation: OrganisationOption = None,
    language: LanguageOption = None,
    type: TypeOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
    batch: BatchOption = None,
    out: OutOption = None,
) -> None:
    """Show the passages that fit a question best.

    Example: `geungeo search "통합위원회는 언제 만들어졌나" --k 3`
    """
    rows = read_rows(question, batch, out)
    settings = read_settings(store)
    check_scope(since, until, language)

    from geungeo.rag.assembly import make_retriever

    only = make_filter(since, until, document, organisation, language, type)
    with opened_store(settings) as opened:
        check_documents(only, opened.documents())
        retriever = make_retriever(opened, settings)
        retriever.warm_up()

        def found(row: Row) -> Row:
            hits = retriever.search(row["question"], k, only)
            return {**row, "results": [_as_json(rank, hit) for rank, hit in enumerate(hits, 1)]}

        if out is not None and batch is not None:
            write_rows(rows, out, found)
            return
        result = found(rows[0])
    if as_json:
        print_json(result)
        return
    for hit in result["results"]:
        where = " › ".join(filter(None, (hit["document"], hit["section"])))
        typer.secho(f"{hit['rank']}. {where}  ({hit['score']:.2f})", bold=True)
        typer.echo(f"   {' '.join(hit['text'].split())}\n")
    if not result["results"]:
        typer.echo(EMPTY, err=True)


def _as_json(rank: int, hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "rank": rank,
        "document": passage.document,
        "title": passage.title,
        "page": passage.page,
        "section": passage.section,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "score": round(hit.score, 4),
    }
