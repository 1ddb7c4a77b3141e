"""Which document a question on one as a whole is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geungeo.rag.answer.answer import Answer
from geungeo.rag.ranking.matching import Candidate, coverage
from geungeo.rag.routes.document import letters_of
from geungeo.vectorstore import DocumentSummary, Query

_SHORTEST_NAME = 4
_EXTENSION = re.compile(r"\.\w{1,5}$")
# The best passages of a document that are counted, and by how much it has to be before others.
_PASSAGES = 2
_STANDS_OUT = 1.05


def named(question: str, documents: Sequence[DocumentSummary]) -> DocumentSummary | None:
    """The document whose code, title or file name stands in a question, the longest counting."""
    said = letters_of(question)
    best, longest = None, _SHORTEST_NAME - 1
    for document in documents:
        for name in (document.code, document.title, _EXTENSION.sub("", document.name)):
            letters = letters_of(name)
            if len(letters) > longest and letters in said:
                best, longest = document, len(letters)
    return best


def spoken_of(
    history: Sequence[Answer], documents: Sequence[DocumentSummary]
) -> DocumentSummary | None:
    """The document that the last answer cited first, or the only one that there is."""
    if len(documents) == 1:
        return documents[0]
    said = [one for one in history if one.kind != "talk"]
    cited = [citation.passage.path for one in said[-1:] for citation in one.citations[:1]]
    return next((one for one in documents if one.path in cited), None)


def found_most(
    candidates: Sequence[Candidate], query: Query, documents: Sequence[DocumentSummary]
) -> DocumentSummary | None:
    """The document whose passages and headings fit a question best, where one stands out."""
    fits: dict[str, list[float]] = {}
    headed: dict[str, float] = {}
    for one in candidates:
        path = one.hit.passage.path
        fits.setdefault(path, []).append(one.hit.score)
        in_headings = float(coverage(query, one.held[:1])[0])
        headed[path] = max(headed.get(path, 0.0), in_headings)
    worth = {
        path: sum(sorted(own, reverse=True)[:_PASSAGES]) * (1 + headed[path])
        for path, own in fits.items()
    }
    best = sorted(worth, key=lambda path: -worth[path])[:2]
    if len(best) > 1 and worth[best[0]] < _STANDS_OUT * worth[best[1]]:
        return None
    return next((one for one in documents if one.path in best[:1]), None)
