"""Folders with their own readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from geungeo.ui.accounts.accounts import normalized, now, row_of
from geungeo.ui.accounts.records import Account, AccountError, Restricted
from geungeo.vectorstore import Connection, Tables


class Collections:
    """Safe to use from several threads and processes. A folder that nobody closed is everybody's;
    of a document in several closed folders all have to be granted."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def all(self) -> list[Restricted]:
        """By folder."""
        with self._tables.reading() as connection:
            folders = [folder for folder, _ in connection.rows("every_collection", {})]
            granted = connection.rows("every_grant", {})
            to_groups = connection.rows("every_group_grant", {})
        return [Restricted(one, _of(one, granted), _of(one, to_groups)) for one in folders]

    def hidden_from(self, account: Account | None) -> tuple[str, ...]:
        """The folders whose documents an account may not see, all that are closed for who has
        none."""
        if account is not None and account.may("admin"):
            return ()
        whose = {"whose": account.name if account else ""}
        with self._tables.reading() as connection:
            return tuple(folder for (folder,) in connection.rows("hidden_from", whose))

    def close(self, folder: str) -> None:
        """Keep a folder for those that it is granted to, for nobody at first."""
        with self._tables.changing() as connection:
            _close(connection, folder)

    def grant(self, folder: str, name: str) -> None:
        """Let an account see a folder, which is closed to others.

        Raises:
            AccountError: there is no such account.
        """
        with self._tables.changing() as connection:
            account = row_of(connection, name)[0]
            _close(connection, folder)
            connection.run("put_grant", {"folder": folder, "account": account, "since": now()})

    def grant_group(self, folder: str, group: str) -> None:
        """Let whoever was in a group of the OpenID provider at the last login see a folder, which
        is closed to others."""
        with self._tables.changing() as connection:
            _close(connection, folder)
            row = {"folder": folder, "group_name": group, "since": now()}
            connection.run("put_group_grant", row)

    def has_members(self, group: str) -> bool:
        """Whether anybody has logged in who was in a group."""
        with self._tables.reading() as connection:
            return bool(connection.rows("member", {"which": group}))

    def withdraw(self, folder: str, name: str) -> None:
        """Let an account see a folder no more, which stays closed.

        Raises:
            AccountError: it is not granted to it.
        """
        which = {"which": folder, "whose": normalized(name)}
        with self._tables.changing() as connection:
            if not connection.rows("grant", which):
                raise AccountError(f"{folder} is not granted to {name}{_TOLD}")
            connection.run("forget_grant", which)

    def withdraw_group(self, folder: str, group: str) -> None:
        """Let a group see a folder no more, which stays closed.

        Raises:
            AccountError: it is not granted to it.
        """
        which = {"which": folder, "whose": group}
        with self._tables.changing() as connection:
            if not connection.rows("group_grant", which):
                raise AccountError(f"{folder} is not granted to the group {group}{_TOLD}")
            connection.run("forget_group_grant", which)

    def open(self, folder: str) -> None:
        """Let everybody see a folder.

        Raises:
            AccountError: it is not closed.
        """
        which = {"which": folder}
        with self._tables.changing() as connection:
            if not connection.rows("collection", which):
                raise AccountError(f"{folder} is not closed{_TOLD}")
            connection.run("forget_collection", which)
            connection.run("forget_grants_of", which)
            connection.run("forget_group_grants_of", which)


_TOLD = "; geungeo collections list tells those that are"


def folder_of(given: str) -> str:
    """A folder as the documents in it are named: by its whole path, or its URL."""
    if "://" in given:
        return given.rstrip("/")
    return str(Path(given).expanduser().absolute())


def _of(folder: str, granted: Iterable[Sequence[Any]]) -> tuple[str, ...]:
    """To whom it is granted, of rows with a folder and a name."""
    return tuple(name for own, name, _ in granted if own == folder)


def _close(connection: Connection, folder: str) -> None:
    if not connection.rows("collection", {"which": folder}):
        connection.run("put_collection", {"folder": folder, "since": now()})
