"""Who comes: by a password, by the login of a browser that lasts, by a program's key."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from geungeo.ui.accounts.accounts import account_of, normalized
from geungeo.ui.accounts.digests import digest
from geungeo.ui.accounts.passwords import Passwords
from geungeo.ui.accounts.records import Account
from geungeo.vectorstore import Tables

# A login is prolonged once this part of its time has passed, not at every request.
_USED = 0.1
_LONGEST = 200


@dataclass(frozen=True)
class Lasting:
    """How long a login lasts that nobody uses, and how long at most, however much it is used."""

    unused: timedelta
    at_most: timedelta


class Logins:
    """Safe to use from several threads. Who is disabled comes by none of the ways."""

    def __init__(self, tables: Tables, passwords: Passwords, lasts: Lasting) -> None:
        self._tables = tables
        self._passwords = passwords
        self._lasts = lasts

    def by_password(self, name: str, password: str) -> Account | None:
        """It takes as long for a name that is none."""
        rows = self._named(name)
        kept = rows[0][2] if rows else ""
        if not self._passwords.matches(kept, password):
            return None
        account = account_of(rows[0])
        return None if account.is_disabled else account

    def knows(self, name: str) -> str:
        """The name of an account as it is kept; empty for one that is none."""
        rows = self._named(name)
        return str(rows[0][0]) if rows else ""

    def begin(self, account: Account, before: str = "") -> str:
        """A new login of an account, in place of one that the browser had before; returns what
        the browser shows from now on."""
        token = secrets.token_urlsafe(32)
        now = datetime.now(UTC)
        row = {
            "digest": digest(token), "account": account.name,
            "until": _said(now + self._lasts.unused), "began": _said(now),
        }  # fmt: skip
        with self._tables.changing() as connection:
            connection.run("forget_old_sessions", self._ended(now))
            connection.run("forget_session", {"shown": digest(before)})
            connection.run("put_session", row)
        return token

    def end(self, token: str) -> None:
        with self._tables.changing() as connection:
            connection.run("forget_session", {"shown": digest(token)})

    def by_session(self, token: str) -> Account | None:
        """Whose login it is that a browser shows; it lasts anew, but not for ever."""
        now = datetime.now(UTC)
        asked = {"shown": digest(token), **self._ended(now)}
        with self._tables.reading() as connection:
            rows = connection.rows("account_of_session", asked)
        if not rows:
            return None
        until = now + self._lasts.unused
        if until - datetime.fromisoformat(rows[0][-1]) > self._lasts.unused * _USED:
            with self._tables.changing() as connection:
                new = {"shown": asked["shown"], "new_until": _said(until)}
                connection.run("prolong_session", new)
        return account_of(rows[0])

    def by_key(self, key: str) -> Account | None:
        """Whose key it is that a program shows."""
        with self._tables.reading() as connection:
            rows = connection.rows("account_of_key", {"shown": digest(key)})
        return account_of(rows[0]) if rows else None

    def _ended(self, now: datetime) -> dict[str, str]:
        """By what logins that have ended are told from others."""
        return {"now": _said(now), "oldest": _said(now - self._lasts.at_most)}

    def _named(self, name: str) -> Sequence[Sequence[Any]]:
        """The row of the account that is typed so, if there is one."""
        with self._tables.reading() as connection:
            return connection.rows("account", {"whose": normalized(name[:_LONGEST])})


def _said(when: datetime) -> str:
    return when.isoformat(timespec="milliseconds")
