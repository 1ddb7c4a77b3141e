"""The commands ``geungeo eval``; names and keys stay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geungeo.ui.cli.console import FAILED, print_json, progress, read_settings, share
from geungeo.ui.cli.eval_answers import eval_answers, print_failures
from geungeo.ui.cli.eval_runs import eval_runs
from geungeo.ui.cli.options import (
    AnswererOption,
    FailuresOption,
    GoldArgument,
    JsonOption,
    StoreOption,
)
from geungeo.ui.cli.refusal import eval_refusal
from geungeo.ui.cli.stores import asked_store, opened_store, scratch_store

if TYPE_CHECKING:
    pass

evals_app = typer.Typer(no_args_is_help=True, help="Measure retrieval and answers.")
evals_app.command("answers")(eval_answers)
evals_app.command("refusal")(eval_refusal)
evals_app.command("runs")(eval_runs)


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
    from geungeo.evals.baselines import NAMES
    from geungeo.evals.beir import BeirSet
    from geungeo.evals.retrieval import evaluate

    chosen = next((name for name in NAMES if name == baseline), None)
    if baseline is not None and chosen is None:
        raise typer.BadParameter(f"--baseline is one of {', '.join(NAMES)}")
    with progress("questions") as update:
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


@evals_app.command("check")
def eval_check(
    gold: GoldArgument,
    documents: Annotated[
        Path | None, typer.Option(help="Its documents.  [the folder documents beside it]")
    ] = None,
) -> None:
    """Whether a gold set is sound: evidence stands in the documents, nothing stands there twice,
    no language is neglected.

    Example: `geungeo eval check sample/questions.jsonl`
    """
    from collections import Counter

    from geungeo.evals.check import problems
    from geungeo.evals.gold import read_gold

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
    from geungeo.evals.runs import changes, read_run, sign_test

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
        if name not in ("tradeoff", "intervals") and was != value:
            typer.echo(f"{name:<22}{was!s:>10}{value!s:>10}")
    for title, found, colour in (("better", better, "green"), ("worse", worse, "red")):
        typer.secho(f"\n{len(found)} {title}", fg=colour, bold=True)
        for one in found:
            typer.echo(f"{one.after.id}  {one.after.question}")
            typer.echo(f"   before: {' '.join(one.before.answer.split())}")
            typer.echo(f"   after:  {' '.join(one.after.answer.split())}")
    typer.echo(f"\nby chance as one-sided as this or more: p = {chance:.3f} (sign test)")


@evals_app.command("robustness")
def eval_robustness(
    gold: GoldArgument,
    answerer: AnswererOption = None,
    store: StoreOption = None,
    failures: FailuresOption = False,
    as_json: JsonOption = False,
) -> None:
    """The same questions with typing errors, without spaces, with other forms of names, with
    false premises.

    Example: `geungeo eval robustness sample/questions.jsonl --store .geungeo`
    """
    from geungeo.evals.answers import evaluate
    from geungeo.evals.robustness import figures, variants
    from geungeo.evals.systems import of_chain
    from geungeo.rag.assembly import make_pipeline

    settings = read_settings(store, answerer=answerer)
    with asked_store(gold, settings) as (opened, cases, _):
        chain = make_pipeline(opened, settings)
        whole = of_chain("whole", chain)
        with progress("questions") as update:
            clean = evaluate(cases, whole, opened, update)
            changed = evaluate(list(variants(cases)), whole, opened, update)
    result = figures(clean, changed)
    if as_json:
        print_json(result)
        return
    columns = ("questions", "clean", "accuracy", "ratio")
    typer.echo(f"{'':<18}" + "".join(f"{name:>10}" for name in columns))
    for name, row in result.items():
        cells = (row[column] for column in columns)
        typer.echo(f"{name:<18}" + "".join(f"{share(cell):>10}" for cell in cells))
    print_failures(changed if failures else ())


@evals_app.command("schema")
def eval_schema() -> None:
    """Print the JSON Schema of a line of a gold file."""
    from geungeo.evals.gold import GoldCase

    print_json(GoldCase.model_json_schema())


@evals_app.command("draft")
def eval_draft(
    out: Annotated[Path, typer.Option(help="The gold file to write; a person then edits it.")],
    store: StoreOption = None,
    answerer: Annotated[
        str | None, typer.Option(help="local or openai: the model writes questions too.")
    ] = None,
    beside: Annotated[
        Path | None, typer.Option(help="A gold set whose evidence is left out.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="How many.")] = 50,
) -> None:
    """Propose questions with answers and evidence, from what readers of the page remarked on
    and from the documents of a store.

    Example: `geungeo eval draft --out drafts.jsonl --beside sample/questions.jsonl`
    """
    from itertools import chain, islice

    from geungeo.evals.draft import drafts, from_feedback
    from geungeo.evals.gold import read_gold, write_gold
    from geungeo.rag.answer.model_answerer import ModelAnswerer
    from geungeo.rag.assembly import make_answerer
    from geungeo.rag.feedback import Feedback

    settings = read_settings(store, answerer=answerer)
    with opened_store(settings) as opened:
        writer = make_answerer(opened, settings)
        write = writer.said if isinstance(writer, ModelAnswerer) else None
        passages = [p for one in opened.documents() for p in opened.passages(one.path)]
        asked = read_gold(beside) if beside else []
        remarks = Feedback.of(opened).remarks()
        proposed = chain(from_feedback(remarks), drafts(passages, asked, write))
        cases = list(islice(proposed, most))
        write_gold(out, cases)
    typer.echo(f"{len(cases)} drafts in {out}; accept, mend or delete each", err=True)


@evals_app.command("report")
def eval_report(
    runs: Annotated[list[Path], typer.Argument(help="Runs that `--record` wrote, in order.")],
    out: Annotated[Path, typer.Option(help="The page to write, .html or .md.")],
) -> None:
    """A page with the figures, plots and failures of a run, and what changed since an earlier one.

    Example: `geungeo eval report runs/*.json --out report.html`
    """
    from geungeo.evals.report import write_report
    from geungeo.evals.runs import read_run

    write_report(out, [read_run(run) for run in runs])
    typer.echo(f"report in {out}", err=True)


@evals_app.command("verifier")
def eval_verifier(
    cases: Annotated[Path, typer.Argument(help="JSON lines: evidence with claims about it.")],
    failures: Annotated[bool, typer.Option(help="Show each wrong verdict.")] = False,
    as_json: JsonOption = False,
) -> None:
    """How well wrong sentences are told from right ones, by their language and by what is wrong.

    Example: `geungeo eval verifier sample/claims.jsonl`
    """
    from geungeo.evals.verifier import evaluate, figures, read_cases

    with scratch_store(read_settings(None)) as opened:
        judged = evaluate(read_cases(cases), opened)
    result = figures(judged)
    if as_json:
        print_json(result)
        return
    typer.echo(f"{'':<12}{'claims':>8}{'caught':>10}{'kept':>10}")
    for name, row in result.items():
        shares = "".join(f"{share(row[key]):>10}" for key in ("caught", "kept"))
        typer.echo(f"{name:<12}{row['claims']:>8}{shares}")
    for one in judged if failures else ():
        if one.claim.supported != one.verdict.supported:
            reason = f"{one.verdict.reason} {one.verdict.detail}" if one.verdict.reason else "kept"
            typer.echo(f"{reason}: {one.claim.text}  |  {one.evidence}")
