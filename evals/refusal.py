"""Whether what can be answered is answered and all else refused: ``geungeo eval refusal``."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geungeo.evals.extra import extra
from geungeo.evals.pools import CHUNKER, Pool, index_passages
from geungeo.evals.shares import share
from geungeo.rag.assembly import make_answerer, make_retriever, open_scratch_store
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.settings import Settings

with extra("evals"):
    from sklearn.metrics import roc_auc_score

Update = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Decided:
    """Whether a question was answered from its passages, and the probability, from 0 to 1, that
    was seen for it."""

    pool: Pool
    answered: bool
    confidence: float


def evaluate(pools: Sequence[Pool], settings: Settings, update: Update) -> list[Decided]:
    """Ask each question of its own passages alone."""
    decided = []
    with tempfile.TemporaryDirectory(prefix="geungeo-eval-") as scratch:
        with open_scratch_store(settings, Path(scratch) / "none", CHUNKER) as store:
            answerer = make_answerer(store, settings)
        for done, pool in enumerate(pools):
            update(done, len(pools), pool.question)
            with open_scratch_store(settings, Path(scratch) / str(done), CHUNKER) as store:
                index_passages(store, pool.id, pool.passages)
                chain = Pipeline(
                    make_retriever(store, settings),
                    answerer,
                    passages=settings.passages,
                    threshold=settings.gate,
                )
                answer = chain.invoke(pool.question)
            decided.append(Decided(pool, not answer.refused, answer.confidence))
    return decided


def figures(decided: Sequence[Decided]) -> dict[str, Any]:
    """``answered`` is the share of answerable questions that were answered, ``refused`` that of
    the others that were refused, and ``balanced`` the mean of both; ``gpt4`` has the same of what
    GPT-4 said, where the file tells."""
    answerable = [one.pool.answerable for one in decided]
    told = [one.pool for one in decided if one.pool.gpt4_answered is not None]
    both = any(answerable) and not all(answerable)
    return {
        **_decisions(answerable, [one.answered for one in decided]),
        "auc": round(float(roc_auc_score(answerable, [one.confidence for one in decided])), 4)
        if both
        else None,
        "questions": len(decided),
    } | (
        {
            "gpt4": {
                **_decisions(
                    [pool.answerable for pool in told], [bool(p.gpt4_answered) for p in told]
                ),
                "questions": len(told),
            }
        }
        if told
        else {}
    )


def _decisions(answerable: Sequence[bool], answered: Sequence[bool]) -> dict[str, float | None]:
    pairs = list(zip(answerable, answered, strict=True))
    given = share(said for there, said in pairs if there)
    refused = share(not said for there, said in pairs if not there)
    balanced = None if given is None or refused is None else round((given + refused) / 2, 4)
    return {"answered": given, "refused": refused, "balanced": balanced}
