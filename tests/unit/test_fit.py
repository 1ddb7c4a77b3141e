import numpy as np
import pytest

from geungeo.evals.fit.cases import tells
from geungeo.evals.fit.gate import (
    Calibrated,
    Gated,
    ablation,
    calibrated_gate,
    fit_linear,
    linear_odds,
)
from geungeo.evals.fit.ranking import Choice, fit_choices, log_likelihood
from geungeo.rag.ranking.gate_features import GATE_FEATURES
from geungeo.rag.ranking.weights import log_odds

COUNT = 400
SCORE = GATE_FEATURES.index("sentence_score")
SAME = GATE_FEATURES.index("same_language")


@pytest.fixture
def gated() -> Gated:
    """Questions of a large source and a small one, which the first feature tells apart."""
    dice = np.random.default_rng(7)
    answerable = np.arange(COUNT) % 2 == 0
    rows = np.zeros((COUNT, len(GATE_FEATURES)))
    rows[:, SCORE] = answerable + dice.normal(0, 0.5, COUNT)
    rows[:, SAME] = np.arange(COUNT) % 4 < 2
    sources = np.array(["small"] * 40 + ["large"] * (COUNT - 40))
    languages = np.array(["ko"] * COUNT)
    return Gated(sources, sources, languages, rows, answerable, np.zeros(COUNT, dtype=bool))


def test_every_source_weighs_the_same(gated: Gated) -> None:
    small = gated.sources == "small"
    assert gated.weights[small].sum() == pytest.approx(gated.weights[~small].sum())
    assert gated.weights.mean() == pytest.approx(1.0)


def test_the_gate_learns_what_tells_and_says_how_sure_it_is(gated: Gated) -> None:
    same, other = fit_linear(gated)
    assert same.weights[SCORE] > 0
    assert other.weights[SCORE] > 0
    odds = linear_odds(gated)(gated.rows)
    calibrated = Calibrated.on(gated, odds)
    gate = calibrated_gate(gated, calibrated)
    chances = [gate.probability(row) for row in gated.rows.tolist()]
    assert log_odds(chances[3]) == pytest.approx(calibrated.odds(odds)[3], abs=1e-3)
    assert 0.3 < calibrated.thresholds.answers < 0.7
    assert calibrated.thresholds.close <= calibrated.thresholds.answers
    for one in calibrated.reliability:
        if one["count"] >= 40:
            assert one["said"] == pytest.approx(one["answerable"], abs=0.2)


def test_what_tells_is_worth_more_than_what_does_not(gated: Gated) -> None:
    worth = ablation(
        GATE_FEATURES, gated, linear_odds, lambda questions, source: questions.sources != source
    )
    assert worth["all"] > 0.8
    assert worth["sentence_score"] == pytest.approx(0.5, abs=0.1)
    assert worth["length"] == pytest.approx(worth["all"], abs=0.01)


def test_a_choice_between_rows_is_learned() -> None:
    dice = np.random.default_rng(1)
    choices = [
        Choice("", np.array([[1.0, noise], [0.0, -noise]]), np.array([True, False]))
        for noise in dice.normal(0, 1, 50)
    ]
    weights = fit_choices(choices, penalty=1.0)
    assert weights[0] > abs(weights[1])


def test_what_is_right_is_likelier_by_weights_that_tell_it() -> None:
    choice = Choice("", np.array([[1.0], [0.0], [0.0]]), np.array([True, False, False]))
    assert log_likelihood(choice, np.array([0.0])) == pytest.approx(np.log(1 / 3))
    assert -0.01 < log_likelihood(choice, np.array([9.0])) < 0


def test_a_sentence_tells_what_holds_evidence_or_is_a_good_part_of_it() -> None:
    evidence = ["예산은 2억 원이며 2025년에 집행된다."]
    assert tells("올해 예산은 2억 원이며 2025년에 집행된다.", evidence)
    assert tells("2025년에 집행된다.", evidence)
    assert not tells("집행된다.", evidence)
