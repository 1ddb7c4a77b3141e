"""The commands ``geungeo eval`` and ``geungeo bench``; names and keys stay."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from geungeo.ui.cli.console import (
    FAILED,
    JsonOption,
    StoreOption,
    asked_store,
    known_errors,
    opened_store,
    print_json,
    progress,
    read_settings,
    scratch_store,
)
from geungeo.ui.cli.refusal import eval_refusal

evals_app = typer.Typer(no_args_is_help=True, help="Measure retrieval and answers.")
evals_app.command("refusal")(eval_refusal)


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
    report: Annotated[
        Path | None, typer.Option(help="Write a report with plots, .html or .md.")
    ] = None,
    ablate: Annotated[
        bool, typer.Option(help="Ask also without each part, and by the usual recipes.")
    ] = False,
    judge: Annotated[
        str | None, typer.Option(help="local or openai: a model's opinion of each citation.")
    ] = None,
    failures: Annotated[bool, typer.Option(help="Show each wrong answer.")] = False,
    as_json: JsonOption = False,
) -> None:
    """How good the answers are, by the language of the questions and by their kind.

    A gold file is asked of the store's documents, an open-domain set of its own.
    Example: `geungeo eval answers sample/questions.jsonl --store .geungeo`
    """
    from geungeo.evals.ablation import parts
    from geungeo.evals.answers import evaluate
    from geungeo.evals.figures import figures
    from geungeo.evals.gate import fallen, read_gate
    from geungeo.evals.report import write_report
    from geungeo.evals.runs import make_run, record
    from geungeo.evals.systems import of_chain
    from geungeo.rag.assembly import make_chain

    settings = read_settings(store, answerer=answerer)
    with known_errors(), asked_store(gold, settings) as (opened, cases, fill):
        bounds = read_gate(gate) if gate else {}
        chain = make_chain(opened, settings)
        opened.warm_up()
        whole = of_chain("whole", chain)
        with progress("questions") as update:
            judged = evaluate(cases, whole, opened, update, _make_judge(opened, store, judge))
        result = figures(judged)
        ablation: dict[str, dict[str, Any]] = {"whole": result} if ablate else {}
        for name, part in parts(opened, settings, chain.answerer, fill) if ablate else ():
            with part() as system, progress(name) as update:
                ablation[name] = figures(evaluate(cases, system, opened, update))
        run = make_run(gold, settings, judged, result, ablation)
        if runs:
            typer.echo(f"recorded in {record(runs, run)}", err=True)
        if report:
            write_report(report, [run])
            typer.echo(f"report in {report}", err=True)
    if as_json:
        print_json({**result, "ablation": ablation} if ablate else result)
    else:
        _print_answers(result, judged if failures else ())
        _print_ablation(ablation)
    if lines := fallen(result, bounds):
        typer.secho("\n".join(lines), fg="red", err=True)
        raise typer.Exit(FAILED)


def _make_judge(opened: Any, store: Path | None, name: str | None) -> Any:
    from geungeo.evals.judge import Judge
    from geungeo.rag.answer.model_answerer import ModelAnswerer
    from geungeo.rag.assembly import make_answerer

    if name is None:
        return None
    chosen = make_answerer(opened, read_settings(store, answerer=name))
    if not isinstance(chosen, ModelAnswerer):
        raise typer.BadParameter("--judge is local or openai")
    return Judge(chosen)


def _print_ablation(ablation: dict[str, dict[str, Any]]) -> None:
    columns = ("accuracy", "unanswerable_refused", "wrong_refusals", "evidence@1", "evidence@5")
    if ablation:
        typer.echo(f"\n{'':<28}" + "".join(f"{name:>22}" for name in columns))
    for name, result in ablation.items():
        cells = (result["all"][column] for column in columns)
        typer.echo(f"{name:<28}" + "".join(f"{'–' if v is None else v:>22}" for v in cells))


def _print_answers(result: dict[str, dict[str, Any]], failures: Sequence[Any]) -> None:
    groups = [group for group in result if group in ("ko", "en", "zh", "all")]
    tradeoff = result["all"]["tradeoff"]
    typer.echo(f"{'':<22}" + "".join(f"{group:>10}" for group in groups))
    for name in result["all"]:
        if name == "intervals":
            for figure, own in result["all"][name].items():
                found = (result[group][name][figure] for group in groups)
                spans = ["–" if own is None else f"{own[0]:.2f}–{own[1]:.2f}" for own in found]
                typer.echo(f"{figure + ' 95 %':<27}" + "".join(f"{span:>10}" for span in spans))
        elif name != "tradeoff":
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
    _print_failures(failures)


def _print_failures(judged: Sequence[Any]) -> None:
    for one in judged:
        case, answer = one.case, one.answer
        if one.is_well_answered:
            continue
        wanted = " | ".join(case.wanted) or "no answer"
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

    from geungeo.evals.check import problems
    from geungeo.evals.gold import read_gold

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
    from geungeo.evals.runs import changes, read_run, sign_test

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
    gold: Annotated[Path, typer.Argument(help="A gold file.")],
    answerer: Annotated[
        str | None, typer.Option(help="extractive, local or openai.  [GEUNGEO_ANSWERER]")
    ] = None,
    store: StoreOption = None,
    failures: Annotated[bool, typer.Option(help="Show each wrong answer.")] = False,
    as_json: JsonOption = False,
) -> None:
    """The same questions with typing errors, without spaces, with other forms of names, with
    false premises.

    Example: `geungeo eval robustness sample/questions.jsonl --store .geungeo`
    """
    from geungeo.evals.answers import evaluate
    from geungeo.evals.robustness import figures, variants
    from geungeo.evals.systems import of_chain
    from geungeo.rag.assembly import make_chain

    settings = read_settings(store, answerer=answerer)
    with known_errors(), asked_store(gold, settings) as (opened, cases, _):
        chain = make_chain(opened, settings)
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
        typer.echo(f"{name:<18}" + "".join(f"{'–' if v is None else v:>10}" for v in cells))
    _print_failures(changed if failures else ())


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
    from geungeo.rag.feedback import FILE as FEEDBACK
    from geungeo.rag.feedback import Feedback

    settings = read_settings(store, answerer=answerer)
    with known_errors(), opened_store(settings) as opened:
        writer = make_answerer(opened, settings)
        write = writer.said if isinstance(writer, ModelAnswerer) else None
        passages = [p for one in opened.documents() for p in opened.passages(one.path)]
        asked = read_gold(beside) if beside else []
        remarks = Feedback(opened.folder / FEEDBACK).remarks()
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

    with known_errors():
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
