"""Runs as a page for people: ``geungeo eval report``."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from geungeo.evals.runs import Run, RunError, changes, sign_test

SHOWN = (
    "questions", "accuracy", "unanswerable_refused", "wrong_refusals", "refusal_precision",
    "hallucination_rate", "citation_precision", "citation_recall", "citations_supporting",
    "citations_open", "citations_approved", "quotes_verbatim", "answer_language", "strict",
    "nuggets", "whole", "characters", "evidence@1", "evidence@5", "token_f1", "exact_match",
    "seconds_first_token_p50", "seconds_p50", "seconds_p95", "tokens",
)  # fmt: skip
ABLATED = (
    "accuracy", "unanswerable_refused", "wrong_refusals", "evidence@1", "evidence@5",
    "seconds_p50",
)  # fmt: skip


def write_report(file: Path, runs: Sequence[Run]) -> None:
    """Write the last of some runs as a page, or as Markdown by the name's ending, beside the
    first of them where there are several. Raises ``RunError``."""
    text = _written(runs, "md") if file.suffix == ".md" else as_html(runs)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise RunError(f"{file}: the report cannot be written: {error}") from error


def as_html(runs: Sequence[Run]) -> str:
    """The page that ``write_report`` writes."""
    return _written(runs, "html")


def _written(runs: Sequence[Run], kind: str) -> str:
    environment = Environment(
        autoescape=kind == "html", undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["figure"] = _figure
    source = (files("geungeo.evals") / f"report.{kind}.jinja").read_text(encoding="utf-8")
    return environment.from_string(source).render(_contents(runs))


def _contents(runs: Sequence[Run]) -> dict[str, Any]:
    # The library that draws is loaded where something is drawn.
    from geungeo.evals import plots

    run = runs[-1]
    better, worse = changes(runs[0], run) if len(runs) > 1 else ([], [])
    return {
        "run": run,
        "before": runs[0] if len(runs) > 1 else None,
        "better": better,
        "worse": worse,
        "chance": sign_test(len(better), len(worse)),
        "groups": [group for group in plots.LANGUAGES if group in run.figures],
        "shown": [name for name in SHOWN if name in run.figures["all"]],
        "ablated": ABLATED,
        "errors": plots.kinds_of_error(run.cases),
        "failures": [case for case in run.cases if not case.right],
        "pictures": [
            plots.accuracy_by_language(runs),
            plots.refusal_tradeoff(run),
            plots.calibration(run),
            plots.latency(run),
            plots.accuracy_by_kind(run),
        ],
    }


def _figure(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list | tuple):
        return f"{value[0]:.2f}–{value[1]:.2f}"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
