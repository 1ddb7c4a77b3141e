"""What to ask next: the parts of the cited documents that the answer did not come from, and after
a refusal that came close to an answer those of the documents nearest to the question; no lists of
sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from geungeo.lang.documents.marks import BOX, HEADING_NUMBER
from geungeo.lang.rules import pattern
from geungeo.rag.answer.answer import Answer
from geungeo.ui.strings import STRINGS
from geungeo.vectorstore import Passage

_MOST = 3
_TRIED = 4
_LONGEST_TITLE, _LONGEST_HEADING = 60, 40


def follow_ups(
    answer: Answer,
    passages: Callable[[str], Sequence[Passage]],
    is_answered: Callable[[str], bool],
) -> list[str]:
    """Up to three questions that the documents answer, in the language of the last one; none
    after a question that has nothing to do with them.

    ``passages`` gives those of a document by its path, and ``is_answered`` tells whether a
    question would not be refused.
    """
    if answer.refused and not answer.close:
        return []
    tried = islice(_candidates(answer, passages), _TRIED)
    return list(islice(filter(is_answered, tried), _MOST))


def _candidates(answer: Answer, passages: Callable[[str], Sequence[Passage]]) -> Iterator[str]:
    cited = {one.passage.section for one in answer.citations if not answer.refused}
    for path in dict.fromkeys(citation.passage.path for citation in answer.citations):
        for passage in {one.section: one for one in passages(path)}.values():
            own = BOX.sub("", passage.section.split(" › ")[-1], count=1)
            heading = HEADING_NUMBER.sub("", own).strip()
            if _is_topic(heading, passage.title) and passage.section not in cited:
                title = passage.title[:_LONGEST_TITLE]
                about = STRINGS[answer.language].about_section
                yield about.format(title=title, heading=heading)


def _is_topic(heading: str, title: str) -> bool:
    """Whether one may ask what a part is about by its heading."""
    # Half a pair of brackets is a piece of a line.
    is_piece = heading.count("(") != heading.count(")")
    lists_sources = pattern("outline", "sources").search(heading)
    is_short = 1 < len(heading) <= _LONGEST_HEADING
    return heading != title and is_short and not is_piece and not lists_sources
