"""The pipeline as a LangChain runnable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from langchain_core.callbacks import CallbackManagerForChainRun
from langchain_core.runnables import Runnable, RunnableConfig

from geungeo.rag.answer.answer import Answer
from geungeo.rag.answer.answerers import Answerer
from geungeo.rag.explanation import Explanation
from geungeo.rag.langchain_retriever import retrieved
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.question.conversation import Asked
from geungeo.rag.ranking.retrieval import Retriever
from geungeo.vectorstore import Filter


class AnswerChain(Runnable[str | Asked, Answer]):
    """Retrieve, gate, answer, cite.

    The input is a question, or one with the answers before it that it may lean on.
    ``invoke`` returns the whole answer; ``stream`` yields it as it grows, each item being
    complete so far, and first of all the evidence with an empty answer. Batch and async come
    with ``Runnable``.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline

    @property
    def retriever(self) -> Retriever:
        return self.pipeline.retriever

    @property
    def answerer(self) -> Answerer:
        return self.pipeline.answerer

    def invoke(
        self, input: str | Asked, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Answer:
        *_, answer = self.stream(input, config, **kwargs)
        return answer

    def stream(
        self, input: str | Asked, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Answer]:
        # Callbacks are told of the chain here, and of what runs within it by the context.
        yield from self._transform_stream_with_config(iter((input,)), self._streamed, config)

    def _streamed(
        self,
        inputs: Iterator[str | Asked],
        run_manager: CallbackManagerForChainRun,
        config: RunnableConfig,
    ) -> Iterator[Answer]:
        (input,) = inputs
        yield from self.pipeline.stream(input, partial(retrieved, config, self.retriever))

    def explain(
        self, text: str, history: Sequence[Answer] = (), only: Filter | None = None
    ) -> Explanation:
        """The answer to a question, as ``invoke`` gives it, with what led to it."""
        return self.pipeline.explain(text, history, only)
