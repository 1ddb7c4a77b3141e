"""Whether a gold set is sound: ``geungeo eval check``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from geungeo.evals.comparing import plain
from geungeo.evals.gold import GoldCase
from geungeo.ingest.load import LoadError, load

# A language with less than this share of the questions is neglected.
_LEAST_SHARE = 0.15


def problems(cases: Sequence[GoldCase], documents: Path) -> Iterator[str]:
    """What is wrong with a set whose documents lie in a folder, a line each."""
    texts = _texts(documents)
    yield from _repeated("id", [case.id for case in cases])
    asked = [" ".join((*case.history, plain(case.question))) for case in cases]
    yield from _repeated("question", asked)
    for case in cases:
        for problem in _of_case(case, texts):
            yield f"{case.id}: {problem}"
    shares = Counter(case.lang for case in cases)
    for language, count in shares.items():
        if count < _LEAST_SHARE * len(cases):
            yield f"only {count} of {len(cases)} questions are in {language}"


def _of_case(case: GoldCase, texts: dict[str, str]) -> Iterator[str]:
    if not case.answerable:
        if case.wanted:
            yield "it has answers and is not answerable"
        return
    if not case.wanted:
        yield "it has no answer"
    if not case.evidence:
        yield "it has no evidence"
    unknown = [name for name in case.documents if name not in texts]
    for name in unknown:
        yield f"there is no document {name}"
    if unknown or not case.documents:
        return
    for evidence in case.evidence:
        if not any(plain(evidence) in texts[name] for name in case.documents):
            yield f"no document of it has the evidence “{evidence}”"


def _texts(documents: Path) -> dict[str, str]:
    """The documents by name, as they are loaded and, for quotes of their markup, as they are."""
    texts = {}
    for file in sorted(documents.rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            raw = data.decode("utf-8", errors="ignore")
            try:
                loaded = load(file.name, data).text
            except LoadError:
                loaded = ""
            texts[file.name] = f"{plain(loaded)}\n{plain(raw)}"
    return texts


def _repeated(what: str, values: Sequence[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"the {what} “{value}” stands there {count} times"
