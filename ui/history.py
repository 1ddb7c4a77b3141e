"""The conversations of each browser, kept with the store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from geungeo.rag.answer.answer import Answer
from geungeo.rag.notes import Notes
from geungeo.vectorstore import FILES, Store, Tables

FILE = FILES["conversations"]
_LONGEST_NAME = 80
_MOST_LISTED = 200
_TURNS = TypeAdapter(list[Answer])


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

    def __init__(self, file: Path, shared: Tables | None = None) -> None:
        """They lie in a file, or in a database that is shared."""
        self._notes = Notes(file, "conversations", shared)

    @classmethod
    def of(cls, store: Store) -> History:
        """Where a store keeps them."""
        return cls(store.folder / FILE, store.shared)

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
        with self._notes.changing() as connection:
            connection.run("keep_conversation", row)

    def conversations(self, reader: str, search: str = "") -> list[Conversation]:
        """A reader's conversations, the newest first; with ``search`` those that have each of
        its words in their name, their questions or their answers."""
        sought = [word.lower() for word in search.split()]
        with self._notes.reading() as connection:
            asked = {"whose": reader, "sought": sought, "most": _MOST_LISTED}
            rows = connection.rows("conversations", asked)
        return [Conversation(*row) for row in rows]

    def turns(self, reader: str, conversation: str) -> list[Answer]:
        """What was said; nothing for a conversation that is not the reader's, or that an older
        version wrote otherwise."""
        with self._notes.reading() as connection:
            rows = connection.rows("turns", {"whose": reader, "which": conversation})
        return _read(rows[0][0]) if rows else []

    def questions(self, reader: str, path: str) -> list[str]:
        """A reader's questions whose answers cite a document, the newest first."""
        parts = [json.dumps(path, ensure_ascii=False)]
        with self._notes.reading() as connection:
            asked = {"whose": reader, "parts": parts, "most": _MOST_LISTED}
            rows = connection.rows("turns_with", asked)
        return [
            turn.question
            for (turns,) in rows
            for turn in reversed(_read(turns))
            if turn.kind in ("passages", "document")
            and not turn.refused
            and any(one.passage.path == path for one in turn.citations)
        ]

    def rename(self, reader: str, conversation: str, name: str) -> None:
        named = {
            "whose": reader, "which": conversation, "new_name": name.strip()[:_LONGEST_NAME]
        }  # fmt: skip
        with self._notes.changing() as connection:
            connection.run("rename_conversation", named)

    def forget(self, reader: str, conversation: str) -> None:
        with self._notes.changing() as connection:
            connection.run("forget_conversation", {"whose": reader, "which": conversation})

    def forget_reader(self, reader: str) -> None:
        """Delete all conversations of a reader."""
        with self._notes.changing() as connection:
            connection.run("forget_reader", {"whose": reader})


def _read(turns: str) -> list[Answer]:
    try:
        return _TURNS.validate_json(turns)
    except ValidationError:
        return []
