"""Conversations and answers as text that can be pasted and saved."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geungeo.rag.answer.answer import Answer, Citation

_MARK = re.compile(r"\[(\d+)\]")


def markdown(turns: Sequence[Answer]) -> str:
    """Questions as headings, answers, and every quote with its place as a footnote."""
    parts = []
    for turn, answer in enumerate(turns, 1):
        cited = {citation.n for citation in answer.citations}

        def note(match: re.Match[str], turn: int = turn, cited: set[int] = cited) -> str:
            return f"[^{turn}-{match[1]}]" if int(match[1]) in cited else match[0]

        said = _MARK.sub(note, answer.answer) if not answer.refused else answer.answer
        notes = [f"[^{turn}-{one.n}]: {reference(one)}" for one in answer.citations]
        lines = said.replace("\n", "\n\n")
        parts.append("\n\n".join((f"## {answer.question}", lines, "\n".join(notes))))
    return "\n\n".join(parts) + "\n"


def plain(answer: Answer) -> str:
    """An answer with its question, and its sources in a numbered list."""
    sources = [f"[{one.n}] {reference(one)}" for one in answer.citations]
    return "\n".join((answer.question, "", answer.answer, "", *sources)).strip() + "\n"


def reference(citation: Citation) -> str:
    """A quote with its document and place."""
    passage = citation.passage
    page = f"p. {passage.page}" if passage.page > 1 else ""
    where = (passage.title, passage.date, passage.document, page, passage.section)
    quote = " ".join(citation.quote.split())
    return f"“{quote}” {', '.join(dict.fromkeys(filter(None, where)))}"
