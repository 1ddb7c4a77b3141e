"""Question in, grounded answer out, as a LangChain runnable."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from rag.answer import ABSTENTION, Answer, Citation, Seconds
from rag.answerers import Answerer
from rag.evidence import Evidence, score_sentences
from rag.gate import Gate
from vectorstore import Store
from vectorstore.language import Language, language_of

_NEAREST_SHOWN = 3


class AnswerChain(Runnable[str, Answer]):
    """Retrieve, score sentences, gate, answer, cite.

    ``invoke`` returns the whole answer; ``stream`` yields it as it grows, each item being
    complete so far. Batch and async come with ``Runnable``.
    """

    def __init__(
        self, store: Store, answerer: Answerer, gate: Gate, *, passages: int, threshold: float
    ) -> None:
        """``threshold`` is the least probability, from 0 to 1, at which it answers."""
        self._store = store
        self._answerer = answerer
        self._gate = gate
        self._passages = passages
        self._threshold = threshold

    def invoke(self, input: str, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        *_, answer = self.stream(input, config, **kwargs)
        return answer

    def stream(
        self, input: str, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Answer]:
        started = time.perf_counter()
        language = language_of(input)
        query = self._store.analyse(input)
        hits = self._store.search(query, self._passages)
        evidence = score_sentences(query, hits, self._store.analyzer)
        retrieved = time.perf_counter()
        confidence = self._gate.probability(query, hits, evidence)
        answer = Answer(input, "", False, language, self._answerer.name, confidence=confidence)

        def timed(answer: Answer) -> Answer:
            now = time.perf_counter()
            return replace(
                answer, seconds=Seconds(retrieved - started, now - retrieved, now - started)
            )

        if confidence < self._threshold:
            yield timed(_refusal(answer, language, evidence))
            return
        for statement in self._answerer.answer(query, evidence):
            answer = _with_statement(answer, statement.text, statement.evidence)
            yield timed(answer)
        if not answer.citations:
            yield timed(_refusal(answer, language, evidence))


def _refusal(answer: Answer, language: Language, evidence: Sequence[Evidence]) -> Answer:
    """Say that the documents are silent, and cite the nearest passages, one sentence each."""
    nearest: dict[int, Evidence] = {}
    for found in evidence:
        nearest.setdefault(found.hit.passage.id, found)
    shown = list(nearest.values())[:_NEAREST_SHOWN]
    citations = tuple(_citation(n, found) for n, found in enumerate(shown, 1))
    return replace(answer, answer=ABSTENTION[language], refused=True, citations=citations)


def _with_statement(answer: Answer, text: str, evidence: Sequence[Evidence]) -> Answer:
    citations = list(answer.citations)
    marks = []
    for found in evidence:
        same = (c for c in citations if (c.start, c.end) == found.span and _same_source(c, found))
        citation = next(same, None)
        if citation is None:
            citation = _citation(len(citations) + 1, found)
            citations.append(citation)
        marks.append(f"[{citation.n}]")
    line = f"{text} {''.join(marks)}"
    whole = f"{answer.answer}\n{line}" if answer.answer else line
    return replace(answer, answer=whole, citations=tuple(citations))


def _same_source(citation: Citation, evidence: Evidence) -> bool:
    return citation.passage.path == evidence.hit.passage.path


def _citation(n: int, evidence: Evidence) -> Citation:
    start, end = evidence.span
    score = min(max(evidence.score, 0.0), 1.0)
    return Citation(n, evidence.text, start, end, score, evidence.hit.passage)
