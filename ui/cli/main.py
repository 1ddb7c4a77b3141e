"""The command line. Other tools drive the project through it: names and keys stay."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from geungeo.ui.cli.bench import bench_app
from geungeo.ui.cli.console import (
    FAILED,
    JsonOption,
    StoreOption,
    known_errors,
    make_filter,
    opened_store,
    print_json,
    progress,
    read_settings,
    required,
    run_batch,
)
from geungeo.ui.cli.evals import evals_app

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Ask your documents and get answers that quote them.\n\n"
    'Start with `geungeo ingest FOLDER`, then `geungeo ask "…"` or `geungeo chat`.',
)
app.add_typer(evals_app, name="eval")
app.add_typer(bench_app, name="bench")

_EMPTY = "The index is empty. Fill it with: geungeo ingest FOLDER"

BatchOption = Annotated[
    Path | None,
    typer.Option("--batch", help="JSON lines with `id` and `question`.", dir_okay=False),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="Where the batch's JSON lines go.", dir_okay=False)
]

SinceOption = Annotated[
    str | None,
    typer.Option(help="Only documents of this date or later: 2024, 2024-07, 2024-07-30."),
]
UntilOption = Annotated[str | None, typer.Option(help="Only documents of this date or earlier.")]
DocumentOption = Annotated[list[str] | None, typer.Option(help="Only this file name; repeatable.")]
OrganisationOption = Annotated[
    list[str] | None, typer.Option(help="Only documents of this organisation; repeatable.")
]
LanguageOption = Annotated[
    list[str] | None, typer.Option(help="Only documents in ko, zh or en; repeatable.")
]
TypeOption = Annotated[
    list[str] | None,
    typer.Option(help="Only documents of this type, such as 'press release'; repeatable."),
]


@app.callback()
def start() -> None:
    # Before any thread has a heap of its own.
    from geungeo.ingest.heap import share_heap

    share_heap()


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring the index in step with files and folders.

    Unchanged files cost nothing, lost ones are removed, a broken one is reported and the
    rest goes on (exit code 1).

    Example: `geungeo ingest reports/ notes/visit.md`
    """
    from geungeo.ingest import Ledger
    from geungeo.ingest import ingest as run

    with known_errors(), opened_store(read_settings(store)) as opened, progress("ingest") as update:
        ledger = Ledger(opened.folder / "ledger.sqlite")
        report = run(paths, opened, ledger, update)
    if as_json:
        keys = ("path", "status", "reason", "pages", "chunks", "notes")
        print_json(
            {
                "files": [{key: getattr(entry, key) for key in keys} for entry in report.files],
                "chunks_total": report.chunks_total,
                "seconds": round(report.seconds, 3),
            }
        )
    else:
        for entry in report.files:
            reason = f"  ({entry.reason})" if entry.reason else ""
            typer.echo(f"{entry.status:<9}  {entry.chunks:>4} chunks  {entry.path}{reason}")
            for note in entry.notes:
                typer.echo(f"           not read: {note}")
        typer.echo(f"{report.chunks_total} chunks in the index, {report.seconds:.1f} s")
    if report.failed:
        raise typer.Exit(FAILED)


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A file.")],
    as_json: JsonOption = False,
) -> None:
    """Show how a file is read, without indexing it: its sentences, and what is left out.

    Example: `geungeo read report.hwpx`
    """
    from geungeo.ingest.formats import LoadError
    from geungeo.ingest.reading import read_file
    from geungeo.ingest.worker import Worker
    from geungeo.lang import Analyzer

    worker = Worker()
    try:
        with known_errors(LoadError, OSError):
            reading = read_file(file, worker, Analyzer())
    finally:
        worker.close()
    if as_json:
        print_json(reading.to_json())
        return
    about = reading.metadata
    known = (about.title, about.date, about.organisation, about.type)
    typer.secho(" · ".join(filter(None, known)), bold=True)
    typer.echo(f"{reading.pages} pages, by {reading.loader}")
    for note in reading.notes:
        typer.echo(f"left out: {note}")
    for name in reading.files:
        typer.echo(f"a file within: {name}")
    section = ""
    for sentence in reading.sentences:
        if sentence.section != section:
            section = sentence.section
            typer.secho(f"\n{section}", bold=True)
        typer.echo(f"{sentence.page:>4} {sentence.kind:<8} {sentence.text}")


@app.command()
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
    from geungeo.rag.assembly import make_retriever

    only = make_filter(since, until, document, organisation, language, type)
    settings = read_settings(store)
    with known_errors(), opened_store(settings) as opened:
        retriever = make_retriever(opened, settings)
        retriever.warm_up()

        def found(text: str) -> list[dict[str, Any]]:
            return [
                {
                    "rank": rank,
                    "document": hit.passage.document,
                    "title": hit.passage.title,
                    "page": hit.passage.page,
                    "section": hit.passage.section,
                    "text": hit.passage.text,
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "score": round(hit.score, 4),
                }
                for rank, hit in enumerate(retriever.search(text, k, only), 1)
            ]

        if batch is not None:
            run_batch(batch, out, lambda row: {**row, "results": found(row["question"])})
            return
        results = found(required(question))
    if as_json:
        print_json({"question": question, "results": results})
        return
    for result in results:
        where = " › ".join(filter(None, (result["document"], result["section"])))
        typer.secho(f"{result['rank']}. {where}  ({result['score']:.2f})", bold=True)
        typer.echo(f"   {' '.join(result['text'].split())}\n")
    if not results:
        typer.echo(_EMPTY, err=True)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="Your question.")] = None,
    answerer: Annotated[
        str | None, typer.Option(help="extractive, local or openai.  [GEUNGEO_ANSWERER]")
    ] = None,
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
    from geungeo.ingest import Ledger
    from geungeo.rag.assembly import make_chain

    only = make_filter(since, until, document, organisation, language, type)
    settings = read_settings(store, answerer=answerer)
    with known_errors(), opened_store(settings) as opened:
        chain = make_chain(opened, settings, only)
        chain.retriever.warm_up()
        if batch is not None:
            run_batch(
                batch,
                out,
                lambda row: chain.invoke(row["question"]).to_json(str(row.get("id", ""))),
            )
            return
        answer = chain.invoke(required(question))
        is_empty = not opened.documents()
        left_out = Ledger(opened.folder / "ledger.sqlite").left_out() if answer.refused else []
    if as_json:
        print_json(answer.to_json())
        return
    if is_empty:
        typer.echo(_EMPTY, err=True)
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


@app.command()
def sources(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """List what is indexed, and what was left out and why."""
    from geungeo.ingest import Ledger

    with known_errors(), opened_store(read_settings(store)) as opened:
        indexed = opened.documents()
        ledger = Ledger(opened.folder / "ledger.sqlite").entries()
    left_out = [entry for entry in ledger.values() if not entry.is_indexed]
    if as_json:
        print_json(
            {
                "indexed": [
                    {
                        "path": summary.path,
                        "document": summary.name,
                        "title": summary.title,
                        "date": summary.date,
                        "organisation": summary.organisation,
                        "type": summary.type,
                        "language": summary.language,
                        "pages": summary.pages,
                        "chunks": summary.passages,
                        **_ledger_keys(ledger.get(summary.path)),
                    }
                    for summary in indexed
                ],
                "left_out": [
                    {"path": entry.path, "status": entry.status, "reason": entry.reason}
                    for entry in left_out
                ],
            }
        )
        return
    for summary in indexed:
        typer.secho(summary.title, bold=True)
        known = (summary.date, summary.type, summary.organisation, summary.author, summary.code)
        details = filter(None, (*dict.fromkeys(known), summary.language))
        typer.echo(f"   {summary.path}  {'  '.join(details)}")
        entry = ledger.get(summary.path)
        typer.secho(f"   {_how_read(entry, summary.passages)}", dim=True)
        for note in entry.notes if entry else ():
            typer.secho(f"   not read: {note}", fg="yellow")
    for entry in left_out:
        typer.secho(f"{entry.status}: {entry.path}: {entry.reason}", fg="yellow")
    if not indexed and not left_out:
        typer.echo(_EMPTY, err=True)


def _ledger_keys(entry: Any) -> dict[str, Any]:
    names = (
        "loader", "characters", "empty", "recognised", "sha256", "seconds", "reason", "twin",
        "notes",
    )  # fmt: skip
    return {name: getattr(entry, name) for name in names} if entry else {}


def _how_read(entry: Any, chunks: int) -> str:
    """How a file was read, in one line."""
    if entry is None:
        return f"{chunks} chunks"
    parts = [f"{entry.pages} pages", f"{entry.characters:,} characters", f"{chunks} chunks"]
    parts += [f"{entry.recognised} pages by OCR"] if entry.recognised else []
    parts += [f"{entry.empty} pages without text"] if entry.empty else []
    parts += [f"nearly the same as {Path(entry.twin).name}"] if entry.twin else []
    parts += [entry.loader, *([entry.reason] if entry.reason else [])]
    return ", ".join(filter(None, parts))


@app.command()
def watch(
    folders: Annotated[list[Path], typer.Argument(help="Folders to keep in step with.")],
    store: StoreOption = None,
    every: Annotated[float, typer.Option(min=0.2, help="Seconds between two looks.")] = 5.0,
) -> None:
    """Ingest folders again whenever something in them changes, until stopped with Ctrl-C.

    Example: `geungeo watch reports/`
    """
    import time

    from geungeo.ingest import Ledger
    from geungeo.ingest import ingest as run

    with known_errors(), opened_store(read_settings(store)) as opened:
        ledger = Ledger(opened.folder / "ledger.sqlite")
        said: dict[str, str] = {}
        while True:
            for entry in run(folders, opened, ledger).files:
                line = f"{entry.status:<9}  {entry.path}  {entry.reason}".rstrip()
                # What stays broken or left out is said once.
                if entry.status != "unchanged" and said.get(entry.path) != line:
                    typer.echo(line)
                said[entry.path] = line
            time.sleep(every)


@app.command()
def chat(
    store: StoreOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
) -> None:
    """Open the chat page in a browser on this machine."""
    from app import serve

    with known_errors():
        serve(read_settings(store), host, port)


def main() -> None:
    app()
