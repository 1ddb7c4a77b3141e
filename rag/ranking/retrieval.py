"""Both stages of retrieval, and the sentences of what they find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from statistics import fmean

from geungeo.lang.languages import OF_EACH_LANGUAGE
from geungeo.lang.rules import pattern
from geungeo.rag.question.expansion import Expander
from geungeo.rag.question.question import Question
from geungeo.rag.question.quoted_names import QuotedNames
from geungeo.rag.question.understanding import alone, in_parts, taken_as_it_is
from geungeo.rag.ranking.demands import Demands
from geungeo.rag.ranking.evidence import Evidence, Retrieved
from geungeo.rag.ranking.gate_features import gate_features
from geungeo.rag.ranking.matching import Candidate, match
from geungeo.rag.ranking.outcome import Outcomes
from geungeo.rag.ranking.reranker import CrossEncoderReranker
from geungeo.rag.ranking.scoring import passage_features
from geungeo.rag.ranking.sentence_features import sentence_features
from geungeo.rag.ranking.twins import joined
from geungeo.rag.ranking.weights import Model, Weights, log_odds, probability, softmax
from geungeo.rag.reading.weighing import ReadAgain
from geungeo.vectorstore import Filter, Hit, Store

# Passages of the first stage that the second looks at.
SECOND_STAGE = 20
# The probability from which on a later question of a conversation is answered by itself.
_SURE_ALONE = 0.4
# Log-odds by which a question that goes on is likelier to be answered than its own few words tell.
_FOLLOWS = 0.7
# Sentences of a passage, with their neighbours, in which the wanted value is looked for.
_WINDOWS = 3


@dataclass(frozen=True)
class Retriever:
    """Finds passages in a store and ranks them with fitted weights; what is then found for an
    answer is read again, where there is a reader."""

    store: Store
    expander: Expander
    weights: Weights
    reranker: CrossEncoderReranker | None = None
    read_again: ReadAgain | None = None

    @cached_property
    def names(self) -> QuotedNames:
        """The names in what it finds, in the reader's language."""
        return QuotedNames(self.store)

    @cached_property
    def outcomes(self) -> Outcomes:
        """How what it finds was decided in the end."""
        return Outcomes(self.store)

    def warm_up(self) -> None:
        """Load all that a first search in any language would wait for."""
        self.store.load_models()
        self.expander.analyse(OF_EACH_LANGUAGE)

    def search(self, text: str, k: int, only: Filter | None = None) -> list[Hit]:
        """The ``k`` best passages for a text, best first; scores lie in [0, 1]."""
        question = taken_as_it_is(text, self.expander)
        hits = joined(self.store.search(question.query, max(k, SECOND_STAGE), only))
        ranked = self._rank(question, hits, self.weights.choose(question, hits))
        rest = (replace(hit, score=0.0) for hit in hits[SECOND_STAGE:])
        return [*(one.hit for one in ranked), *rest][:k]

    def retrieve(self, question: Question, k: int, only: Filter | None = None) -> Retrieved:
        """The ``k`` best passages with their sentences scored against the question;
        ``k`` is ``SECOND_STAGE`` at most. Of a question that asks several things each is looked up
        by itself too, and whether it is answered is told by the mean of their log-odds and its
        own."""
        found = self._in_conversation(question, k, only)
        own = in_parts(found.question, self.expander)
        parts = tuple(self._of_part(one, found, k, only) for one in own)
        odds = [log_odds(one.confidence) for one in (found, *parts)]
        return replace(found, confidence=probability(fmean(odds)), parts=parts)

    def _in_conversation(self, question: Question, k: int, only: Filter | None) -> Retrieved:
        """What a question finds by itself, where that answers it or nothing was said before; one
        that surely leans on what was said, with the words of that, and one that perhaps does where
        a document that was spoken of answers it so. Another is looked up with them too where it
        finds no answer alone, in case a document that was spoken of has it; whether that answers
        is told from its own words, since the others stand there anyway."""
        if question.leans != "no":
            leaning = _likelier(self._retrieve(question, k, only))
            if question.leans == "surely" or self._is_said_there(leaning):
                return leaning
        by_itself = alone(question, self.expander)
        found = self._retrieve(by_itself, k, only)
        if by_itself is question or not found.hits or found.confidence >= _SURE_ALONE:
            return found
        weighed = replace(self._weighed(question, k, only), features=found.features)
        together = self._gated(weighed, question.own)
        likelier = _likelier(together)
        return likelier if self._is_said_there(likelier) else found

    def _is_said_there(self, found: Retrieved) -> bool:
        """Whether a document that was spoken of answers."""
        is_answered = found.confidence >= self.weights.gate.thresholds.answers
        return is_answered and _is_spoken_of(found)

    def _of_part(self, part: Question, whole: Retrieved, k: int, only: Filter | None) -> Retrieved:
        """What a part of a question finds. Where that is in none of the documents which the whole
        finds, they may have it after all: what a part is about is often said in another part."""
        found = self._retrieve(part, k, only)
        known = {hit.passage.document for hit in whole.hits}
        if not found.hits or found.evidence[0].hit.passage.document in known:
            return found
        within = replace(only or Filter(), documents=tuple(sorted(known)))
        likely = self._retrieve(part, k, within)
        odds = log_odds(likely.confidence) + _FOLLOWS
        if odds < log_odds(found.confidence):
            return found
        return replace(likely, confidence=probability(odds))

    def _retrieve(self, question: Question, k: int, only: Filter | None) -> Retrieved:
        found = self._gated(self._weighed(question, k, only), question.text)
        return self.outcomes.first(found)

    def _weighed(self, question: Question, k: int, only: Filter | None) -> Retrieved:
        found = _told(question, joined(self.store.search(question.query, SECOND_STAGE, only)))
        if not found:
            return Retrieved(question)
        model = self.weights.choose(question, found)
        best = self._rank(question, found, model)[:k]
        return weigh(Demands(question), best + self.outcomes.beside(question, best), model)

    def _gated(self, found: Retrieved, text: str) -> Retrieved:
        """What was found, read with a text in mind, with its confidence."""
        if not found.hits:
            return found
        gated = replace(found, confidence=self.weights.gate.probability(found.features))
        return self.read_again(gated, text) if self.read_again else gated

    def _rank(self, question: Question, hits: Sequence[Hit], model: Model) -> list[Candidate]:
        ranked = rank(question, hits, model)
        if self.reranker is None:
            return ranked
        texts = [one.hit.passage.text for one in ranked]
        return _by_share(ranked, softmax(self.reranker.scores(question.text, texts)))


def _is_spoken_of(found: Retrieved) -> bool:
    """Whether what was found is in a document that earlier answers of a conversation cited."""
    return bool(found.hits) and found.evidence[0].hit.passage.path in found.question.spoken_of


def _likelier(found: Retrieved) -> Retrieved:
    """What was found with the words of a conversation, likelier to answer where that is in a
    document that was spoken of: its own few words tell less."""
    if not _is_spoken_of(found):
        return found
    return replace(found, confidence=probability(log_odds(found.confidence) + _FOLLOWS))


def _told(question: Question, hits: Sequence[Hit]) -> Sequence[Hit]:
    """Hits without lists of other people's works, which name a topic and say nothing of it; where
    there are no others, or the question asks for such a list, all of them."""
    lists = pattern("outline", "bibliography")
    if lists.search(question.own):
        return hits
    return [hit for hit in hits if not lists.search(hit.passage.section)] or hits


def rank(question: Question, hits: Sequence[Hit], model: Model) -> list[Candidate]:
    """The first ``SECOND_STAGE`` hits in their new order.

    A hit's score becomes the probability that it is the one among them that answers.
    """
    candidates = [match(question.query, hit) for hit in hits[:SECOND_STAGE]]
    return rank_rows(candidates, passage_features(question, candidates), model)


def rank_rows(
    candidates: Sequence[Candidate], rows: Sequence[Sequence[float]], model: Model
) -> list[Candidate]:
    """``rank`` for features that are known already, one row for each candidate."""
    return _by_share(candidates, softmax([model.passage(row) for row in rows]))


def _by_share(candidates: Sequence[Candidate], shares: Sequence[float]) -> list[Candidate]:
    ranked = [
        replace(one, hit=replace(one.hit, score=share))
        for one, share in zip(candidates, shares, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.hit.score, one.hit.passage.id))


def weigh(demands: Demands, best: Sequence[Candidate], model: Model) -> Retrieved:
    """Ranked candidates with their sentences and what the gate goes by; what it says of them
    is still to come."""
    first = best[0].hit.score
    rows = [sentence_features(demands, one, first) for one in best]
    return weigh_rows(demands, best, rows, model)


def weigh_rows(
    demands: Demands,
    best: Sequence[Candidate],
    rows: Sequence[Sequence[Sequence[float]]],
    model: Model,
) -> Retrieved:
    """``weigh`` for features that are known already, for each candidate a row a sentence."""
    evidence = [
        Evidence(one.hit, index, model.sentence(row))
        for one, own in zip(best, rows, strict=True)
        for index, row in enumerate(own)
    ]
    evidence.sort(key=lambda one: (-one.score, one.hit.passage.id, one.index))
    lacks = []
    for candidate in best:
        own = (one.nearby for one in evidence if one.hit is candidate.hit)
        lacks.append(demands.lacks(candidate, list(islice(own, _WINDOWS))))
    meeting = [one for one, lack in zip(best, lacks, strict=True) if not lack]
    fits = softmax([one.score for one in evidence])
    return Retrieved(
        demands.question,
        tuple(one.hit for one in best),
        tuple(replace(one, fit=fit) for one, fit in zip(evidence, fits, strict=True)),
        lacks=tuple(lacks),
        missing=demands.missing(meeting),
        features=tuple(gate_features(demands, best, evidence, lacks)),
    )
