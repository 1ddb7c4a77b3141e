"""Figures of a run as pictures, each an SVG element for a page."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import numpy as np

from geungeo.evals.extra import extra
from geungeo.evals.runs import Run, RunCase

with extra("evals"):
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INK, _GOOD, _BAD = "#1f3a5f", "#2a7f62", "#b5533c"
_BINS = 10
_FIRST_TAG = re.compile(r"^.*?(?=<svg)", re.DOTALL)
LANGUAGES = ("ko", "en", "zh", "all")


def accuracy_by_language(runs: Sequence[Run]) -> str:
    """Accuracy with its 95 % interval, a bar for each run beside the others."""
    figure, axes = _drawing("accuracy by language")
    groups = [group for group in LANGUAGES if group in runs[-1].figures]
    width = 0.8 / len(runs)
    for n, run in enumerate(runs):
        places = np.arange(len(groups)) + (n - (len(runs) - 1) / 2) * width
        values = [run.figures.get(group, {}).get("accuracy") or 0.0 for group in groups]
        bounds = [_bounds(run, group, value) for group, value in zip(groups, values, strict=True)]
        axes.bar(
            places, values, width * 0.9, label=run.at[:16], alpha=0.5 + 0.5 * (n + 1) / len(runs)
        )
        axes.errorbar(places, values, yerr=np.array(bounds).T, fmt="none", ecolor="#555", capsize=3)
    axes.set_xticks(range(len(groups)), groups)
    axes.set_ylim(0, 1.05)
    if len(runs) > 1:
        axes.legend(frameon=False, fontsize=8)
    return _svg(figure)


def accuracy_by_kind(run: Run) -> str:
    """The share of questions of each kind that were answered, or refused, as they should be."""
    kinds: dict[str, list[bool]] = {}
    for case in run.cases:
        kinds.setdefault(case.kind or "–", []).append(case.right)
    ordered = sorted(kinds, key=lambda kind: (-np.mean(kinds[kind]), kind))
    figure, axes = _drawing("as it should be, by kind", height=0.27 * len(ordered) + 0.9)
    shares = [float(np.mean(kinds[kind])) for kind in ordered]
    axes.barh(range(len(ordered)), shares, color=_INK, height=0.65)
    labels = [f"{kind} ({len(kinds[kind])})" for kind in ordered]
    axes.set_yticks(range(len(ordered)), labels)
    axes.set_xlim(0, 1.02)
    return _svg(figure)


def refusal_tradeoff(run: Run) -> str:
    """What each gate would refuse."""
    figure, axes = _drawing("what a gate refuses")
    points = run.figures["all"]["tradeoff"]
    gates = [point["gate"] for point in points]
    for name, colour in (("unanswerable_refused", _GOOD), ("wrong_refusals", _BAD)):
        shares = [np.nan if point[name] is None else point[name] for point in points]
        axes.plot(gates, shares, marker="o", color=colour, label=name.replace("_", " "))
    axes.axvline(float(run.settings["gate"]), color="#888", linestyle=":", label="gate")
    axes.set_xlabel("gate")
    axes.set_ylim(-0.02, 1.02)
    axes.legend(frameon=False, fontsize=8)
    return _svg(figure)


def calibration(run: Run) -> str:
    """Whether of the questions met with a confidence so many can be answered."""
    figure, axes = _drawing("confidence, and share that is answerable")
    confidences = np.array([case.confidence for case in run.cases])
    answerable = np.array([case.answerable for case in run.cases])
    bins = np.minimum((confidences * _BINS).astype(int), _BINS - 1)
    filled = [one for one in range(_BINS) if (bins == one).any()]
    axes.plot([0, 1], [0, 1], color="#aaa", linestyle=":")
    axes.scatter(
        [confidences[bins == one].mean() for one in filled],
        [answerable[bins == one].mean() for one in filled],
        s=[12 + 3 * (bins == one).sum() for one in filled],
        color=_INK,
    )
    axes.set_xlabel("confidence; the larger a dot, the more questions")
    axes.set_xlim(-0.05, 1.05)
    axes.set_ylim(-0.05, 1.05)
    return _svg(figure)


def latency(run: Run) -> str:
    """How long answers took."""
    figure, axes = _drawing("seconds to the whole answer")
    axes.hist([case.seconds for case in run.cases], bins=24, color=_INK)
    axes.set_ylabel("questions")
    return _svg(figure)


def kinds_of_error(cases: Sequence[RunCase]) -> dict[str, int]:
    """What went wrong, counted: refused though answerable, answered though not, or answered
    wrongly."""
    counted = {"refused, though it is there": 0, "answered, though it is not": 0, "wrong": 0}
    for case in cases:
        if not case.right:
            kind = "wrong"
            if not case.answerable:
                kind = "answered, though it is not"
            elif case.refused:
                kind = "refused, though it is there"
            counted[kind] += 1
    return counted


def _bounds(run: Run, group: str, value: float) -> tuple[float, float]:
    found = run.figures.get(group, {}).get("intervals", {}).get("accuracy")
    low, high = found or (value, value)
    return max(0.0, value - low), max(0.0, high - value)


def _drawing(title: str, height: float = 2.9) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(5.2, height), layout="constrained")
    axes = figure.subplots()
    axes.set_title(title, fontsize=10, loc="left")
    axes.tick_params(labelsize=8)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure, axes


def _svg(figure: Figure) -> str:
    """The element alone, the same for the same figures."""
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None})
    return _FIRST_TAG.sub("", written.getvalue())
