"""Indexes that lie where nothing can be written."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from geungeo.vectorstore.errors import StoreError, in_one_line

# Parts of an index that are written while it is only read.
_REWRITTEN = ("meta.json", ".managed.json", "chroma.sqlite3")
_LOCK = ".lock"


def mirror(store: Path, parts: Iterable[str], to: Path) -> None:
    """Some folders of a store that cannot be written, in a folder where they can be opened:
    what never changes is linked, the rest copied.

    Raises:
        StoreError: there is no room for it.
    """
    try:
        for part in parts:
            if (store / part).is_dir():
                shutil.copytree(
                    store / part, to / part, copy_function=_link_or_copy, ignore=_without_locks
                )
    except (OSError, shutil.Error) as error:
        said = f"{store}: it cannot be written, and what it needs cannot be copied to {to}"
        raise StoreError(f"{said}: {in_one_line(error)}") from error


def _link_or_copy(source: str, target: str) -> None:
    file = Path(source)
    if not file.name.startswith(_REWRITTEN):
        try:
            Path(target).symlink_to(file.absolute())
            return
        except OSError:
            # Where links take a privilege, as on Windows.
            pass
    shutil.copyfile(source, target)


def _without_locks(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name.endswith(_LOCK)]
