"""Names with decomposed letters, links, and files that are no documents."""

from __future__ import annotations

import os
import unicodedata
import zipfile
from pathlib import Path

import pytest
from filelock import FileLock

from geungeo.ingest import IngestReport, Ledger, ingest
from geungeo.vectorstore import Filter, Store
from tests.asking import search


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def named(report: IngestReport) -> dict[str, str]:
    return {Path(entry.path).name: entry.status for entry in report.files}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "collection"
    made.mkdir()
    (made / decomposed("나루터 안내.txt")).write_text("나루터의 배는 다섯 척이다.")
    return made


def test_a_name_is_found_however_it_is_composed(folder: Path, store: Store, ledger: Ledger) -> None:
    ingest([folder], store, ledger)
    (document,) = store.documents()
    assert document.name == "나루터 안내.txt"
    assert Path(document.path).exists(), "the path is as on disk"
    for name in ("나루터 안내.txt", decomposed("나루터 안내.txt")):
        (hit,) = search(store, "배는 몇 척인가", 3, Filter(documents=(name,)))
        assert hit.passage.document == "나루터 안내.txt"


def test_a_path_that_is_typed_composed_is_found_and_forgotten(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    typed = folder / "나루터 안내.txt"
    assert [entry.status for entry in ingest([typed], store, ledger).files] == ["added"]
    (folder / decomposed("나루터 안내.txt")).rename(folder / decomposed("나루터 새 안내.txt"))
    report = ingest([folder], store, ledger)
    assert store.documents()[0].name == "나루터 새 안내.txt"
    assert [entry.status for entry in report.files] == ["added"]
    (folder / decomposed("나루터 새 안내.txt")).unlink()
    report = ingest([folder / "나루터 새 안내.txt"], store, ledger)
    assert [entry.status for entry in report.files] == ["removed"]


def test_files_of_systems_and_office_programs_are_no_documents(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    names = ("~$안내.docx", ".~lock.안내.odt#", "desktop.ini", "Thumbs.db", ".DS_Store")
    for name in names:
        (folder / name).write_text("배는 쉰 척이다.")
    with zipfile.ZipFile(folder / "묶음.zip", "w") as archive:
        archive.writestr("안/desktop.ini", "배는 쉰 척이다.")
        archive.writestr("안/뱃삯.txt", "뱃삯은 삼천 원이다.")
    report = ingest([folder], store, ledger)
    assert set(named(report)) == {decomposed("나루터 안내.txt"), "묶음.zip", "뱃삯.txt"}
    (entry,) = ingest([folder / "~$안내.docx"], store, ledger).files
    assert (entry.status, entry.reason.startswith("a lock file")) == ("skipped", True)


def test_a_linked_folder_is_read_once_and_loops_are_named(
    folder: Path, store: Store, ledger: Ledger, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    (outside / "inner").mkdir(parents=True)
    (outside / "inner" / "다리.txt").write_text("다리의 폭은 네 미터이다.")
    for name in ("shared", "shared again"):
        (folder / name).symlink_to(outside)
    (outside / "back").symlink_to(folder)
    (folder / "round").symlink_to(folder)
    (folder / "gone").symlink_to(tmp_path / "nowhere")
    (folder / "own store").symlink_to(store.folder)
    os.mkfifo(folder / "pipe")
    report = ingest([folder], store, ledger)
    assert named(report) == {
        decomposed("나루터 안내.txt"): "added", "다리.txt": "added", "shared again": "skipped",
        "back": "skipped", "round": "skipped", "gone": "skipped", "own store": "skipped",
        "pipe": "skipped",
    }  # fmt: skip
    assert all(entry.reason for entry in report.files if entry.status == "skipped")
    assert len(store.documents()) == 2
    (folder / "shared").unlink()
    (folder / "shared again").unlink()
    assert named(ingest([folder], store, ledger))["다리.txt"] == "removed"


def test_what_lies_in_an_unreadable_folder_stays_indexed(
    folder: Path, store: Store, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "locked").mkdir()
    (folder / "locked" / "다리.txt").write_text("다리의 폭은 네 미터이다.")
    ingest([folder], store, ledger)
    scandir = os.scandir

    def refused(path: Path) -> object:
        # As for one who may not look into it; root may.
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    report = ingest([folder], store, ledger)
    (failed,) = report.failed
    assert failed.reason == "the folder cannot be read: Permission denied"
    assert len(store.documents()) == 2


def test_an_ingest_that_fails_lets_the_next_one_in(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    def stop(done: int, total: int, name: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as kept:
        ingest([folder], store, ledger, stop)
    with FileLock(store.folder / "ingest.lock").acquire(timeout=0):
        assert kept.value is not None


def test_notes_are_kept_over_ingests(store: Store, ledger: Ledger, tmp_path: Path) -> None:
    archive = tmp_path / "묶음.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("큰.txt", "가" * 4_000_000)
        packed.writestr("뱃삯.txt", "뱃삯은 삼천 원이다.")
    for status in ("added", "unchanged"):
        entries = {Path(one.path).name: one for one in ingest([archive], store, ledger).files}
        assert entries["묶음.zip"].status == status
        assert "left out" in entries["묶음.zip"].notes[0]
    assert ledger.entries()[str(archive)].notes == entries["묶음.zip"].notes
