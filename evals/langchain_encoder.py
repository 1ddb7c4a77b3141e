"""Our encoder as LangChain knows one."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from geungeo.vectorstore import Encoder


class LangChainEncoder(Embeddings):
    """For the recipes that ours is compared with."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._encoder.encode_passages(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        row: list[float] = self._encoder.encode_questions([text])[0].tolist()
        return row
