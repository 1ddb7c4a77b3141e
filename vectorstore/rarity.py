"""How rare a term is among passages."""

from __future__ import annotations

import math


def idf(passages: int, frequency: int) -> float:
    """BM25's inverse document frequency of a term that ``frequency`` of so many passages have, as
    Lucene has it: never below zero, and greatest for a term that none has."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))
