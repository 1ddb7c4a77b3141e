"""A real PostgreSQL server in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sqlalchemy import Connection

PASSWORD = "열쇠 1/@"
_ADDRESS = "GEUNGEO_TESTS_POSTGRES"


@contextmanager
def asked(url: str) -> Iterator[Connection]:
    """A connection of its own to a database, for one transaction."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    with create_engine(url, poolclass=NullPool).begin() as connection:
        yield connection


@dataclass(frozen=True)
class PostgresServer:
    """``programs`` are its programs' folder, ``data`` that of its data, ``port`` is on
    127.0.0.1."""

    programs: Path
    data: Path
    port: int

    def url(self, schema: str = "public", database: str = "postgres", user: str = "owner") -> str:
        """An address at which one schema is seen, which is its own catalogue."""
        from sqlalchemy import URL

        return URL.create(
            "postgresql+psycopg", user, PASSWORD, "127.0.0.1", self.port, database,
            {"options": f"-csearch_path={schema}"},
        ).render_as_string(hide_password=False)  # fmt: skip

    def control(self, *arguments: str) -> None:
        """``pg_ctl`` on this server."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.data} -c fsync=off"
        _run(
            self.programs / "pg_ctl", "-D", self.data, "-l", self.data / "log", "-w", "-o",
            options, *arguments,
        )  # fmt: skip


def address_of(schema: str) -> str:
    """The address of a catalogue of its own at the server that runs, in this process or in one
    that it has started."""
    from sqlalchemy import create_engine, make_url
    from sqlalchemy.pool import NullPool
    from sqlalchemy.schema import CreateSchema

    url = make_url(os.environ[_ADDRESS])
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(CreateSchema(schema, if_not_exists=True))
    options = {"options": f"-csearch_path={schema}"}
    return url.update_query_dict(options).render_as_string(hide_password=False)


@contextmanager
def running() -> Iterator[PostgresServer]:
    """A server until it is left; without PostgreSQL's programs the test is skipped."""
    folder = Path(tempfile.mkdtemp(prefix="geungeo-postgres-"))
    try:
        server = _made(_programs(), folder)
        server.control("start")
        os.environ[_ADDRESS] = server.url()
        try:
            yield server
        finally:
            del os.environ[_ADDRESS]
            server.control("stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found and not debian:
        pytest.skip("PostgreSQL is not installed: run scripts/postgres.sh")
    return Path(found).parent if found else debian[-1].parent


def _made(programs: Path, folder: Path) -> PostgresServer:
    key = folder / "key"
    key.write_text(PASSWORD, encoding="utf-8")
    if not os.geteuid():
        for path in (folder, key):
            shutil.chown(path, _user())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    _run(
        programs / "initdb", "--no-sync", "-D", folder / "data", "-U", "owner", "-E", "UTF8",
        "--auth=scram-sha-256", "--pwfile", key, "--locale=C.UTF-8",
    )  # fmt: skip
    return PostgresServer(programs, folder / "data", port)


def _run(*command: str | Path) -> None:
    # It does not run as root.
    before = [] if os.geteuid() else ["runuser", "-u", _user(), "--"]
    done = subprocess.run(
        [*before, *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, cwd="/",
    )  # fmt: skip
    assert not done.returncode, done.stderr


def _user() -> str:
    known = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
