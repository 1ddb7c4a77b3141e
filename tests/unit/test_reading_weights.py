"""What was found is put in order, and its confidence changed, by what a reader says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from geungeo.rag.assembly import make_retriever
from geungeo.rag.question.question import Question
from geungeo.rag.question.understanding import taken_as_it_is
from geungeo.rag.ranking.evidence import Evidence, Retrieved
from geungeo.rag.ranking.gate_features import GATE_FEATURES
from geungeo.rag.ranking.weights import Linear
from geungeo.rag.reading.reader import Reading
from geungeo.rag.reading.weighing import GATE, PASSAGE, SENTENCE, ReadingWeights, gate_row
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Hit, Passage, Query, Store
from geungeo.vectorstore.models import ModelError

TEXTS = (["one", "two", "three"], ["four", "five"])


def hit(number: int, texts: list[str], score: float) -> Hit:
    text, spans, start = "\n".join(texts), [], 0
    for own in texts:
        spans.append((start, start + len(own)))
        start += len(own) + 1
    passage = Passage(
        number, "d", "d", "t", "", "", "", "en", "", 1, 0, len(text), text, tuple(spans)
    )
    return Hit(passage, score, 0.0, 0.0, 0.0, (0.0,) * len(texts))


@pytest.fixture
def found() -> Retrieved:
    hits = (hit(1, TEXTS[0], 0.8), hit(2, TEXTS[1], 0.2))
    evidence = tuple(
        Evidence(one, i, -float(i), 0.2)
        for one in hits for i in range(len(one.passage.sentences))
    )  # fmt: skip
    query = Query("which?", (), np.zeros(4, np.float32))
    question = Question("which?", "which?", query, "which?")
    return Retrieved(
        question, hits, evidence, 0.5, lacks=((), ()), features=(0.0,) * len(GATE_FEATURES)
    )


def linear(names: tuple[str, ...], **weights: float) -> Linear:
    return Linear(tuple(weights.get(name, 0.0) for name in names))


BY_FEATURES = ReadingWeights(linear(PASSAGE, share=1.0), linear(SENTENCE, score=1.0), linear(GATE))
BY_READING = ReadingWeights(
    linear(PASSAGE, answers=1.0), linear(SENTENCE, sentence=1.0), linear(GATE, answers_best=1.0)
)
READINGS = (Reading(-3.0, (-4.0, -2.0, -4.0)), Reading(2.0, (-1.0, 3.0)))


def test_the_word_of_the_reader_decides_where_it_alone_counts(found: Retrieved) -> None:
    again = BY_READING.reweigh(found, READINGS)
    assert [one.passage.id for one in again.hits] == [2, 1]
    assert [one.text for one in again.evidence[:2]] == ["five", "four"]
    assert again.evidence[0].hit is again.hits[0]
    assert sum(one.fit for one in again.evidence) == pytest.approx(1.0)
    assert again.confidence == pytest.approx(1 / (1 + np.exp(-2.0)))


def test_the_order_stays_where_it_does_not_count(found: Retrieved) -> None:
    again = BY_FEATURES.reweigh(found, READINGS)
    assert [one.passage.id for one in again.hits] == [1, 2]
    assert [one.text for one in again.evidence] == ["one", "four", "two", "five", "three"]


@pytest.mark.parametrize(
    ("features", "told"),
    [
        ({}, ()),
        ({"meets_demands": 1}, ("meets_demands",)),
        ({"meets_demands": 1, "own_content": 1}, ("meets_demands", "says_all")),
        ({"meets_demands": 1, "window_content": 1}, ("meets_demands",)),
        (
            {"meets_demands": 1, "window_content": 1, "value_given": 1},
            ("meets_demands", "says_all"),
        ),
        ({"own_content": 1}, ()),
        ({"words_absent": 2}, ("nowhere",)),
        ({"words_absent": 2, "meets_demands": 1}, ("meets_demands",)),
    ],
)
def test_what_the_gate_goes_by_beside_the_reader(
    found: Retrieved, features: dict[str, float], told: tuple[str, ...]
) -> None:
    row = tuple(float(features.get(name, 0)) for name in GATE_FEATURES)
    best, *rest = gate_row(replace(found, features=row), READINGS)
    assert best == 2.0
    assert rest == [float(name in told) for name in GATE[1:]]


def test_of_nothing_nothing_is_read() -> None:
    query = Query("which?", (), np.zeros(4, np.float32))
    empty = Retrieved(Question("which?", "which?", query, "which?"))
    assert BY_READING.reweigh(empty, ()) is empty


def test_a_reader_that_is_no_file_is_told_with_the_setting(sample_store: Store) -> None:
    retriever = make_retriever(sample_store, Settings(reader="no-such-reader.onnx"))
    question = taken_as_it_is("이좡의 버스는 몇 대인가요?", retriever.expander)
    with pytest.raises(ModelError, match=r"GEUNGEO_READER=no-such-reader\.onnx"):
        retriever.retrieve(question, 8)


def test_what_the_shipped_reader_says_counts(sample_store: Store) -> None:
    found = []
    for reader in ("none", "shipped"):
        retriever = make_retriever(sample_store, Settings(reader=reader))
        question = taken_as_it_is("이좡의 자율주행 버스는 몇 대가 다니나요?", retriever.expander)
        found.append(retriever.retrieve(question, 8))
    without, with_it = found
    assert not without.read
    assert len(with_it.read) == len(GATE)
    assert with_it.confidence != without.confidence
    assert "18대" in with_it.evidence[0].text


def test_a_question_without_a_word_to_look_for_is_not_read(sample_store: Store) -> None:
    retriever = make_retriever(sample_store, Settings())
    question = taken_as_it_is("그건 언제까지인가요?", retriever.expander)
    found = retriever.retrieve(question, 8)
    assert found.hits
    assert not found.read
