"""The model that reads a question and a passage: does the passage answer, and which of its
sentences do?"""

from __future__ import annotations

import base64
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geungeo.rag.reading.layout import Layout, Text, Window
from geungeo.vectorstore import Passage
from geungeo.vectorstore.models import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

TOKENIZER, MATCHER = "tokenizer", "matcher"
# Passages of which is kept what was read in them: about 100 KB each.
_KEPT = 400
# Texts that are read at once, whoever asks.
_THREADS = 2

States = npt.NDArray[np.float16]


@dataclass(frozen=True)
class Reading:
    """``answers`` are log-odds that a passage answers the question, ``sentences`` that each of
    its sentences does."""

    answers: float
    sentences: tuple[float, ...]


@dataclass(frozen=True)
class _Model:
    """What a file holds: a graph that reads a text, one that compares two texts that were read,
    and how texts are laid out for it."""

    reads: InferenceSession
    compares: InferenceSession
    layout: Layout

    @classmethod
    def of(cls, file: Path) -> _Model:
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        # Texts are read side by side, each by one thread: none waits for another within a text.
        options = SessionOptions()
        options.intra_op_num_threads = 1
        providers = ["CPUExecutionProvider"]
        reads = InferenceSession(str(file), options, providers=providers)
        said = reads.get_modelmeta().custom_metadata_map
        matcher = base64.b64decode(said[MATCHER])
        compares = InferenceSession(matcher, options, providers=providers)
        return cls(reads, compares, Layout(Tokenizer.from_str(said[TOKENIZER])))

    def read(self, tokens: Sequence[int]) -> npt.NDArray[np.float32]:
        """The states of a text's tokens, of shape (1, tokens, width)."""
        (states,) = self.reads.run(["states"], {"tokens": np.array([tokens], np.int64)})
        return np.asarray(states, np.float32)

    def compare(
        self, tokens: Sequence[int], asked: npt.NDArray[np.float32], window: Window, shown: States
    ) -> tuple[float, list[float]]:
        """What a window says to a question: log-odds of the whole, and of each sentence."""
        places = np.arange(window.last - window.first)
        members = np.array(window.places)[None, :] == places[:, None]
        given = {
            "tokens": np.array([tokens], np.int64),
            "asked": asked,
            "shown": shown.astype(np.float32),
            "members": members[None],
        }
        answers, sentences = self.compares.run(["answers", "sentences"], given)
        return float(answers[0]), [float(one) for one in sentences[0]]


class Reader:
    """A model from a file; loaded at its first use, with the last ``kept`` passages as it has
    read them. Used by several threads at once."""

    def __init__(self, file: Path, kept: int = _KEPT) -> None:
        self.file = file
        self._lock = threading.Lock()
        self._model: _Model | None = None
        self._read = lru_cache(kept)(self._read_passage)
        self._beside = ThreadPoolExecutor(_THREADS, "reader")

    def load(self) -> _Model:
        """Raises ``ModelError`` where the file is no reader."""
        with self._lock:
            if self._model is None:
                try:
                    self._model = _Model.of(self.file)
                except Exception as error:
                    raise ModelError(
                        f"GEUNGEO_READER={self.file}: not a reader ({error}). Name a file that "
                        "python -m geungeo.evals.train_reader export has written, or none."
                    ) from error
            return self._model

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """What it says of each passage."""
        model = self.load()
        tokens = model.layout.question(question)
        begun = self._beside.submit(model.read, tokens)
        read = self._beside.map(self._read, map(Text.of, passages))
        asked = begun.result()
        found = []
        for windows in read:
            answers, sentences = -np.inf, list[float]()
            for window, shown in windows:
                answer, told = model.compare(tokens, asked, window, shown)
                answers = max(answers, answer)
                sentences += told
            found.append(Reading(float(answers), tuple(sentences)))
        return found

    def _read_passage(self, text: Text) -> list[tuple[Window, States]]:
        model = self.load()
        windows = model.layout.windows(text)
        return [(one, model.read(one.tokens).astype(np.float16)) for one in windows]
