"""Who did what, kept with the accounts."""

from __future__ import annotations

from datetime import UTC, datetime

from geungeo.ui.accounts.records import Action, AuditLine
from geungeo.vectorstore import Tables

_LONGEST = 200


class Audit:
    """Lines that are added and never changed; safe to use from several threads."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def note(self, who: str, action: Action, detail: str = "", address: str = "") -> None:
        """Write down what an account does or, of an empty name, what nobody may."""
        row = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"), "who": who, "action": action,
            "detail": detail[:_LONGEST], "address": address,
        }  # fmt: skip
        with self._tables.changing() as connection:
            connection.run("add_audit", row)

    def lines(self, most: int) -> list[AuditLine]:
        """The newest lines, the newest first."""
        with self._tables.reading() as connection:
            return [AuditLine(*row) for row in connection.rows("audit", {"most": most})]
