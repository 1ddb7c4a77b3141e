"""Stores that cannot be written, are damaged or lost a part, by the command line: each command
does its work or says in one line why not."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.read_only import read_only

TEXT = "항구의 등불은 모두 열두 개이다. 등불의 유리는 해마다 한 번 닦는다."
LATER = "방파제의 길이는 이백 미터이다."
QUESTION = "항구의 등불은 몇 개인가?"
INDEX = ("lexical", "chroma")


def run(*arguments: object, most_bytes: int = 0) -> subprocess.CompletedProcess[str]:
    """``most_bytes`` is how large a file may grow, as on a disk that fills up."""

    def limit() -> None:
        import resource

        if most_bytes:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return subprocess.run(
        [sys.executable, "-m", "geungeo", *map(str, arguments)], capture_output=True, text=True,
        cwd=ROOT, timeout=120, preexec_fn=limit,
    )  # fmt: skip


def files(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    return {Path(one["path"]).name: one for one in json.loads(done.stdout)["files"]}


def says_one_line(done: subprocess.CompletedProcess[str], part: str) -> None:
    assert done.returncode == 1, done.stdout
    (line,) = done.stderr.splitlines()
    assert part in line


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "등불.txt").write_text(TEXT, encoding="utf-8")
    done = run("ingest", folder / "등불.txt", "--store", folder / "store")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "store", tmp_path / "store"))


def answers(store: Path) -> subprocess.CompletedProcess[str]:
    done = run("ask", QUESTION, "--store", store, "--json")
    assert done.returncode == 0, done.stderr
    assert "열두 개" in json.loads(done.stdout)["answer"]
    return done


def test_a_store_on_a_read_only_disk_is_read(store: Path, made: Path, tmp_path: Path) -> None:
    later = tmp_path / "방파제.txt"
    later.write_text(LATER, encoding="utf-8")
    with read_only(store):
        assert not answers(store).stderr
        assert "등불.txt" in run("search", QUESTION, "--store", store).stdout
        assert "등불.txt" in run("sources", "--store", store).stdout
        says_one_line(run("ingest", later, "--store", store), "cannot be changed")


def test_what_a_killed_ingest_left_in_the_log_is_read_too(store: Path, tmp_path: Path) -> None:
    catalogue = store / "catalogue.sqlite"
    with closing(sqlite3.connect(catalogue)) as writing:
        writing.execute("PRAGMA wal_autocheckpoint = 0")
        writing.execute("UPDATE documents SET title = '등불 대장'")
        writing.commit()
        # As it lies there while the writer has not come to its end.
        for file in (catalogue, Path(f"{catalogue}-wal")):
            shutil.copy(file, tmp_path / file.name)
    for file in tmp_path.glob("catalogue.sqlite*"):
        shutil.copy(file, store / file.name)
    with read_only(store):
        assert "등불 대장" in run("sources", "--store", store).stdout


def test_a_disk_that_fills_up_costs_the_file_and_not_the_store(store: Path, tmp_path: Path) -> None:
    large = tmp_path / "큰 문서.txt"
    large.write_text("".join(f"{n}번 부표는 {n * 7}미터 앞에 있다.\n" for n in range(9000)))
    largest = max(file.stat().st_size for file in store.rglob("*") if file.is_file())
    done = run("ingest", large, "--store", store, "--json", most_bytes=largest + 200_000)
    assert "Traceback" not in done.stderr
    if done.stdout:
        assert files(done)["큰 문서.txt"]["status"] == "failed"
        assert files(done)["큰 문서.txt"]["reason"]
        assert not done.stderr
    else:
        says_one_line(done, str(store))
    answers(store)
    later = tmp_path / "방파제.txt"
    later.write_text(LATER, encoding="utf-8")
    assert run("ingest", later, "--store", store).returncode == 0
    assert "이백 미터" in run("ask", "방파제의 길이는?", "--store", store).stdout


def test_a_damaged_catalogue_is_told_with_what_to_do(store: Path, made: Path) -> None:
    for file in store.glob("catalogue.sqlite*"):
        file.write_bytes(b"nothing of a database " * 500)
    says_one_line(run("ask", QUESTION, "--store", store), "damaged")
    done = run("ingest", made / "등불.txt", "--store", store)
    says_one_line(done, "Remove catalogue.sqlite* and the folders lexical and chroma")
    for name in ("catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm"):
        (store / name).unlink(missing_ok=True)
    for part in INDEX:
        shutil.rmtree(store / part)
    assert run("ingest", made / "등불.txt", "--store", store).returncode == 0
    answers(store)


def test_pages_of_the_catalogue_that_are_damaged_are_told(store: Path) -> None:
    file = store / "catalogue.sqlite"
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    says_one_line(run("ask", QUESTION, "--store", store), "damaged")


def test_a_damaged_ledger_is_told(store: Path, made: Path) -> None:
    (store / "ledger.sqlite").write_bytes(b"nothing of a database " * 500)
    done = run("ingest", made / "등불.txt", "--store", store)
    says_one_line(done, "Remove ledger.sqlite*")


@pytest.mark.parametrize("part", INDEX)
def test_a_part_that_was_lost_is_made_anew(store: Path, part: str) -> None:
    shutil.rmtree(store / part)
    assert answers(store).stderr.count("\n") == 1, "it is said once"
    assert not answers(store).stderr, "and mended"


@pytest.mark.parametrize("part", INDEX)
def test_a_part_that_was_lost_is_mended_for_a_read_only_store_too(store: Path, part: str) -> None:
    shutil.rmtree(store / part)
    with read_only(store):
        answers(store)


def test_a_damaged_part_is_told_and_mended_once_it_is_gone(store: Path) -> None:
    (store / "lexical" / "meta.json").write_text("{}")
    says_one_line(run("ask", QUESTION, "--store", store), "remove the folder")
    shutil.rmtree(store / "lexical")
    answers(store)


def test_a_ledger_of_an_older_version_is_brought_up(store: Path, made: Path) -> None:
    with closing(sqlite3.connect(store / "ledger.sqlite")) as ledger:
        for column in ("notes", "readers"):
            ledger.execute(f"ALTER TABLE seen_files DROP COLUMN {column}")
        ledger.commit()
    with read_only(store):
        assert "등불.txt" in run("sources", "--store", store).stdout
    done = run("ingest", made / "등불.txt", "--store", store, "--json")
    assert files(done)["등불.txt"] == {
        **files(done)["등불.txt"], "status": "updated", "notes": [],
        "reason": "an older version had read it",
    }  # fmt: skip
    again = run("ingest", made / "등불.txt", "--store", store, "--json")
    assert files(again)["등불.txt"]["status"] == "unchanged"
    answers(store)
