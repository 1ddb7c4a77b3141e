"""Folders with their own readers."""

from __future__ import annotations

from pathlib import Path

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
        return [
            Restricted(one, tuple(account for folder, account, _ in granted if folder == one))
            for one in folders
        ]

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


_TOLD = "; geungeo collections list tells those that are"


def folder_of(given: str) -> str:
    """A folder as the documents in it are named: by its whole path, or its URL."""
    if "://" in given:
        return given.rstrip("/")
    return str(Path(given).expanduser().absolute())


def _close(connection: Connection, folder: str) -> None:
    if not connection.rows("collection", {"which": folder}):
        connection.run("put_collection", {"folder": folder, "since": now()})
