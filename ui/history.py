"""The conversations of each browser, kept beside the index."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from geungeo.rag.answer.answer import Answer
from geungeo.rag.notes import Notes

FILE = "conversations.sqlite"
_LONGEST_NAME = 80
_MOST_LISTED = 200
_TURNS = TypeAdapter(list[Answer])
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    reader TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    words TEXT NOT NULL,
    turns TEXT NOT NULL,
    PRIMARY KEY (reader, id)
);
"""


@dataclass(frozen=True)
class Conversation:
    """A line of the list: ``name`` is the first question until it is given another, ``at`` the
    time of its last answer in ISO 8601."""

    id: str
    name: str
    at: str


class History:
    """Conversations by reader; safe to use from several threads.

    A reader is a random name that only the reader's browser knows, so that nobody else finds
    what was asked.
    """

    def __init__(self, file: Path) -> None:
        self._notes = Notes(file, _SCHEMA)

    def keep(self, reader: str, conversation: str, turns: Sequence[Answer]) -> None:
        """Write a conversation in place of what was kept of it; one without turns is forgotten."""
        if not turns:
            self.forget(reader, conversation)
            return
        words = "\n".join(f"{turn.question}\n{turn.answer}" for turn in turns)
        row = {
            "reader": reader, "id": conversation, "name": turns[0].question[:_LONGEST_NAME],
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"), "words": words,
            "turns": _TURNS.dump_json(list(turns)).decode(),
        }  # fmt: skip
        with self._notes.opened() as connection:
            connection.execute(
                "INSERT INTO conversations VALUES (:reader, :id, :name, :at, :words, :turns)"
                " ON CONFLICT DO UPDATE SET at = :at, words = :words, turns = :turns",
                row,
            )

    def conversations(self, reader: str, search: str = "") -> list[Conversation]:
        """A reader's conversations, the newest first; with ``search`` those that have each of
        its words in their name, their questions or their answers."""
        conditions, values = ["reader = ?"], [reader]
        for word in search.split():
            conditions.append("instr(lower(name || char(10) || words), ?) > 0")
            values.append(word.lower())
        with self._notes.opened() as connection:
            rows = connection.execute(
                f"SELECT id, name, at FROM conversations WHERE {' AND '.join(conditions)}"
                f" ORDER BY at DESC LIMIT {_MOST_LISTED}",
                values,
            ).fetchall()
        return [Conversation(*row) for row in rows]

    def turns(self, reader: str, conversation: str) -> list[Answer]:
        """What was said; nothing for a conversation that is not the reader's, or that an older
        version wrote otherwise."""
        with self._notes.opened() as connection:
            row = connection.execute(
                "SELECT turns FROM conversations WHERE reader = ? AND id = ?",
                (reader, conversation),
            ).fetchone()
        return _read(row[0]) if row else []

    def questions(self, reader: str, path: str) -> list[str]:
        """A reader's questions whose answers cite a document, the newest first."""
        with self._notes.opened() as connection:
            rows = connection.execute(
                "SELECT turns FROM conversations WHERE reader = ? AND instr(turns, ?) > 0"
                f" ORDER BY at DESC LIMIT {_MOST_LISTED}",
                (reader, json.dumps(path, ensure_ascii=False)),
            ).fetchall()
        return [
            turn.question
            for (turns,) in rows
            for turn in reversed(_read(turns))
            if turn.kind in ("passages", "document")
            and not turn.refused
            and any(one.passage.path == path for one in turn.citations)
        ]

    def rename(self, reader: str, conversation: str, name: str) -> None:
        with self._notes.opened() as connection:
            connection.execute(
                "UPDATE conversations SET name = ? WHERE reader = ? AND id = ?",
                (name.strip()[:_LONGEST_NAME], reader, conversation),
            )

    def forget(self, reader: str, conversation: str) -> None:
        with self._notes.opened() as connection:
            connection.execute(
                "DELETE FROM conversations WHERE reader = ? AND id = ?", (reader, conversation)
            )


def _read(turns: str) -> list[Answer]:
    try:
        return _TURNS.validate_json(turns)
    except ValidationError:
        return []
