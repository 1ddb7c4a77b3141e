from pathlib import Path

import pytest
import torch
from sentence_transformers import CrossEncoder
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from geungeo.rag.question.expansion import Expander
from geungeo.rag.ranking.reranker import CrossEncoderReranker
from geungeo.rag.ranking.retrieval import Retriever
from geungeo.rag.ranking.weights import Weights
from geungeo.vectorstore import ModelError, Store


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real, untrained cross-encoder with one output."""
    folder = tmp_path_factory.mktemp("cross-encoder")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "예산", "위원회", "로봇"]
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(words)}, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]",
        cls_token="[CLS]", sep_token="[SEP]", model_max_length=64,
    )  # fmt: skip
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, id2label={0: "score"},
    )  # fmt: skip
    fast.save_pretrained(folder)
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_the_cross_encoder_decides_the_order(sample_store: Store, tiny_model: Path) -> None:
    question = "통합위원회의 예산은 얼마인가?"
    hits = Retriever(
        sample_store,
        Expander.of(sample_store),
        Weights.shipped(),
        CrossEncoderReranker(str(tiny_model)),
    ).search(question, 5)
    model = CrossEncoder(str(tiny_model))
    scores = model.predict([(question, hit.passage.text) for hit in hits])
    assert list(scores) == sorted(scores, reverse=True)
    plain = Retriever(sample_store, Expander.of(sample_store), Weights.shipped()).search(
        question, 5
    )
    assert [hit.passage.id for hit in plain] != [hit.passage.id for hit in hits]


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelError, match="GEUNGEO_RERANKER=no-such/model"):
        CrossEncoderReranker("no-such/model").load()
