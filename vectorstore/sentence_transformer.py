"""Models of sentence-transformers, from a folder, the local cache or the hub."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sentence_transformers import SentenceTransformer

from geungeo.vectorstore.models import load_model

_BATCH = 128


class SentenceTransformerModel:
    """Raises ``ModelError`` for a model that is neither on this machine nor to be had."""

    def __init__(self, name: str) -> None:
        self._model = load_model(SentenceTransformer, name, "GEUNGEO_EMBEDDING")
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    @property
    def prompts(self) -> tuple[str, str]:
        """The texts put before questions and passages, empty where it has none."""
        stored = self._model.prompts or {}
        passage = stored.get("passage") or stored.get("document") or ""
        return stored.get("query") or "", passage

    def encode(self, texts: Sequence[str], prompt: str = "") -> npt.NDArray[np.float32]:
        """Vectors of shape (texts, dimension), each of length 1."""
        return self._model.encode(
            list(texts),
            prompt=prompt or None,
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
