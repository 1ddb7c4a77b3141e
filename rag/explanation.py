"""Why a question was answered as it was: what was understood of it, what was found, what each
stage thought of that, and what decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from geungeo.lang.detect import language_of
from geungeo.rag.answer.answer import Answer
from geungeo.rag.ranking.demands import Lack
from geungeo.rag.ranking.evidence import Retrieved
from geungeo.rag.ranking.gate_features import GATE_FEATURES
from geungeo.rag.ranking.weights import Gate, Linear
from geungeo.rag.reading.weighing import GATE
from geungeo.vectorstore import QueryTerm

_SENTENCES_SHOWN = 3
_FEATURES_SHOWN = 8
_FORMS_SHOWN = 6
_LONGEST_LINE = 160


@dataclass(frozen=True)
class Explanation:
    """An answer with all that led to it.

    ``found`` is what the retriever gave to the answerer, ``gate`` what weighed it, ``reading``
    what weighed it once more where it was read, and ``threshold`` the least probability, from 0
    to 1, at which the chain answers.
    """

    answer: Answer
    found: Retrieved
    gate: Gate
    threshold: float
    reading: Linear | None = None

    @property
    def why(self) -> str:
        """In a sentence, what decided between an answer and a refusal."""
        answer = self.answer
        if answer.kind != "passages":
            return f"answered without a search for passages: it goes by way of {answer.kind}"
        if not self.found.hits:
            return "refused: no passage was found"
        compared = f"the probability that the passages answer is {answer.confidence:.3f}"
        if answer.confidence < self.threshold:
            lacking = _named(self.found.lacking)
            beside = f"; the best passage lacks {lacking}" if lacking else ""
            return f"refused: {compared}, and {self.threshold:.3f} is asked for{beside}"
        if answer.refused:
            return f"refused: {compared}, but the answerer found nothing in them to say"
        return f"answered: {compared}, and {self.threshold:.3f} is asked for"

    def to_json(self) -> dict[str, Any]:
        """All of it as plain values; features carry what each adds to the gate's log-odds."""
        return {
            "question": self._question(),
            "passages": [self._passage(n) for n in range(len(self.found.hits))],
            "gate": self._gate(),
            "outcome": self.answer.outcome,
            "why": self.why,
            "answer": self.answer.to_json(),
        }

    def lines(self) -> list[str]:
        """The same to be read, in English; features and sentences that matter most alone."""
        said = self.to_json()
        return [
            *_question_lines(said["question"]),
            *(line for passage in said["passages"] for line in _passage_lines(passage)),
            *_gate_lines(said["gate"]),
            "",
            self.why,
        ]

    def _question(self) -> dict[str, Any]:
        question = self.found.question
        asks, named = question.wanted, question.facts
        return {
            "asked": question.asked,
            "standalone": question.text,
            "language": question.language,
            "form": question.form,
            "wanted": {"kind": asks.kind, "units": sorted(asks.units)},
            "subject": question.subject,
            "values": [
                *(date.text for date in named.dates),
                *(quantity.text for quantity in named.quantities),
                *named.codes,
            ],
            "words": [_word(term) for term in question.query.terms],
            "phrases": [list(forms) for forms in question.query.phrases],
        }

    def _passage(self, place: int) -> dict[str, Any]:
        hit = self.found.hits[place]
        own = [one for one in self.found.evidence if one.hit is hit]
        return {
            "rank": place + 1,
            "document": hit.passage.document,
            "title": hit.passage.title,
            "page": hit.passage.page,
            "section": hit.passage.section,
            "same_language": language_of(hit.passage.text) == self.found.question.written_in,
            "lexical": round(hit.lexical, 4),
            "dense": round(hit.dense, 4),
            "fused": round(hit.fused, 4),
            "score": round(hit.score, 4),
            "lacks": [_lack(one) for one in self.found.lacks[place]],
            "sentences": [
                {
                    "text": one.text,
                    "cosine": round(hit.sentence_scores[one.index], 4),
                    "score": round(one.score, 4),
                    "fit": round(one.fit, 4),
                }
                for one in own
            ],
        }

    def _gate(self) -> dict[str, Any]:
        features = self.found.features
        if not features:
            return {}
        names: tuple[str, ...] = GATE_FEATURES
        told, weights = features, self.gate.linear(features)
        if self.reading and self.found.read:
            names, told, weights = GATE, self.found.read, self.reading
        weighed = zip(names, told, weights.weights, strict=True)
        return {
            "probability": round(self.found.confidence, 4),
            "confidence": round(self.answer.confidence, 4),
            "threshold": self.threshold,
            "close": self.gate.thresholds.close,
            "bias": round(weights.bias, 4),
            "features": [
                {"name": name, "value": round(own, 4), "adds": round(weight * own, 4)}
                for name, own, weight in weighed
            ],
        }


def _word(term: QueryTerm) -> dict[str, Any]:
    return {
        "word": term.word,
        "idf": round(term.idf, 3),
        "known": term.known,
        "is_name": term.is_name,
        "in_glossary": term.explained,
        "stands_for": {form: round(weight, 3) for form, weight in term.alternatives.items()},
    }


def _lack(lack: Lack) -> dict[str, str]:
    return {"kind": lack.kind, "word": lack.word}


def _named(lacks: Iterable[Lack]) -> str:
    return ", ".join(dict.fromkeys(one.word or f"a {one.kind}" for one in lacks))


def _question_lines(question: Mapping[str, Any]) -> Iterator[str]:
    yield f"asked       {question['asked']}"
    if question["standalone"] != question["asked"]:
        yield f"looked up   {question['standalone']}"
    wanted = question["wanted"]
    units = f" ({', '.join(wanted['units'])})" if wanted["units"] else ""
    yield f"language    {question['language']}"
    yield f"asks for    {wanted['kind'] or question['form'] or 'no one kind of thing'}{units}"
    for word in question["words"]:
        marks = [name for name in ("is_name", "in_glossary") if word[name]]
        marks += [] if word["known"] else ["not in the index as it is"]
        notes = f" [{', '.join(marks)}]".replace("_", " ").replace("is name", "name")
        forms = [form for form in word["stands_for"] if form != word["word"]]
        stands = f" = {', '.join(forms[:_FORMS_SHOWN])}" if forms else ""
        yield f"  {word['word']}  idf {word['idf']:.2f}{notes if marks else ''}{stands}"
    for phrase in question["phrases"]:
        yield f"  phrase: {' = '.join(phrase)}"


def _passage_lines(passage: Mapping[str, Any]) -> Iterator[str]:
    where = " › ".join(filter(None, (passage["document"], passage["section"])))
    scores = ", ".join(f"{name} {passage[name]:.3f}" for name in ("lexical", "dense", "fused"))
    yield ""
    yield f"{passage['rank']}. {where}: {passage['score']:.3f} ({scores})"
    if lacks := passage["lacks"]:
        yield f"   lacks {', '.join(one['word'] or 'a ' + one['kind'] for one in lacks)}"
    for one in passage["sentences"][:_SENTENCES_SHOWN]:
        text = " ".join(one["text"].split())
        cut = text if len(text) <= _LONGEST_LINE else f"{text[:_LONGEST_LINE]}…"
        yield f"   {one['score']:7.2f}  fit {one['fit']:.3f}  cosine {one['cosine']:.2f}  {cut}"


def _gate_lines(gate: Mapping[str, Any]) -> Iterator[str]:
    if not gate:
        return
    yield ""
    said, whole = gate["probability"], gate["confidence"]
    beside = f", {whole:.3f} with the answerer's opinion" if whole != said else ""
    yield f"gate        {said:.3f}{beside}"
    yield f"            answers from {gate['threshold']:.3f}, close from {gate['close']:.3f}"
    yield f"log-odds    bias {gate['bias']:+.2f}, and the most of"
    most = sorted(gate["features"], key=lambda one: -abs(one["adds"]))[:_FEATURES_SHOWN]
    for one in most:
        yield f"  {one['adds']:+.2f}  {one['name']} = {one['value']:.3f}"
