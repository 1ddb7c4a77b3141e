"""How far apart the two numbers are that a sentence sets against each other.

Of 목표 9억원, 실적 8억원 they are 1억원 apart.
"""

from __future__ import annotations

from decimal import Decimal

from geungeo.lang.folding import fold
from geungeo.lang.languages import LANGUAGES
from geungeo.lang.rules import pattern
from geungeo.lang.values.facts import Quantity, facts
from geungeo.lang.values.written import in_scales, written_quantity
from geungeo.rag.question.question import Question

_PAIR = 2


def how_far_apart(question: Question, sentence: str) -> str:
    """The difference of the only two quantities of the wanted unit in a sentence, as a line of the
    reader's language; "" where the question does not ask how far two numbers are apart, or the
    sentence has fewer or more."""
    if not pattern("gaps", "asked").search(question.own):
        return ""
    wanted = question.wanted.units
    values: dict[str, dict[Decimal, Quantity]] = {}
    for one in facts(fold(sentence)).quantities:
        if one.unit in wanted:
            values.setdefault(one.unit, {}).setdefault(one.value, one)
    pairs = [own for own in values.values() if len(own) == _PAIR]
    if len(pairs) != 1:
        return ""
    less, more = (one for _, one in sorted(pairs[0].items()))
    rest = Quantity(more.value - less.value, more.unit, "")
    scales = LANGUAGES[question.language].scales
    is_scaled = any(scale in one.text for one in (less, more) for scale in scales)
    written = in_scales if is_scaled else written_quantity
    texts = [written(one, question.language) for one in (more, less, rest)]
    return "{} − {} = {}".format(*texts) if all(texts) else ""
