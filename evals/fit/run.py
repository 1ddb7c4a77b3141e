"""Fit rag/ranking/weights.json: python -m geungeo.evals.fit BENCH [--sample FOLDER ...]

BENCH holds korquad, korquad-open, xquad-*, finreg and nomiracl, ``--reading`` passages with
questions and evidence, ``--sample`` and ``--reports`` documents with gold questions. What is
found for the questions is kept in ``--cache``, so that fitting again takes minutes: delete it, or
name another folder, when retrieval or ingest has changed. ``--without`` fits on all sources but
one, to measure on that one from end to end.

Every figure in the file is of a source that neither ranking nor gate had seen; those that are
``held_out`` are of articles of known sources.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import typer
from sklearn.model_selection import GroupKFold

from geungeo.evals.fit.cases import Case, near_misses
from geungeo.evals.fit.gate import (
    Calibrated,
    Gated,
    ablation,
    calibrated_gate,
    gate_figures,
    linear_odds,
)
from geungeo.evals.fit.ranking import Floats, Models, figures, fit_models
from geungeo.evals.fit.ranking import ablation as ranking_ablation
from geungeo.evals.fit.reading import Read, fit_weights, gate_ablation, reads_of
from geungeo.evals.fit.reading import calibrated as calibrated_reading
from geungeo.evals.fit.reading import figures as reading_figures
from geungeo.evals.fit.sources import Folders, parts, read_cases
from geungeo.lang import Analyzer
from geungeo.rag.ranking.gate_features import GATE_FEATURES
from geungeo.rag.ranking.scoring import PASSAGE_FEATURES
from geungeo.rag.ranking.sentence_features import SENTENCE_FEATURES
from geungeo.rag.ranking.thresholds import Thresholds
from geungeo.rag.ranking.weights import Linear
from geungeo.rag.reading.reader import Reader
from geungeo.rag.reading.weighing import GATE, PASSAGE, SENTENCE
from geungeo.vectorstore import Encoder

_FOLDS = 5
# Collections that ask of the documents of a source, which are left out with it.
_ON_THE_SAME_DOCUMENTS = {
    "reports": ("reading-report",),
    "reading": ("reports", "finreg"),
    "finreg": ("reading-law",),
}
# Passages that the reader keeps while weights are fitted.
_KEPT = 4000

Figures = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Questions:
    """Those that ranking is fitted on and those that the gate is fitted on."""

    ranked: Sequence[Case]
    gated: Sequence[Case]

    @classmethod
    def of(cls, found: Mapping[str, Sequence[Case]]) -> Questions:
        ranked: list[Case] = []
        gated: list[Case] = []
        for name, cases in found.items():
            if not name.startswith(("gated-", "finreg")):
                ranked.extend(case for case in cases if case.answerable and case.wanted)
            if not name.startswith("ranked-"):
                gated.extend(cases)
            if name.startswith(("gated-", "finreg")):
                gated.extend(near_misses(cases))
        return cls(ranked, gated)

    @property
    def sources(self) -> list[str]:
        return sorted({case.source for case in self.gated})

    def without(self, source: str) -> Questions:
        return Questions(
            [case for case in self.ranked if _is_apart(case.source, case.collection, source)],
            [case for case in self.gated if _is_apart(case.source, case.collection, source)],
        )

    def of_source(self, source: str) -> Questions:
        return Questions(
            [case for case in self.ranked if case.source == source],
            [case for case in self.gated if case.source == source],
        )


def _is_apart(own: str, collection: str, source: str) -> bool:
    """Whether a question, by its own source and collection, is neither of a source nor on the
    same documents."""
    return own != source and not collection.startswith(_ON_THE_SAME_DOCUMENTS.get(source, ()))


def _apart(questions: Gated, source: str) -> npt.NDArray[np.bool_]:
    """``_is_apart`` of each of some questions."""
    named = zip(questions.sources.tolist(), questions.collections.tolist(), strict=True)
    return np.array([_is_apart(own, collection, source) for own, collection in named])


@dataclass(frozen=True)
class LeftOut:
    """What was measured on sources, each left out of all fitting in its turn, and the models of
    the others; ``gated`` has the questions source by source."""

    ranking: dict[str, dict[str, float]]
    gated: Gated
    odds: Floats
    models: dict[str, Models]


def leave_out(questions: Questions) -> LeftOut:
    ranking: dict[str, dict[str, float]] = {}
    parts: list[Gated] = []
    odds: list[Floats] = []
    others: dict[str, Models] = {}
    for source in questions.sources:
        rest, own = questions.without(source), questions.of_source(source)
        models = others[source] = fit_models(rest.ranked)
        ranking |= figures(own.ranked, models)
        seen, tested = Gated.of(rest.gated, models), Gated.of(own.gated, models)
        odds.append(linear_odds(seen)(tested.rows))
        parts.append(tested)
        typer.echo(f"left out {source}", err=True)
    joined = Gated.joined(parts)
    return LeftOut(dict(sorted(ranking.items())), joined, np.concatenate(odds), others)


def hold_out(questions: Questions) -> dict[str, dict[str, float]]:
    """How well sentences are ranked in articles that were not seen, of sources that were."""
    found: dict[str, list[dict[str, float]]] = {}
    cases = list(questions.ranked)
    groups = [f"{case.source} {case.article}" for case in cases]
    for seen, tested in GroupKFold(_FOLDS).split(cases, groups=groups):
        models = fit_models([cases[i] for i in seen])
        for name, row in figures([cases[i] for i in tested], models).items():
            found.setdefault(name, []).append(row)
    return {name: _mean(rows) for name, rows in sorted(found.items())}


def _mean(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    counts = [row["questions"] for row in rows]
    means = {
        name: round(float(np.average([row[name] for row in rows], weights=counts)), 4)
        for name in rows[0]
    }
    return {**means, "questions": sum(counts)}


def hold_out_gate(gated: Gated, groups: Sequence[str]) -> Floats:
    """Log-odds for questions on articles that the gate has not seen, of sources that it has."""
    odds = np.empty(len(gated.rows))
    for seen, tested in GroupKFold(_FOLDS).split(gated.rows, groups=groups):
        odds[tested] = linear_odds(gated.part(seen))(gated.rows[tested])
    return odds


def show_gate(title: str, table: Figures) -> None:
    typer.echo(f"\n{title:<30}{'questions':>10}{'AUC':>8}{'refused':>9}{'wrong':>8}")
    for name, row in table.items():
        cells = [row.get(key) for key in ("auc", "refused", "wrong_refusals")]
        auc, refused, wrong = ("–" if cell is None else f"{cell:.3f}" for cell in cells)
        typer.echo(f"{name:<30}{row['questions']:>10}{auc:>8}{refused:>9}{wrong:>8}")


def show_ablation(title: str, worth: Mapping[str, float], measure: str = "AUC") -> None:
    typer.echo(f"\n{title + ', without':<30}{measure:>16}")
    for name, value in sorted(worth.items(), key=lambda one: one[1]):
        typer.echo(f"{name if name != 'all' else '(all)':<30}{value:>16.4f}")


def show_ranking(title: str, table: Mapping[str, Mapping[str, float]]) -> None:
    columns = ("recall@1", "recall@5", "sentence@1", "sentence@3")
    typer.echo(f"\n{title:<30}" + "".join(f"{column:>12}" for column in columns))
    for name, row in table.items():
        typer.echo(f"{name:<30}" + "".join(f"{row[column]:>12.3f}" for column in columns))


def _figures(names: npt.NDArray[np.str_], gated: Gated, raw: Floats, on: Calibrated) -> Figures:
    return gate_figures(names, gated, on.odds(raw), on.thresholds.answers)


def fit_ranking(questions: Questions) -> tuple[Models, dict[str, Any]]:
    """The models with what the file says of them."""
    models = fit_models(questions.ranked)
    pairs = (("same_language", models.same_language), ("other_language", models.other_language))
    said = {
        name: {
            "passage": _named(PASSAGE_FEATURES, model.passage),
            "sentence": _named(SENTENCE_FEATURES, model.sentence),
        }
        for name, model in pairs
    }
    return models, said


def fit_gate(
    questions: Questions, models: Models, left: LeftOut, calibrated: Calibrated
) -> dict[str, Any]:
    """What the file says of the gate."""
    by_source, by_collection = (
        _figures(names, left.gated, left.odds, calibrated)
        for names in (left.gated.sources, left.gated.collections)
    )
    show_gate("source left out", by_source)
    show_gate("source left out", by_collection)
    gated = Gated.of(questions.gated, models)
    groups = [f"{case.source} {case.article}" for case in questions.gated]
    within = _figures(gated.sources, gated, hold_out_gate(gated, groups), calibrated)
    show_gate("articles held out", within)
    worth = ablation(GATE_FEATURES, left.gated, linear_odds, _apart)
    show_ablation("gate", worth)
    gate = calibrated_gate(gated, calibrated)
    return {
        "ablation": worth,
        "left_out": {"sources": by_source, "collections": by_collection},
        "held_out": within,
        "reliability": calibrated.reliability,
        "same_language": _named(GATE_FEATURES, gate.same_language),
        "other_language": _named(GATE_FEATURES, gate.other_language),
    }


def fit_reading(
    questions: Questions, left: LeftOut, calibrated: Calibrated, reader: Reader
) -> tuple[Thresholds, dict[str, Any]]:
    """From where on passages answer that were read, and what the file says of reading: weights,
    and figures of each source by weights that were fitted on the others."""
    odds = calibrated.odds(left.odds).tolist()
    ranked: dict[str, list[Read]] = {}
    gated: dict[str, list[Read]] = {}
    for source in questions.sources:
        own, models = questions.of_source(source), left.models[source]
        asked, odds = odds[: len(own.gated)], odds[len(own.gated) :]
        gated[source] = list(reads_of(own.gated, models, asked, reader))
        ranked[source] = list(reads_of(own.ranked, models, [0.0] * len(own.ranked), reader))
    others = {
        source: fit_weights(_without(ranked, source), _without(gated, source))
        for source in filter(gated.get, questions.sources)
    }
    read = calibrated_reading([(gated[source], rest) for source, rest in others.items()])
    found: dict[str, Any] = {}
    for source, rest in others.items():
        weights = replace(rest, gate=read.linear(rest.gate))
        found |= reading_figures(gated[source], weights, calibrated.thresholds.answers)
    show_reading(found)
    worth = gate_ablation(_without(gated, ""), _apart)
    show_ablation("gate with reading", worth)
    weights = fit_weights(_without(ranked, ""), _without(gated, ""))
    said = {
        "ablation": worth,
        "left_out": found,
        "passage": _named(PASSAGE, weights.passage),
        "sentence": _named(SENTENCE, weights.sentence),
        "gate": _named(GATE, read.linear(weights.gate)),
        "reliability": read.reliability,
    }
    return read.thresholds, said


def _without(reads: Mapping[str, Sequence[Read]], source: str) -> list[Read]:
    return [
        one
        for own in reads.values()
        for one in own
        if _is_apart(one.case.source, one.case.collection, source)
    ]


def show_reading(table: Mapping[str, Mapping[str, Any]]) -> None:
    columns = ("auc", "refused", "wrong_refusals", "recall@1", "sentence@1", "sentence@3")
    typer.echo(f"\n{'read, source left out':<30}" + "".join(f"{c:>15}" for c in columns))
    for name, row in table.items():
        pairs = ((row["features"].get(c), row["reading"].get(c)) for c in columns)
        cells = ("–" if a is None else f"{a:.3f} > {b:.3f}" for a, b in pairs)
        typer.echo(f"{name:<30}" + "".join(f"{cell:>15}" for cell in cells))


def _named(names: Sequence[str], linear: Linear) -> dict[str, Any]:
    rounded = (round(float(weight), 4) for weight in linear.weights)
    weights = dict(zip(names, rounded, strict=True))
    return {"weights": weights} | ({"bias": round(linear.bias, 4)} if linear.bias else {})


def main(
    bench: Annotated[Path, typer.Argument(help="Test collections.")],
    sample: Annotated[Path, typer.Option(help="Documents with questions.")] = Path("sample"),
    reports: Annotated[Path, typer.Option(help="Reports with questions.")] = Path("reports"),
    reading: Annotated[Path, typer.Option(help="Passages with questions.")] = Path("reading"),
    cache: Annotated[Path, typer.Option(help="What was found.")] = Path(".geungeo-fit"),
    out: Annotated[Path, typer.Option()] = Path("rag/ranking/weights.json"),
    workers: Annotated[int, typer.Option(min=1, help="Processes that look for passages.")] = 2,
    without: Annotated[str, typer.Option(help="A source that is not fitted on.")] = "",
    reader: Annotated[Path, typer.Option(help="The reader whose word is weighed too.")] = Path(
        "rag/reading/reader.onnx"
    ),
) -> None:
    folders = Folders(bench, sample, reports, reading)
    found = read_cases(parts(folders), cache, workers)
    questions = Questions.of(found)
    if without:
        questions = questions.without(without)
    left = leave_out(questions)
    show_ranking("source left out", left.ranking)
    held_out = hold_out(questions)
    show_ranking("articles held out", held_out)
    models, ranking = fit_ranking(questions)
    worth = ranking_ablation(
        questions.ranked, lambda case, source: _is_apart(case.source, case.collection, source)
    )
    for name, own in worth.items():
        show_ablation(name, own, "log-likelihood")
    calibrated = Calibrated.on(left.gated, left.odds)
    gate = fit_gate(questions, models, left, calibrated)
    thresholds, read = fit_reading(questions, left, calibrated, Reader(reader, _KEPT))
    fitted = {
        "made_by": "python -m geungeo.evals.fit",
        "encoder": Encoder().name,
        "analyzer": Analyzer().name,
        "sources": questions.sources,
        "thresholds": vars(thresholds),
        "ranking": {"ablation": worth, "left_out": left.ranking, "held_out": held_out},
        **ranking,
        "gate": gate,
        "reading": read,
    }
    out.write_text(_compact(json.dumps(fitted, indent=2, ensure_ascii=False)), encoding="utf-8")


def _compact(text: str) -> str:
    """JSON with lists of plain values on a line each."""
    return re.sub(r"\[[^\[\]{}]*\]", lambda found: " ".join(found[0].split()), text) + "\n"
