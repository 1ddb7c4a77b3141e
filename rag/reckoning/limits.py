"""The limits that a question sets to a number: more than 90 %, 20시간 이상, 超过100辆."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from operator import ge, gt, le, lt

from geungeo.lang.folding import fold
from geungeo.lang.rules import alternatives
from geungeo.lang.values.facts import NAMED, Quantity
from geungeo.rag.question.question import Question

_LIMITS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "over": gt, "at least": ge, "under": lt, "at most": le
}  # fmt: skip


@dataclass(frozen=True)
class Limit:
    """``said`` is the text of the question that sets it."""

    quantity: Quantity
    said: str
    holds: Callable[[Decimal, Decimal], bool]

    def lets_through(self, value: Decimal) -> bool:
        return self.holds(value, self.quantity.value)


def limits(question: Question) -> tuple[Limit, ...]:
    """The limits of a question, in the order of its numbers."""
    text = fold(question.text)
    found = (_limit(text, one) for one in question.facts.quantities if one.unit != NAMED)
    return tuple(limit for limit in found if limit)


def _limit(text: str, quantity: Quantity) -> Limit | None:
    number = re.escape(quantity.text)
    for name, holds in _LIMITS.items():
        before, after = (alternatives("limits", f"{name} {side}") for side in ("before", "after"))
        form = rf"(?:{before})\W?{number}|{number}(?:{after})"
        if match := re.search(form, text, re.IGNORECASE):
            return Limit(quantity, match[0], holds)
    return None
