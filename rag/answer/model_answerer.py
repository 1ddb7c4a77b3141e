"""Answers written by a language model, every sentence of them checked before it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from geungeo.lang.detect import Language
from geungeo.lang.rules import pattern
from geungeo.rag.answer.answerers import Answerer, Dropped, Said, Statement
from geungeo.rag.answer.briefing import NOTHING, Brief, Briefing
from geungeo.rag.answer.checking import Checker
from geungeo.rag.answer.language_model import LanguageModel, Messages
from geungeo.rag.answer.local_model import LocalServer
from geungeo.rag.answer.sentence_stream import sentences
from geungeo.rag.answer.verification import Verifier
from geungeo.rag.question.question import Question
from geungeo.rag.ranking.evidence import Evidence, Retrieved
from geungeo.rag.ranking.thresholds import Thresholds
from geungeo.rag.ranking.weights import log_odds, probability
from geungeo.vectorstore import Store


@dataclass(frozen=True)
class Doubt:
    """How one model's yes or no is weighed against what the retriever says, both in log-odds;
    fitted for that model alone, by ``python -m geungeo.evals.fit.doubt``."""

    of_yes: float
    of_found: float
    bias: float


PACKAGED_DOUBT = Doubt(1.350, 0.557, 0.143)


@dataclass(frozen=True)
class ModelAnswerer:
    """Sentences of a language model, each kept only if the sources that it cites hold it.

    Where no sentence is kept, or the question is in none of the ``languages`` that the model
    writes well, ``otherwise`` answers. A model with a ``doubt`` is first asked whether the
    sources answer; any other says so itself. ``server`` is one on this machine that runs as long
    as it is held. Where evidence does not even come close the model is not asked.
    """

    model: LanguageModel
    checker: Checker
    briefing: Briefing
    otherwise: Answerer
    name: str
    doubt: Doubt | None = None
    languages: frozenset[Language] = frozenset(("ko", "zh", "en"))
    server: LocalServer | None = None
    thresholds: Thresholds = field(default_factory=Thresholds.shipped)

    def confidence(self, found: Retrieved) -> float:
        """That of the retriever, with the model's own yes or no where it has been weighed and
        the server gives probabilities."""
        if self.doubt is None or found.confidence < self.thresholds.close:
            return found.confidence
        odds = self.yes_or_no(found)
        if odds is None:
            return found.confidence
        own = self.doubt.of_yes * odds + self.doubt.of_found * log_odds(found.confidence)
        return probability(own + self.doubt.bias)

    def asked_from(self, threshold: float) -> float:
        return threshold if self.doubt else min(threshold, self.thresholds.close)

    def yes_or_no(self, found: Retrieved) -> float | None:
        """By how much likelier (log-odds) a small model finds it that the sources hold the
        answer; None where the server gives no probabilities of tokens."""
        brief = self.briefing if isinstance(self.briefing, Brief) else Brief()
        return self.model.yes_or_no(brief.doubt(found.question, brief.sources(found)))

    def answer(self, found: Retrieved) -> Iterator[Said]:
        """Yield the sentences that hold, and those that were dropped; raises
        ``LanguageModelError`` when the model fails."""
        question = found.question
        if question.language not in self.languages:
            yield from self.otherwise.answer(found)
            return
        sources = self.briefing.sources(found)
        asked = self.checker.verifier.terms(question.text)
        kept = dropped = denied = False
        for written in self._written(self.briefing.messages(question, sources)):
            if not kept and _denies(written):
                denied = True
                break
            said = self.checker.check(written, asked, sources)
            kept = kept or isinstance(said, Statement)
            dropped = dropped or isinstance(said, Dropped)
            if said:
                yield said
        is_sure = self.doubt is not None or found.confidence >= self.thresholds.answers
        if is_sure and not kept and (dropped or not denied):
            yield from self.otherwise.answer(found)

    def summary(self, question: Question, path: str) -> Iterator[Said] | None:
        parts = self.briefing.parts(question, path)
        if parts is None or question.language not in self.languages:
            return None
        return (
            said
            for part in parts
            for written in self._written(part.messages)
            if not _denies(written) and (said := self._checked(written, part.sources))
        )

    def over(self, store: Store) -> ModelAnswerer:
        return replace(
            self, checker=Checker(Verifier.of(store)), briefing=self.briefing.over(store),
            otherwise=self.otherwise.over(store),
        )  # fmt: skip

    def said(self, prompt: str) -> str:
        """What the model says to a prompt; raises ``LanguageModelError`` when it fails."""
        return self.model.say(prompt)

    def _checked(self, written: str, sources: Sequence[Evidence]) -> Said | None:
        return self.checker.check(written, frozenset(), sources)

    def _written(self, messages: Messages) -> Iterable[str]:
        return sentences(self.model.stream(messages, self.briefing.longest))


def _denies(written: str) -> bool:
    """Whether a sentence says that the sources do not answer."""
    return NOTHING in written or bool(pattern("declines", "declines").search(written))
