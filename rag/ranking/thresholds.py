"""From which probability on passages answer, as fitted with the gate."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

Outcome = Literal["answers", "close", "refused"]


@dataclass(frozen=True)
class Thresholds:
    """Probabilities, from 0 to 1, from which on passages answer, or come close at least."""

    answers: float
    close: float

    @classmethod
    def shipped(cls) -> Thresholds:
        return cls(**fitted()["gate"]["thresholds"])

    def outcome(self, probability: float) -> Outcome:
        if probability >= self.answers:
            return "answers"
        return "close" if probability >= self.close else "refused"


def fitted() -> dict[str, Any]:
    """What the file that ``python -m geungeo.evals.fit`` writes says."""
    text = (files("geungeo.rag.ranking") / "weights.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
