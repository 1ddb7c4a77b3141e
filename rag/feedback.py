"""What readers think of answers, kept with the store and nowhere else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from geungeo.rag.answer.answer import Answer
from geungeo.rag.notes import Notes
from geungeo.vectorstore import FILES, Store, Tables

FILE = FILES["remarks"]


@dataclass(frozen=True)
class Remark:
    """One reader's opinion of an answer, or of one citation of it.

    ``citation`` is its number, 0 for the answer as a whole. ``quotes`` are those that the
    opinion is about, each with its document's name.
    """

    at: str
    question: str
    answer: str
    language: str
    citation: int
    is_good: bool
    comment: str
    quotes: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, answer: Answer, is_good: bool, comment: str = "", citation: int = 0) -> Remark:
        quotes = tuple(
            (one.passage.document, one.quote) for one in answer.citations if citation in (0, one.n)
        )
        now = datetime.now(UTC).isoformat(timespec="seconds")
        asked = answer.standalone or answer.question
        return cls(
            now, asked, answer.answer, answer.language, citation, is_good, comment.strip(), quotes
        )


class Feedback:
    """The remarks of a store; safe to use from several threads."""

    def __init__(self, file: Path, shared: Tables | None = None) -> None:
        """They lie in a file, or in a database that is shared."""
        self._notes = Notes(file, "remarks", shared)

    @classmethod
    def of(cls, store: Store) -> Feedback:
        """Where a store keeps them."""
        return cls(store.folder / FILE, store.shared)

    def add(self, remark: Remark) -> None:
        row = {
            **asdict(remark), "is_good": int(remark.is_good),
            "quotes": json.dumps(remark.quotes, ensure_ascii=False),
        }  # fmt: skip
        with self._notes.changing() as connection:
            connection.add("add_remark", [row])

    def remarks(self) -> list[Remark]:
        """Every remark, the oldest first; none where nobody has made one."""
        with self._notes.reading() as connection:
            rows = connection.every("every_remark")
        return [
            Remark(**{**row, "is_good": bool(row["is_good"]), "quotes": _read(row["quotes"])})
            for row in rows
        ]


def _read(quotes: str) -> tuple[tuple[str, str], ...]:
    return tuple((document, quote) for document, quote in json.loads(quotes))
