"""The figures of judged answers, by language, kind and split."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from geungeo.evals.answers import Judged
from geungeo.evals.intervals import Interval, interval
from geungeo.evals.shares import mean, median, ratio, share

_GATES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


def figures(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """Figures for each language of the questions, for ``all``, and for each kind of question and
    each split that the set tells apart."""
    names = [
        *sorted({one.case.lang for one in judged}),
        "all",
        *sorted({one.case.kind for one in judged}),
        *sorted({one.case.split for one in judged}),
    ]
    groups: dict[str, list[Judged]] = {name: [] for name in names if name}
    for one in judged:
        for name in {one.case.lang, "all", one.case.kind, one.case.split} - {""}:
            groups[name].append(one)
    has_nuggets = any(one.case.nuggets for one in judged)
    return {name: _figures(group, has_nuggets) for name, group in groups.items()}


def _figures(judged: Sequence[Judged], has_nuggets: bool) -> dict[str, Any]:
    answerable = [one for one in judged if one.case.answerable]
    unanswerable = [one for one in judged if not one.case.answerable]
    refused = [one for one in judged if one.answer.refused]
    return {
        "questions": len(judged),
        "accuracy": share(one.right for one in answerable),
        "unanswerable_refused": share(one.answer.refused for one in unanswerable),
        "wrong_refusals": share(one.answer.refused for one in answerable),
        "refusal_precision": share(not one.case.answerable for one in refused),
        **_of_given(judged),
        "evidence@1": share(one.rank == 1 for one in answerable),
        "evidence@5": share(one.rank > 0 for one in answerable),
        "token_f1": mean(one.token_f1 for one in answerable),
        "exact_match": share(one.exact for one in answerable),
        **_costs(judged),
        **(_of_nuggets(answerable, unanswerable) if has_nuggets else {}),
        "intervals": {
            "accuracy": _interval(one.right for one in answerable),
            "unanswerable_refused": _interval(one.answer.refused for one in unanswerable),
            "wrong_refusals": _interval(one.answer.refused for one in answerable),
        },
        "tradeoff": [_at_gate(gate, answerable, unanswerable) for gate in _GATES],
    }


def _of_given(judged: Sequence[Judged]) -> dict[str, Any]:
    """What is told of the answers that were given. A citation whose support cannot be told counts
    neither for nor against."""
    given = [one for one in judged if not one.answer.refused]
    answered = [one for one in given if one.case.answerable]
    cited = sum(len(s.citations) for one in given for s in one.answer.sentences)
    undecided = sum(one.open for one in given)
    is_approved = any(one.approved is not None for one in given)
    return {
        "hallucination_rate": share(not one.right for one in given),
        "citation_precision": ratio(
            sum(one.telling for one in answered), sum(len(one.answer.citations) for one in answered)
        ),
        "citation_recall": share(one.telling > 0 for one in answered),
        "citations_supporting": ratio(sum(one.holding for one in given), cited - undecided),
        "citations_open": ratio(undecided, cited),
        "citations_approved": ratio(sum(one.approved or 0 for one in given), cited)
        if is_approved
        else None,
        "quotes_verbatim": ratio(
            sum(one.verbatim for one in judged), sum(len(one.answer.citations) for one in judged)
        ),
        "answer_language": share(one.spoken for one in given),
    }


def _costs(judged: Sequence[Judged]) -> dict[str, Any]:
    seconds = [one.answer.seconds.total for one in judged]
    p50, p95 = np.percentile(seconds, [50, 95]) if seconds else (0.0, 0.0)
    first = (one.first for one in judged if not one.answer.refused and one.first is not None)
    return {
        "seconds_first_token_p50": median(first),
        "seconds_p50": round(float(p50), 4),
        "seconds_p95": round(float(p95), 4),
        "tokens": mean(one.tokens for one in judged),
    }


def _of_nuggets(answerable: Sequence[Judged], unanswerable: Sequence[Judged]) -> dict[str, Any]:
    """Answers on their nuggets: ``strict`` is the share that is right, ``nuggets`` that of all
    nuggets, vital or not, ``whole`` that of the lines that end as a line may end, and
    ``characters`` the mean length of an answer."""
    return {
        "asked": len(answerable),
        "strict": _rounded(sum(one.right for one in answerable), len(answerable)),
        "nuggets": _rounded(
            sum(one.nuggets.count for one in answerable), sum(one.nuggets.of for one in answerable)
        ),
        "wrong_refusals": _rounded(sum(one.answer.refused for one in answerable), len(answerable)),
        "silent": len(unanswerable),
        "refused": _rounded(sum(one.answer.refused for one in unanswerable), len(unanswerable)),
        "whole": _rounded(
            sum(one.whole[0] for one in answerable), sum(one.whole[1] for one in answerable)
        ),
        "characters": round(sum(len(one.answer.answer) for one in answerable) / len(answerable))
        if answerable
        else None,
    }


def _rounded(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _at_gate(
    gate: float, answerable: Sequence[Judged], unanswerable: Sequence[Judged]
) -> dict[str, float | None]:
    """What a gate would refuse, by the confidence that each question met."""
    return {
        "gate": gate,
        "unanswerable_refused": share(one.answer.confidence < gate for one in unanswerable),
        "wrong_refusals": share(one.answer.confidence < gate for one in answerable),
    }


def _interval(values: Iterable[bool]) -> Interval | None:
    return interval([float(value) for value in values])
