"""Which examples are learned from at once: such as share their texts, so that the last layers read
each of them once for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from geungeo.evals.train_reader.files import LABEL, OF_QUESTION, OF_WINDOW

Ints = npt.NDArray[Any]

# Questions of a unit, units of a group, and windows beside those that these were asked on.
_QUESTIONS, _UNITS, _BESIDE = 14, 10, 8
# What an answering window is more wanted than another.
_WORTH_OF_ANSWER = 3


class _Unit(NamedTuple):
    """Some of the questions that are asked on a window."""

    window: int
    questions: list[int]


class Groups:
    """The chosen of all examples, in groups of about ten windows with what is asked on them."""

    def __init__(self, examples: Ints, chosen: Ints) -> None:
        self._examples = examples
        self._of_question: dict[int, list[int]] = {}
        for number in chosen.tolist():
            self._of_question.setdefault(int(examples[number, OF_QUESTION]), []).append(number)
        # The window that a question was asked on: what answers it, or the first beside it.
        self._asked_on: dict[int, list[int]] = {}
        for question, own in self._of_question.items():
            right = [number for number in own if examples[number, LABEL]]
            window = int(examples[(right or own)[0], OF_WINDOW])
            self._asked_on.setdefault(window, []).append(question)

    def __len__(self) -> int:
        """How many there are in an epoch."""
        units = sum(-(-len(own) // _QUESTIONS) for own in self._asked_on.values())
        return -(-units // _UNITS)

    def epoch(self, rng: np.random.Generator) -> list[Ints]:
        """The examples of each group: of all those whose windows came into it. Windows that were
        found for the same questions are likely to come together."""
        groups = [self._examples_of(units, rng) for units in self._grouped(rng)]
        rng.shuffle(groups)
        return groups

    def _grouped(self, rng: np.random.Generator) -> Iterator[list[_Unit]]:
        units = [
            _Unit(window, [questions[i] for i in own])
            for window, questions in self._asked_on.items()
            for own in np.array_split(
                rng.permutation(len(questions)), -(-len(questions) // _QUESTIONS)
            )
        ]
        order = rng.permutation(len(units)).tolist()
        of_window: dict[int, list[int]] = {}
        for number in order:
            of_window.setdefault(units[number].window, []).append(number)
        left = dict.fromkeys(order)
        while left:
            near: Counter[int] = Counter()
            group: list[int] = []
            while left and len(group) < _UNITS:
                wanted = (number for number, _ in near.most_common() if number in left)
                number = next(wanted, next(iter(left)))
                del left[number]
                group.append(number)
                found = self._examples[self._numbers(units[number].questions), OF_WINDOW]
                for window, count in Counter(found.tolist()).items():
                    near.update(dict.fromkeys(of_window.get(window, ()), count))
            yield [units[number] for number in group]

    def _numbers(self, questions: Sequence[int]) -> list[int]:
        """The examples of some questions."""
        return [number for question in questions for number in self._of_question[question]]

    def _examples_of(self, units: Sequence[_Unit], rng: np.random.Generator) -> Ints:
        numbers = np.array(self._numbers([one for unit in units for one in unit.questions]))
        windows = self._examples[numbers, OF_WINDOW]
        read = {unit.window for unit in units}
        beside: dict[int, float] = {}
        for window, label in zip(windows.tolist(), self._examples[numbers, LABEL], strict=True):
            if window not in read:
                before = beside.get(window, float(rng.random()))
                beside[window] = before + 1 + _WORTH_OF_ANSWER * int(label)
        read.update(sorted(beside, key=beside.__getitem__, reverse=True)[:_BESIDE])
        return numbers[np.isin(windows, list(read))]
