"""What was found, weighed once more by what the reader says of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geungeo.rag.ranking.evidence import Evidence, Retrieved
from geungeo.rag.ranking.gate_features import GATE_FEATURES
from geungeo.rag.ranking.thresholds import fitted
from geungeo.rag.ranking.weights import Linear, probability, softmax
from geungeo.rag.reading.reader import Reader, Reading

PASSAGE = ("share", "answers")
SENTENCE = ("score", "sentence", "sentence_before", "sentence_after", "answers")
GATE = ("answers_best", "meets_demands", "says_all", "nowhere")
# Log-odds are cut here: beyond it they differ by nothing that matters.
_SURE = 8.0
_DIGITS = 4
# The share of a question's words that is all of them.
_ALL = 0.999


@dataclass(frozen=True)
class ReadingWeights:
    """How much the reader's word counts beside the features: for the order of passages, of
    sentences, and for whether they answer."""

    passage: Linear
    sentence: Linear
    gate: Linear

    @classmethod
    def shipped(cls) -> ReadingWeights:
        data = fitted()["reading"]
        return cls(
            Linear.of(data["passage"], PASSAGE),
            Linear.of(data["sentence"], SENTENCE),
            Linear.of(data["gate"], GATE),
        )

    def reweigh(self, found: Retrieved, readings: Sequence[Reading]) -> Retrieved:
        """What was found, in the order in which reading puts it, with a new confidence;
        ``readings`` has one for each hit."""
        if not found.hits:
            return found
        shares = softmax([self.passage(row) for row in passage_rows(found, readings)])
        order = sorted(range(len(shares)), key=lambda i: (-shares[i], found.hits[i].passage.id))
        hits = {i: replace(found.hits[i], score=shares[i]) for i in order}
        places = {hit.passage.id: i for i, hit in enumerate(found.hits)}
        scores = [self.sentence(row) for row in sentence_rows(found, readings)]
        fits = softmax(scores)
        evidence = [
            replace(one, hit=hits[places[one.hit.passage.id]], score=score, fit=fit)
            for one, score, fit in zip(found.evidence, scores, fits, strict=True)
        ]
        evidence.sort(key=lambda one: (-one.score, one.hit.passage.id, one.index))
        row = gate_row(found, readings)
        return replace(
            found,
            hits=tuple(hits[i] for i in order),
            evidence=tuple(evidence),
            lacks=tuple(found.lacks[i] for i in order),
            confidence=probability(self.gate(row)),
            read=tuple(row),
        )


@dataclass(frozen=True)
class ReadAgain:
    """The reader with the weights that were fitted for it."""

    reader: Reader
    weights: ReadingWeights

    def __call__(self, found: Retrieved, text: str) -> Retrieved:
        """What was found, read with the text of a question in mind. Of an identifier, such as a
        report's number, a model of language knows nothing, and of a question without a word that
        could be looked for nothing can be read: what was found for these stays as it is."""
        if any(map(_is_identifier, found.question.facts.codes)) or _asks_nothing(found):
            return found
        passages = [hit.passage for hit in found.hits]
        return self.weights.reweigh(found, self.reader.read(text, passages))


def passage_rows(found: Retrieved, readings: Sequence[Reading]) -> list[list[float]]:
    """The features of each hit, in the order of ``PASSAGE``."""
    return [
        [math.log(max(hit.score, 1e-9)), _cut(reading.answers)]
        for hit, reading in zip(found.hits, readings, strict=True)
    ]


def sentence_rows(found: Retrieved, readings: Sequence[Reading]) -> list[list[float]]:
    """The features of each sentence of the evidence, in the order of ``SENTENCE``."""
    of = {hit.passage.id: one for hit, one in zip(found.hits, readings, strict=True)}
    return [_sentence_row(one, of[one.hit.passage.id]) for one in found.evidence]


def _sentence_row(one: Evidence, reading: Reading) -> list[float]:
    told, i = reading.sentences, one.index
    before = told[i - 1] if i else -_SURE
    after = told[i + 1] if i + 1 < len(told) else -_SURE
    return [one.score, *map(_cut, (told[i], before, after, reading.answers))]


def gate_row(found: Retrieved, readings: Sequence[Reading]) -> list[float]:
    """The features of a question, in the order of ``GATE``: how surely a passage answers it, and
    three that are 0 or 1: whether one has what the question names and wants; whether beside that
    the best sentence has all its words, with those around it where a value is asked for and
    given; and whether none has, and a word of it stands nowhere in the index."""
    of = dict(zip(GATE_FEATURES, found.features, strict=True))
    meets = of["meets_demands"] > 0
    with_value = of["value_given"] > 0 and of["window_content"] >= _ALL
    says_all = meets and (of["own_content"] >= _ALL or with_value)
    nowhere = not meets and of["words_absent"] > 0
    best = max(one.answers for one in readings)
    return [_cut(best), float(meets), float(says_all), float(nowhere)]


def _asks_nothing(found: Retrieved) -> bool:
    return not found.features[GATE_FEATURES.index("words")]


def _is_identifier(code: str) -> bool:
    """Whether a code is more than a word with a number in it, such as B2B."""
    return sum(map(str.isdigit, code)) >= _DIGITS


def _cut(odds: float) -> float:
    return max(-_SURE, min(_SURE, odds))
