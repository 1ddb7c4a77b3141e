"""Cases for a person to accept: ``geungeo eval draft``.

Lines of documents that name a thing and give its value, 과제코드 : 2024-PR-27, and cells of
tables become questions with their answer, and what readers remarked on becomes a case again.
With a language model every sentence that holds a number or a date can, and a draft is kept
only if the model's own answer stands in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from geungeo.evals.comparing import plain
from geungeo.evals.gold import GoldCase
from geungeo.evals.wording import wording
from geungeo.lang.detect import Language, language_of
from geungeo.lang.ko.particles import topic_particle
from geungeo.lang.values.facts import facts
from geungeo.rag.answer.orders import gives_orders
from geungeo.rag.answer.tables import label_and_value, row_cells
from geungeo.rag.feedback import Remark
from geungeo.vectorstore import Passage

_LABELLED = re.compile(
    r"^[\s○□◦▪※·*-]*(?P<label>[^\s:：|][^:：|]{0,14}?)\s*[:：]\s*(?P<value>\S.{0,79})$"
)
_PROMPT = (
    "Write one question in {language} that the sentence answers and that makes sense without it, "
    "and the answer as words copied from the sentence. Two lines:\nQ: ...\nA: ...\n\n"
    "Document: {title}\nSentence: {sentence}"
)
_WRITTEN = re.compile(r"Q:\s*(?P<question>.+?)\s*\n+A:\s*(?P<answer>.+)", re.DOTALL)
_LANGUAGES: dict[Language, str] = {"ko": "Korean", "zh": "Chinese", "en": "English"}
_SHORTEST, _LONGEST = 20, 300


Write = Callable[[str], str]
"""What a language model says to a prompt."""


@dataclass(frozen=True)
class _Draft:
    question: str
    answer: str
    evidence: str
    kind: str


def drafts(
    passages: Sequence[Passage], asked: Sequence[GoldCase], write: Write | None
) -> Iterator[GoldCase]:
    """Proposed cases, without those whose evidence a set asks about already."""
    known = {plain(evidence) for case in asked for evidence in case.evidence}
    number = 0
    for passage in passages:
        found = [*_labelled(passage), *_cells(passage)]
        if write is not None:
            found += _written(passage, write)
        for draft in found:
            if plain(draft.evidence) in known:
                continue
            known.add(plain(draft.evidence))
            number += 1
            yield GoldCase(
                id=f"draft-{number:03d}",
                lang=language_of(draft.question),
                kind=draft.kind,
                question=draft.question,
                answers=(draft.answer,),
                documents=(passage.document,),
                evidence=(draft.evidence,),
            )


def from_feedback(remarks: Sequence[Remark]) -> Iterator[GoldCase]:
    """Questions that readers had an opinion on: what they found good with its quotes as answer
    and evidence, the rest for a person to complete."""
    for number, remark in enumerate(remarks, 1):
        quotes = tuple(quote for _, quote in remark.quotes) if remark.is_good else ()
        yield GoldCase(
            id=f"feedback-{number:03d}",
            lang=language_of(remark.question),
            kind="found good" if remark.is_good else f"found bad: {remark.comment}".rstrip(": "),
            question=remark.question,
            answers=quotes[:1],
            documents=tuple(dict.fromkeys(document for document, _ in remark.quotes)),
            evidence=quotes,
        )


def _labelled(passage: Passage) -> Iterator[_Draft]:
    for index in range(len(passage.sentences)):
        sentence = passage.sentence_text(index).strip()
        match = _LABELLED.match(sentence)
        if match and not gives_orders(sentence):
            language = language_of(sentence)
            asked = wording()["draft"]["label"][language].format(
                title=passage.title,
                label=match["label"].strip(),
                topic=topic_particle(match["label"]),
            )
            yield _Draft(asked, match["value"].strip(), sentence, "metadata")


def _cells(passage: Passage) -> Iterator[_Draft]:
    """The first cell with a value of every row of a table."""
    for index in range(len(passage.sentences)):
        sentence = passage.sentence_text(index).strip()
        labelled = [label_and_value(cell) for cell in row_cells(sentence)]
        for column, value in labelled[1:]:
            row = labelled[0][1]
            if column and row and facts(value).quantities:
                language = language_of(sentence)
                asked = wording()["draft"]["cell"][language].format(
                    title=passage.title, row=row, column=column, topic=topic_particle(column)
                )
                yield _Draft(asked, value, sentence, "table")
                break


def _written(passage: Passage, write: Write) -> Iterator[_Draft]:
    for index in range(len(passage.sentences)):
        sentence = " ".join(passage.sentence_text(index).split())
        values = facts(sentence)
        if not _SHORTEST <= len(sentence) <= _LONGEST or gives_orders(sentence):
            continue
        if not (values.dates or values.quantities):
            continue
        language = language_of(sentence)
        prompt = _PROMPT.format(
            language=_LANGUAGES[language], title=passage.title, sentence=sentence
        )
        said = _WRITTEN.search(write(prompt))
        answer = said["answer"].strip().rstrip(".。") if said else ""
        if said and answer and plain(answer) in plain(sentence):
            yield _Draft(said["question"].strip(), answer, sentence, "draft")
