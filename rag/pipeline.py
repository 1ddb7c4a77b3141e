"""Question in, grounded answer out."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from geungeo.lang.folding import fold
from geungeo.lang.languages import LANGUAGES
from geungeo.rag.answer.answer import (
    Answer,
    Citation,
    Seconds,
    Sentence,
)
from geungeo.rag.answer.answerers import Answerer, Dropped, Said, Statement
from geungeo.rag.answer.disagreement import disagreeing, statement
from geungeo.rag.answer.excerpts import says_something
from geungeo.rag.explanation import Explanation
from geungeo.rag.question.conversation import Asked
from geungeo.rag.question.question import Question
from geungeo.rag.question.understanding import understood
from geungeo.rag.ranking.evidence import Evidence, Retrieved
from geungeo.rag.ranking.retrieval import Retriever
from geungeo.rag.reckoning.reckoner import Reckoned, Reckoner
from geungeo.rag.routes.answering import Routes
from geungeo.rag.routes.router import Router
from geungeo.vectorstore import Filter

Retrieve = Callable[[Question, int, Filter | None], Retrieved]
"""The best passages for a question, as many as are asked for, of the documents that a filter lets
through."""

_log = logging.getLogger(__name__)

_NEAREST_SHOWN = 3
# Of the best hit's score, what one in another document has at least to be named with it.
_NEAR = 0.2


@dataclass(frozen=True)
class _Begun:
    """An answer before anything is said, citing what was found; ``summarised`` is the path
    of the document that is to be, if one is."""

    answer: Answer
    found: Retrieved
    summarised: str = ""


class Pipeline:
    """Retrieve, gate, answer, cite.

    The input is a question, or one with the answers before it that it may lean on. Used by
    several threads at once.
    """

    def __init__(
        self,
        retriever: Retriever,
        answerer: Answerer,
        *,
        passages: int,
        threshold: float,
        only: Filter | None = None,
    ) -> None:
        """``threshold`` is the least probability, from 0 to 1, at which it answers, and
        ``only`` narrows the documents that it reads where a question does not."""
        self._only = only
        self.retriever = retriever
        self.answerer = answerer
        self.routes = Routes(retriever, Router.shipped())
        self._reckoner = Reckoner(retriever.store)
        self._passages = passages
        self._threshold = threshold

    def warm_up(self) -> None:
        """Load all that a first question in any language would wait for."""
        if again := self.retriever.read_again:
            again.reader.load()
        self.retriever.warm_up()

    def invoke(self, input: str | Asked) -> Answer:
        """The whole answer to a question."""
        *_, answer = self.stream(input)
        return answer

    def stream(self, input: str | Asked, retrieve: Retrieve | None = None) -> Iterator[Answer]:
        """The answer as it grows, each item being complete so far, and first of all the evidence
        with an empty answer; ``retrieve`` takes the place of the retriever's own."""
        started = time.perf_counter()
        begun = self._begin(Asked(input) if isinstance(input, str) else input, retrieve)
        found = time.perf_counter()
        for answer in self._answers(begun):
            now = time.perf_counter()
            seconds = Seconds(found - started, now - found, now - started)
            yield replace(answer, seconds=seconds)
        _log.debug("retrieve %.3f s, generate %.3f s", found - started, time.perf_counter() - found)

    def explain(
        self, text: str, history: Sequence[Answer] = (), only: Filter | None = None
    ) -> Explanation:
        """The answer to a question, as ``invoke`` gives it, with what led to it."""
        begun = self._begin(Asked(text, tuple(history), only or Filter()))
        *_, answer = self._answers(begun)
        retriever = self.retriever
        reading = retriever.read_again.weights.gate if retriever.read_again else None
        gate = retriever.weights.gate
        return Explanation(answer, begun.found, gate, self._threshold, reading)

    def _begin(self, asked: Asked, retrieve: Retrieve | None = None) -> _Begun:
        only = self._only if asked.only.is_open else asked.only
        question = understood(asked, self.retriever.expander)
        answer = Answer(
            question.asked,
            "",
            False,
            question.language,
            self.answerer.name,
            standalone=question.text,
            only=only or Filter(),
        )
        if routed := self.routes.answer(question, asked.history, answer):
            return _Begun(routed.answer, Retrieved(question), routed.summarised)
        found = (retrieve or self.retriever.retrieve)(question, self._passages, only)
        standing = replace(answer, standalone=found.question.text)
        return _Begun(replace(standing, citations=_nearest(found.evidence)), found)

    def _answers(self, begun: _Begun) -> Iterator[Answer]:
        """The answer as it grows, from the evidence alone on."""
        answer, found = begun.answer, begun.found
        yield answer
        if begun.summarised:
            yield from self._summarised(answer, begun)
            return
        if answer.kind != "passages":
            return
        answer = replace(answer, citations=())
        is_answered = found.confidence >= self._threshold
        if reckoned := self._reckoner.reckon(found, is_answered=is_answered):
            answer = replace(answer, confidence=reckoned.fit)
            for told in _told(reckoned):
                answer = _with_said(answer, told)
                yield answer
            yield replace(answer, names=self._names(answer))
            return
        if found.evidence:
            answer = replace(answer, confidence=self.answerer.confidence(found))
        least = self.answerer.asked_from(self._threshold)
        if not found.evidence or answer.confidence < least:
            yield self._refusal(answer, found)
            return
        for said in self.answerer.answer(found):
            answer = _with_said(answer, said)
            yield answer
        if not answer.citations:
            yield self._refusal(answer, found)
            return
        lines = self._remarks(answer, found)
        whole = "\n".join((answer.answer, *lines))
        yield replace(answer, answer=whole, names=self._names(answer))

    def _summarised(self, told: Answer, begun: _Begun) -> Iterator[Answer]:
        """A summary as it is written; where nobody writes one, or none of it holds, what was
        told already stays."""
        written = self.answerer.summary(begun.found.question, begun.summarised)
        heading = LANGUAGES[told.language].replies.summary.format(
            title=told.citations[0].passage.title
        )
        answer = replace(told, answer=heading, citations=(), sentences=())
        for said in written or ():
            answer = _with_said(answer, said)
            yield answer
        if not answer.citations:
            answer = replace(told, dropped=answer.dropped)
        if lines := _left_out(answer):
            answer = replace(answer, answer="\n".join((answer.answer, *lines)))
        if answer.dropped or answer.citations != told.citations:
            yield answer

    def _names(self, answer: Answer) -> tuple[tuple[str, ...], ...]:
        """The names in the quotes with their forms in the language of the question."""
        find = self.retriever.names.find
        found = {
            name[1:]: name
            for citation in reversed(answer.citations)
            for name in find(citation.quote, citation.passage.path, answer.language)
        }
        return tuple(reversed(found.values()))

    def _remarks(self, answer: Answer, found: Retrieved) -> list[str]:
        """What is to be said of an answer as a whole: that documents disagree, and what part of
        the question none of them answers."""
        lines = []
        analyzer = self.retriever.store.analyzer
        if differing := disagreeing(found.question, answer.citations, analyzer):
            lines.append(statement(differing, answer.language))
        if found.missing:
            words = ", ".join(dict.fromkeys(lack.word for lack in found.missing))
            lines.append(LANGUAGES[answer.language].said.missing.format(words))
        return [*lines, *_left_out(answer)]

    def _refusal(self, answer: Answer, found: Retrieved) -> Answer:
        """Say that the documents are silent, how many were searched, and cite the nearest
        passages, one sentence each."""
        return replace(
            answer,
            answer=LANGUAGES[answer.language].said.no_answer,
            refused=True,
            close=answer.confidence >= self.retriever.weights.gate.thresholds.close,
            citations=_nearest(found.evidence),
            lacking=_absent(found),
            searched_documents=self.retriever.store.count(answer.only),
            elsewhere=self._elsewhere(answer.only, found.question),
        )

    def _elsewhere(self, only: Filter, question: Question) -> tuple[str, ...]:
        """The titles of documents that a filter keeps out and that answer a question."""
        if only.is_open:
            return ()
        found = self.retriever.retrieve(question, self._passages)
        if found.confidence < self._threshold:
            return ()
        searched = {document.path for document in self.retriever.store.documents(only)}
        titles = (
            hit.passage.title
            for hit in found.hits
            if hit.passage.path not in searched and hit.score >= _NEAR * found.hits[0].score
        )
        return tuple(dict.fromkeys(titles))[:_NEAREST_SHOWN]


def _absent(found: Retrieved) -> tuple[str, ...]:
    """What the best passage lacks: words that stand in none of those that were found, and numbers,
    which say nothing where they stand beside another thing."""
    texts = [fold(f"{hit.passage.title} {hit.passage.text}") for hit in found.hits]
    return tuple(
        word
        for word in dict.fromkeys(lack.word for lack in found.lacking if lack.word)
        if any(map(str.isdigit, word)) or not any(fold(word) in text for text in texts)
    )


def _nearest(evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    """The best sentence of each of the best passages that is more than a heading; headings where
    there is nothing else."""
    best: dict[int, Evidence] = {}
    for found in [one for one in evidence if says_something(one)] or evidence:
        best.setdefault(found.hit.passage.id, found)
    shown = list(best.values())[:_NEAREST_SHOWN]
    return tuple(_citation(n, found) for n, found in enumerate(shown, 1))


def _left_out(answer: Answer) -> list[str]:
    """What is to be said of sentences that were written and not shown."""
    if not answer.dropped:
        return []
    return [LANGUAGES[answer.language].said.left_out.format(n=len(answer.dropped))]


def _told(reckoned: Reckoned) -> Iterator[Statement]:
    """What was reckoned, and the rows of what it was reckoned from that are worth a look."""
    yield Statement(reckoned.line, reckoned.evidence, "checked")
    for line, evidence in reckoned.shown:
        yield Statement(line, (evidence,))


def _with_said(answer: Answer, said: Said) -> Answer:
    if isinstance(said, Dropped):
        return replace(answer, dropped=(*answer.dropped, said.text))
    citations = list(answer.citations)
    numbers = []
    for found in said.evidence:
        same = (c for c in citations if _is_of(c, found))
        citation = next(same, None)
        if citation is None:
            citation = _citation(len(citations) + 1, found)
            citations.append(citation)
        numbers.append(citation.n)
    line = f"{said.text} {''.join(f'[{n}]' for n in numbers)}"
    whole = f"{answer.answer}\n{line}" if answer.answer else line
    sentence = Sentence(said.text, tuple(numbers), said.verdict)
    return replace(
        answer,
        answer=whole,
        citations=tuple(citations),
        sentences=(*answer.sentences, sentence),
    )


def _is_of(citation: Citation, evidence: Evidence) -> bool:
    """Whether a citation quotes what a piece of evidence is quoted with."""
    same_span = (citation.start, citation.end) == evidence.quoted_span
    return same_span and citation.passage.path == evidence.hit.passage.path


def _citation(n: int, evidence: Evidence) -> Citation:
    start, end = evidence.quoted_span
    hit = evidence.hit
    telling = evidence.text
    return Citation(n, evidence.quote, start, end, evidence.fit, hit.passage, hit.also, telling)
