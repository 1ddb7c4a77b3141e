"""Questions with what retrieval finds for them, to fit and to cross-validate weights on."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geungeo.evals.beir import CHUNKER, BeirSet
from geungeo.evals.comparing import holds, plain
from geungeo.evals.gold import GoldCase, read_gold
from geungeo.evals.pools import PooledPassage, index_passages, pooled, read_pools
from geungeo.ingest import CHUNKER as DOCUMENT_CHUNKER
from geungeo.ingest import Ledger, ingest
from geungeo.lang import Analyzer
from geungeo.lang.detect import Language, language_of
from geungeo.rag.answer.answer import Answer
from geungeo.rag.question.conversation import Asked, standalone
from geungeo.rag.question.expansion import Expander
from geungeo.rag.question.question import Question
from geungeo.rag.ranking.demands import Demands
from geungeo.rag.ranking.matching import Candidate, match
from geungeo.rag.ranking.retrieval import SECOND_STAGE
from geungeo.rag.ranking.scoring import passage_features
from geungeo.rag.ranking.sentence_features import ungapped_features
from geungeo.rag.ranking.twins import joined
from geungeo.vectorstore import Encoder, Hit, Query, Store

PASSAGES = 8
# Characters, spaces left out, from which on a sentence within the evidence is evidence itself.
_TELLING = 10

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Case:
    """A question with its hits, ``right`` marking those that answer, of shape (hits,).

    ``source`` is where the question is from, ``collection`` a part of it that figures are
    given for, and ``article`` what has to be held out with it. ``wanted`` are answers, or
    evidence word for word where ``is_evidence``; ``answer`` is then the shortest stretch of it
    that answers, where there is one.
    """

    source: str
    collection: str
    article: str
    query: Query
    hits: tuple[Hit, ...]
    right: Bools
    wanted: tuple[str, ...]
    answerable: bool
    is_evidence: bool = False
    is_near_miss: bool = False
    answer: str = ""

    @property
    def language(self) -> Language:
        return self.question.written_in

    @property
    def is_same_language(self) -> bool:
        return self.language == language_of(self.hits[0].passage.text)

    @cached_property
    def question(self) -> Question:
        return Question(self.query.text, self.query.text, self.query, self.query.text)

    @cached_property
    def candidates(self) -> list[Candidate]:
        return [match(self.query, hit) for hit in self.hits]

    @cached_property
    def rows(self) -> list[list[float]]:
        """The features of the passages, a row for each hit."""
        return passage_features(self.question, self.candidates)

    @cached_property
    def demands(self) -> Demands:
        return Demands(self.question)

    @cached_property
    def telling(self) -> list[list[bool]]:
        """For each hit which of its sentences are those that answer."""
        return [
            [
                bool(right) and self._tells(hit.passage.sentence_text(i))
                for i in range(len(hit.passage.sentences))
            ]
            for hit, right in zip(self.hits, self.right, strict=True)
        ]

    @cached_property
    def _sentence_rows(self) -> dict[int, list[list[float]]]:
        return {}

    def sentence_rows(self, place: int) -> list[list[float]]:
        """The features of the sentences of a candidate, without the gap between passages."""
        if place not in self._sentence_rows:
            one = self.candidates[place]
            self._sentence_rows[place] = ungapped_features(self.demands, one)
        return self._sentence_rows[place]

    def _tells(self, sentence: str) -> bool:
        if not self.is_evidence:
            return holds(sentence, self.wanted)
        return tells(sentence, self.wanted)


def tells(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a sentence holds some evidence, or is a part of it."""
    own = plain(sentence)
    return any(
        told in own or (len(own) > _TELLING and own in told) for told in map(plain, evidence)
    )


def beir_cases(
    folder: Path, source: str, *, answers_of: Path | None = None, half: bool, headed: bool = False
) -> list[Case]:
    """Every question of a set with its first hits; ``half`` leaves out every other article,
    and ``headed`` puts the titles above the passages."""
    collection = BeirSet.read(folder)
    answering = BeirSet.read(answers_of) if answers_of else collection
    answers = {query.id: query.answers for query in answering.queries}
    titles = sorted({document.title for document in collection.documents})
    whole = not half or not all(query.answerable for query in collection.queries)
    kept = set(titles if whole else titles[::2])
    article = {document.id: document.title for document in collection.documents}
    with scratch_store(CHUNKER) as store:
        ids = collection.index(store, kept, headed=headed)
        expander = Expander.of(store)
        found = []
        for asked in collection.queries:
            relevant = collection.relevant.get(asked.id, frozenset())
            about = {article.get(one, "") for one in relevant}
            query = expander.analyse(asked.text)
            hits = tuple(store.search(query, SECOND_STAGE))
            right = np.array([ids[hit.passage.start] in relevant for hit in hits])
            group = min(about, default=asked.id.split("-")[0])
            there = asked.answerable and bool(about) and about <= kept
            if hits and (there or not about & kept):
                found.append(
                    Case(source, folder.name, group, query, hits, right, answers[asked.id], there)
                )
        return found


def gold_cases(gold: Path, documents: Path, source: str) -> list[Case]:
    """The questions of a gold file on its documents, those that follow up on others in their
    stand-alone form."""
    with scratch_store(DOCUMENT_CHUNKER) as store:
        ingest([documents], store, Ledger.of(store))
        expander = Expander.of(store)
        found = []
        for asked in (case for case in read_gold(gold) if case.split != "kept"):
            query = expander.analyse(_standalone(asked, expander))
            hits = tuple(joined(store.search(query, SECOND_STAGE)))
            right = np.array(
                [
                    hit.passage.document in asked.documents
                    and (tells(hit.passage.text, asked.evidence) or _has(hit, asked.answers))
                    for hit in hits
                ]
            )
            wanted = (*asked.answers, *asked.evidence)
            collection = f"{source}-{asked.lang}"
            if hits:
                found.append(
                    Case(
                        source, collection, asked.id, query, hits, right, wanted,
                        asked.answerable, is_evidence=True,
                    )
                )  # fmt: skip
        return found


def _standalone(case: GoldCase, expander: Expander) -> str:
    """A question as it is looked up, after those before it, of whose answers nothing is known."""
    before: tuple[Answer, ...] = ()
    for question in (*case.history, case.question):
        whole = standalone(Asked(expander.corrected(question), before), expander.analyzer)
        before = (*before, Answer(question, "", True, case.lang, "", standalone=whole))
    return before[-1].standalone


def _has(hit: Hit, answers: Sequence[str]) -> bool:
    return holds(hit.passage.text, answers)


def reading_cases(folder: Path, source: str) -> list[Case]:
    """Questions on passages, those of one origin being a collection: a near miss has its own
    passage there, and that passage's neighbours."""
    passages = {row["unit"]: row for row in _rows(folder / "passages.jsonl")}
    asked = _rows(folder / "questions.jsonl")
    found = []
    for origin in dict.fromkeys(unit.split("-")[0] for unit in passages):
        own = [row for unit, row in passages.items() if unit.split("-")[0] == origin]
        with scratch_store(CHUNKER) as store:
            index_passages(store, origin, [PooledPassage.model_validate(row) for row in own])
            expander = Expander.of(store)
            for row in asked:
                text = str(passages[row["unit"]]["text"])
                if row["unit"].split("-")[0] != origin:
                    continue
                query = expander.analyse(str(row["question"]))
                hits = tuple(store.search(query, SECOND_STAGE))
                answerable = bool(row["answerable"])
                right = np.array([answerable and hit.passage.text == text for hit in hits])
                evidence = tuple(_lines(row.get("evidence", "")))
                collection = f"{source}-{origin}-{row['lang']}"
                if hits:
                    found.append(
                        Case(
                            source, collection, str(row["unit"]), query, hits, right, evidence,
                            answerable, is_evidence=True, answer=str(row.get("answer") or ""),
                        )
                    )  # fmt: skip
    return found


def pool_cases(file: Path, source: str) -> list[Case]:
    """Questions that each have their own passages; which of these answers is not known."""
    encoder, analyzer = Encoder(), Analyzer()
    found = []
    for pool in read_pools(file):
        with pooled(pool, encoder, analyzer) as store:
            query = Expander.of(store).analyse(pool.question)
            hits = tuple(store.search(query, SECOND_STAGE))
        if hits:
            right = np.zeros(len(hits), dtype=bool)
            collection = f"{source}-{pool.lang}"
            found.append(Case(source, collection, pool.id, query, hits, right, (), pool.answerable))
    return found


def near_misses(questions: Sequence[Case]) -> list[Case]:
    """The answerable questions once more, with no hit left that holds an answer."""
    missed = []
    for case in questions:
        left = tuple(
            hit
            for hit, right in zip(case.hits, case.right, strict=True)
            if not right and not holds(hit.passage.text, case.wanted)
        )
        if case.answerable and case.right.any() and len(left) >= PASSAGES:
            wrong = np.zeros(len(left), dtype=bool)
            missed.append(
                replace(case, hits=left, right=wrong, answerable=False, is_near_miss=True)
            )
    return missed


@contextmanager
def scratch_store(chunker: str) -> Iterator[Store]:
    with (
        tempfile.TemporaryDirectory(prefix="geungeo-fit-") as scratch,
        Store.open(Path(scratch), Encoder(), Analyzer(), chunker) as store,
    ):
        yield store


def _rows(file: Path) -> list[dict[str, Any]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _lines(evidence: object) -> list[str]:
    """The sentences of evidence, one a line or in a list."""
    parts = evidence if isinstance(evidence, list) else [evidence]
    return [line for part in parts for line in str(part).splitlines() if line.strip()]
