"""The page's server as a process of its own, what memory, files and threads it holds, and other
commands beside it."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from geungeo.errors import GeungeoError
from geungeo.evals.bench.tied import tied

_OWN = "GEUNGEO_"
# Seconds for a server to become ready, between two looks at it, and for it to end.
_PATIENCE, _PAUSE, _TO_END = 300.0, 0.2, 20.0
_KIB = 1024
_READY = 200


class SoakError(GeungeoError):
    """A process that a soak needs has failed; the message says what it said."""


@dataclass(frozen=True)
class Held:
    """What a process holds: ``resident`` memory and what of it is ``own``, no file's, in MiB,
    ``files`` and ``threads``; ``at`` is in seconds since the beginning."""

    at: float
    resident: float
    own: float
    files: int
    threads: int


class Commands:
    """Our commands on one store, each a process that no setting of this machine touches and that
    ends with this one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.store = folder / "store"

    def arguments(self, *arguments: str) -> list[str]:
        return tied(*arguments, "--store", str(self.store))

    def environment(self, **own: str) -> Mapping[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OWN)}
        return {**kept, **{f"{_OWN}{name}": value for name, value in own.items()}}

    async def run(self, *arguments: str) -> str:
        """Run a command; returns what it says where it fails."""
        process = await asyncio.create_subprocess_exec(
            *self.arguments(*arguments), env=self.environment(), cwd=self._folder,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            _, said = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
        if not process.returncode:
            return ""
        return said.decode(errors="replace").strip() or f"exit code {process.returncode}"

    @contextmanager
    def serving(self, log: Path) -> Iterator[Server]:
        """The page's server, which any address may ask without end, until this is left."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with log.open("wb") as said:
            process = subprocess.Popen(
                self.arguments("chat", "--open", "--port", str(port)), cwd=self._folder,
                env=self.environment(QUESTIONS_PER_MINUTE="0"), stdout=said, stderr=said,
            )  # fmt: skip
            try:
                yield Server(process, f"http://127.0.0.1:{port}", log)
            finally:
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Server:
    """A server that runs."""

    def __init__(self, process: subprocess.Popen[bytes], address: str, log: Path) -> None:
        self._process = process
        self.address = address
        self._log = log

    @asynccontextmanager
    async def ready(self) -> AsyncIterator[httpx.AsyncClient]:
        """Who asks it, once it is ready.

        Raises:
            SoakError: it ends before, or does not become ready.
        """
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(
            base_url=self.address, timeout=_PATIENCE, limits=limits
        ) as client:
            until = time.monotonic() + _PATIENCE
            while not await _is_ready(client):
                if self._process.poll() is not None or time.monotonic() > until:
                    raise SoakError(f"the server does not become ready: {self.said()}")
                await asyncio.sleep(_PAUSE)
            yield client

    def held(self, at: float) -> Held:
        """What it holds now.

        Raises:
            SoakError: it has ended, or this system does not tell.
        """
        own = Path("/proc") / str(self._process.pid)
        try:
            lines = (own / "status").read_text(encoding="utf-8").splitlines()
            told = {
                name: value.split() for name, _, value in (line.partition(":") for line in lines)
            }
            resident, anonymous = (int(told[name][0]) for name in ("VmRSS", "RssAnon"))
            files = len(list((own / "fd").iterdir()))
        except (OSError, KeyError) as error:
            raise SoakError(f"what the server holds cannot be read: {error!r}") from error
        threads = int(told["Threads"][0])
        return Held(at, resident / _KIB, anonymous / _KIB, files, threads)

    def said(self) -> str:
        """What it has written, besides its address."""
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(line for line in lines if line and not line.startswith(self.address))


async def _is_ready(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/readyz")).status_code == _READY
    except httpx.HTTPError:
        return False
