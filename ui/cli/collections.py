"""``geungeo collections``: which folders have readers of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geungeo.ui.accounts.records import Action
from geungeo.ui.cli.console import print_json, read_settings
from geungeo.ui.cli.options import JsonOption, StoreOption

if TYPE_CHECKING:
    from geungeo.rag.settings import Settings
    from geungeo.ui.accounts.audit import Audit
    from geungeo.ui.accounts.collections import Collections

collections_app = typer.Typer(
    no_args_is_help=True,
    help="Folders with their own readers. A folder that is closed is seen by the accounts that it "
    "is granted to and by administrators; all others are everybody's.",
)

FolderArgument = Annotated[
    str, typer.Argument(help="A folder of documents, one of them, or a URL, as it was ingested.")
]
AccountArgument = Annotated[str | None, typer.Argument(help="The name of the account.")]
GroupOption = Annotated[
    str | None, typer.Option(help="A group of the OpenID provider, instead of an account.")
]
_HERE = "command line"


class _Opened:
    """What a command changes, each change written down, and the folders that are meant."""

    def __init__(self, collections: Collections, audit: Audit, settings: Settings) -> None:
        self.collections = collections
        self._audit = audit
        self._settings = settings

    def meant(self, given: str) -> list[str]:
        """The folder, and by what other names its documents were ingested, through links."""
        from geungeo.ui.accounts.collections import folder_of
        from geungeo.ui.cli.stores import NoIndexError, opened_store
        from geungeo.ui.named import folders_named

        folder = folder_of(given)
        try:
            with opened_store(self._settings) as store:
                documents = store.documents()
        except NoIndexError:
            documents = []
        folders = folders_named(folder, [one.path for one in documents])
        if not folders:
            typer.secho(f"{folder}: no document lies there yet", fg="yellow", err=True)
        return folders or [folder]

    def done(self, action: Action, folder: str, name: str = "") -> None:
        detail = " ".join(filter(None, (folder, name)))
        self._audit.note(_HERE, action, detail)
        typer.echo(f"{action}: {detail}")


@contextmanager
def _opened(store: Path | None) -> Iterator[_Opened]:
    from geungeo.ui.accounts.collections import Collections
    from geungeo.ui.accounts.opening import account_tables, audit_of

    settings = read_settings(store)
    with account_tables(settings) as tables:
        yield _Opened(Collections(tables), audit_of(tables, settings), settings)


@collections_app.command("list")
def listed(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """The folders that are closed, with who may see them."""
    with _opened(store) as opened:
        closed = opened.collections.all()
    if as_json:
        print_json([asdict(one) for one in closed])
        return
    for one in closed:
        names = [*one.readers, *(f"group {group}" for group in one.groups)]
        typer.echo(f"{one.folder}  {', '.join(names) or 'administrators alone'}")


@collections_app.command("close")
def close(folder: FolderArgument, store: StoreOption = None) -> None:
    """Keep a folder for administrators, and for those that it is granted to."""
    with _opened(store) as opened:
        for one in opened.meant(folder):
            opened.collections.close(one)
            opened.done("folder closed", one)


@collections_app.command("grant")
def grant(
    folder: FolderArgument,
    account: AccountArgument = None,
    group: GroupOption = None,
    store: StoreOption = None,
) -> None:
    """Let an account, or whoever is in a group, see a folder, which is closed to others from then
    on."""
    _require_one(account, group)
    with _opened(store) as opened:
        for one in opened.meant(folder):
            if account:
                opened.collections.grant(one, account)
            elif group:
                opened.collections.grant_group(one, group)
            opened.done("folder granted", one, account or f"group {group}")
        if group and not opened.collections.has_members(group):
            typer.secho(f"nobody has logged in who is in {group}", fg="yellow", err=True)


@collections_app.command("withdraw")
def withdraw(
    folder: FolderArgument,
    account: AccountArgument = None,
    group: GroupOption = None,
    store: StoreOption = None,
) -> None:
    """Let an account, or a group, see a folder no more."""
    from geungeo.ui.accounts.collections import folder_of

    _require_one(account, group)
    with _opened(store) as opened:
        if account:
            opened.collections.withdraw(folder_of(folder), account)
        elif group:
            opened.collections.withdraw_group(folder_of(folder), group)
        opened.done("folder withdrawn", folder_of(folder), account or f"group {group}")


@collections_app.command("open")
def open_folder(folder: FolderArgument, store: StoreOption = None) -> None:
    """Let everybody see a folder, and forget whom it was granted to."""
    from geungeo.ui.accounts.collections import folder_of

    with _opened(store) as opened:
        opened.collections.open(folder_of(folder))
        opened.done("folder opened", folder_of(folder))


def _require_one(account: str | None, group: str | None) -> None:
    """Raises ``typer.BadParameter`` unless an account or a group is named."""
    if bool(account) == bool(group):
        raise typer.BadParameter("name an account, or a group with --group")
