"""First questions for a collection: the bundled ones that it can answer, else its titles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from geungeo.lang.detect import Language, language_of
from geungeo.ui.strings import STRINGS
from geungeo.vectorstore import DocumentSummary

_MOST = 4


def example_questions(
    questions: Path, summaries: Sequence[DocumentSummary], language: Language
) -> list[str]:
    """``questions`` holds JSON lines with ``question``, ``documents`` and ``example``; those in
    the reader's language come first."""
    names = {summary.name for summary in summaries}
    chosen = []
    if questions.exists():
        for line in questions.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            if case.get("example") and names.issuperset(case["documents"]):
                chosen.append(case["question"])
    chosen.sort(key=lambda question: language_of(question) != language)
    about = STRINGS[language].about_document
    titled = [about.format(title=summary.title[:60]) for summary in summaries]
    return (chosen or titled)[:_MOST]
