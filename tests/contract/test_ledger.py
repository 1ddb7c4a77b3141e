"""What became of files, wherever it is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from geungeo.ingest import LedgerEntry, Tally
from tests.contract.conftest import Place

ENTRY = LedgerEntry(
    "/문서/a.pdf", "added", "", "0f", 5_000_000_000, 1_790_000_000_123_456_789, 12, 34, 56_789, 2,
    1, "pypdfium2", 1.25, "/문서/b.pdf", ("도표는 읽지 않았다", "a 'note'"),
)  # fmt: skip
FAILED = LedgerEntry("/문서/c.pdf", "failed", "it cannot be opened")


def test_entries_come_back_as_they_were_on_another_server(places: tuple[Place, Place]) -> None:
    one, other = (place.ledger() for place in places)
    assert one.entries() == {}
    one.write(FAILED)
    other.write(ENTRY)
    assert one.entries() == other.entries() == {ENTRY.path: ENTRY, FAILED.path: FAILED}
    assert list(one.entries()) == [ENTRY.path, FAILED.path]
    assert other.left_out() == [FAILED]
    now = LedgerEntry(FAILED.path, "updated", chunks=3)
    other.write(now)
    assert one.entries()[FAILED.path] == now


def test_files_are_counted_by_status_on_another_server(places: tuple[Place, Place]) -> None:
    one, other = (place.ledger() for place in places)
    assert one.tallies() == {}
    for entry in (ENTRY, LedgerEntry("/문서/d.pdf", "added", chunks=2, seconds=0.5), FAILED):
        one.write(entry)
    assert other.tallies() == {"added": Tally(2, 36, 1.75), "failed": Tally(1, 0, 0.0)}


def test_a_file_is_forgotten_as_a_twin_too(place: Place) -> None:
    ledger = place.ledger()
    ledger.write(ENTRY)
    ledger.write(LedgerEntry(ENTRY.twin, "added"))
    ledger.keep_sketch(ENTRY.twin, np.arange(3, dtype=np.uint64))
    ledger.forget(ENTRY.twin)
    assert list(ledger.entries()) == [ENTRY.path]
    assert ledger.entries()[ENTRY.path].twin == ""
    assert ledger.sketches() == {}


def test_a_file_that_moves_takes_its_sketch_along(places: tuple[Place, Place]) -> None:
    ledger, other = (place.ledger() for place in places)
    ledger.write(ENTRY)
    ledger.write(LedgerEntry(ENTRY.twin, "added"))
    sketch = np.array([0, 2**63, 2**64 - 1], np.uint64)
    ledger.keep_sketch(ENTRY.twin, sketch)
    ledger.keep_sketch("/새/b.pdf", sketch[:1])
    ledger.move(ENTRY.twin, "/새/b.pdf")
    assert other.entries()[ENTRY.path].twin == "/새/b.pdf"
    assert ENTRY.twin not in other.entries()
    ((path, kept),) = other.sketches().items()
    assert path == "/새/b.pdf" and kept.tolist() == sketch.tolist()
    ledger.move("/nowhere", "/새/b.pdf")
    assert list(other.sketches()) == ["/새/b.pdf"]


def test_many_that_write_at_once_lose_nothing(places: tuple[Place, Place]) -> None:
    both = [place.ledger() for place in places]

    def write(number: int) -> None:
        ledger = both[number % 2]
        ledger.write(LedgerEntry(f"/{number}", "added", chunks=number))
        ledger.keep_sketch(f"/{number}", np.array([number], np.uint64))
        ledger.write(LedgerEntry("/one", "updated", chunks=number))
        if number % 4 == 3:
            ledger.forget(f"/{number}")

    with ThreadPoolExecutor(8) as beside:
        list(beside.map(write, range(40)))
    kept = {f"/{number}" for number in range(40) if number % 4 != 3}
    for ledger in both:
        assert set(ledger.entries()) == {*kept, "/one"}
        assert set(ledger.sketches()) == kept
