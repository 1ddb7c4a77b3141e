"""A store that lost a part of itself, and one that lies where nothing can be written."""

from __future__ import annotations

import logging
import shutil
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np

from geungeo.vectorstore.catalogue import Catalogue
from geungeo.vectorstore.dense import DenseIndex
from geungeo.vectorstore.embedding import Encoder
from geungeo.vectorstore.errors import StoreError, in_one_line
from geungeo.vectorstore.lexical import LexicalIndex, LexicalRecord
from geungeo.vectorstore.records import Filter

_log = logging.getLogger(__name__)

# Parts of an index that are written while it is only read.
_REWRITTEN = ("meta.json", ".managed.json", "chroma.sqlite3")
_LOCK = ".lock"


def mend(
    catalogue: Catalogue,
    lexical: LexicalIndex,
    dense: DenseIndex,
    encoder: Encoder,
    alone: AbstractContextManager[object],
) -> None:
    """Make an index that lacks passages of the catalogue anew from it; ``alone`` keeps other
    writers out.

    Raises:
        StoreError: an index cannot be written.
    """
    if not _lacking(catalogue, lexical, dense):
        return
    with alone:
        lexical.reload()
        lacking = _lacking(catalogue, lexical, dense)
        for name in lacking:
            _log.warning("the index has lost its part %s, which is made anew", name)
        if "chroma" in lacking:
            for key, passages in catalogue.visible(encoder.dimension):
                if passages:
                    vectors = np.stack([vector for *_, vector in passages])
                    dense.add([i for i, *_ in passages], [key] * len(passages), vectors)
        if "lexical" in lacking:
            lexical.remove(catalogue.matching(Filter()))
            lexical.add(
                LexicalRecord(passage, key, terms.split())
                for key, passages in catalogue.visible(encoder.dimension)
                for passage, terms, _ in passages
            )


def _lacking(catalogue: Catalogue, lexical: LexicalIndex, dense: DenseIndex) -> list[str]:
    # The catalogue first: what it shows the indexes have had before.
    visible = catalogue.count_passages()
    if not visible:
        # One who has counted an empty collection of Chroma cannot search what others add to it.
        return []
    counts = {"lexical": lexical.count(), "chroma": dense.count()}
    return [name for name, count in counts.items() if count < visible]


def mirror(store: Path, to: Path) -> None:
    """The indexes of a store that cannot be written, in a folder where they can be opened:
    what never changes is linked, the rest copied.

    Raises:
        StoreError: there is no room for it.
    """
    try:
        for part in ("lexical", "chroma"):
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
