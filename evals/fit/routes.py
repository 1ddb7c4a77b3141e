"""Fit rag/routes/router.npz: python -m geungeo.evals.fit.routes QUESTIONS.jsonl ...

The files hold questions that passages answer (``question`` or ``text``; those of the kind
``summary`` are on a document as a whole), beside the questions of ``evals/routes``. The figures
printed are cross-validated: of questions, and of templates with any topic in them, that the
router had not seen.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import typer
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from geungeo.rag.routes.router import BUCKETS, FILE, ROUTES, Floats, Router, decided, gram_weights
from geungeo.vectorstore import Encoder

Rows = npt.NDArray[np.intp]
"""The indices of examples."""

_QUESTIONS = Path(__file__).parent.parent / "routes"
_FOLDS = 6
_TOPICS_EACH = 6
# A question made from a template says less than one that somebody wrote, and so does one that says
# little without the conversation that it is from.
_WEIGHT_OF_SHORT = 0.5
_MEANING_C, _WRITING_C = 20.0, 50.0


@dataclass(frozen=True)
class Example:
    """A question, its route, where it comes from, and what is left out together with it."""

    question: str
    route: str
    source: str
    group: str


def main(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option()] = Path("rag/routes") / FILE,
) -> None:
    examples = [*_written(), *_made(), *_asked(files)]
    encoder = Encoder()
    vectors = np.asarray(encoder.encode_questions([one.question for one in examples]), float)
    grams = _grams([one.question for one in examples])
    generator = np.random.default_rng(0)
    groups = {group: int(generator.integers(_FOLDS)) for group in
              sorted({one.group for one in examples})}  # fmt: skip
    folds = np.array([groups[one.group] for one in examples])
    said = [""] * len(examples)
    for fold in range(_FOLDS):
        router = _fit(examples, vectors, grams, np.flatnonzero(folds != fold), encoder.name)
        for index in np.flatnonzero(folds == fold):
            own = examples[index].question
            said[index] = decided(router.probabilities(own, vectors[index], encoder.name))
    _report(examples, said)
    router = _fit(examples, vectors, grams, np.arange(len(examples)), encoder.name)
    np.savez_compressed(
        out, encoder=np.array(router.encoder), meaning=router.meaning.astype(np.float16),
        writing=router.writing.astype(np.float16),
    )  # fmt: skip
    typer.echo(f"{out}: {out.stat().st_size:,} bytes, fitted on {len(examples)} questions")


def _fit(
    examples: Sequence[Example], vectors: Floats, grams: csr_matrix, rows: Rows, encoder: str
) -> Router:
    routes = np.array([ROUTES.index(one.route) for one in examples])[rows]
    says_less = np.array([one.source in ("made", "third") for one in examples])[rows]
    weights = np.where(says_less, _WEIGHT_OF_SHORT, 1.0)

    def coefficients(features: Floats | csr_matrix, strength: float) -> Floats:
        regression = LogisticRegression(C=strength, max_iter=3000)
        regression.fit(features[rows], routes, weights)
        return np.vstack((regression.coef_.T, regression.intercept_))

    return Router(encoder, coefficients(vectors, _MEANING_C), coefficients(grams, _WRITING_C))


def _grams(questions: Sequence[str]) -> csr_matrix:
    rows = [gram_weights(question) for question in questions]
    values = [weight for row in rows for weight in row.values()]
    columns = [bucket for row in rows for bucket in row]
    starts = np.cumsum([0, *map(len, rows)])
    return csr_matrix((values, columns, starts), shape=(len(rows), BUCKETS))


def _rows(file: Path) -> Iterable[dict[str, str]]:
    return (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line)


def _written() -> list[Example]:
    return [
        Example(row["question"], row["route"], row["written"], row["question"])
        for row in _rows(_QUESTIONS / "questions.jsonl")
    ]


def _made() -> list[Example]:
    topics = json.loads((_QUESTIONS / "topics.json").read_text(encoding="utf-8"))
    generator = np.random.default_rng(0)
    return [
        Example(row["template"].replace("{}", str(topic)), row["route"], "made", row["template"])
        for row in _rows(_QUESTIONS / "templates.jsonl")
        for topic in generator.choice(topics[row["lang"]], _TOPICS_EACH, replace=False)
    ]


def _asked(files: Sequence[Path]) -> list[Example]:
    return [
        Example(
            question, "document" if row.get("kind") == "summary" else "passages", "asked", question
        )
        for file in files
        for row in _rows(file)
        for question in [row.get("question") or row["text"]]
    ]


def _report(examples: Sequence[Example], said: Sequence[str]) -> None:
    """A table of what was asked against what was taken for it, for each kind of source."""
    for source in ("first", "second", "third", "made", "asked"):
        own = [(one.route, given) for one, given in zip(examples, said, strict=True)
               if one.source == source]  # fmt: skip
        counts = Counter(own)
        right = sum(count for (route, given), count in counts.items() if route == given)
        typer.echo(f"{source}: {right} of {len(own)} ({right / len(own):.3f})")
        typer.echo("  " + " ".join(f"{route:>10}" for route in ("asked", *ROUTES)))
        for route in ROUTES:
            if any(asked == route for asked, _ in counts):
                cells = " ".join(f"{counts[route, given]:>10}" for given in ROUTES)
                typer.echo(f"  {route:>10} {cells}")


if __name__ == "__main__":
    typer.run(main)
