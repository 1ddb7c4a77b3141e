"""The sounds most like one are those that comparing letter by letter with each finds."""

from __future__ import annotations

import random

from rapidfuzz import fuzz, process

from geungeo.rag.question.sounds import Sounds


def test_as_comparing_with_each() -> None:
    chosen = random.Random(0)
    made = {
        "".join(chosen.choices("aeioubdgjmnrs", k=chosen.randrange(3, 12))) for _ in range(3000)
    }
    sounds = tuple(sorted(made))
    heard = Sounds(sounds)
    alike = 0
    for one in (*chosen.sample(sounds, 60), "zzzz", ""):
        place = chosen.randrange(len(one) or 1)
        asked = one[:place] + chosen.choice("aeg") + one[place + 1 :]
        found = process.extract(asked, sounds, scorer=fuzz.ratio, score_cutoff=85)
        assert heard.like(asked) == [(sound, ratio) for sound, ratio, _ in found]
        alike += len(found)
    assert alike > 30
    assert Sounds(()).like("seoul") == []
