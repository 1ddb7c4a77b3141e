"""What LangChain's callbacks are told of a question on its way."""

from typing import Any
from uuid import UUID

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document
from langchain_core.messages import BaseMessage
from langchain_core.outputs import LLMResult
from langchain_core.runnables import RunnableConfig

from geungeo.rag.answer.answer import Answer
from geungeo.rag.answer.language_model import LanguageModelError
from geungeo.rag.chain import AnswerChain
from geungeo.vectorstore import Store
from tests.integration.test_model_answerer import QUESTION, chain_of
from tests.scripted_model import saying


class Heard(BaseCallbackHandler):
    """Keeps what it is told: each event with its run and the run that it is part of."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.runs: dict[UUID, UUID | None] = {}
        self.tags: list[list[str] | None] = []
        self.metadata: list[dict[str, Any] | None] = []
        self.answer: Answer | None = None
        self.documents: list[Document] = []

    def _begun(self, event: str, run_id: UUID, parent_run_id: UUID | None, **more: Any) -> None:
        self.events.append(event)
        self.runs[run_id] = parent_run_id
        self.tags.append(more.get("tags"))
        self.metadata.append(more.get("metadata"))

    def on_chain_start(self, serialized: Any, inputs: Any, **more: Any) -> None:
        self._begun("chain", **more)

    def on_chain_end(self, outputs: Any, **more: Any) -> None:
        self.events.append("chain end")
        self.answer = outputs

    def on_chain_error(self, error: BaseException, **more: Any) -> None:
        self.events.append(f"chain error {type(error).__name__}")

    def on_retriever_start(self, serialized: Any, query: str, **more: Any) -> None:
        assert query == QUESTION
        self._begun("retriever", **more)

    def on_retriever_end(self, documents: Any, **more: Any) -> None:
        self.events.append("retriever end")
        self.documents = list(documents)

    def on_chat_model_start(
        self, serialized: Any, messages: list[list[BaseMessage]], **more: Any
    ) -> None:
        assert QUESTION in str(messages[0][1].content)
        self._begun("model", **more)

    def on_llm_end(self, response: LLMResult, **more: Any) -> None:
        self.events.append("model end")


def test_callbacks_hear_of_the_chain_the_retriever_and_the_model(sample_store: Store) -> None:
    heard = Heard()
    with saying("이좡에서는 자율주행 버스 18대가 다닙니다 [1].", yes=0.9) as model:
        config = RunnableConfig(callbacks=[heard], tags=["a-tag"], metadata={"reader": "someone"})
        answer = chain_of(sample_store, model.base_url).invoke(QUESTION, config)
    written = ["model", "model end"]
    assert heard.events == ["chain", "retriever", "retriever end", *written, "chain end"]
    chain, *parts = heard.runs
    assert heard.runs[chain] is None
    assert {heard.runs[part] for part in parts} == {chain}
    assert all("a-tag" in (tags or []) for tags in heard.tags)
    assert all((metadata or {}).get("reader") == "someone" for metadata in heard.metadata)
    assert heard.answer == answer
    assert answer.citations[0].passage.text in [one.page_content for one in heard.documents]


def test_callbacks_hear_of_a_stream_and_of_a_batch(sample_chain: AnswerChain) -> None:
    heard = Heard()
    *_, answer = sample_chain.stream(QUESTION, {"callbacks": [heard]})
    assert heard.events == ["chain", "retriever", "retriever end", "chain end"]
    assert heard.answer == answer
    heard = Heard()
    piped = sample_chain | (lambda answer: answer.refused)
    assert piped.batch([QUESTION, QUESTION], {"callbacks": [heard]}) == [False, False]
    assert heard.events.count("retriever end") == 2


def test_callbacks_hear_of_an_error(sample_store: Store) -> None:
    heard = Heard()
    with pytest.raises(LanguageModelError):
        chain_of(sample_store, "http://127.0.0.1:9/v1").invoke(QUESTION, {"callbacks": [heard]})
    assert heard.events[-1] == "chain error LanguageModelError"
