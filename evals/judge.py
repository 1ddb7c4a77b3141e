"""A language model as a second opinion on citations, beside our own verifier."""

from __future__ import annotations

from dataclasses import dataclass

from geungeo.rag.answer.model_answerer import ModelAnswerer

_PROMPT = (
    "Source:\n{quote}\n\nStatement:\n{sentence}\n\nDoes the source, read by itself, fully support "
    "the statement? Reply Yes or No."
)


@dataclass(frozen=True)
class Judge:
    """Attributed to identified sources, as ALCE asks it of a model (arXiv 2305.14627)."""

    answerer: ModelAnswerer

    def supports(self, sentence: str, quote: str) -> bool:
        said = self.answerer.said(_PROMPT.format(quote=quote, sentence=sentence))
        return said.lower().startswith("yes")
