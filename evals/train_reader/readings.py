"""What readers said of questions that they had not learned from, as ``train`` has kept it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from geungeo.errors import GeungeoError
from geungeo.evals.fit.cases import Case
from geungeo.evals.train_reader.files import CASE, EXAMPLES, PLACE, READINGS
from geungeo.rag.reading.reader import Reading

Key = tuple[str, str]
"""The text of a question and of a passage."""


class ReadingsError(GeungeoError):
    """What readers said is not to be had; the message names the file."""


def stored_readings(folder: Path, asked: Mapping[str, Sequence[Case]]) -> dict[Key, Reading]:
    """What readers said of the fold that each has not seen, by question and passage; ``folder``
    is where ``train_reader`` wrote, of the same questions.

    Raises ``ReadingsError`` where there are none, or they are of other questions.
    """
    cases = [case for own in asked.values() for case in own]
    with np.load(folder / EXAMPLES) as stored:
        watched = stored["watched"]
        digests = stored["watched_digests"]
    found: dict[Key, Reading] = {}
    for file in sorted(folder.glob(f"*{READINGS}")):
        with np.load(file) as stored:
            rows, answers = stored["rows"], stored["answers"].astype(float)
            ends = np.cumsum(stored["counts"])
            sentences = stored["sentences"].astype(float)
        before: Key | None = None
        for number, answer, end, count in zip(
            rows, answers, ends, np.diff(ends, prepend=0), strict=True
        ):
            row = watched[number]
            key = _key(cases, int(row[CASE]), int(row[PLACE]))
            if digest(*key) != digests[number]:
                raise ReadingsError(f"{folder / EXAMPLES}: of other questions; prepare it anew")
            own = Reading(float(answer), tuple(sentences[end - count : end].tolist()))
            if key == before:
                earlier = found[key]
                own = Reading(max(earlier.answers, own.answers), earlier.sentences + own.sentences)
            found[key], before = own, key
    if not found:
        raise ReadingsError(f"{folder}: no *{READINGS} in it; train with --without each fold")
    return found


def _key(cases: Sequence[Case], number: int, place: int) -> Key:
    """A question with one of its passages; empty where there is none."""
    if number >= len(cases) or place >= len(cases[number].hits):
        return "", ""
    case = cases[number]
    return case.query.text, case.hits[place].passage.text


def digest(question: str, passage: str) -> int:
    """A number by which a question with a passage is known again, of 32 bits."""
    return zlib.crc32(f"{question}\n{passage}".encode())
