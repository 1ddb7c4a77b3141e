"""Which of many written sounds are most like one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

_LEAST_LIKENESS = 85
_LETTERS = range(ord("a"), ord("z") + 1)
_ROUNDING = 1e-6


class Sounds:
    """Sounds with how often each letter is in each: two that differ much in this differ much, and
    are not compared letter by letter. Never changed."""

    def __init__(self, sounds: Sequence[str]) -> None:
        """``sounds`` are of the letters from a to z, as ``romanisation.sound`` writes them."""
        self._sounds = sounds
        self._lengths = np.array([len(one) for one in sounds], np.int32)
        owners = np.repeat(np.arange(len(sounds)), self._lengths)
        letters = np.frombuffer("".join(sounds).encode(), np.uint8)
        self._counts = [_counted(owners[letters == one], len(sounds)) for one in _LETTERS]

    def like(self, wanted: str) -> list[tuple[str, float]]:
        """The five sounds most like one, with how much they are, of 100; none that is little
        alike."""
        # No fewer letters than these have to be taken out and put in.
        changes = np.zeros(len(self._sounds), np.int16)
        for letter, counts in zip(_LETTERS, self._counts, strict=True):
            changes += np.abs(counts - wanted.count(chr(letter)))
        most = (1 - _LEAST_LIKENESS / 100) * (self._lengths + len(wanted)) + _ROUNDING
        near = [self._sounds[place] for place in np.flatnonzero(changes <= most).tolist()]
        found = process.extract(wanted, near, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS)
        return [(sound, ratio) for sound, ratio, _ in found]


def _counted(owners: npt.NDArray[np.int64], sounds: int) -> npt.NDArray[np.int16]:
    return np.bincount(owners, minlength=sounds).astype(np.int16)
