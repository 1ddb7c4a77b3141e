"""From which probability on passages answer, as fitted with the gate that hears the reader."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

Outcome = Literal["answers", "close", "refused"]


@dataclass(frozen=True)
class Thresholds:
    """Probabilities, from 0 to 1, from which on passages answer, or come close at least."""

    answers: float
    close: float

    @classmethod
    def shipped(cls) -> Thresholds:
        return cls(**fitted()["thresholds"])

    def outcome(self, probability: float) -> Outcome:
        if probability >= self.answers:
            return "answers"
        return "close" if probability >= self.close else "refused"


def weights_file() -> Traversable:
    return files("geungeo.rag.ranking") / "weights.json"


def fitted() -> dict[str, Any]:
    """What the file that ``python -m geungeo.evals.fit`` writes says."""
    data: dict[str, Any] = json.loads(weights_file().read_text(encoding="utf-8"))
    return data
