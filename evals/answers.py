"""How good the answers are: ``geungeo eval answers``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geungeo.evals.beir import BeirSet
from geungeo.evals.comparing import Source, contains, holds, plain, supports
from geungeo.evals.comparing.nuggets import Held, held, whole_lines
from geungeo.evals.comparing.overlap import normal, token_f1
from geungeo.evals.comparing.scripts import script_of
from geungeo.evals.gold import GoldCase
from geungeo.evals.judge import Judge
from geungeo.evals.systems import System
from geungeo.evals.usage import Usage, usage
from geungeo.lang.detect import language_of
from geungeo.rag.answer.answer import Answer, Citation
from geungeo.rag.question.conversation import Asked
from geungeo.vectorstore import Store

_EVIDENCE_DEPTH = 5
# Characters from which on a quote is evidence that is a part of it.
_TELLING = 10
_MARK = re.compile(r"\[\d+\]")

Update = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Judged:
    """One answer against its case.

    ``right``: it holds a known answer, or all vital nuggets. ``nuggets`` says what it holds of
    them, and ``whole`` how many of its lines end as a line may end, and of how many. ``rank`` is
    that of the first passage with the evidence, 0 where none of the first five has it. ``telling``
    counts the citations that quote the evidence or the answer, ``holding`` those that support the
    sentence that cites them, ``open`` those of which that cannot be told, ``approved`` those that a
    judge finds to do so, and ``verbatim`` those that the document has word for word at their place.
    ``spoken``: it is in the language of the question. ``tokens`` are those that a language model
    read and wrote, and ``first`` are the seconds until the first one of its answer.
    """

    case: GoldCase
    answer: Answer
    right: bool
    nuggets: Held
    whole: tuple[int, int]
    rank: int
    telling: int
    holding: int
    open: int
    verbatim: int
    spoken: bool
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
    used: Usage,
    opinion: Judge | None = None,
) -> Judged:
    """Compare an answer with its case; ``text`` gives the text of a document by its path,
    ``used`` is what a model did for it, and ``opinion`` is asked about each citation."""
    said = " ".join(_MARK.sub("", line).strip() for line in answer.answer.splitlines())
    given = not answer.refused
    holding, undecided = _supported(answer)
    found = held(answer.answer if given else "", case.nuggets)
    return Judged(
        case,
        answer,
        right=given and _is_right(answer.answer, case, found),
        nuggets=found,
        whole=whole_lines(answer.answer) if given else (0, 0),
        rank=rank,
        telling=sum(_tells(citation, case) for citation in answer.citations),
        holding=holding,
        open=undecided,
        verbatim=sum(_is_verbatim(citation, text) for citation in answer.citations),
        spoken=script_of(said) == case.lang,
        token_f1=max((token_f1(said, one) for one in case.answers), default=0.0) * given,
        exact=given and any(normal(said) == normal(one) for one in case.answers),
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

    judged = []
    for done, case in enumerate(cases):
        update(done, len(cases), case.question)
        found = system.passages(case.question, _EVIDENCE_DEPTH)
        ranks = (n for n, passage in enumerate(found, 1) if holds(passage, case.evidence))
        with usage() as used:
            answer = ask(case, system.ask)
        judged.append(judge(case, answer, next(ranks, 0), text, used, opinion))
    return judged


def ask(case: GoldCase, answering: Callable[[Asked], Answer]) -> Answer:
    """The answer to a case, its earlier questions asked before."""
    history: tuple[Answer, ...] = ()
    for question in case.history:
        history = (*history, answering(Asked(question, history)))
    return answering(Asked(case.question, history))


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


def _is_right(said: str, case: GoldCase, found: Held) -> bool:
    """Whether an answer contains what its case wants, in its words or by its value."""
    if case.nuggets:
        return found.right
    return contains(said, case.answers) and all(contains(said, [one]) for one in case.required)


def _tells(citation: Citation, case: GoldCase) -> bool:
    quote = plain(citation.quote)
    evidence = [plain(one) for one in case.evidence]
    forms = [form for nugget in case.nuggets if nugget.vital for form in nugget.any]
    return any(
        one in quote or (len(quote) > _TELLING and quote in one) for one in evidence
    ) or holds(citation.quote, (*case.answers, *forms))


def _supported(answer: Answer) -> tuple[int, int]:
    """How many citations of the sentences hold what they are cited for, by themselves or
    together with the others of the sentence (as recall in ALCE, arXiv 2305.14627), and how many
    cannot be told."""
    sources = {
        citation.n: Source(
            citation.quote,
            f"{citation.passage.title}\n{citation.passage.section}\n{citation.passage.text}",
            citation.passage.date,
        )
        for citation in answer.citations
    }
    holding = undecided = 0
    for sentence in answer.sentences:
        cited = [sources[number] for number in sentence.citations]
        alone = [supports(sentence.text, [one]) for one in cited]
        counted = alone.count("holds")
        if 0 < len(cited) != counted and supports(sentence.text, cited) == "holds":
            holding += len(cited)
        else:
            holding += counted
            undecided += alone.count("open")
    return holding, undecided


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
