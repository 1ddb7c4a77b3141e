"""The sentences of retrieved passages, scored against the question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vectorstore import Analyzer, Hit, Query

# Weights of a sentence's own words, of its surroundings, of its cosine, and of the kind
# of thing that the question asks for.
_OWN, _AROUND, _DENSE, _CUE = 0.45, 0.2, 0.35, 0.08
_SHORT_SENTENCE = 12

_ASKS_NUMBER = re.compile(
    r"몇|얼마|퍼센트|비율|how (?:many|much|large|big|long)|percent|多少|几个|几家|几[座年次天]",
    re.I,
)
_ASKS_TIME = re.compile(
    r"언제|며칠|몇\s*(?:년|월|일|시)|날짜|기간|해는|연도|일자"
    r"|\bwhen\b|what (?:year|date|day)|which year|什么时候|何时|哪一?年|几月|日期",
    re.I,
)
_NUMBER = re.compile(r"\d")
_TIME = re.compile(r"\d{4}|\d+\s*[년월일年月日]|\d{1,2}\.\s?\d{1,2}|['’]\d\d")


@dataclass(frozen=True)
class Evidence:
    """One sentence of a hit. ``coverage`` is the share of the question's words, weighted
    by rarity, that the sentence and its surroundings hold; ``own`` is the sentence's alone."""

    hit: Hit
    index: int
    score: float
    own: float
    coverage: float
    dense: float

    @property
    def text(self) -> str:
        return self.hit.passage.sentence_text(self.index)

    @property
    def span(self) -> tuple[int, int]:
        return self.hit.passage.sentences[self.index]


def score_sentences(query: Query, hits: Sequence[Hit], analyzer: Analyzer) -> list[Evidence]:
    """Every sentence of the hits, best first."""
    texts: list[str] = []
    for hit in hits:
        passage = hit.passage
        texts.append(f"{passage.title}\n{passage.section}")
        texts.extend(passage.sentence_text(i) for i in range(len(passage.sentences)))
    terms = iter([frozenset(own) for own in analyzer.batch(texts)])
    found = []
    for hit in hits:
        heading = next(terms)
        sentences = [next(terms) for _ in hit.passage.sentences]
        everything = heading.union(*sentences)
        around = _coverage(query, everything)
        for i, own_terms in enumerate(sentences):
            own = _coverage(query, own_terms)
            near = heading.union(*sentences[max(0, i - 1) : i + 2])
            context = (_coverage(query, near) + around) / 2
            text = hit.passage.sentence_text(i)
            dense = hit.sentence_scores[i] if hit.sentence_scores else hit.dense
            score = _OWN * own + _AROUND * context + _DENSE * max(dense, 0.0)
            score += _CUE * _answers_kind(query.text, text)
            if len(text) < _SHORT_SENTENCE:
                score *= 0.7
            found.append(Evidence(hit, i, score, own, max(own, context), dense))
    return sorted(found, key=lambda e: (-e.score, e.hit.passage.id, e.index))


def _coverage(query: Query, terms: frozenset[str]) -> float:
    """The idf-weighted share of the question's words that a set of terms holds."""
    total = sum(term.idf for term in query.terms)
    if not total:
        return 0.0
    held = sum(term.idf * _best(term.alternatives, terms) for term in query.terms)
    return held / total


def _best(alternatives: Mapping[str, float], terms: frozenset[str]) -> float:
    return max((weight for term, weight in alternatives.items() if term in terms), default=0.0)


def _answers_kind(question: str, sentence: str) -> float:
    """1 if the sentence holds the kind of thing asked for, -1 if it does not, else 0."""
    if _ASKS_TIME.search(question):
        return 1.0 if _TIME.search(sentence) else -1.0
    if _ASKS_NUMBER.search(question):
        return 1.0 if _NUMBER.search(sentence) else -1.0
    return 0.0
