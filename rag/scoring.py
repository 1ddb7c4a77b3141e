"""Numbers that say how well a passage, or a sentence of it, fits a question."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.demands import HELD, Demands
from rag.matching import Candidate, coverage
from vectorstore import Query, QueryTerm
from vectorstore.language import language_of

PASSAGE_FEATURES = (
    "lexical",
    "dense",
    "best_sentence_cosine",
    "coverage",
    "best_sentence_coverage",
    "best_pair_coverage",
    "adjacent_words",
    "rare_word",
    "kind_with_words",
    "gap",
    "length",
    "distinctive_words",
    "distinctive_pairs",
    "pairs_of_best_sentence",
    "saturated_words",
    "rank_dense",
    "rank_lexical",
    "question_cosine_gap",
)
SENTENCE_FEATURES = (
    "own",
    "own_new_kind",
    "near",
    "passage",
    "cosine",
    "cosine_rank",
    "number_wanted",
    "number_lacking",
    "time_wanted",
    "time_lacking",
    "value_given",
    "value_lacking",
    "name_like",
    "length",
    "short",
    "title_like",
    "passage_gap",
    "echo",
    "content_held",
    "content_near",
    "passage_lacks",
)
GATE_FEATURES = (
    "fused",
    "lexical",
    "dense",
    "best_coverage",
    "best_sentence_coverage",
    "sentence_cosine",
    "known_share",
    "margin",
    "passage_probability",
    "sentence_score",
    "rare_words_held",
    "names_known",
    "names_held",
    "content_held",
    "word_lacking",
    "words_unknown",
    "words_nowhere",
    "names_lacking",
    "value_given",
    "subject_held",
    "words_absent",
    "same_language",
)

_ASKS_NUMBER = re.compile(
    r"몇|얼마|퍼센트|비율|how (?:many|much|large|big|long)|percent|多少|几[个家座年次天名岁]",
    re.I,
)
_ASKS_TIME = re.compile(
    r"언제|며칠|몇\s*(?:년|월|일|시)|날짜|기간|해는|연도|일자"
    r"|\bwhen\b|what (?:year|date|day)|which year|什么时候|何时|哪一?年|几月|几[年日号]|日期",
    re.I,
)
_NUMBER = re.compile(
    r"\d|[一二三四五六七八九十百千万亿]{2,}|\b(?:two|three|four|five|six|seven|ten)\b", re.I
)
_TIME = re.compile(
    r"\d{4}|\d+\s*[년월일年月日号]|\d{1,2}\.\s?\d{1,2}|['’]\d\d"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b|[○〇一二三四五六七八九]{2,4}年"
)
_SENTENCE_END = re.compile(r"(?:[.?!。？！]|다|음|함|임|됨)[”’\"')]*$")


@dataclass(frozen=True)
class Ranked:
    """A sentence of a candidate with its score, best first among those of a question."""

    candidate: Candidate
    index: int
    score: float

    @property
    def text(self) -> str:
        """The sentence with its neighbours."""
        passage = self.candidate.hit.passage
        last = min(self.index + 1, len(passage.sentences) - 1)
        start, end = passage.sentences[max(0, self.index - 1)][0], passage.sentences[last][1]
        return passage.text[start - passage.start : end - passage.start]


def passage_features(query: Query, candidates: Sequence[Candidate]) -> list[list[float]]:
    """A row for each candidate, in the order of ``PASSAGE_FEATURES``; they are best first."""
    if not candidates:
        return []
    among = _Among(query, candidates)
    best = candidates[0].hit.fused
    return [_passage_row(query, one, best) + among.row(i) for i, one in enumerate(candidates)]


class _Among:
    """What sets a candidate apart from the others of the same question.

    Words and pairs of characters weigh by their rarity among the candidates, not in the index.
    """

    def __init__(self, query: Query, candidates: Sequence[Candidate]) -> None:
        self._query = query
        self._candidates = candidates
        asked = _character_pairs(query.text)
        self._sentence_pairs = []
        self._pairs = []
        for one in candidates:
            passage = one.hit.passage
            own = _pairs_within(asked, passage.text)
            self._pairs.append(own)
            self._sentence_pairs.append(
                [_pairs_within(own, passage.sentence_text(i)) for i in range(len(one.new))]
            )
        self._wholes = np.stack([one.whole for one in candidates])
        holders = (self._wholes > 0).sum(axis=0).tolist()
        self._word_weight = np.array([self._rarity(count) for count in holders])
        self._pair_weight = {
            pair: self._rarity(sum(pair in own for own in self._pairs)) for pair in asked
        }
        self._pair_total = sum(self._pair_weight.values()) or 1.0
        self._words = self._wholes @ self._word_weight / (self._word_weight.sum() or 1.0)
        self._dense_order = sorted((one.hit.dense for one in candidates), reverse=True)
        self._lexical_order = sorted((one.hit.lexical for one in candidates), reverse=True)

    def _rarity(self, holders: int) -> float:
        return math.log((len(self._candidates) + 1) / (holders + 0.5)) if holders else 0.0

    def row(self, i: int) -> list[float]:
        hit = self._candidates[i].hit
        best = max(map(self._pair_sum, self._sentence_pairs[i]), default=0.0)
        return [
            float(self._words[i]),
            self._pair_sum(self._pairs[i]) / self._pair_total,
            best / self._pair_total,
            _saturated(self._query, self._candidates[i]),
            1 / (1 + self._dense_order.index(hit.dense)),
            1 / (1 + self._lexical_order.index(hit.lexical)),
            self._dense_order[0] - hit.dense,
        ]

    def _pair_sum(self, pairs: Sequence[str]) -> float:
        return sum(self._pair_weight[pair] for pair in pairs)


def _saturated(query: Query, one: Candidate) -> float:
    """BM25 of the passage with k1 = 0.6 and b = 0.6, for a mean length of 100 terms."""
    norm = 0.6 * (0.4 + 0.6 * one.length / 100)
    best = [0.0] * len(query.terms)
    for term, count in one.counts.items():
        for word, weight in query.places[term]:
            best[word] = max(best[word], weight * count / (count + norm))
    return float(query.idf @ np.array(best)) / (query.rarity or 1.0)


def _character_pairs(text: str) -> list[str]:
    """The different pairs of neighbouring letters within words, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return sorted({word[i : i + 2] for word in words for i in range(len(word) - 1)})


def _pairs_within(pairs: Sequence[str], text: str) -> list[str]:
    lower = text.lower()
    return [pair for pair in pairs if pair in lower]


def _passage_row(query: Query, one: Candidate, best_score: float) -> list[float]:
    hit, sentences = one.hit, one.held[1:]
    own = coverage(query, sentences)
    pairs = coverage(query, np.maximum(sentences[:-1], sentences[1:])) if len(own) > 1 else own
    asks_time, asks_number = _asks(query.text)
    pattern = _TIME if asks_time else _NUMBER if asks_number else None
    kinds = (
        cover
        for i, cover in enumerate(own.tolist())
        if pattern and pattern.search(hit.passage.sentence_text(i))
    )
    whole = one.whole
    words = len(query.terms)
    return [
        hit.lexical,
        hit.dense,
        max(hit.sentence_scores, default=hit.dense),
        float(coverage(query, whole)),
        float(own.max(initial=0.0)),
        float(pairs.max(initial=0.0)),
        one.neighbours / (words - 1) if words > 1 else 0.0,
        float(whole[query.idf.argmax()]) if words else 0.0,
        max(kinds, default=0.0),
        best_score - hit.fused,
        math.log1p(len(hit.passage.text)) / 10,
    ]


def sentence_features(
    query: Query, one: Candidate, best_score: float, demands: Demands
) -> list[list[float]]:
    """A row for each sentence of a ranked candidate, in the order of ``SENTENCE_FEATURES``.

    ``best_score`` is the score of the question's best candidate.
    """
    hit = one.hit
    heading, sentences = one.held[0], one.held[1:]
    own = coverage(query, sentences).tolist()
    near = [
        np.maximum(heading, sentences[max(0, i - 1) : i + 2].max(axis=0)) for i in range(len(own))
    ]
    nearby = coverage(query, np.stack(near)).tolist() if near else []
    whole = float(coverage(query, one.whole))
    order = sorted(hit.sentence_scores, reverse=True)
    asks_time, asks_number = _asks(query.text)
    gap = passage_gap(best_score, hit.score)
    content = demands.content
    total = float(content.sum()) or 1.0
    held = demands.held(one)
    content_held = float(content @ held) / total
    passage_lacks = float(content @ (held < HELD)) / total
    rows = []
    for i, new in enumerate(one.new):
        text = hit.passage.sentence_text(i)
        has_number = bool(_NUMBER.search(text))
        has_time = bool(_TIME.search(text))
        has_value = bool(demands.wanted.kind) and demands.gives_value([text])
        rows.append(
            [
                own[i],
                own[i] * min(new, 6) / 6,
                nearby[i],
                whole,
                hit.sentence_scores[i],
                1 / (1 + order.index(hit.sentence_scores[i])),
                float(asks_number and has_number),
                float(asks_number and not has_number),
                float(asks_time and has_time),
                float(asks_time and not has_time),
                float(has_value),
                float(bool(demands.wanted.kind) and not has_value),
                float(not (asks_number or asks_time) and bool(re.search(r"[‘'“\"(]", text))),
                math.log1p(len(text)) / 5,
                float(len(text) < 15),
                float(not _SENTENCE_END.search(text)),
                gap,
                float(new == 0),
                content_held,
                float(content @ near[i]) / total,
                passage_lacks,
            ]
        )
    return rows


def passage_gap(best_score: float, score: float) -> float:
    """How far a passage lies behind the best one, in powers of e, cut at 10."""
    return min(10.0, math.log(best_score / score)) if score > 0 else 10.0


def gate_features(
    query: Query, candidates: Sequence[Candidate], ranked: Sequence[Ranked], demands: Demands
) -> list[float]:
    """One number for each of ``GATE_FEATURES``; candidates and sentences are best first."""
    hits = [one.hit for one in candidates]
    best = max(hits, key=lambda hit: hit.fused)
    wholes = np.stack([one.whole for one in candidates[:5]])
    sentences = np.concatenate([one.held[1:] for one in candidates[:5]])
    rarest = np.argsort(-query.idf, kind="stable")[:3]
    known = sum(term.idf for term in query.terms if term.known)
    return [
        best.fused,
        max(hit.lexical for hit in hits),
        max(hit.dense for hit in hits),
        float(coverage(query, wholes).max()),
        float(coverage(query, sentences).max(initial=0.0)),
        max(max(hit.sentence_scores, default=0.0) for hit in hits),
        known / (query.rarity or 1.0),
        best.fused - min(hit.fused for hit in hits),
        hits[0].score,
        ranked[0].score if ranked else 0.0,
        float(wholes[:, rarest].mean(axis=1).max()) if len(rarest) else 0.0,
        min((_strength(query.terms[i]) for i in query.names), default=1.0),
        float(wholes[:, query.names].min(axis=1).max()) if query.names else 1.0,
        *_demand_features(query, ranked[0], demands),
        float(language_of(query.text) == language_of(hits[0].passage.text)),
    ]


def _demand_features(query: Query, best: Ranked, demands: Demands) -> list[float]:
    """How far the passage of the best sentence meets what the question demands."""
    held = demands.held(best.candidate)
    content = demands.content
    total = float(content.sum()) or 1.0
    weighing = content[content > 0]
    lacking = content * (held < HELD)
    unknown = np.array([not term.known and _strength(term) < HELD for term in query.terms])
    known_nowhere = np.array([not term.known and not term.explained for term in query.terms])
    return [
        float(content @ held) / total,
        float(lacking.max(initial=0.0)) / (float(weighing.mean()) if len(weighing) else 1.0),
        float(lacking @ unknown) / total if len(lacking) else 0.0,
        float(lacking @ known_nowhere) / total if len(lacking) else 0.0,
        float(sum(held[i] < HELD for i in query.names)),
        float(bool(demands.wanted.kind) and demands.gives_value([best.text])),
        max((float(held[i]) for i in demands.subject), default=1.0),
        float(demands.absent),
    ]


def _strength(term: QueryTerm) -> float:
    """How surely the index has a word: 1 if it knows it, else the weight of what is nearest.

    A word that stands for nothing but itself has the weight 1 too.
    """
    nearest = (weight for weight in term.alternatives.values() if weight < 1)
    return 1.0 if term.known else max(nearest, default=0.0)


def _asks(question: str) -> tuple[bool, bool]:
    """Whether a question asks for a time, and whether it asks for another number."""
    asks_time = bool(_ASKS_TIME.search(question))
    return asks_time, not asks_time and bool(_ASKS_NUMBER.search(question))
