"""``geungeo eval answers``: how good answers are, by a gold set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geungeo.ui.cli.console import FAILED, print_json, progress, read_settings, share
from geungeo.ui.cli.options import AnswererOption, FailuresOption, JsonOption, StoreOption
from geungeo.ui.cli.stores import asked_store

if TYPE_CHECKING:
    from geungeo.evals.answers import Judged
    from geungeo.evals.judge import Judge
    from geungeo.rag.settings import Settings
    from geungeo.vectorstore import Store

Figures = Mapping[str, Mapping[str, Any]]

_ABLATED = ("accuracy", "unanswerable_refused", "wrong_refusals", "evidence@1", "evidence@5")


def eval_answers(
    gold: Annotated[
        Path, typer.Argument(help="A gold file (JSON lines), or an open-domain set in BEIR form.")
    ],
    answerer: AnswererOption = None,
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
    failures: FailuresOption = False,
    as_json: JsonOption = False,
) -> None:
    """How good the answers are, by the language of the questions and by their kind.

    A gold file is asked of the store's documents, an open-domain set of its own.
    Example: `geungeo eval answers sample/questions.jsonl --store .geungeo`
    """
    from geungeo.evals.gate import fallen, read_gate
    from geungeo.evals.report import write_report
    from geungeo.evals.runs import make_run, record

    settings = read_settings(store, answerer=answerer)
    bounds = read_gate(gate) if gate else {}
    judged, result, ablation = _measured(gold, settings, judge, ablate)
    run = make_run(gold, settings, judged, result, ablation)
    if runs:
        typer.echo(f"recorded in {record(runs, run)}", err=True)
    if report:
        write_report(report, [run])
        typer.echo(f"report in {report}", err=True)
    if as_json:
        print_json({**result, "ablation": ablation} if ablate else result)
    else:
        _print_figures(result)
        print_failures(judged if failures else ())
        _print_ablation(ablation)
    if lines := fallen(result, bounds):
        typer.secho("\n".join(lines), fg="red", err=True)
        raise typer.Exit(FAILED)


def _measured(
    gold: Path, settings: Settings, judge: str | None, ablate: bool
) -> tuple[Sequence[Judged], Figures, dict[str, Figures]]:
    """Each answer judged, the figures of all, and those without each part of the whole."""
    from geungeo.evals.ablation import parts
    from geungeo.evals.answers import evaluate
    from geungeo.evals.figures import figures
    from geungeo.evals.systems import of_chain
    from geungeo.rag.assembly import make_pipeline

    with asked_store(gold, settings) as (opened, cases, fill):
        chain = make_pipeline(opened, settings)
        chain.warm_up()
        whole = of_chain("whole", chain)
        with progress("questions") as update:
            judged = evaluate(cases, whole, opened, update, _make_judge(opened, settings, judge))
        result = figures(judged)
        ablation: dict[str, Figures] = {"whole": result} if ablate else {}
        for name, part in parts(opened, settings, chain.answerer, fill) if ablate else ():
            with part() as system, progress(name) as update:
                ablation[name] = figures(evaluate(cases, system, opened, update))
    return judged, result, ablation


def _make_judge(opened: Store, settings: Settings, name: str | None) -> Judge | None:
    from geungeo.evals.judge import Judge
    from geungeo.rag.answer.model_answerer import ModelAnswerer
    from geungeo.rag.assembly import make_answerer

    if name is None:
        return None
    chosen = make_answerer(opened, read_settings(settings.store, answerer=name))
    if not isinstance(chosen, ModelAnswerer):
        raise typer.BadParameter("--judge is local or openai")
    return Judge(chosen)


def _print_ablation(ablation: Mapping[str, Figures]) -> None:
    if ablation:
        typer.echo(f"\n{'':<28}" + "".join(f"{name:>22}" for name in _ABLATED))
    for name, result in ablation.items():
        cells = (result["all"][column] for column in _ABLATED)
        typer.echo(f"{name:<28}" + "".join(f"{share(cell):>22}" for cell in cells))


def _print_figures(result: Figures) -> None:
    groups = [group for group in result if group in ("ko", "en", "zh", "all")]
    typer.echo(f"{'':<22}" + "".join(f"{group:>10}" for group in groups))
    for name in result["all"]:
        if name == "intervals":
            _print_intervals(result, groups)
        elif name != "tradeoff":
            row = (result[group][name] for group in groups)
            typer.echo(f"{name:<22}" + "".join(f"{share(cell):>10}" for cell in row))
    _print_kinds(result, [group for group in result if group not in groups])
    _print_tradeoff(result["all"]["tradeoff"])


def _print_intervals(result: Figures, groups: Sequence[str]) -> None:
    for figure in result["all"]["intervals"]:
        found = (result[group]["intervals"][figure] for group in groups)
        spans = ["–" if own is None else f"{own[0]:.2f}–{own[1]:.2f}" for own in found]
        typer.echo(f"{figure + ' 95 %':<27}" + "".join(f"{span:>10}" for span in spans))


def _print_kinds(result: Figures, kinds: Sequence[str]) -> None:
    if kinds:
        typer.echo(f"\n{'kind':<22}{'questions':>10}{'accuracy':>10}{'refused':>10}")
    for kind in kinds:
        columns = ("questions", "accuracy", "unanswerable_refused")
        cells = (result[kind][column] for column in columns)
        typer.echo(f"{kind:<22}" + "".join(f"{share(cell):>10}" for cell in cells))


def _print_tradeoff(tradeoff: Sequence[Mapping[str, Any]]) -> None:
    typer.echo(f"\n{'gate':<8}{'unanswerable refused':>22}{'wrong refusals':>16}")
    for at in tradeoff:
        shares = (at["unanswerable_refused"], at["wrong_refusals"])
        refused, wrongly = ("–" if value is None else f"{value:.3f}" for value in shares)
        typer.echo(f"{at['gate']:<8}{refused:>22}{wrongly:>16}")


def print_failures(judged: Sequence[Judged]) -> None:
    """The questions that were answered wrong, with what was wanted."""
    for one in judged:
        case, answer = one.case, one.answer
        if one.is_well_answered:
            continue
        wanted = " | ".join(case.wanted) or "no answer"
        typer.secho(f"\n{case.id}  {case.question}", bold=True)
        typer.echo(f"  wanted: {wanted}   confidence {answer.confidence:.2f}")
        typer.echo("  " + answer.answer.replace("\n", "\n  "))
