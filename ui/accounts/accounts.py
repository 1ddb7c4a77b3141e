"""Accounts and the keys of their programs, made and changed."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from geungeo.ui.accounts.digests import digest
from geungeo.ui.accounts.passwords import Passwords
from geungeo.ui.accounts.records import Account, AccountError, ApiKey, Role
from geungeo.vectorstore import Connection, Tables

_LONGEST_NAME = 64
_KEY = "geungeo"
# Characters by which a name that is taken gets longer.
_LENGTHENED = 8
_FORGOTTEN = (
    "forget_account", "forget_keys", "forget_sessions", "forget_grants", "forget_members"
)  # fmt: skip


class Accounts:
    """Safe to use from several threads and processes."""

    def __init__(self, tables: Tables, passwords: Passwords) -> None:
        self._tables = tables
        self._passwords = passwords

    def all(self) -> list[Account]:
        """By name."""
        with self._tables.reading() as connection:
            return [account_of(row) for row in connection.rows("every_account", {})]

    def add(self, name: str, role: Role, password: str) -> Account:
        """A new account that logs in with a password.

        Raises:
            AccountError: the name is none or taken, or the password too short.
        """
        return self._added(name, role, self._passwords.hashed(password), "")

    def of_subject(
        self, subject: str, name: str, role: Role, groups: Collection[str] = ()
    ) -> Account:
        """The account that logs in elsewhere as ``subject``, with the role and in the groups that
        it has there; made where it comes first, under a longer name where another has its own.

        Raises:
            AccountError: the name is none.
        """
        account = self._of_subject(subject, name, role)
        with self._tables.changing() as connection:
            connection.run("forget_members", {"whose": account.name})
            for group in groups:
                row = {"group_name": group, "account": account.name, "since": now()}
                connection.run("put_member", row)
        return account

    def _of_subject(self, subject: str, name: str, role: Role) -> Account:
        with self._tables.reading() as connection:
            rows = connection.rows("account_of_subject", {"which": subject})
        if not rows:
            with self._tables.reading() as connection:
                is_taken = bool(connection.rows("account", {"whose": normalized(name)}))
            own = f"{name}-{digest(subject)[:_LENGTHENED]}" if is_taken else name
            return self._added(own, role, "", subject)
        known = account_of(rows[0])
        if known.role != role:
            self.set_role(known.name, role)
        return replace(known, role=role)

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password; who is logged in by the old one no longer is.

        Raises:
            AccountError: there is no such account, or the password is too short.
        """
        kept = self._passwords.hashed(password)
        with self._tables.changing() as connection:
            self._change(connection, name, password=kept)
            connection.run("forget_sessions", {"whose": normalized(name)})

    def set_role(self, name: str, role: Role) -> None:
        """Raises ``AccountError`` where there is no such account."""
        with self._tables.changing() as connection:
            self._change(connection, name, role=role)

    def set_disabled(self, name: str, is_disabled: bool) -> None:
        """Keep an account out, or let it in again.

        Raises:
            AccountError: there is no such account.
        """
        with self._tables.changing() as connection:
            self._change(connection, name, disabled=int(is_disabled))
            connection.run("forget_sessions", {"whose": normalized(name)})

    def remove(self, name: str) -> Account:
        """Forget an account, its keys, its logins and what it was granted.

        Raises:
            AccountError: there is no such account.
        """
        with self._tables.changing() as connection:
            known = account_of(row_of(connection, name))
            for statement in _FORGOTTEN:
                connection.run(statement, {"whose": known.name})
        return known

    def make_key(self, name: str) -> str:
        """A new key for a program of an account, which cannot be told again.

        Raises:
            AccountError: there is no such account.
        """
        own, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
        key = f"{_KEY}_{own}_{secret}"
        with self._tables.changing() as connection:
            known = account_of(row_of(connection, name))
            row = {"id": own, "digest": digest(key), "account": known.name, "created": now()}
            connection.run("put_key", row)
        return key

    def revoke_key(self, own: str) -> str:
        """Take a key back by its id; returns whose it was.

        Raises:
            AccountError: there is no such key.
        """
        with self._tables.changing() as connection:
            rows = connection.rows("key", {"which": own})
            if not rows:
                raise AccountError(f"no key is {own}; geungeo accounts list tells those there are")
            connection.run("forget_key", {"which": own})
        return str(rows[0][0])

    def all_keys(self) -> list[ApiKey]:
        """The oldest first."""
        with self._tables.reading() as connection:
            rows = connection.rows("every_key", {})
        return [ApiKey(own, account, created) for own, _, account, created in rows]

    def _added(self, name: str, role: Role, password: str, subject: str) -> Account:
        own = normalized(name)
        if not own or len(own) > _LONGEST_NAME or not own.isprintable() or " " in own:
            raise AccountError(
                f"{name!r} is no name for an account: no spaces, {_LONGEST_NAME} characters"
            )
        row = {
            "name": own, "role": role, "password": password, "subject": subject,
            "reader": secrets.token_urlsafe(24), "created": now(), "disabled": 0,
        }  # fmt: skip
        with self._tables.changing() as connection:
            if connection.rows("account", {"whose": own}):
                raise AccountError(f"there is an account {own} already")
            connection.run("add_account", row)
        return account_of([*row.values()])

    def _change(self, connection: Connection, name: str, **changed: Any) -> None:
        known = row_of(connection, name)
        names = ("name", "role", "password", "subject", "reader", "created", "disabled")
        connection.run("put_account", {**dict(zip(names, known, strict=True)), **changed})


def normalized(name: str) -> str:
    """A name as it is kept and looked for: however it was composed, large or small."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def account_of(row: Sequence[Any]) -> Account:
    """Of a row of the table, whose first columns it has."""
    name, role, _, subject, reader, created, disabled = row[:7]
    return Account(name, role, subject, reader, created, bool(disabled))


def row_of(connection: Connection, name: str) -> Sequence[Any]:
    """The row of an account.

    Raises:
        AccountError: there is no such account.
    """
    rows = connection.rows("account", {"whose": normalized(name)})
    if not rows:
        raise AccountError(
            f"there is no account {name}; geungeo accounts list tells those there are"
        )
    return rows[0]


def now() -> str:
    """The time, as it is kept."""
    return datetime.now(UTC).isoformat(timespec="seconds")
