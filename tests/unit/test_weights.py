from dataclasses import replace

import pytest

from geungeo.lang import Analyzer
from geungeo.rag.ranking.gate_features import GATE_FEATURES
from geungeo.rag.ranking.scoring import PASSAGE_FEATURES
from geungeo.rag.ranking.sentence_features import SENTENCE_FEATURES
from geungeo.rag.ranking.thresholds import Thresholds, fitted
from geungeo.rag.ranking.weights import Fingerprint, Linear, Weights, WeightsError
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Encoder


def test_the_shipped_weights_are_of_these_features() -> None:
    weights = Weights.shipped()
    for model in (weights.same_language, weights.other_language):
        assert len(model.passage.weights) == len(PASSAGE_FEATURES)
        assert len(model.sentence.weights) == len(SENTENCE_FEATURES)
    for linear in (weights.gate.same_language, weights.gate.other_language):
        assert len(linear.weights) == len(GATE_FEATURES)


def test_every_figure_of_the_gate_is_of_a_source_that_it_had_not_seen() -> None:
    data = fitted()
    assert set(data["gate"]["left_out"]["sources"]) == set(data["sources"])


def test_the_gate_is_set_where_it_was_fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GEUNGEO_GATE", raising=False)
    assert Settings(_env_file=None).gate == Thresholds.shipped().answers


def test_between_an_answer_and_a_refusal_something_comes_close() -> None:
    thresholds = Thresholds(answers=0.5, close=0.3)
    told = [thresholds.outcome(chance) for chance in (0.5, 0.49, 0.3, 0.29)]
    assert told == ["answers", "close", "close", "refused"]
    shipped = Thresholds.shipped()
    assert 0 < shipped.close <= shipped.answers < 1


def test_the_gate_knows_whether_passages_are_in_the_questions_language() -> None:
    none = Linear((0.0,) * len(GATE_FEATURES))
    gate = replace(
        Weights.shipped().gate, same_language=replace(none, bias=2.0), other_language=none
    )
    features = [0.0] * len(GATE_FEATURES)
    assert gate.probability(features) == 0.5
    features[GATE_FEATURES.index("same_language")] = 1.0
    assert gate.probability(features) == pytest.approx(0.8808, abs=1e-4)


def test_the_shipped_weights_are_for_the_parts_that_are_used() -> None:
    used = Fingerprint(Encoder().name, Analyzer().name)
    assert Weights.shipped().fitted_for == used
    assert Weights.shipped_for(used, chosen={}) == Weights.shipped()


def test_weights_of_another_analyzer_are_an_error_that_says_what_to_do() -> None:
    used = Fingerprint(Encoder().name, "kiwi-jieba-snowball-99")
    with pytest.raises(WeightsError, match=r"weights\.json.*snowball-99.*geungeo\.evals\.fit"):
        Weights.shipped_for(used, chosen={})


def test_with_an_encoder_of_ones_own_a_warning_says_what_is_lost(
    caplog: pytest.LogCaptureFixture,
) -> None:
    used = Fingerprint("BAAI/bge-m3", Analyzer().name)
    weights = Weights.shipped_for(used, chosen={"encoder": "GEUNGEO_EMBEDDING"})
    assert weights == Weights.shipped()
    [warning] = caplog.messages
    assert "BAAI/bge-m3" in warning
    assert "GEUNGEO_EMBEDDING" in warning
