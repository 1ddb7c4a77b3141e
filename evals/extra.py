"""What only evals need is installed by an extra of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from geungeo.errors import GeungeoError


class MissingExtraError(GeungeoError):
    """A package is missing that an extra installs; the message says which."""


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Imports of packages that the extra of a name installs. Raises ``MissingExtraError``."""
    try:
        yield
    except ModuleNotFoundError as error:
        package = str(error.name).split(".")[0]
        raise MissingExtraError(
            f"{package} is not installed: pip install 'geungeo[{name}]'"
        ) from error
