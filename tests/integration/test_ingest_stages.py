"""An ingest stage by stage: a plan that changes nothing, files read apart from the store, a lock
that is free afterwards."""

from __future__ import annotations

import multiprocessing
import os
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from geungeo.ingest import Ledger, Limits, ingest
from geungeo.ingest.formats import LoadError
from geungeo.ingest.known import Known
from geungeo.ingest.lock import alone
from geungeo.ingest.plan import Plan, make_plan
from geungeo.ingest.read import Outcome, Source, read
from geungeo.ingest.worker import Worker
from geungeo.ingest.write import Writer
from geungeo.lang import Analyzer
from geungeo.vectorstore import Store
from tests.asking import search


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    for number, name in enumerate(("change", "gone", "keep", "move", "touch"), 3):
        text = f"{name} 나루터의 배는 {number}척이다. " * number
        (made / f"{name}.txt").write_text(text, encoding="utf-8")
    return made


def plan(folder: Path, store: Store, ledger: Ledger, limits: Limits | None = None) -> Plan:
    return make_plan([folder], Known.of(store, ledger), store.folder, limits or Limits())


def test_a_plan_says_what_each_file_needs(folder: Path, store: Store, ledger: Ledger) -> None:
    ingest([folder], store, ledger)
    before = (store.documents(), ledger.entries())
    (folder / "change.txt").write_text("배는 이제 한 척도 없다.", encoding="utf-8")
    (folder / "copy.txt").write_bytes((folder / "keep.txt").read_bytes())
    (folder / "gone.txt").unlink()
    (folder / "large.txt").write_text("가" * 4000, encoding="utf-8")
    (folder / "move.txt").rename(folder / "moved.txt")
    (folder / "new.txt").write_text("뱃삯은 삼천 원이다.", encoding="utf-8")
    os.utime(folder / "touch.txt", (1, 1))
    made = plan(folder, store, ledger, Limits(size=10_000))
    needs = {Path(step.path).stem: step.need for step in made.steps}
    assert needs == {
        "change": "changed", "copy": "copied", "keep": "unchanged", "large": "refused",
        "moved": "moved", "new": "new", "touch": "touched",
    }  # fmt: skip
    others = {Path(step.path).stem: Path(step.other).stem for step in made.steps if step.other}
    assert others == {"copy": "keep", "moved": "move"}
    assert {Path(path).stem for path in made.gone} == {"gone", "move"}
    assert (store.documents(), ledger.entries()) == before


def test_only_files_of_a_size_that_is_known_are_hashed(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    (folder / "same size.txt").write_bytes((folder / "keep.txt").read_bytes()[::-1])
    hashed = {Path(step.path).stem for step in plan(folder, store, ledger).steps if step.sha256}
    assert hashed == {"keep", "same size"}


def read_apart(path: Path) -> Outcome:
    worker = Worker()
    try:
        return read(Source(str(path)), worker, Analyzer(), {})
    finally:
        worker.close()


def test_a_file_is_read_in_one_process_and_written_in_another(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    known = Known.of(store, ledger)
    writer = Writer(store, ledger, known, make_plan([], known, store.folder, Limits()))
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as elsewhere:
        writer.settle(elsewhere.submit(read_apart, folder / "keep.txt").result())
    (entry,) = writer.finish()
    writer.close()
    assert (entry.status, entry.loader, entry.chunks) == ("added", "text", 1)
    assert search(store, "배는 몇 척인가", 1)[0].passage.document == "keep.txt"


def test_the_lock_is_held_within_the_block_and_free_after_it(store: Store) -> None:
    file = store.folder / "ingest.lock"
    with alone(store, None), pytest.raises(Timeout):
        FileLock(file).acquire(timeout=0)
    with FileLock(file).acquire(timeout=0):
        pass
    with pytest.raises(KeyError) as kept, alone(store, None):
        raise KeyError
    with FileLock(file).acquire(timeout=0):
        assert kept.value is not None


def test_what_a_crashed_reader_said_last_is_told() -> None:
    worker = Worker(Limits(memory=64 * 1024**2))
    try:
        with pytest.raises(LoadError, match=r"crashed or took more memory .*\(MemoryError\)"):
            worker.load("large.txt", b"seoul " * 25_000_000)
    finally:
        worker.close()


def test_a_file_that_became_a_copy_no_longer_says_what_it_said(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    ingest([folder], store, ledger)
    (folder / "touch.txt").write_bytes((folder / "keep.txt").read_bytes())
    report = ingest([folder], store, ledger)
    copy = next(entry for entry in report.files if entry.path.endswith("touch.txt"))
    assert (copy.status, copy.reason) == ("skipped", f"the same content as {folder}/keep.txt")
    assert "touch.txt" not in {summary.name for summary in store.documents()}
    (folder / "touch.txt").write_text("나루터에는 배가 없다.", encoding="utf-8")
    ingest([folder], store, ledger)
    assert "touch.txt" in {summary.name for summary in store.documents()}


def test_a_file_that_left_its_archive_keeps_its_index(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    archive = folder / "pack.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("in.txt", "뱃삯은 삼천 원이다.")
        packed.writestr("stays.txt", "나루터는 강가에 있다.")
    ingest([folder], store, ledger)
    before = search(store, "뱃삯은 얼마인가", 1)[0].passage.id
    (folder / "zz.txt").write_text("뱃삯은 삼천 원이다.", encoding="utf-8")
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("stays.txt", "나루터는 강가에 있다.")
    report = ingest([folder], store, ledger)
    moved = next(entry for entry in report.files if entry.path.endswith("zz.txt"))
    assert (moved.status, moved.reason) == ("added", f"moved from {archive}!/in.txt")
    passage = search(store, "뱃삯은 얼마인가", 1)[0].passage
    assert (passage.id, passage.document) == (before, "zz.txt")


def test_files_of_an_archive_that_exchange_their_texts(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    texts = {"a.txt": "뱃삯은 삼천 원이다.", "b.txt": "나루터는 강가에 있다."}
    for names in (("a.txt", "b.txt"), ("b.txt", "a.txt")):
        with zipfile.ZipFile(folder / "pack.zip", "w") as packed:
            for name, text in zip(names, texts.values(), strict=True):
                packed.writestr(name, text)
        ingest([folder], store, ledger)
        found = {
            summary.name: store.text(summary.path)
            for summary in store.documents()
            if "!/" in summary.path
        }
        assert found == dict(zip(names, texts.values(), strict=True))
