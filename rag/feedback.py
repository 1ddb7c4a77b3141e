"""What readers think of answers, kept beside the index and nowhere else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from geungeo.rag.answer.answer import Answer
from geungeo.rag.notes import Notes

FILE = "feedback.sqlite"


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

    def __init__(self, file: Path) -> None:
        columns = ", ".join(f"{field.name} NOT NULL" for field in fields(Remark))
        self._notes = Notes(file, f"CREATE TABLE IF NOT EXISTS remarks ({columns})")

    def add(self, remark: Remark) -> None:
        values = {**asdict(remark), "quotes": json.dumps(remark.quotes, ensure_ascii=False)}
        marks = ", ".join(f":{name}" for name in values)
        with self._notes.opened() as connection:
            connection.execute(f"INSERT INTO remarks VALUES ({marks})", values)

    def remarks(self) -> list[Remark]:
        """Every remark, the oldest first; none where nobody has made one."""
        if not self._notes.file.exists():
            return []
        with self._notes.opened() as connection:
            rows = connection.execute("SELECT * FROM remarks ORDER BY at, rowid").fetchall()
        return [
            Remark(
                at=at, question=question, answer=answer, language=language, citation=citation,
                is_good=bool(is_good), comment=comment,
                quotes=tuple((document, quote) for document, quote in json.loads(quotes)),
            )
            for at, question, answer, language, citation, is_good, comment, quotes in rows
        ]  # fmt: skip
