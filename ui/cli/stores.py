"""The stores that commands open."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geungeo.errors import GeungeoError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geungeo.evals.gold import GoldCase
    from geungeo.ingest import Ledger
    from geungeo.rag.settings import Settings
    from geungeo.vectorstore import Encoder, Store


class NoIndexError(GeungeoError):
    """There is no index in the folder that is to be asked."""


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    """The store of the settings, to be asked.

    Raises:
        GeungeoError: there is none, or it cannot be opened.
    """
    _check(settings)
    with _opened(settings) as opened:
        yield opened


def _check(settings: Settings) -> None:
    from geungeo.vectorstore import holds_index

    folder = settings.store
    # A file in its place is told of where the store is opened; a catalogue on a server brings its
    # index with it.
    on_server = bool(settings.database_url.get_secret_value())
    if not on_server and not folder.is_file() and not holds_index(folder):
        raise NoIndexError(f"{folder}: no index there; geungeo ingest FOLDER --store {folder}")


@contextmanager
def changed_store(settings: Settings) -> Iterator[Store]:
    """A store that is written, in the shape of this version; made where there is none."""
    from geungeo.rag.assembly import bring_up

    bring_up(settings)
    with _opened(settings) as opened:
        yield opened


@contextmanager
def _opened(settings: Settings, encoder: Encoder | None = None) -> Iterator[Store]:
    from geungeo.ingest import CHUNKER
    from geungeo.rag.assembly import open_store

    with open_store(settings, CHUNKER, encoder) as opened:
        yield opened


@contextmanager
def warming_store(settings: Settings) -> Iterator[Store]:
    """The store that is about to be asked: what reads texts is for the most part not in Python,
    and loads beside the imports. What goes wrong there is told where it is used.

    Raises as ``opened_store`` does.
    """
    _check(settings)
    from geungeo.rag.assembly import make_encoder
    from geungeo.rag.reading.shipped import reader_of

    encoder, reader = make_encoder(settings), reader_of(settings.reader)
    with ThreadPoolExecutor(2) as beside:
        beside.submit(encoder.load_for_questions)
        if reader:
            beside.submit(reader.load)
        with _opened(settings, encoder) as opened:
            yield opened


def ledger_of(store: Store) -> Ledger:
    """What became of each file of a store."""
    from geungeo.ingest import Ledger

    return Ledger.of(store)


@contextmanager
def scratch_store(settings: Settings, chunker: str = "") -> Iterator[Store]:
    """An empty store that goes when the command ends."""
    from geungeo.rag.assembly import open_scratch_store

    with (
        tempfile.TemporaryDirectory(prefix="geungeo-eval-") as folder,
        open_scratch_store(settings, Path(folder), chunker) as opened,
    ):
        yield opened


@contextmanager
def asked_store(
    gold: Path, settings: Settings
) -> Iterator[tuple[Store, Sequence[GoldCase], Callable[[Store], object]]]:
    """The store that a gold set is asked of, with its cases, and what fills another store with
    the same documents: the settings' own store for a file, one made for the occasion from the
    passages of a folder in BEIR form."""
    from geungeo.evals.answers import open_domain
    from geungeo.evals.beir import CHUNKER, BeirSet
    from geungeo.evals.gold import read_gold
    from geungeo.ingest import WITHIN, ingest

    if not gold.is_dir():
        cases = read_gold(gold)
        with opened_store(settings) as opened:
            paths = (document.path.split(WITHIN)[0] for document in opened.documents())
            files = list(dict.fromkeys(paths))
            yield opened, cases, lambda other: ingest(files, other, ledger_of(other))
        return
    collection = BeirSet.read(gold)
    with scratch_store(settings, CHUNKER) as opened:
        collection.index(opened)
        yield opened, open_domain(collection), collection.index
