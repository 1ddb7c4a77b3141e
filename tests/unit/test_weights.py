import json
from importlib.resources import files

from rag.scoring import GATE_FEATURES, PASSAGE_FEATURES, SENTENCE_FEATURES
from rag.weights import Weights
from vectorstore import Analyzer, Encoder


def test_the_shipped_weights_were_fitted_for_this_encoder_analyzer_and_these_features() -> None:
    data = json.loads((files("rag") / "weights.json").read_text(encoding="utf-8"))
    assert data["encoder"] == Encoder().name
    assert data["analyzer"] == Analyzer().name
    weights = Weights.shipped()
    for model in (weights.same_language, weights.other_language):
        assert len(model.passage.weights) == len(PASSAGE_FEATURES)
        assert len(model.sentence.weights) == len(SENTENCE_FEATURES)
    assert len(weights.gate.weights) == len(GATE_FEATURES)
