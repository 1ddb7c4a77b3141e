"""Questions with what retrieval finds for them, to fit and to cross-validate weights on."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evals.answers import holds
from evals.beir import CHUNKER, BeirSet
from evals.gold import read_gold
from ingest import CHUNKER as DOCUMENT_CHUNKER
from ingest import Ledger, ingest
from rag.matching import Candidate, match
from rag.retrieval import SECOND_STAGE
from rag.scoring import passage_features
from vectorstore import Analyzer, Encoder, Query, Store

PASSAGES = 8

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Case:
    """A question with its candidates and their features; ``right`` marks the relevant ones.

    ``collection`` is the set that it is from, and ``article`` what has to be held out with it.
    """

    collection: str
    article: str
    query: Query
    candidates: list[Candidate]
    rows: list[list[float]]
    right: Bools
    answers: tuple[str, ...]
    answerable: bool


def cases(bench: Path, name: str, answers_of: str, *, half: bool) -> list[Case]:
    """Every question of a set with its first hits; ``half`` leaves out every other article."""
    collection = BeirSet.read(bench / name)
    answers = {query.id: query.answers for query in BeirSet.read(bench / answers_of).queries}
    titles = sorted({document.title for document in collection.documents})
    whole = not half or not all(query.answerable for query in collection.queries)
    kept = set(titles if whole else titles[::2])
    article = {document.id: document.title for document in collection.documents}
    with _scratch_store(CHUNKER) as store:
        ids = collection.index(store, kept)
        found = []
        for asked in collection.queries:
            relevant = collection.relevant.get(asked.id, frozenset())
            about = article.get(next(iter(relevant), ""), "")
            query = store.analyse(asked.text)
            hits = store.search(query, SECOND_STAGE)
            candidates = [match(query, hit) for hit in hits]
            rows = passage_features(query, candidates)
            right = np.array([ids[hit.passage.start] in relevant for hit in hits])
            answerable = asked.answerable and about in kept
            group = about or asked.id.split("-")[0]
            found.append(
                Case(name, group, query, candidates, rows, right, answers[asked.id], answerable)
            )
        return found


def gold_cases(folder: Path) -> list[Case]:
    """The questions of a folder with ``documents`` and ``questions.jsonl``, each by itself;
    those that follow up on others are left out."""
    with _scratch_store(DOCUMENT_CHUNKER) as store:
        ingest([folder / "documents"], store, Ledger(store.folder / "ledger.sqlite"))
        found = []
        for asked in read_gold(folder / "questions.jsonl"):
            query = store.analyse(asked.question)
            hits = store.search(query, SECOND_STAGE)
            if asked.history or not hits:
                continue
            candidates = [match(query, hit) for hit in hits]
            right = np.array(
                [
                    hit.passage.document in asked.documents
                    and holds(hit.passage.text, (*asked.evidence, *asked.answers))
                    for hit in hits
                ]
            )
            rows = passage_features(query, candidates)
            wanted = (*asked.answers, *asked.evidence)
            answerable = asked.answerable
            found.append(
                Case(folder.name, asked.id, query, candidates, rows, right, wanted, answerable)
            )
        return found


def near_misses(questions: Sequence[Case]) -> list[Case]:
    """The answerable questions once more, with no candidate left that holds an answer."""
    missed = []
    for case in questions:
        left = [
            one
            for one, right in zip(case.candidates, case.right, strict=True)
            if not right and not holds(one.hit.passage.text, case.answers)
        ]
        if case.answerable and len(left) >= PASSAGES:
            rows = passage_features(case.query, left)
            wrong = np.zeros(len(left), dtype=bool)
            missed.append(
                replace(
                    case,
                    collection=f"{case.collection} near misses",
                    candidates=left,
                    rows=rows,
                    right=wrong,
                    answerable=False,
                )
            )
    return missed


@contextmanager
def _scratch_store(chunker: str) -> Iterator[Store]:
    with (
        tempfile.TemporaryDirectory(prefix="geungeo-fit-") as scratch,
        Store(Path(scratch), Encoder(), Analyzer(), chunker) as store,
    ):
        yield store
