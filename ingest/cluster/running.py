"""Ray, started on this machine or joined where it runs. It is imported when it is asked for."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import socket
import tempfile
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any

from geungeo.errors import GeungeoError
from geungeo.vectorstore import in_one_line

_SECONDS_TO_ANSWER = 10.0


class ClusterError(GeungeoError):
    """Ray is not installed, cannot be reached, or reads no more."""


class Cluster:
    """A Ray that runs as long as it is entered: that of an address, or with none one on this
    machine for so many processes. One that the program has joined already is used as it is.
    Entered, it says how many processors there are.

    Raises:
        ClusterError: Ray is not installed, or there is none at the address.
    """

    def __init__(self, address: str, workers: int) -> None:
        self._address = address
        self._workers = workers
        self._folder: Path | None = None
        self._is_ours = False

    def __enter__(self) -> int:
        require_ray()
        import ray

        if not ray.is_initialized():
            try:
                self._begin()
            except (ConnectionError, OSError, RuntimeError, ValueError) as error:
                self._end()
                where = f"at {self._address}" if self._address else "on this machine"
                raise ClusterError(f"Ray {where}: {in_one_line(error)}") from error
        return int(ray.cluster_resources().get("CPU", 0))  # type: ignore[no-untyped-call]

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _begin(self) -> None:
        import ray

        self._is_ours = True
        # It would tell its makers that it runs.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
        if self._address:
            _knock(self._address)
            ray.init(self._address, **quiet)
            return
        # It listens on every address of the machine and asks who comes for a token; without one
        # it would write one into the user's home.
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
        # Texts pass through files of it, which it makes readable to all. It makes sockets there
        # too, whose names have to be short.
        parent = os.environ.get("RAY_TMPDIR", "/tmp")
        self._folder = Path(tempfile.mkdtemp(prefix="geungeo-", dir=parent))
        ray.init(
            "local",
            num_cpus=self._workers,
            include_dashboard=False,
            _temp_dir=str(self._folder / "ray"),
            **quiet,
        )

    def _end(self) -> None:
        import ray

        if self._is_ours:
            ray.shutdown()
            self._is_ours = False
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def _knock(address: str) -> None:
    """Raises ``OSError`` where nothing listens at ``host:port``: Ray would try for minutes."""
    host, _, port = address.rpartition(":")
    if port.isdigit() and "://" not in address:
        socket.create_connection((host, int(port)), _SECONDS_TO_ANSWER).close()


def require_ray() -> None:
    """Raises ``ClusterError`` where Ray is not installed."""
    if find_spec("ray") is None:
        raise ClusterError(
            "several workers need Ray, which is not installed: pip install 'geungeo[ray]'"
        )
