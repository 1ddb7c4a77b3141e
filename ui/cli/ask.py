"""``geungeo ask``: an answer with its quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geungeo.ui.cli.batch import Row, read_rows, write_rows
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
    check_documents,
    check_scope,
    make_filter,
)
from geungeo.ui.cli.stores import ledger_of, warming_store

if TYPE_CHECKING:
    from geungeo.ingest import LedgerEntry
    from geungeo.rag.answer.answer import Answer
    from geungeo.rag.explanation import Explanation


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
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Also what was understood and found, and why it was decided so."
        ),
    ] = False,
    batch: BatchOption = None,
    out: OutOption = None,
) -> None:
    """Answer a question with quotes, or say that the documents are silent.

    Example: `geungeo ask "베이징시장 인융은 전에 무슨 일을 했나?"`
    """
    rows = read_rows(question, batch, out)
    settings = read_settings(store, answerer=answerer)
    check_scope(since, until, language)

    from geungeo.rag.assembly import make_pipeline
    from geungeo.ui.follow_up import follow_up

    only = make_filter(since, until, document, organisation, language, type)
    with warming_store(settings) as opened:
        check_documents(only, opened.documents())
        chain = make_pipeline(opened, settings, only)
        chain.warm_up()

        def answered(row: Row) -> tuple[Answer, Explanation | None]:
            asked = follow_up(row["question"], row.get("history") or (), chain.invoke)
            if not explain:
                return chain.invoke(asked), None
            explanation = chain.explain(asked.question, asked.history)
            return explanation.answer, explanation

        if out is not None and batch is not None:
            write_rows(rows, out, lambda row: _as_json(*answered(row), str(row.get("id", ""))))
            return
        answer, explanation = answered(rows[0])
        is_empty = not opened.documents()
        left_out = ledger_of(opened).left_out() if answer.refused else []
    if as_json:
        print_json(_as_json(answer, explanation))
        return
    if is_empty:
        typer.echo(EMPTY, err=True)
    _print_answer(answer, left_out)
    if explanation:
        typer.echo("\n" + "\n".join(explanation.lines()))


def _as_json(answer: Answer, explanation: Explanation | None, id: str = "") -> dict[str, Any]:
    said = answer.to_json(id)
    return {**said, "explanation": explanation.to_json()} if explanation else said


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
