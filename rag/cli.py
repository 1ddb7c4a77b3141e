"""The command line. Other tools drive the project through it: names and keys stay."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from rag.console import (
    FAILED,
    asked_store,
    known_errors,
    make_filter,
    opened_store,
    print_json,
    progress,
    read_settings,
    required,
    run_batch,
    scratch_store,
)

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Ask your documents and get answers that quote them.\n\n"
    'Start with `geungeo ingest FOLDER`, then `geungeo ask "…"` or `geungeo chat`.',
)
evals_app = typer.Typer(no_args_is_help=True, help="Measure retrieval and answers.")
bench_app = typer.Typer(no_args_is_help=True, help="Measure speed on this machine.")
app.add_typer(evals_app, name="eval")
app.add_typer(bench_app, name="bench")

_EMPTY = "The index is empty. Fill it with: geungeo ingest FOLDER"

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the index.  [GEUNGEO_STORE, .geungeo]")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
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
    from ingest import Ledger
    from ingest import ingest as run

    with known_errors(), opened_store(read_settings(store)) as opened, progress("ingest") as update:
        ledger = Ledger(opened.folder / "ledger.sqlite")
        report = run(paths, opened, ledger, update)
    if as_json:
        keys = ("path", "status", "reason", "pages", "chunks")
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
        typer.echo(f"{report.chunks_total} chunks in the index, {report.seconds:.1f} s")
    if report.failed:
        raise typer.Exit(FAILED)


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
    from rag.assembly import make_retriever

    only = make_filter(since, until, document, organisation, language, type)
    settings = read_settings(store)
    with known_errors(), opened_store(settings) as opened:
        retriever = make_retriever(opened, settings)
        opened.warm_up()

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
    from ingest import Ledger
    from rag.assembly import make_chain

    only = make_filter(since, until, document, organisation, language, type)
    settings = read_settings(store, answerer=answerer)
    with known_errors(), opened_store(settings) as opened:
        chain = make_chain(opened, settings, only)
        opened.warm_up()
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
    from ingest import Ledger

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
        details = filter(None, (summary.date, summary.type, summary.organisation, summary.language))
        typer.echo(f"   {summary.path}  {'  '.join(details)}")
        typer.secho(f"   {_how_read(ledger.get(summary.path), summary.passages)}", dim=True)
    for entry in left_out:
        typer.secho(f"{entry.status}: {entry.path}: {entry.reason}", fg="yellow")
    if not indexed and not left_out:
        typer.echo(_EMPTY, err=True)


def _ledger_keys(entry: Any) -> dict[str, Any]:
    names = ("loader", "characters", "empty", "recognised", "sha256", "seconds", "reason")
    return {name: getattr(entry, name) for name in names} if entry else {}


def _how_read(entry: Any, chunks: int) -> str:
    """How a file was read, in one line."""
    if entry is None:
        return f"{chunks} chunks"
    parts = [f"{entry.pages} pages", f"{entry.characters:,} characters", f"{chunks} chunks"]
    parts += [f"{entry.recognised} pages by OCR"] if entry.recognised else []
    parts += [f"{entry.empty} pages without text"] if entry.empty else []
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

    from ingest import Ledger
    from ingest import ingest as run

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


@evals_app.command("retrieval")
def eval_retrieval(
    folder: Annotated[Path, typer.Argument(help="A collection in BEIR form.")],
    baseline: Annotated[
        str | None, typer.Option(help="stock, bm25 or dense: measured in the same run.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """How well passages are found, on a collection in BEIR form.

    Every document of `corpus.jsonl` is one passage. Example:
    `geungeo eval retrieval beir/korquad --baseline stock`
    """
    from evals.baselines import NAMES
    from evals.beir import BeirSet
    from evals.retrieval import evaluate

    chosen = next((name for name in NAMES if name == baseline), None)
    if baseline is not None and chosen is None:
        raise typer.BadParameter(f"--baseline is one of {', '.join(NAMES)}")
    with known_errors(), progress("questions") as update:
        result = evaluate(BeirSet.read(folder), read_settings(None), chosen, update)
    if as_json:
        print_json(result)
        return
    compared, ratios = result.pop("baseline", {}), result.pop("ratio", {})
    if compared:
        typer.echo(f"{'':<18}{'geungeo':>10}{compared['name']:>10}{'ratio':>8}")
    for name, value in result.items():
        other = f"{compared[name]:>10}{ratios.get(name, ''):>8}" if compared else ""
        typer.echo(f"{name:<18}{value:>10}{other}")


@evals_app.command("answers")
def eval_answers(
    gold: Annotated[
        Path, typer.Argument(help="A gold file (JSON lines), or an open-domain set in BEIR form.")
    ],
    answerer: Annotated[
        str | None, typer.Option(help="extractive, local or openai.  [GEUNGEO_ANSWERER]")
    ] = None,
    store: StoreOption = None,
    gate: Annotated[
        Path | None, typer.Option(help="Bounds that the figures must keep, else exit code 1.")
    ] = None,
    runs: Annotated[
        Path | None, typer.Option("--record", help="Folder to write the run into.")
    ] = None,
    failures: Annotated[bool, typer.Option(help="Show each wrong answer.")] = False,
    as_json: JsonOption = False,
) -> None:
    """How good the answers are, by the language of the questions and by their kind.

    A gold file is asked of the store's documents, an open-domain set of its own.
    Example: `geungeo eval answers sample/questions.jsonl --store .geungeo`
    """
    from evals.answers import evaluate, figures
    from evals.gate import fallen, read_gate
    from evals.runs import record
    from rag.assembly import make_chain, make_retriever

    settings = read_settings(store, answerer=answerer)
    with known_errors(), asked_store(gold, settings) as (opened, cases):
        bounds = read_gate(gate) if gate else {}
        chain = make_chain(opened, settings)
        opened.warm_up()
        with progress("questions") as update:
            judged = evaluate(cases, chain, make_retriever(opened, settings), opened, update)
        result = figures(judged)
        if runs:
            typer.echo(f"recorded in {record(runs, gold, settings, judged, result)}", err=True)
    if as_json:
        print_json(result)
    else:
        _print_answers(result, judged if failures else ())
    if lines := fallen(result, bounds):
        typer.secho("\n".join(lines), fg="red", err=True)
        raise typer.Exit(FAILED)


def _print_answers(result: dict[str, dict[str, Any]], failures: Sequence[Any]) -> None:
    groups = [group for group in result if group in ("ko", "en", "zh", "all")]
    tradeoff = result["all"]["tradeoff"]
    typer.echo(f"{'':<22}" + "".join(f"{group:>10}" for group in groups))
    for name in result["all"]:
        if name != "tradeoff":
            row = (result[group][name] for group in groups)
            typer.echo(f"{name:<22}" + "".join(f"{'–' if v is None else v:>10}" for v in row))
    kinds = [group for group in result if group not in groups]
    if kinds:
        typer.echo(f"\n{'kind':<22}{'questions':>10}{'accuracy':>10}{'refused':>10}")
    for kind in kinds:
        own = result[kind]
        cells = [own[name] for name in ("questions", "accuracy", "unanswerable_refused")]
        typer.echo(f"{kind:<22}" + "".join(f"{'–' if v is None else v:>10}" for v in cells))
    typer.echo(f"\n{'gate':<8}{'unanswerable refused':>22}{'wrong refusals':>16}")
    for at in tradeoff:
        shares = (at["unanswerable_refused"], at["wrong_refusals"])
        refused, wrongly = ("–" if value is None else f"{value:.3f}" for value in shares)
        typer.echo(f"{at['gate']:<8}{refused:>22}{wrongly:>16}")
    for one in failures:
        case, answer = one.case, one.answer
        if one.right if case.answerable else answer.refused:
            continue
        wanted = " | ".join((*case.answers, *case.required)) or "no answer"
        typer.secho(f"\n{case.id}  {case.question}", bold=True)
        typer.echo(f"  wanted: {wanted}   confidence {answer.confidence:.2f}")
        typer.echo("  " + answer.answer.replace("\n", "\n  "))


@evals_app.command("check")
def eval_check(
    gold: Annotated[Path, typer.Argument(help="A gold file.")],
    documents: Annotated[
        Path | None, typer.Option(help="Its documents.  [the folder documents beside it]")
    ] = None,
) -> None:
    """Whether a gold set is sound: evidence stands in the documents, nothing stands there twice,
    no language is neglected.

    Example: `geungeo eval check sample/questions.jsonl`
    """
    from collections import Counter

    from evals.check import problems
    from evals.gold import read_gold

    with known_errors():
        cases = read_gold(gold)
        found = list(problems(cases, documents or gold.parent / "documents"))
    languages = Counter(case.lang for case in cases)
    answerable = sum(case.answerable for case in cases)
    counts = ", ".join(f"{count} {language}" for language, count in languages.items())
    typer.echo(f"{len(cases)} questions, {answerable} answerable: {counts}")
    if found:
        typer.secho("\n".join(found), fg="red", err=True)
        raise typer.Exit(FAILED)


@evals_app.command("compare")
def eval_compare(
    before: Annotated[Path, typer.Argument(help="A run that `--record` wrote.")],
    after: Annotated[Path, typer.Argument(help="A later run on the same questions.")],
    as_json: JsonOption = False,
) -> None:
    """What got better and what got worse between two runs, case by case."""
    from evals.runs import changes, read_run, sign_test

    with known_errors():
        runs = read_run(before), read_run(after)
    better, worse = changes(*runs)
    chance = sign_test(len(better), len(worse))
    if as_json:
        print_json(
            {
                "better": [one.model_dump() for one in better],
                "worse": [one.model_dump() for one in worse],
                "p": round(chance, 4),
            }
        )
        return
    typer.echo(f"{'all':<22}{'before':>10}{'after':>10}")
    for name, value in runs[1].figures["all"].items():
        was = runs[0].figures["all"].get(name)
        if name != "tradeoff" and was != value:
            typer.echo(f"{name:<22}{was!s:>10}{value!s:>10}")
    for title, found, colour in (("better", better, "green"), ("worse", worse, "red")):
        typer.secho(f"\n{len(found)} {title}", fg=colour, bold=True)
        for one in found:
            typer.echo(f"{one.after.id}  {one.after.question}")
            typer.echo(f"   before: {' '.join(one.before.answer.split())}")
            typer.echo(f"   after:  {' '.join(one.after.answer.split())}")
    typer.echo(f"\nby chance as one-sided as this or more: p = {chance:.3f} (sign test)")


@evals_app.command("verifier")
def eval_verifier(
    cases: Annotated[Path, typer.Argument(help="JSON lines: evidence with claims about it.")],
    failures: Annotated[bool, typer.Option(help="Show each wrong verdict.")] = False,
    as_json: JsonOption = False,
) -> None:
    """How well wrong sentences are told from right ones, by their language and by what is wrong.

    Example: `geungeo eval verifier sample/claims.jsonl`
    """
    from evals.verifier import evaluate, figures, read_cases

    with known_errors(), scratch_store(read_settings(None)) as opened:
        judged = evaluate(read_cases(cases), opened)
    result = figures(judged)
    if as_json:
        print_json(result)
        return
    typer.echo(f"{'':<12}{'claims':>8}{'caught':>10}{'kept':>10}")
    for name, row in result.items():
        shares = "".join(f"{'–' if row[k] is None else row[k]:>10}" for k in ("caught", "kept"))
        typer.echo(f"{name:<12}{row['claims']:>8}{shares}")
    for one in judged if failures else ():
        if one.claim.supported != one.verdict.supported:
            reason = f"{one.verdict.reason} {one.verdict.detail}" if one.verdict.reason else "kept"
            typer.echo(f"{reason}: {one.claim.text}  |  {one.evidence}")


@bench_app.command("embed")
def bench_embed(
    passages: Annotated[int, typer.Option(min=1, help="How many passages.")] = 512,
    as_json: JsonOption = False,
) -> None:
    """Passages of 400 characters that the encoder embeds in a second, beside the package's own."""
    from evals.bench_embed import measure

    with known_errors():
        result = measure(passages)
    if as_json:
        print_json(result)
        return
    for name, value in result.items():
        typer.echo(
            f"{name:<28} {value:,.3f}" if isinstance(value, float) else f"{name:<28} {value}"
        )


@bench_app.command("search")
def bench_search(
    passages: Annotated[int, typer.Option(min=100, help="How many passages.")] = 10_000,
    questions: Annotated[int, typer.Option(min=1, help="How many questions.")] = 200,
    stock: Annotated[bool, typer.Option(help="Measure LangChain's usual recipe too.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Time and memory of a large collection of generated text, beside LangChain's usual recipe.

    Indexing takes about a quarter of an hour for 100,000 passages.
    """
    from evals.bench_search import measure

    with known_errors():
        result = measure(passages, questions, stock)
    if as_json:
        print_json(result)
        return
    typer.echo(f"{'':<18}" + "".join(f"{system:>10}" for system in result))
    for name in result["geungeo"]:
        row = "".join(f"{figures[name]:>10,.1f}" for figures in result.values())
        typer.echo(f"{name:<18}{row}")


@bench_app.command("ingest")
def bench_ingest(
    documents: Annotated[int, typer.Option(min=2, help="How many files.")] = 500,
    stock: Annotated[bool, typer.Option(help="Measure LangChain's usual recipe too.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Files of generated text that are ingested in a second, by stage, and peak memory, beside
    LangChain's usual loaders and splitter with the same encoder."""
    from evals.bench_ingest import measure

    with known_errors(), TemporaryDirectory(prefix="geungeo-bench-") as folder:
        result = measure(Path(folder), documents, stock)
    if as_json:
        print_json(result)
        return
    typer.echo(f"{'':<24}" + "".join(f"{system:>10}" for system in result))
    for name in result["geungeo"]:
        row = (figures.get(name) for figures in result.values())
        cells = ("–" if value is None else f"{value:,.1f}" for value in row)
        typer.echo(f"{name:<24}" + "".join(f"{cell:>10}" for cell in cells))


def main() -> None:
    app()
