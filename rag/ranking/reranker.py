"""A cross-encoder that reads question and passage together, where one is wanted."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geungeo.vectorstore.models import load_model

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class CrossEncoderReranker:
    """Any sentence-transformers cross-encoder with one output, such as bge-reranker-v2-m3;
    loaded at its first use."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._model: CrossEncoder | None = None
        self._lock = threading.Lock()

    def load(self) -> CrossEncoder:
        """Raises ``ModelError`` where the model is not to be had."""
        with self._lock:
            if self._model is None:
                from sentence_transformers import CrossEncoder

                self._model = load_model(CrossEncoder, self.name, "GEUNGEO_RERANKER")
            return self._model

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers, on the model's own scale; greater is better."""
        pairs = [(question, passage) for passage in passages]
        return [float(x) for x in self.load().predict(pairs, show_progress_bar=False)]
