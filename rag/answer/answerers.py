"""Those who write answers: one protocol, and the answerer that needs no model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from geungeo.lang.detect import language_of
from geungeo.lang.documents.lists import begins_list
from geungeo.lang.documents.marks import LABELLED
from geungeo.lang.folding import fold
from geungeo.lang.languages import LANGUAGES
from geungeo.rag.answer.answer import Verdict
from geungeo.rag.answer.claims import claimed_in, is_held
from geungeo.rag.answer.excerpts import excerpt, lines, says_something
from geungeo.rag.answer.value import said_in
from geungeo.rag.question.question import Question
from geungeo.rag.ranking.evidence import Evidence, Retrieved
from geungeo.rag.ranking.matching import coverage, match
from geungeo.rag.reckoning.prose import how_far_apart
from geungeo.vectorstore import Store

# Fits are shares of all sentences; the best of another document may lie far below.
_NEAR_IN_OTHER_DOCUMENT = 0.0005
_STANDS_OUT, _SETTLES = 0.66, 0.75
# Shares of the first excerpt's fit that further ones of its document, and of others, have at least;
# and the fit of one that answers a part of a question by itself.
_NEAR_FIT, _NEAR_FIT_ELSEWHERE, _FIT_OF_PART = 0.02, 0.15, 0.1
# The share of a question's words that are all of them, and the words beside them that are more.
_WHOLE, _MORE = 0.999, 2
# Characters of a field, such as a date behind its label.
_FIELD = 100
# Rows of one table that are shown, and how much the others must fit of what the best does.
_MOST_ROWS, _NEAR_ROW = 3, 0.1
# Excerpts for the whole of a question that asks several things.
_OF_WHOLE = 2


@dataclass(frozen=True)
class Statement:
    """A sentence of an answer and the evidence that it cites: its own words, or what they were
    checked against."""

    text: str
    evidence: tuple[Evidence, ...]
    verdict: Verdict = "quoted"


@dataclass(frozen=True)
class Dropped:
    """A sentence that was written and is not shown, since the sources do not hold it."""

    text: str


Said = Statement | Dropped


class Answerer(Protocol):
    """Writes an answer from evidence."""

    @property
    def name(self) -> str:
        """What the page and the command line call it."""

    def confidence(self, found: Retrieved) -> float:
        """The probability, from 0 to 1, that the evidence answers the question."""

    def asked_from(self, threshold: float) -> float:
        """The confidence from which on it is asked, where answers are given from a threshold:
        one that says by itself that the evidence does not answer is asked earlier."""

    def answer(self, found: Retrieved) -> Iterator[Said]:
        """Yield the sentences of the answer in order, each as soon as it stands; none where it
        finds that the evidence does not answer.

        ``found`` holds some evidence. Every statement cites at least one piece of it.
        """

    def summary(self, question: Question, path: str) -> Iterator[Said] | None:
        """The sentences of a summary of a document, by its path; None where it writes none."""

    def over(self, store: Store) -> Answerer:
        """The same, which knows no documents but those of a store."""


@dataclass(frozen=True)
class ExtractiveAnswerer:
    """The documents' own words: from each of the best passages the sentence that answers with
    the whole sentences around it.

    Asked for each document, it gives the best sentence of each that has a fitting one; asked
    several things, the best of each and then what answers the whole.
    """

    most: int = 3
    # A further passage must fit at least this share as well as the best one.
    near: float = 0.05
    # Characters of an answer; the first excerpt is never left out.
    longest: int = 1200
    name: str = "extractive"

    def confidence(self, found: Retrieved) -> float:
        return found.confidence

    def asked_from(self, threshold: float) -> float:
        return threshold

    def summary(self, question: Question, path: str) -> None:
        """Central sentences, which need nobody who writes, are its summary."""

    def over(self, store: Store) -> ExtractiveAnswerer:
        """It knows none but those that are found."""
        return self

    def answer(self, found: Retrieved) -> Iterator[Statement]:
        given: list[Evidence] = []
        for part in found.parts:
            best = next(self._chosen(part, 1), None)
            if best and best.fit >= _FIT_OF_PART and not _is_told(best, given):
                added = _beside(best, given)
                given.append(added)
                yield from _value_for_reader(part.question, added)
                yield from _quoted(found.question, added)
        most = self.most if not found.parts else min(self.most, _OF_WHOLE)
        for one in self._chosen(found, most, tuple(given)):
            if not given:
                yield from _difference(found.question, one)
                yield from _value_for_reader(found.question, one)
            given.append(one)
            yield from _quoted(found.question, one)
        if held := self._held(found, given):
            yield from _quoted(found.question, held)

    def _held(self, found: Retrieved, given: Sequence[Evidence]) -> Evidence | None:
        """What the court holds in the document of the first excerpt, where that is a claim and no
        other excerpt says it."""
        if not given or not claimed_in(given[0].hit.passage):
            return None
        path = given[0].hit.passage.path
        if any(is_held(one.hit.passage) for one in given):
            return None
        own = (one for one in self._offered(found) if one.hit.passage.path == path)
        return next((one for one in own if is_held(one.hit.passage)), None)

    def _chosen(
        self, found: Retrieved, most: int, before: Sequence[Evidence] = ()
    ) -> Iterator[Evidence]:
        """The excerpts that are shown after those before, at most so many."""
        by_document = found.question.is_by_document
        near = _NEAR_IN_OTHER_DOCUMENT if by_document else self.near
        given: list[Evidence] = []
        for one in self._offered(found):
            if len(given) >= most or one.hit.score < near * found.hits[0].score:
                return
            path = one.hit.passage.path
            if by_document and any(path == before.hit.passage.path for before in given):
                continue
            if given and not by_document and one.fit < _least_fit(given[0], path):
                continue
            shown = [*before, *given]
            length = sum(len(other.quote) for other in shown) + len(one.quote)
            if shown and (
                length > self.longest
                or _is_told(one, before)
                or any(_says_the_same(one, other) for other in shown)
            ):
                continue
            given.append(one)
            yield _beside(one, before)

    def _offered(self, found: Retrieved) -> Iterator[Evidence]:
        """The best sentence of every passage that says something, with what stands around it;
        rows of tables each by themselves."""
        sayings = [one for one in found.evidence if says_something(one)]
        yield from _enumerated(found.question.items, sayings)
        for hit in found.hits:
            own = [one for one in sayings if one.hit.passage.id == hit.passage.id]
            for number, one in enumerate(own[:_MOST_ROWS]):
                is_row = hit.passage.kind(one.index) == "row"
                if number and not (is_row and one.fit >= _NEAR_ROW * own[0].fit):
                    break
                yield one if _settles(found.question, one) else excerpt(one)


def _quoted(question: Question, evidence: Evidence) -> Iterator[Statement]:
    """An excerpt, and above it that it is a party's claim where it is one."""
    if heading := claimed_in(evidence.hit.passage):
        line = LANGUAGES[question.language].said.claimed.format(heading)
        yield Statement(line, (evidence,), "checked")
    yield Statement("\n".join(lines(evidence)), (evidence,))


def _is_told(evidence: Evidence, given: Sequence[Evidence]) -> bool:
    """Whether a sentence stands in one of the excerpts that are given."""
    told = "".join(evidence.text.split())
    return any(told in "".join(before.quote.split()) for before in given)


def _beside(best: Evidence, given: Sequence[Evidence]) -> Evidence:
    """An excerpt without those sentences at its ends that are given already."""
    shown = {
        (one.hit.passage.id, index)
        for one in given
        for index in range(one.sentences[0], one.sentences[1] + 1)
    }
    first, last = start, end = best.index, best.index
    while first >= best.sentences[0] and (best.hit.passage.id, first) not in shown:
        start, first = first, first - 1
    while last <= best.sentences[1] and (best.hit.passage.id, last) not in shown:
        end, last = last, last + 1
    return replace(best, run=(start, end))


def _least_fit(first: Evidence, path: str) -> float:
    """The fit that a further excerpt of a document has at least."""
    is_same = path == first.hit.passage.path
    return first.fit * (_NEAR_FIT if is_same else _NEAR_FIT_ELSEWHERE)


def _settles(question: Question, evidence: Evidence) -> bool:
    """Whether what stands around a sentence only hides it, since it fits far better than any other
    and has what is asked for, or stands out behind a label, as rows do, and is not the question's
    own. Without either it often says no more than the question does."""
    if (field := LABELLED.match(evidence.text)) and len(evidence.text) <= _FIELD:
        value = fold(evidence.text[field.end() - 1 :]).casefold()
        return evidence.fit >= _STANDS_OUT and value not in fold(question.text).casefold()
    if evidence.fit < _SETTLES:
        return False
    return bool(said_in(question, evidence.text)) or _names_one(question, evidence)


def _names_one(question: Question, evidence: Evidence) -> bool:
    """Whether a sentence says all that a question for somebody or for a place does, and more."""
    if question.form not in ("person", "place") or question.wanted.kind:
        return False
    found = match(question.query, evidence.hit)
    held = coverage(question.query, found.held[[evidence.index + 1]])[0]
    return float(held) > _WHOLE and found.new[evidence.index] >= _MORE


def _value_for_reader(question: Question, evidence: Evidence) -> Iterator[Statement]:
    """The value that is asked for, where the sentence that has it is in another language and
    stands out among all that were found."""
    if evidence.fit < _STANDS_OUT or language_of(evidence.text) == question.written_in:
        return
    if value := said_in(question, evidence.text):
        yield Statement(value, (evidence,), "checked")


def _difference(question: Question, evidence: Evidence) -> Iterator[Statement]:
    """How far apart the two numbers are that the best sentence has, where that is asked; of a row
    of a table they are of two things."""
    if evidence.hit.passage.kind(evidence.index) == "row":
        return
    if line := how_far_apart(question, evidence.text):
        yield Statement(line, (evidence,), "checked")


def _enumerated(count: int, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences of the list that a question asks for, from the one that announces it on."""
    if not count or not evidence:
        return []
    best = evidence[0]
    passage = best.hit.passage
    starts = next(
        (
            index
            for index in range(best.index, min(best.index + 2, len(passage.sentences)))
            if begins_list(passage.sentence_text(index))
        ),
        None,
    )
    if starts is None:
        return []
    items = range(starts, min(starts + count, len(passage.sentences)))
    return [replace(best, index=index) for index in dict.fromkeys((best.index, *items))]


def _says_the_same(a: Evidence, b: Evidence) -> bool:
    """One sentence within the other, as a headline within its lead."""
    short, long = sorted(("".join(a.quote.split()), "".join(b.quote.split())), key=len)
    return short in long
