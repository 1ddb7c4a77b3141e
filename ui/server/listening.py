"""The place at which a server listens."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address

from geungeo.errors import GeungeoError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""The names of this machine that no other reaches."""


class ListeningError(GeungeoError):
    """Nobody can listen at an address and a port."""


def is_of_this_machine(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return host in LOOPBACK or ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def listening_at(host: str, port: int) -> Iterator[socket.socket]:
    """A socket bound to an address and a port, 0 for any that is free; closed in the end.

    Raises:
        ListeningError: the address is none of this machine, or the port is taken.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        place = socket.socket(family, kind, protocol)
    except OSError as error:
        raise ListeningError(f"--host {host}: {error.strerror or error}") from error
    with place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind(address)
        except OSError as error:
            said = f"nobody can listen at {host}:{port} ({error.strerror}); name another --port"
            raise ListeningError(said) from error
        yield place
