"""The accounts of the settings, opened for those who make them and for who serves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import timedelta
from typing import TYPE_CHECKING

from geungeo.ui.accounts.audit import Audit
from geungeo.ui.accounts.records import AccountError
from geungeo.ui.server.listening import is_of_this_machine
from geungeo.vectorstore import Tables, begin_beside, open_beside

if TYPE_CHECKING:
    from geungeo.rag.settings import Settings


def begin_accounts(settings: Settings) -> None:
    """Make a place for accounts where there is none; a database brings it along.

    Raises:
        StoreError: it cannot be made.
    """
    if not settings.database_url.get_secret_value():
        begin_beside(settings.store, "accounts")


@contextmanager
def account_tables(settings: Settings) -> Iterator[Tables]:
    """Where accounts are kept.

    Raises:
        AccountError: there is no such place, or nothing can be written there.
        StoreError: they cannot be opened.
    """
    with _opened(settings) as tables:
        yield _usable(tables, settings)


@contextmanager
def guarding_tables(settings: Settings, host: str) -> Iterator[Tables | None]:
    """The accounts that a server at an address asks for; None where it lets everybody in: where
    the settings say so, or on this machine while there are no accounts.

    Raises:
        AccountError: it would let strangers in, or cannot write down who logs in.
        StoreError: the accounts cannot be opened.
    """
    if settings.open:
        yield None
        return
    if settings.oidc_issuer:
        # Accounts come there by logging in.
        begin_accounts(settings)
    with _opened(settings) as tables:
        if settings.oidc_issuer or _are_there(tables):
            yield _usable(tables, settings)
            return
        _refuse_strangers(host)
        yield None


def audit_of(tables: Tables, settings: Settings) -> Audit:
    """Who did what, kept with the accounts for as long as the settings say."""
    return Audit(tables, timedelta(days=settings.audit_days))


@contextmanager
def _opened(settings: Settings) -> Iterator[Tables | None]:
    url = settings.database_url.get_secret_value()
    tables = open_beside(settings.store, "accounts", url)
    with closing(tables) if tables else nullcontext():
        yield tables


def _usable(tables: Tables | None, settings: Settings) -> Tables:
    if tables is None:
        raise AccountError(
            "GEUNGEO_DATABASE_URL: nothing is in it yet; run geungeo ingest first"
            if settings.database_url.get_secret_value()
            else f"{settings.store}: no accounts there; geungeo accounts add NAME makes one"
        )
    if tables.why_read_only:
        said = f"accounts and logins cannot be kept: {tables.why_read_only}"
        raise AccountError(f"{tables.where}: {said}")
    return tables


def _are_there(tables: Tables | None) -> bool:
    if tables is None:
        return False
    with tables.reading() as connection:
        return bool(connection.rows("every_account", {}))


def _refuse_strangers(host: str) -> None:
    if not is_of_this_machine(host):
        raise AccountError(
            f"--host {host}: whoever reaches it would read every document; make an account with "
            "geungeo accounts add NAME --role admin, or say --open where a proxy asks for a login"
        )
