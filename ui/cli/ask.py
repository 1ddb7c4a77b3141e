"""``geungeo ask``: an answer with its quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from geungeo.ui.cli.batch import Row, required, run_batch
from geungeo.ui.cli.console import EMPTY, print_json, read_settings
from geungeo.ui.cli.options import (
    AnswererOption,
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
    make_filter,
)
from geungeo.ui.cli.stores import ledger_of, opened_store

if TYPE_CHECKING:
    from geungeo.ingest import LedgerEntry
    from geungeo.rag.answer.answer import Answer


def ask(
    question: Annotated[str | None, typer.Argument(help="Your question.")] = None,
    answerer: AnswererOption = None,
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
    """Answer a question with quotes, or say that the documents are silent.

    Example: `geungeo ask "베이징시장 인융은 전에 무슨 일을 했나?"`
    """
    from geungeo.rag.assembly import make_chain
    from geungeo.ui.follow_up import follow_up

    only = make_filter(since, until, document, organisation, language, type)
    settings = read_settings(store, answerer=answerer)
    with opened_store(settings) as opened:
        chain = make_chain(opened, settings, only)
        opened.warm_up()

        def answered(row: Row) -> Row:
            asked = follow_up(row["question"], row.get("history") or (), chain.invoke)
            return chain.invoke(asked).to_json(str(row.get("id", "")))

        if batch is not None:
            run_batch(batch, out, answered)
            return
        answer = chain.invoke(required(question))
        is_empty = not opened.documents()
        left_out = ledger_of(opened).left_out() if answer.refused else []
    if as_json:
        print_json(answer.to_json())
        return
    if is_empty:
        typer.echo(EMPTY, err=True)
    _print_answer(answer, left_out)


def _print_answer(answer: Answer, left_out: Sequence[LedgerEntry]) -> None:
    typer.echo(answer.answer)
    if answer.names:
        names = " · ".join(" = ".join(forms) for forms in answer.names)
        typer.secho(names, dim=True)
    if answer.lacking:
        typer.secho(f"not in the passages nearest to it: {', '.join(answer.lacking)}", dim=True)
    if answer.refused and answer.citations:
        typer.secho(
            f"\n{answer.searched_documents} documents were searched. Nearest passages:", dim=True
        )
    for citation in answer.citations:
        passage = citation.passage
        page = f"p. {passage.page}" if passage.page > 1 else ""
        where = " › ".join(filter(None, (passage.document, page, passage.section)))
        typer.secho(f"[{citation.n}] {where}", bold=True)
        typer.echo(f"    “{' '.join(citation.quote.split())}”")
    for entry in left_out:
        typer.secho(f"not searched: {entry.path}: {entry.reason}", fg="yellow")
