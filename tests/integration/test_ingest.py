import hashlib
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from geungeo.ingest import Ledger, Limits, ingest
from geungeo.ingest.ledger import READERS
from geungeo.rag.assembly import make_chain
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Store
from tests.asking import search
from tests.conftest import SAMPLE, SHARED, needs_shared


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    (made / "one.txt").write_text("서울의 위원회는 2013년에 만들어졌다.", encoding="utf-8")
    (made / "two.md").write_text("# 예산\n\n예산은 12억 원이다.", encoding="utf-8")
    return made


def statuses(report: object) -> dict[str, str]:
    return {Path(entry.path).name: entry.status for entry in report.files}  # type: ignore[attr-defined]


def test_added_then_unchanged(folder: Path, store: Store, ledger: Ledger) -> None:
    assert statuses(ingest([folder], store, ledger)) == {"one.txt": "added", "two.md": "added"}
    again = ingest([folder], store, ledger)
    assert statuses(again) == {"one.txt": "unchanged", "two.md": "unchanged"}
    assert again.chunks_total == 2


def test_only_the_changed_file_is_read(folder: Path, store: Store, ledger: Ledger) -> None:
    ingest([folder], store, ledger)
    (folder / "one.txt").write_text("서울의 위원회는 2014년에 만들어졌다.", encoding="utf-8")
    (folder / "two.md").touch()
    assert statuses(ingest([folder], store, ledger)) == {
        "one.txt": "updated",
        "two.md": "unchanged",
    }
    texts = [hit.passage.text for hit in search(store, "위원회는 몇 년에 만들어졌나", 5)]
    assert any("2014년" in text for text in texts)
    assert not any("2013년" in text for text in texts)


def test_a_lost_file_is_removed(folder: Path, store: Store, ledger: Ledger) -> None:
    ingest([folder], store, ledger)
    (folder / "one.txt").unlink()
    assert statuses(ingest([folder], store, ledger)) == {
        "one.txt": "removed",
        "two.md": "unchanged",
    }
    assert [summary.name for summary in store.documents()] == ["two.md"]


def test_a_moved_file_is_not_read_again(folder: Path, store: Store, ledger: Ledger) -> None:
    ingest([folder], store, ledger)
    before = search(store, "위원회", 1)[0].passage.id
    (folder / "one.txt").rename(folder / "renamed.txt")
    report = ingest([folder], store, ledger)
    assert statuses(report) == {"renamed.txt": "added", "two.md": "unchanged"}
    hit = search(store, "위원회", 1)[0]
    assert (hit.passage.id, hit.passage.document) == (before, "renamed.txt")


def test_a_broken_file_does_not_stop_the_rest(folder: Path, store: Store, ledger: Ledger) -> None:
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02binary\x00")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    report = ingest([folder, folder / "missing.txt"], store, ledger)
    assert statuses(report) == {
        "broken.txt": "failed",
        "missing.txt": "failed",
        "one.txt": "added",
        "photo.jpg": "skipped",
        "two.md": "added",
    }
    reasons = {Path(entry.path).name: entry.reason for entry in report.files}
    assert "NUL" in reasons["broken.txt"]
    assert ".jpg" in reasons["photo.jpg"]
    assert "no such file" in reasons["missing.txt"]


def test_a_file_that_breaks_keeps_its_last_good_version(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    ingest([folder], store, ledger)
    (folder / "one.txt").write_bytes(b"\x00\x00\x00")
    report = ingest([folder], store, ledger)
    assert statuses(report)["one.txt"] == "failed"
    assert "kept" in report.failed[0].reason
    assert "2013년" in search(store, "위원회", 1)[0].passage.text


def test_a_copy_is_named_and_takes_over_when_its_original_changes(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    (folder / "a_copy.txt").write_bytes((folder / "one.txt").read_bytes())
    report = ingest([folder], store, ledger)
    assert statuses(report) == {"a_copy.txt": "added", "one.txt": "skipped", "two.md": "added"}
    (folder / "a_copy.txt").write_text("전혀 다른 글이다.", encoding="utf-8")
    assert statuses(ingest([folder], store, ledger))["one.txt"] == "added"


def test_a_folder_that_vanished_takes_nothing_with_it(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    ingest([folder], store, ledger)
    folder.rename(folder.with_name("unmounted"))
    assert ingest([folder], store, ledger).failed
    assert len(store.documents()) == 2


def test_the_sample_has_titles_dates_and_languages(sample_store: Store) -> None:
    summaries = {summary.name: summary for summary in sample_store.documents()}
    assert len(summaries) == len(list((SAMPLE / "documents").iterdir()))
    assert all(summary.title and summary.date for summary in summaries.values())
    assert summaries["10_jingjinji_explained.txt"].organisation == "한강도시연구소"
    assert {summary.language for summary in summaries.values()} == {"ko", "zh", "en"}


@needs_shared
def test_the_real_documents(store: Store, ledger: Ledger) -> None:
    report = ingest([SHARED / "corpus"], store, ledger)
    assert [entry.status for entry in report.files] == ["added"] * 5
    summaries = {summary.name[:3]: summary for summary in store.documents()}
    assert summaries["000"].date == "2018-12-05"
    assert summaries["001"].title == "서울시 대중국 수도외교 특징과 발전방향"
    assert summaries["002"].organisation.endswith("도시외교담당관")
    assert summaries["003"].date == "2015-04-27"
    for summary in summaries.values():
        text = store.text(summary.path) or ""
        for furniture in ("<p", "<ul", "바로가기", "내보내기", "feature_text"):
            assert furniture not in text


def test_a_change_of_what_is_read_has_a_new_version(store: Store, ledger: Ledger) -> None:
    """Who changes what files give raises ``READERS`` and writes down here what they give now."""
    ingest([SAMPLE / "documents", SAMPLE / "tables" / "documents"], store, ledger)
    read = sorted(
        (document.name, passage.section, passage.text, passage.sentences)
        for document in store.documents()
        for passage in store.passages(document.path)
    )
    digest = hashlib.sha256(repr(read).encode()).hexdigest()[:12]
    assert (READERS, digest) == ("2", "fca0837b42d9")


def test_files_within_an_archive_are_documents_of_their_own(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    archive = folder / "more.zip"

    def pack(files: dict[str, str]) -> None:
        with zipfile.ZipFile(archive, "w") as packed:
            for name, text in files.items():
                packed.writestr(name, text)

    pack({"a/three.txt": "포럼은 시민청에서 열린다.", "b.txt": "좌석은 180석이다.", "c.jpg": "x"})
    report = ingest([folder], store, ledger)
    paths = {entry.path.removeprefix(f"{folder}/"): entry for entry in report.files}
    assert paths["more.zip"].reason == "3 files in it"
    assert paths["more.zip!/a/three.txt"].status == "added"
    assert paths["more.zip!/c.jpg"].status in ("added", "skipped")
    assert search(store, "포럼은 어디에서 열리나", 1)[0].passage.document == "three.txt"

    assert {entry.status for entry in ingest([folder], store, ledger).files} <= {
        "unchanged",
        "skipped",
    }
    pack({"b.txt": "좌석은 200석이다."})
    statuses_now = {
        entry.path.removeprefix(f"{folder}/"): entry.status
        for entry in ingest([folder], store, ledger).files
    }
    assert statuses_now["more.zip!/b.txt"] == "updated"
    assert statuses_now["more.zip!/a/three.txt"] == "removed"
    archive.unlink()
    ingest([folder], store, ledger)
    assert {summary.name for summary in store.documents()} == {"one.txt", "two.md"}


def test_what_an_older_version_read_is_read_anew(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    with zipfile.ZipFile(folder / "more.zip", "w") as packed:
        packed.writestr("three.txt", "포럼은 시민청에서 열린다.")
    (folder / "copy of one.txt").write_bytes((folder / "one.txt").read_bytes())
    before = statuses(ingest([folder], store, ledger))
    documents = [(one.name, one.passages) for one in store.documents()]
    for entry in ledger.entries().values():
        ledger.write(replace(entry, readers="0"))
    again = ingest([folder], store, ledger)
    assert statuses(again) == {
        name: "updated" if status == "added" else status for name, status in before.items()
    }
    reasons = {Path(entry.path).name: entry.reason for entry in again.files}
    assert "older version" in reasons["three.txt"]
    assert [(one.name, one.passages) for one in store.documents()] == documents
    assert set(statuses(ingest([folder], store, ledger)).values()) == {"unchanged", "skipped"}


def test_the_ledger_says_how_a_file_was_read(folder: Path, store: Store, ledger: Ledger) -> None:
    ingest([folder], store, ledger)
    entry = ledger.entries()[str(folder / "one.txt")]
    assert (entry.pages, entry.empty, entry.recognised, entry.loader) == (1, 0, 0, "text")
    assert entry.characters == len("서울의 위원회는 2013년에 만들어졌다.")


def test_a_file_beyond_the_limits_is_named_and_the_rest_goes_on(
    folder: Path, store: Store, ledger: Ledger
) -> None:
    (folder / "large.txt").write_text("서울 " * 1_000_000, encoding="utf-8")
    report = ingest([folder], store, ledger, limits=Limits(size=1024**2))
    assert statuses(report) == {"large.txt": "failed", "one.txt": "added", "two.md": "added"}
    assert "1 MB are the most" in report.failed[0].reason


def test_a_file_that_takes_too_long_is_given_up(folder: Path, store: Store, ledger: Ledger) -> None:
    (folder / "slow.html").write_text("<p>" + "<div>서울" * 300_000, encoding="utf-8")
    report = ingest([folder], store, ledger, limits=Limits(seconds=6))
    assert statuses(report)["slow.html"] == "failed"
    assert "within 6 seconds" in report.failed[0].reason or "nested" in report.failed[0].reason
    assert statuses(report)["two.md"] == "added"


def test_a_second_ingest_waits_for_the_first(folder: Path, store: Store, ledger: Ledger) -> None:
    said: list[str] = []
    with ThreadPoolExecutor(1) as beside:
        with FileLock(store.folder / "ingest.lock"):
            second = beside.submit(
                ingest, [folder], store, ledger, lambda done, total, name: said.append(name)
            )
            while not said:
                assert not second.done()
                time.sleep(0.01)
            assert said == ["waiting for another ingest"]
            assert not store.documents()
        assert len(second.result().files) == 2


RELEASE = (
    "한강도시연구소는 11월 14일 서울 중구 시민청에서 제5회 서울-베이징 도시포럼을 연다. "
    "올해의 주제는 시민과 함께하는 수도 협력이며, 두 도시의 연구자 24명이 발표한다. "
    "포럼은 오후 1시에 시작하고 누구나 미리 신청하면 들을 수 있다. "
    "참가비는 없으며 좌석은 선착순 180석이다. 통역은 한국어와 중국어로 제공된다. "
    "연구소는 발표 자료를 행사 다음 날 누리집에 올린다."
)


def test_the_same_release_on_several_sites_is_one_source(
    store: Store, ledger: Ledger, tmp_path: Path
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, head in (("a.txt", "연구소 소식"), ("b.txt", "뉴스 포털"), ("c.txt", "시청 누리집")):
        (folder / name).write_text(f"{head}\n\n{RELEASE}\n", encoding="utf-8")
    draft = RELEASE.replace("180석", "150석")
    (folder / "d.txt").write_text(f"초안\n\n{draft}\n", encoding="utf-8")
    ingest([folder], store, ledger)
    twins = {Path(path).name: Path(entry.twin).name for path, entry in ledger.entries().items()}
    assert twins["a.txt"] == ""
    assert twins["b.txt"] == "a.txt"
    assert twins["c.txt"] in ("a.txt", "b.txt")
    answer = make_chain(store, Settings()).invoke("도시포럼의 좌석은 몇 석인가요?")
    sources = {citation.passage.document: set(citation.also) for citation in answer.citations}
    assert {"d.txt"} < set(sources), "a draft says something else"
    (first,) = set(sources) - {"d.txt"}
    assert {first, *sources[first]} == {"a.txt", "b.txt", "c.txt"}
    ingest([folder], store, ledger)
    assert ledger.entries()[str(folder / "b.txt")].twin == str(folder / "a.txt")
    (folder / "a.txt").rename(folder / "z.txt")
    ingest([folder], store, ledger)
    assert ledger.entries()[str(folder / "b.txt")].twin == str(folder / "z.txt")
    (folder / "z.txt").unlink()
    ingest([folder], store, ledger)
    assert ledger.entries()[str(folder / "b.txt")].twin == ""


def test_who_wrote_a_report_and_its_number_are_found(
    store: Store, ledger: Ledger, tmp_path: Path
) -> None:
    file = tmp_path / "report.txt"
    file.write_text(
        "도시 물순환의 경제 효과\n저자 : 김하늘\n과제코드 : 2024-PR-11\n발행일 : 2024-05-02\n\n"
        "빗물 저장은 하수 처리 비용을 줄인다. 투수 포장은 도심의 열을 낮춘다.\n",
        encoding="utf-8",
    )
    ingest([file], store, ledger)
    (summary,) = store.documents()
    assert (summary.author, summary.code) == ("김하늘", "2024-PR-11")
    answer = make_chain(store, Settings()).invoke("2024-PR-11은 어떤 연구인가요?")
    assert "도시 물순환의 경제 효과" in answer.answer
