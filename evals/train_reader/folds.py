"""Training with a fold left out, and what the model says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geungeo.evals.train_reader.batches import Data
from geungeo.evals.train_reader.files import (
    CASE,
    EXAMPLES,
    FOLDS,
    QUESTION,
    START,
    WEIGHTS,
    WINDOW,
)
from geungeo.evals.train_reader.network import Layers
from geungeo.evals.train_reader.pretrained import Pretrained
from geungeo.evals.train_reader.states import states_of
from geungeo.evals.train_reader.training import Plan, Trainer

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[Any]


def train_fold(
    folder: Path,
    out: Path,
    without: Sequence[str],
    trained: int,
    plan: Plan,
    say: Callable[[str], None],
) -> None:
    """Train on all folds but some, or on all, keep the weights, and say how well it reads those
    that are left out; ``trained`` layers of the encoder, the last ones, are trained."""
    out.mkdir(parents=True, exist_ok=True)
    data, start = Data.read(folder / EXAMPLES), Pretrained.load(folder / START)
    kept = start.layers - trained
    states = states_of(data, start, kept, folder / f"states-{kept}.npy", plan.device, say)
    arrays, watched = data.arrays, data.arrays["watched"]
    left = [FOLDS.index(name) for name in without]
    chosen = np.flatnonzero(~np.isin(arrays["folds"], left))
    own = np.isin(arrays["case_folds"][watched[:, CASE]], left)
    name = "-".join(without) or "all"
    say(f"{name}: {len(chosen)} examples")
    last = Layers(start, range(kept, start.layers))
    trainer = Trainer(data, states, last, plan, chosen)
    trainer.run(out / f"{name}.state", say)
    weights = {key: value.cpu().numpy() for key, value in trainer.network.state_dict().items()}
    np.savez(out / f"{name}{WEIGHTS}", kept=kept, rarity=trainer.rarity, **weights)
    if not own.any():
        return
    answers, sentences = trainer.read(watched[own][:, [QUESTION, WINDOW]])
    for line in figures(arrays, np.flatnonzero(own), answers, sentences):
        say(line)


def figures(
    arrays: dict[str, npt.NDArray[Any]], rows: Ints, answers: Floats, sentences: list[Floats]
) -> list[str]:
    """For each collection whether questions can be told apart by the best passage, and how often
    what answers comes first."""
    watched, told = arrays["watched"][rows], arrays["watched_told"][rows]
    best: dict[int, float] = {}
    ranked: dict[int, list[tuple[float, bool]]] = {}
    passages: dict[int, list[tuple[float, bool]]] = {}
    for row, bits, answer, own in zip(
        watched, told.tolist(), answers.tolist(), sentences, strict=True
    ):
        case = int(row[CASE])
        best[case] = max(best.get(case, -1e9), answer)
        passages.setdefault(case, []).append((answer, bits > 0))
        found = ranked.setdefault(case, [])
        for i, score in enumerate(own.tolist()):
            found.append((_log_chance(answer) + _log_chance(score), bool(bits >> i & 1)))
    lines = []
    names = arrays["case_collections"]
    for name in sorted(set(names[list(best)].tolist())):
        own_cases = [case for case in best if names[case] == name]
        there = [bool(arrays["case_answerable"][case]) for case in own_cases]
        right = [c for c in own_cases if any(hit for _, hit in passages[c])]
        lines.append(
            f"{name:<28}{len(own_cases):>6}  AUC {_auc([best[c] for c in own_cases], there):.3f}"
            f"  recall@1 {_first(passages, right, 1):.3f}"
            f"  sentence@1 {_first(ranked, right, 1):.3f}  @3 {_first(ranked, right, 3):.3f}"
        )
    return lines


def _first(ranked: dict[int, list[tuple[float, bool]]], cases: list[int], depth: int) -> float:
    if not cases:
        return float("nan")
    tops = (sorted(ranked[case], key=lambda one: -one[0])[:depth] for case in cases)
    return sum(any(hit for _, hit in top) for top in tops) / len(cases)


def _auc(scores: list[float], there: list[bool]) -> float:
    """The chance that an answerable question scores more than another, ties counting half."""
    yes = np.array([s for s, t in zip(scores, there, strict=True) if t])
    no = np.array([s for s, t in zip(scores, there, strict=True) if not t])
    if not len(yes) or not len(no):
        return float("nan")
    return float((yes[:, None] > no).mean() + (yes[:, None] == no).mean() / 2)


def _log_chance(odds: float) -> float:
    return -float(np.logaddexp(0.0, -odds))
