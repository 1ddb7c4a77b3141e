"""``geungeo accounts``: who may do what on the page's server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geungeo.ui.accounts.records import Action, Role
from geungeo.ui.cli.console import print_json, read_settings
from geungeo.ui.cli.options import JsonOption, StoreOption

if TYPE_CHECKING:
    from geungeo.ui.accounts.accounts import Accounts
    from geungeo.ui.accounts.audit import Audit
    from geungeo.ui.history import History

accounts_app = typer.Typer(
    no_args_is_help=True,
    help="Who may do what on the page's server: readers ask, curators add and delete documents "
    "too, administrators see the evals and the state of the server too.",
)

NameArgument = Annotated[str, typer.Argument(help="The name of the account.")]
RoleOption = Annotated[Role, typer.Option(help="What it may do.")]
# Who changes accounts here.
_HERE = "command line"


class _Opened:
    """What a command changes, each change written down."""

    def __init__(self, accounts: Accounts, audit: Audit, history: History) -> None:
        self.accounts = accounts
        self.audit = audit
        self.history = history

    def done(self, action: Action, name: str) -> None:
        self.audit.note(_HERE, action, name)
        typer.echo(f"{action}: {name}")


@contextmanager
def _opened(store: Path | None) -> Iterator[_Opened]:
    from geungeo.ui.accounts.accounts import Accounts
    from geungeo.ui.accounts.opening import account_tables, audit_of
    from geungeo.ui.accounts.passwords import Passwords
    from geungeo.ui.history import FILE, History

    settings = read_settings(store)
    with account_tables(settings) as tables:
        shared = tables if settings.database_url.get_secret_value() else None
        history = History(settings.store / FILE, shared)
        yield _Opened(Accounts(tables, Passwords()), audit_of(tables, settings), history)


@accounts_app.command("add")
def add(name: NameArgument, role: RoleOption = "reader", store: StoreOption = None) -> None:
    """Make an account. The password is asked for, or read from standard input."""
    from geungeo.ui.accounts.opening import begin_accounts

    begin_accounts(read_settings(store))
    with _opened(store) as opened:
        made = opened.accounts.add(name, role, _password())
        opened.done("account added", made.name)


@accounts_app.command("list")
def listed(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """The accounts, with the keys of their programs."""
    with _opened(store) as opened:
        keys: dict[str, list[str]] = {}
        for key in opened.accounts.all_keys():
            keys.setdefault(key.account, []).append(key.id)
        rows: list[dict[str, Any]] = [
            {
                "name": one.name, "role": one.role, "created": one.created,
                "disabled": one.is_disabled, "keys": keys.get(one.name, []),
            }
            for one in opened.accounts.all()
        ]  # fmt: skip
    if as_json:
        print_json(rows)
        return
    for row in rows:
        state = "  disabled" if row["disabled"] else ""
        own = f"  keys {', '.join(row['keys'])}" if row["keys"] else ""
        typer.echo(f"{row['name']}  {row['role']}  {row['created']}{state}{own}")


@accounts_app.command("password")
def password(name: NameArgument, store: StoreOption = None) -> None:
    """Give an account another password; its logins end."""
    with _opened(store) as opened:
        opened.accounts.set_password(name, _password())
        opened.done("password changed", name)


@accounts_app.command("role")
def role(
    name: NameArgument,
    role: Annotated[Role, typer.Argument(help="What it may do.")],
    store: StoreOption = None,
) -> None:
    """Let an account do more, or less."""
    with _opened(store) as opened:
        opened.accounts.set_role(name, role)
        opened.done("role changed", f"{name} {role}")


@accounts_app.command("disable")
def disable(name: NameArgument, store: StoreOption = None) -> None:
    """Keep an account out, and its programs; its conversations stay."""
    with _opened(store) as opened:
        opened.accounts.set_disabled(name, True)
        opened.done("account disabled", name)


@accounts_app.command("enable")
def enable(name: NameArgument, store: StoreOption = None) -> None:
    """Let an account in again."""
    with _opened(store) as opened:
        opened.accounts.set_disabled(name, False)
        opened.done("account enabled", name)


@accounts_app.command("remove")
def remove(name: NameArgument, store: StoreOption = None) -> None:
    """Delete an account with its keys and its conversations."""
    with _opened(store) as opened:
        gone = opened.accounts.remove(name)
        opened.history.forget_reader(gone.reader)
        opened.done("account removed", gone.name)


@accounts_app.command("key")
def key(name: NameArgument, store: StoreOption = None) -> None:
    """Make a key for a program, which may do what the account may. It is shown this once."""
    with _opened(store) as opened:
        made = opened.accounts.make_key(name)
        opened.audit.note(_HERE, "key made", name)
    typer.echo(made)


@accounts_app.command("revoke")
def revoke(
    key: Annotated[str, typer.Argument(help="The key's id, as `list` tells it.")],
    store: StoreOption = None,
) -> None:
    """Take the key of a program back."""
    with _opened(store) as opened:
        whose = opened.accounts.revoke_key(key)
        opened.done("key revoked", f"{whose} {key}")


@accounts_app.command("audit")
def audit(
    most: Annotated[int, typer.Option("--most", min=1, help="How many lines, at most.")] = 100,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Who did what, the newest last. What was asked is not written down, only that it was."""
    with _opened(store) as opened:
        lines = opened.audit.lines(most)[::-1]
    if as_json:
        print_json([asdict(one) for one in lines])
        return
    for one in lines:
        parts = (one.at, one.who or "-", one.action, one.detail, one.address)
        typer.echo("  ".join(filter(None, parts)))


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")
