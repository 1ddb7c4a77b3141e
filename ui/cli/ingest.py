"""``geungeo ingest`` and ``geungeo watch``: files into the index."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geungeo.ui.cli.console import FAILED, print_json, progress, read_settings
from geungeo.ui.cli.options import JsonOption, StoreOption
from geungeo.ui.cli.stores import changed_store, ledger_of

if TYPE_CHECKING:
    from geungeo.ingest import IngestReport
    from geungeo.ingest.reader import OpenPool

WorkersOption = Annotated[
    int | None,
    typer.Option(
        min=1, help="How many processes read files.  [1; with --ray one for each processor]"
    ),
]
RayOption = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Read files on the Ray cluster of an address, or `auto`."),
]

_KEYS = ("path", "status", "reason", "pages", "chunks", "notes")


def ingest(
    paths: Annotated[
        list[str], typer.Argument(help="Files and folders, or such of object storage: s3://…")
    ],
    store: StoreOption = None,
    as_json: JsonOption = False,
    workers: WorkersOption = None,
    ray: RayOption = None,
) -> None:
    """Bring the index in step with files and folders.

    Unchanged files cost nothing, lost ones are removed, a broken one is reported and the
    rest goes on (exit code 1). With `--workers` or `--ray` files are read, split and encoded by
    several processes (`pip install 'geungeo[ray]'`), and written by this one.

    Example: `geungeo ingest reports/ notes/visit.md`
    """
    from geungeo.ingest import ingest as run

    open_pool = _pool(workers, ray)
    with changed_store(read_settings(store)) as opened, progress("ingest") as update:
        report = run(paths, opened, ledger_of(opened), update, open_pool=open_pool)
    if as_json:
        print_json(
            {
                "files": [{key: getattr(entry, key) for key in _KEYS} for entry in report.files],
                "chunks_total": report.chunks_total,
                "seconds": round(report.seconds, 3),
            }
        )
    else:
        _print_report(report)
    if report.failed:
        raise typer.Exit(FAILED)


def _pool(workers: int | None, ray: str | None) -> OpenPool:
    """What reads the files.

    Raises ``ClusterError`` where it takes Ray, which is not installed.
    """
    if ray is None and workers in (None, 1):
        from geungeo.ingest.reader import OneAtATime

        return OneAtATime
    from geungeo.ingest.cluster import RayPool, require_ray

    require_ray()
    return partial(RayPool, address=ray or "", workers=workers or 0)


def _print_report(report: IngestReport) -> None:
    for entry in report.files:
        reason = f"  ({entry.reason})" if entry.reason else ""
        typer.echo(f"{entry.status:<9}  {entry.chunks:>4} chunks  {entry.path}{reason}")
        for note in entry.notes:
            typer.echo(f"           not read: {note}")
    typer.echo(f"{report.chunks_total} chunks in the index, {report.seconds:.1f} s")


def watch(
    folders: Annotated[list[Path], typer.Argument(help="Folders to keep in step with.")],
    store: StoreOption = None,
    every: Annotated[float, typer.Option(min=0.2, help="Seconds between two looks.")] = 5.0,
) -> None:
    """Ingest folders again whenever something in them changes, until stopped with Ctrl-C.

    Example: `geungeo watch reports/`
    """
    from geungeo.ingest import ingest as run

    with changed_store(read_settings(store)) as opened, _interrupts() as interrupted:
        ledger = ledger_of(opened)
        said: dict[str, str] = {}
        while not interrupted.is_set():
            for entry in run(folders, opened, ledger).files:
                line = f"{entry.status:<9}  {entry.path}  {entry.reason}".rstrip()
                # What stays broken or left out is said once.
                if entry.status != "unchanged" and said.get(entry.path) != line:
                    typer.echo(line)
                said[entry.path] = line
            interrupted.wait(every)
    raise KeyboardInterrupt


@contextmanager
def _interrupts() -> Iterator[threading.Event]:
    """Whether Ctrl-C was pressed: one that falls into a destructor is lost otherwise."""
    interrupted = threading.Event()

    def interrupt(*_: object) -> None:
        interrupted.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)
