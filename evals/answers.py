"""How good the answers are: ``geungeo eval answers``."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from geungeo.evals.beir import BeirSet
from geungeo.evals.gold import GoldCase
from geungeo.evals.intervals import Interval, interval
from geungeo.evals.judge import Judge
from geungeo.evals.systems import System
from geungeo.evals.usage import Usage, usage
from geungeo.lang.detect import language_of
from geungeo.lang.values.facts import Facts, agree, facts
from geungeo.rag.answer.answer import Answer, Citation
from geungeo.rag.answer.verification import Grounds, Verifier
from geungeo.rag.assembly import make_verifier
from geungeo.rag.question.conversation import Asked
from geungeo.vectorstore import Store

_EVIDENCE_DEPTH = 5
_GATES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_MARK = re.compile(r"\[\d+\]")
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")

Update = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Judged:
    """One answer against its case.

    ``right``: it holds a known answer. ``rank`` is that of the first passage with the
    evidence, 0 where none of the first five has it. ``telling`` counts the citations that
    quote the evidence or the answer, ``holding`` those that support the sentence that cites
    them, ``approved`` those that a judge finds to do so, and ``verbatim`` those that the
    document has word for word at their place. ``tokens`` are those that a language model
    read and wrote, and ``first`` are the seconds until the first one of its answer.
    """

    case: GoldCase
    answer: Answer
    right: bool
    rank: int
    telling: int
    holding: int
    verbatim: int
    token_f1: float
    exact: bool
    tokens: int
    first: float | None
    approved: int | None

    @property
    def is_well_answered(self) -> bool:
        """Right, or refused where there is no answer."""
        return self.right if self.case.answerable else self.answer.refused


def judge(
    case: GoldCase,
    answer: Answer,
    rank: int,
    text: Callable[[str], str | None],
    verifier: Verifier,
    used: Usage,
    opinion: Judge | None = None,
) -> Judged:
    """Compare an answer with its case; ``text`` gives the text of a document by its path,
    ``used`` is what a model did for it, and ``opinion`` is asked about each citation."""
    said = [_MARK.sub("", line).strip() for line in answer.answer.splitlines()]
    given = not answer.refused
    return Judged(
        case,
        answer,
        right=given and is_right(answer.answer, case),
        rank=rank,
        telling=sum(_tells(citation, case) for citation in answer.citations),
        holding=_holding(answer, verifier),
        verbatim=sum(_is_verbatim(citation, text) for citation in answer.citations),
        token_f1=max((token_f1(" ".join(said), a) for a in case.answers), default=0.0) * given,
        exact=given and any(normal(" ".join(said)) == normal(a) for a in case.answers),
        tokens=used.tokens,
        first=used.first,
        approved=None if opinion is None else _approved(answer, opinion),
    )


def evaluate(
    cases: Sequence[GoldCase],
    system: System,
    store: Store,
    update: Update,
    opinion: Judge | None = None,
) -> list[Judged]:
    """Ask every question; ``store`` holds the documents that are cited."""
    texts: dict[str, str | None] = {}

    def text(path: str) -> str | None:
        if path not in texts:
            texts[path] = store.text(path)
        return texts[path]

    verifier = make_verifier(store)
    judged = []
    for done, case in enumerate(cases):
        update(done, len(cases), case.question)
        found = system.passages(case.question, _EVIDENCE_DEPTH)
        ranks = (n for n, passage in enumerate(found, 1) if holds(passage, case.evidence))
        with usage() as used:
            answer = ask(case, system.ask)
        judged.append(judge(case, answer, next(ranks, 0), text, verifier, used, opinion))
    return judged


def ask(case: GoldCase, answering: Callable[[Asked], Answer]) -> Answer:
    """The answer to a case, its earlier questions asked before."""
    history: tuple[Answer, ...] = ()
    for question in case.history:
        history = (*history, answering(Asked(question, history)))
    return answering(Asked(case.question, history))


def figures(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """Figures for each language of the questions, for each kind of question that the set
    tells apart, and for ``all``."""
    languages = sorted({one.case.lang for one in judged})
    by_language: dict[str, dict[str, Any]] = {
        language: _figures([one for one in judged if one.case.lang == language])
        for language in languages
    }
    kinds = sorted({one.case.kind for one in judged if one.case.kind})
    by_kind = {kind: _figures([one for one in judged if one.case.kind == kind]) for kind in kinds}
    return {**by_language, "all": _figures(judged), **by_kind}


def open_domain(collection: BeirSet) -> list[GoldCase]:
    """The questions of an open-domain set; their evidence is the relevant passages."""
    texts = {document.id: document.text for document in collection.documents}
    return [
        GoldCase(
            id=query.id,
            lang=language_of(query.text),
            question=query.text,
            answerable=query.answerable,
            answers=query.answers,
            evidence=tuple(texts[i] for i in sorted(collection.relevant.get(query.id, ()))),
        )
        for query in collection.queries
    ]


def _figures(judged: Sequence[Judged]) -> dict[str, Any]:
    answerable = [one for one in judged if one.case.answerable]
    unanswerable = [one for one in judged if not one.case.answerable]
    given = [one for one in judged if not one.answer.refused]
    answered = [one for one in answerable if not one.answer.refused]
    citations = sum(len(one.answer.citations) for one in answered)
    cited = sum(len(s.citations) for one in given for s in one.answer.sentences)
    seconds = [one.answer.seconds.total for one in judged]
    p50, p95 = np.percentile(seconds, [50, 95]) if seconds else (0.0, 0.0)
    refused = [one for one in judged if one.answer.refused]
    return {
        "questions": len(judged),
        "accuracy": share(one.right for one in answerable),
        "unanswerable_refused": share(one.answer.refused for one in unanswerable),
        "wrong_refusals": share(one.answer.refused for one in answerable),
        "refusal_precision": share(not one.case.answerable for one in refused),
        "hallucination_rate": share(not one.right for one in given),
        "citation_precision": _ratio(sum(one.telling for one in answered), citations),
        "citation_recall": share(one.telling > 0 for one in answered),
        "citations_supporting": _ratio(sum(one.holding for one in given), cited),
        "citations_approved": _ratio(sum(one.approved or 0 for one in given), cited)
        if any(one.approved is not None for one in given)
        else None,
        "quotes_verbatim": _ratio(
            sum(one.verbatim for one in judged), sum(len(one.answer.citations) for one in judged)
        ),
        "answer_language": share(
            language_of(_MARK.sub("", one.answer.answer)) == one.case.lang for one in given
        ),
        "evidence@1": share(one.rank == 1 for one in answerable),
        "evidence@5": share(one.rank > 0 for one in answerable),
        "token_f1": _mean(one.token_f1 for one in answerable),
        "exact_match": share(one.exact for one in answerable),
        "seconds_first_token_p50": _median(one.first for one in given if one.first is not None),
        "seconds_p50": round(float(p50), 4),
        "seconds_p95": round(float(p95), 4),
        "tokens": _mean(one.tokens for one in judged),
        "intervals": {
            "accuracy": _interval(one.right for one in answerable),
            "unanswerable_refused": _interval(one.answer.refused for one in unanswerable),
            "wrong_refusals": _interval(one.answer.refused for one in answerable),
        },
        "tradeoff": [_at_gate(gate, answerable, unanswerable) for gate in _GATES],
    }


def _at_gate(
    gate: float, answerable: Sequence[Judged], unanswerable: Sequence[Judged]
) -> dict[str, float | None]:
    """What a gate would refuse, by the confidence that each question met."""
    return {
        "gate": gate,
        "unanswerable_refused": share(one.answer.confidence < gate for one in unanswerable),
        "wrong_refusals": share(one.answer.confidence < gate for one in answerable),
    }


def is_right(said: str, case: GoldCase) -> bool:
    """Whether an answer contains what its case wants, in its words or by its value."""
    return contains(said, case.answers) and all(contains(said, [one]) for one in case.required)


def contains(said: str, wanted: Sequence[str]) -> bool:
    """Whether an answer has one of some strings, or the date or quantity that is all of it."""
    if holds(said, wanted):
        return True
    given = facts(said)
    return any(_has_value(given, one) for one in wanted)


def _has_value(given: Facts, wanted: str) -> bool:
    value = facts(wanted)
    whole = "".join(wanted.split())
    if len(value.dates) == 1 and not value.quantities:
        (date,) = value.dates
        day = (date.year, date.month, date.day)
        return "".join(date.text.split()) == whole and any(
            (one.year, one.month, one.day) == day for one in given.dates
        )
    if len(value.quantities) == 1 and not value.dates:
        (quantity,) = value.quantities
        return "".join(quantity.text.split()) == whole and any(
            one.unit == quantity.unit and agree(quantity, one) for one in given.quantities
        )
    return False


def holds(text: str, wanted: Iterable[str]) -> bool:
    """Whether a text contains one of some strings, spaces, commas and case aside."""
    whole = plain(text)
    return any(plain(one) in whole for one in wanted)


def token_f1(said: str, answer: str) -> float:
    """The harmonic mean of precision and recall over tokens, as SQuAD measures it
    (Rajpurkar et al., arXiv 1606.05250); Chinese counts by character."""
    ours, theirs = _tokens(said), _tokens(answer)
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * shared / (len(ours) + len(theirs)) if shared else 0.0


def normal(text: str) -> str:
    """Text as SQuAD compares it: no case, punctuation, articles or spaces."""
    kept = "".join(c for c in _MARK.sub("", text).lower() if c not in string.punctuation)
    return "".join(_ARTICLE.sub(" ", kept).split())


def _tokens(text: str) -> list[str]:
    kept = "".join(c if c not in string.punctuation else " " for c in text.lower())
    return re.findall(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+", _ARTICLE.sub(" ", kept))


def plain(text: str) -> str:
    """Text without spaces, commas and case."""
    return re.sub(r"[\s,]", "", text).casefold()


def _tells(citation: Citation, case: GoldCase) -> bool:
    quote = plain(citation.quote)
    evidence = [plain(one) for one in case.evidence]
    return any(one in quote or (len(quote) > 10 and quote in one) for one in evidence) or holds(
        citation.quote, case.answers
    )


def _holding(answer: Answer, verifier: Verifier) -> int:
    """How many citations of the sentences hold what they are cited for, by themselves or
    together with the others of the sentence (as recall in ALCE, arXiv 2305.14627)."""
    grounds = {}
    for citation in answer.citations:
        passage = citation.passage
        context = f"{passage.title}\n{passage.section}\n{passage.text}"
        grounds[citation.n] = Grounds(citation.quote, context, passage.date)
    count = 0
    for sentence in answer.sentences:
        cited = [grounds[number] for number in sentence.citations]
        alone = sum(verifier.verify(sentence.text, [one]).supported for one in cited)
        together = alone < len(cited) and verifier.verify(sentence.text, cited).supported
        count += len(cited) if together else alone
    return count


def _approved(answer: Answer, opinion: Judge) -> int:
    quotes = {citation.n: citation.quote for citation in answer.citations}
    return sum(
        opinion.supports(sentence.text, quotes[number])
        for sentence in answer.sentences
        for number in sentence.citations
    )


def _is_verbatim(citation: Citation, text: Callable[[str], str | None]) -> bool:
    whole = text(citation.passage.path)
    return whole is not None and whole[citation.start : citation.end] == citation.quote


def share(values: Iterable[bool]) -> float | None:
    """The part of some values that is true; None where there are none."""
    return _mean(float(value) for value in values)


def _interval(values: Iterable[bool]) -> Interval | None:
    return interval([float(value) for value in values])


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return round(sum(listed) / len(listed), 4) if listed else None


def _median(values: Iterable[float]) -> float | None:
    listed = list(values)
    return round(float(np.median(listed)), 4) if listed else None


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
