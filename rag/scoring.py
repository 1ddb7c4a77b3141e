"""Numbers that say how well a passage, or a sentence of it, fits a question."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

from vectorstore import Hit, Query

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
    "name_like",
    "length",
    "short",
    "title_like",
    "passage_gap",
    "echo",
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


def passage_features(query: Query, hits: Sequence[Hit]) -> list[list[float]]:
    """A row for each hit, in the order of ``PASSAGE_FEATURES``; hits are best first."""
    among = _Among(query, hits)
    return [_passage_row(query, hit, hits[0].fused) + among.row(i) for i, hit in enumerate(hits)]


class _Among:
    """What sets a hit apart from the others of the same question.

    Words and pairs of characters weigh by their rarity among the hits, not in the index.
    """

    def __init__(self, query: Query, hits: Sequence[Hit]) -> None:
        self._query = query
        self._hits = hits
        self._wholes = [frozenset(chain.from_iterable(hit.terms)) for hit in hits]
        asked = _character_pairs(query.text)
        self._sentence_pairs = [
            [
                _pairs_within(asked, hit.passage.sentence_text(i))
                for i in range(len(hit.passage.sentences))
            ]
            for hit in hits
        ]
        self._pairs = [_pairs_within(asked, hit.passage.text) for hit in hits]
        self._word_weight = [
            self._rarity(sum(held(t.alternatives, w) > 0 for w in self._wholes))
            for t in query.terms
        ]
        self._pair_weight = {
            pair: self._rarity(sum(pair in own for own in self._pairs)) for pair in asked
        }
        self._dense_order = sorted((hit.dense for hit in hits), reverse=True)
        self._lexical_order = sorted((hit.lexical for hit in hits), reverse=True)

    def _rarity(self, holders: int) -> float:
        return math.log((len(self._hits) + 1) / (holders + 0.5)) if holders else 0.0

    def row(self, i: int) -> list[float]:
        query, hit, whole = self._query, self._hits[i], self._wholes[i]
        words = sum(
            weight * held(term.alternatives, whole)
            for term, weight in zip(query.terms, self._word_weight, strict=True)
        )
        counts = Counter(chain.from_iterable(hit.terms))
        total = query.rarity or 1.0
        length = sum(counts.values()) / 100
        saturated = sum(
            term.idf
            * max(
                (
                    weight * counts[t] / (counts[t] + 0.6 * (0.4 + 0.6 * length))
                    for t, weight in term.alternatives.items()
                    if t in counts
                ),
                default=0.0,
            )
            for term in query.terms
        )
        pair_total = sum(self._pair_weight.values()) or 1.0
        best = max(
            (sum(self._pair_weight[p] for p in own) for own in self._sentence_pairs[i]),
            default=0.0,
        )
        return [
            words / (sum(self._word_weight) or 1.0),
            sum(self._pair_weight[p] for p in self._pairs[i]) / pair_total,
            best / pair_total,
            saturated / total,
            1 / (1 + self._dense_order.index(hit.dense)),
            1 / (1 + self._lexical_order.index(hit.lexical)),
            self._dense_order[0] - hit.dense,
        ]


def _character_pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters within words, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(word[i : i + 2] for word in words for i in range(len(word) - 1))


def _pairs_within(pairs: frozenset[str], text: str) -> list[str]:
    lower = text.lower()
    return [pair for pair in pairs if pair in lower]


def _passage_row(query: Query, hit: Hit, best_score: float) -> list[float]:
    heading, *sentences = (frozenset(own) for own in hit.terms)
    whole = heading.union(*sentences)
    own = [coverage(query, terms) for terms in sentences] or [0.0]
    pairs = [coverage(query, a | b) for a, b in pairwise(sentences)] or own
    asks_time, asks_number = _asks(query.text)
    texts = (hit.passage.sentence_text(i) for i in range(len(hit.passage.sentences)))
    kinds = [
        cover
        for cover, text in zip(own, texts, strict=False)
        if (asks_time and _TIME.search(text)) or (asks_number and _NUMBER.search(text))
    ]
    rarest = max(query.terms, key=lambda term: term.idf, default=None)
    return [
        hit.lexical,
        hit.dense,
        max(hit.sentence_scores, default=hit.dense),
        coverage(query, whole),
        max(own),
        max(pairs),
        _adjacent(query, hit),
        held(rarest.alternatives, whole) if rarest else 0.0,
        max(kinds, default=0.0),
        best_score - hit.fused,
        math.log1p(len(hit.passage.text)) / 10,
    ]


def sentence_features(query: Query, hit: Hit, best_score: float) -> list[list[float]]:
    """A row for each sentence of a ranked hit, in the order of ``SENTENCE_FEATURES``.

    ``best_score`` is the score of the question's best hit.
    """
    passage = hit.passage
    heading, *sentences = (frozenset(own) for own in hit.terms)
    whole = coverage(query, heading.union(*sentences))
    order = sorted(hit.sentence_scores, reverse=True)
    asks_time, asks_number = _asks(query.text)
    asked = {term for query_term in query.terms for term in query_term.alternatives}
    rows = []
    for i, terms in enumerate(sentences):
        text = passage.sentence_text(i)
        own = coverage(query, terms)
        around = heading.union(*sentences[max(0, i - 1) : i + 2])
        has_number = bool(_NUMBER.search(text))
        has_time = bool(_TIME.search(text))
        new = len(terms - asked)
        rows.append(
            [
                own,
                own * min(new, 6) / 6,
                coverage(query, around),
                whole,
                hit.sentence_scores[i],
                1 / (1 + order.index(hit.sentence_scores[i])),
                float(asks_number and has_number),
                float(asks_number and not has_number),
                float(asks_time and has_time),
                float(asks_time and not has_time),
                float(not (asks_number or asks_time) and bool(re.search(r"[‘'“\"(]", text))),
                math.log1p(len(text)) / 5,
                float(len(text) < 15),
                float(not _SENTENCE_END.search(text)),
                passage_gap(best_score, hit.score),
                float(new == 0),
            ]
        )
    return rows


def passage_gap(best_score: float, score: float) -> float:
    """How far a passage lies behind the best one, in powers of e, cut at 10."""
    return min(10.0, math.log(best_score / score)) if score > 0 else 10.0


def gate_features(
    query: Query, hits: Sequence[Hit], sentence_scores: Sequence[float]
) -> list[float]:
    """One number for each of ``GATE_FEATURES``; hits and scores are best first."""
    best = max(hits, key=lambda hit: hit.fused)
    wholes = [frozenset(chain.from_iterable(hit.terms)) for hit in hits[:5]]
    sentences = [frozenset(own) for hit in hits[:5] for own in hit.terms[1:]]
    rarity = query.rarity or 1.0
    rarest = sorted(query.terms, key=lambda term: -term.idf)[:3]
    return [
        best.fused,
        max(hit.lexical for hit in hits),
        max(hit.dense for hit in hits),
        max(coverage(query, whole) for whole in wholes),
        max((coverage(query, own) for own in sentences), default=0.0),
        max((max(hit.sentence_scores, default=0.0) for hit in hits), default=0.0),
        sum(term.idf for term in query.terms if term.known) / rarity,
        best.fused - min(hit.fused for hit in hits),
        hits[0].score,
        sentence_scores[0] if sentence_scores else 0.0,
        max(
            (sum(held(t.alternatives, whole) for t in rarest) / len(rarest) for whole in wholes),
            default=0.0,
        )
        if rarest
        else 0.0,
    ]


def coverage(query: Query, terms: frozenset[str]) -> float:
    """The share of the question's words, weighted by rarity, that a set of terms holds."""
    if not query.rarity:
        return 0.0
    best = [0.0] * len(query.terms)
    for term in query.places.keys() & terms:
        for index, weight in query.places[term]:
            best[index] = max(best[index], weight)
    return sum(t.idf * w for t, w in zip(query.terms, best, strict=True)) / query.rarity


def held(alternatives: Mapping[str, float], terms: frozenset[str]) -> float:
    """The weight of the best alternative that a set of terms holds, or 0."""
    return max((weight for term, weight in alternatives.items() if term in terms), default=0.0)


def _asks(question: str) -> tuple[bool, bool]:
    """Whether a question asks for a time, and whether it asks for another number."""
    asks_time = bool(_ASKS_TIME.search(question))
    return asks_time, not asks_time and bool(_ASKS_NUMBER.search(question))


def _adjacent(query: Query, hit: Hit) -> float:
    """The share of neighbouring words of the question that are neighbours in the passage."""
    wanted = list(pairwise(query.terms))
    if not wanted:
        return 0.0
    there = {pair for own in hit.terms for pair in pairwise(own)}
    found = sum(
        any((a, b) in there for a in first.alternatives for b in second.alternatives)
        for first, second in wanted
    )
    return found / len(wanted)
