"""What the evals ask: anything that answers questions, under a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geungeo.rag.answer.answer import Answer
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.question.conversation import Asked


@dataclass(frozen=True)
class System:
    """``ask`` answers a question; ``passages`` gives the texts of the best so many passages
    for one."""

    name: str
    ask: Callable[[Asked], Answer]
    passages: Callable[[str, int], list[str]]


def of_chain(name: str, chain: Pipeline) -> System:
    def passages(question: str, k: int) -> list[str]:
        return [hit.passage.text for hit in chain.retriever.search(question, k)]

    return System(name, chain.invoke, passages)
