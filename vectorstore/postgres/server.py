"""A PostgreSQL server, as ``GEUNGEO_DATABASE_URL`` names it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from geungeo.vectorstore.errors import StoreError, in_one_line

try:
    import psycopg
    from sqlalchemy import URL, Connection, create_engine, make_url, text
    from sqlalchemy.exc import ArgumentError, DBAPIError
    from sqlalchemy.exc import TimeoutError as PoolTimeoutError
    from sqlalchemy.pool import NullPool
except ImportError as error:
    raise StoreError(
        "GEUNGEO_DATABASE_URL: what speaks to PostgreSQL is not installed:"
        " pip install 'geungeo[postgres]'"
    ) from error

SETTING = "GEUNGEO_DATABASE_URL"
_DRIVER = "postgresql+psycopg"
_EXAMPLE = f"{_DRIVER}://user:password@host/name"
_DEFAULTS = {"connect_timeout": "10", "application_name": "geungeo"}
# Whoever waits for this lock waits for the writers of one schema of one database.
_LOCK = text("SELECT pg_advisory_lock(hashtextextended('geungeo ' || current_schema(), 0))")
# And for this one for the ingests into one catalogue, whatever its schema is found by.
_INGEST = "(hashtextextended('geungeo ingest ' || (SELECT id FROM identity), 0))"
_TRY_INGEST = text(f"SELECT pg_try_advisory_lock{_INGEST}")
_LOCK_INGEST = text(f"SELECT pg_advisory_lock{_INGEST}")
# A holder whose machine is gone is noticed after a minute and a half; one may wait for long, and
# keep a lock for long without a word.
_PATIENCE = (
    "SET tcp_keepalives_idle = 60",
    "SET tcp_keepalives_interval = 10",
    "SET tcp_keepalives_count = 3",
    "SET statement_timeout = 0",
    "SET lock_timeout = 0",
    # PostgreSQL 13 has none.
    "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout'",
)


class Server:
    """Connections to one database. What the server cannot do is a ``StoreError`` that names the
    setting, without its password."""

    def __init__(self, url: str) -> None:
        """``url`` is as ``postgresql+psycopg://user:password@host/name``.

        Raises:
            StoreError: it is no such address.
        """
        address = _address(url)
        self.where = f"{SETTING}={_shown(address)}"
        self._engine = create_engine(address, pool_pre_ping=True)
        self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._single = create_engine(address, poolclass=NullPool)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on which every statement stands by itself."""
        with self._told(), self._reading.connect() as connection:
            yield connection

    @contextmanager
    def changing(self, held: Connection | None = None) -> Iterator[Connection]:
        """One transaction, on the connection that holds the lock where there is one, so that
        nothing is written once the lock is lost."""
        with self._told():
            if held is None:
                with self._engine.begin() as connection:
                    yield connection
                return
            if held.invalidated:
                raise StoreError(f"{self.where}: the connection was lost while it was written")
            with held.begin():
                yield held

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A connection of its own that keeps other writers out until it is left, or until the
        server loses it."""
        with self._patient() as connection:
            connection.execute(_LOCK)
            connection.commit()
            yield connection

    @contextmanager
    def ingesting(self, waits: Callable[[], None]) -> Iterator[None]:
        """Keep other ingests into the catalogue waiting until it is left, or until the server
        loses the connection; ``waits`` is called where another is there first."""
        with self._patient() as connection:
            if not connection.scalar(_TRY_INGEST):
                waits()
                connection.execute(_LOCK_INGEST)
            connection.commit()
            yield

    @contextmanager
    def _patient(self) -> Iterator[Connection]:
        """A connection of its own, with which its locks end."""
        with self._told(), self._single.connect() as connection:
            for setting in _PATIENCE:
                connection.execute(text(setting))
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except PoolTimeoutError as error:
            raise StoreError(f"{self.where}: all its connections are in use") from error
        except DBAPIError as error:
            if not _is_of_the_server(error.orig):
                raise
            raise StoreError(f"{self.where}: {in_one_line(error.orig or error)}") from error


def _is_of_the_server(error: BaseException | None) -> bool:
    """The server is not there, refuses, is full or damaged; else it is our mistake."""
    return isinstance(
        error,
        psycopg.OperationalError | psycopg.InternalError | psycopg.errors.InsufficientPrivilege,
    )


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        # It may hold a password, so it is not repeated.
        raise StoreError(f"{SETTING}: this is no address such as {_EXAMPLE}") from error
    if address.drivername not in (_DRIVER, "postgresql", "postgres"):
        raise StoreError(f"{SETTING}: {address.drivername} is not known; give one as {_EXAMPLE}")
    missing = {name: value for name, value in _DEFAULTS.items() if name not in address.query}
    return address.set(drivername=_DRIVER).update_query_dict(missing)


def _shown(address: URL) -> str:
    told = address.difference_update_query([*_DEFAULTS, "password"])
    return told.render_as_string(hide_password=True)
