"""Who did what, kept with the accounts for as long as is wanted."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from geungeo.ui.accounts.records import Action, AuditLine
from geungeo.vectorstore import Tables

_LONGEST = 200
_DAY = timedelta(days=1)


class Audit:
    """Lines that are added, never changed, and forgotten when they are old; safe to use from
    several threads."""

    def __init__(self, tables: Tables, kept: timedelta) -> None:
        """``kept`` is how long a line is kept, for ever where it is 0: old ones go with the first
        line that is added, and with one of each day."""
        self._tables = tables
        self._kept = kept
        self._lock = threading.Lock()
        self._swept: datetime | None = None

    def note(self, who: str, action: Action, detail: str = "", address: str = "") -> None:
        """Write down what an account does or, of an empty name, what nobody may."""
        now = datetime.now(UTC)
        row = {
            "at": _said(now), "who": who, "action": action, "detail": detail[:_LONGEST],
            "address": address,
        }  # fmt: skip
        is_time = self._is_time_to_sweep(now)
        with self._tables.changing() as connection:
            connection.run("add_audit", row)
            if is_time:
                connection.run("forget_old_audit", {"oldest": _said(now - self._kept)})

    def lines(self, most: int) -> list[AuditLine]:
        """The newest lines, the newest first."""
        with self._tables.reading() as connection:
            return [AuditLine(*row) for row in connection.rows("audit", {"most": most})]

    def _is_time_to_sweep(self, now: datetime) -> bool:
        if not self._kept:
            return False
        with self._lock:
            if self._swept and now - self._swept < _DAY:
                return False
            self._swept = now
            return True


def _said(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
