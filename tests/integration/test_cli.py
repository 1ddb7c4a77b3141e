"""The command line as a process: exit codes, JSON keys, and no word to the outside."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geungeo.ui.cli.main import app
from tests.conftest import ROOT, SAMPLE

# Loaded by Python at its start: any connection beyond this machine is written down and fails.
WATCH = """
import os, socket
def watch(name):
    real = getattr(socket.socket, name)
    def connect(self, address):
        inet = self.family in (socket.AF_INET, socket.AF_INET6)
        if inet and not str(address[0]).startswith("127."):
            with open(os.environ["CALLS"], "a") as calls:
                calls.write(f"{address}\\n")
            raise OSError("no network")
        return real(self, address)
    setattr(socket.socket, name, connect)
watch("connect"); watch("connect_ex")
resolve = socket.getaddrinfo
def getaddrinfo(host, *args, **kwargs):
    if host not in ("127.0.0.1", "localhost", None):
        with open(os.environ["CALLS"], "a") as calls:
            calls.write(f"{host}\\n")
        raise OSError("no network")
    return resolve(host, *args, **kwargs)
socket.getaddrinfo = getaddrinfo
"""


class Geungeo:
    def __init__(self, folder: Path) -> None:
        self.calls = folder / "calls"
        self.store = folder / "store"
        (folder / "watch").mkdir()
        (folder / "watch" / "sitecustomize.py").write_text(WATCH)
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GEUNGEO_")},
            "PYTHONPATH": os.pathsep.join(
                filter(None, (str(folder / "watch"), os.environ.get("PYTHONPATH")))
            ),
            "CALLS": str(self.calls),
        }

    def __call__(self, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        script = Path(sys.executable).parent / "geungeo"
        return subprocess.run(
            [script, *map(str, arguments)],
            capture_output=True,
            text=True,
            env={**self._environment, **more},
            cwd=ROOT,
            timeout=120,
        )


@pytest.fixture(scope="module")
def geungeo(tmp_path_factory: pytest.TempPathFactory) -> Geungeo:
    return Geungeo(tmp_path_factory.mktemp("cli"))


@pytest.fixture(scope="module")
def ingested(geungeo: Geungeo, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    documents = tmp_path_factory.mktemp("documents")
    for file in (SAMPLE / "documents").iterdir():
        (documents / file.name).write_bytes(file.read_bytes())
    (documents / "broken.txt").write_bytes(b"\x00\x01")
    done = geungeo("ingest", documents, "--store", geungeo.store, "--json")
    assert done.returncode == 1, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def test_ingest_reports_every_file(ingested: dict[str, Any]) -> None:
    assert set(ingested) == {"files", "chunks_total", "seconds"}
    for file in ingested["files"]:
        assert set(file) == {"path", "status", "reason", "pages", "chunks", "notes"}
    failed = [file for file in ingested["files"] if file["status"] == "failed"]
    assert [Path(file["path"]).name for file in failed] == ["broken.txt"]
    assert ingested["chunks_total"] == sum(file["chunks"] for file in ingested["files"])


def test_ask_prints_the_contract(geungeo: Geungeo, ingested: dict[str, Any]) -> None:
    question = "베세토 연극제는 언제 처음 열렸나요?"
    done = geungeo("ask", question, "--store", geungeo.store, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert {
        "id", "question", "answer", "refused", "language", "answerer", "citations", "seconds",
    } <= set(answer)  # fmt: skip
    assert set(answer["seconds"]) == {"retrieve", "generate", "total"}
    citation = answer["citations"][0]
    assert set(citation) == {"n", "document", "title", "page", "section", "quote", "score"}
    assert citation["document"] == "09_beseto_blog.html"
    assert "1994년" in citation["quote"]


def test_a_question_waits_for_nothing_that_it_does_not_need(
    geungeo: Geungeo, ingested: dict[str, Any]
) -> None:
    question = "베세토 연극제는 언제 처음 열렸나요?"
    done = geungeo("ask", question, "--store", geungeo.store, PYTHONPROFILEIMPORTTIME="1")
    imported = {line.split("|")[-1].strip() for line in done.stderr.splitlines()}
    assert "geungeo.rag.pipeline" in imported
    assert imported.isdisjoint({"torch", "langchain_core", "gradio", "sentence_transformers"})


def test_batches_of_questions(geungeo: Geungeo, ingested: dict[str, Any], tmp_path: Path) -> None:
    rows = [{"id": "a", "question": "홈스테이 참가비는?"}, {"id": "b", "question": "달의 무게는?"}]
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    batch.write_text("\n".join(json.dumps(row) for row in rows))
    for command in ("ask", "search"):
        done = geungeo(command, "--batch", batch, "--out", out, "--store", geungeo.store)
        assert done.returncode == 0, done.stderr
        assert not done.stderr, "progress is silent when nobody watches"
        written = [json.loads(line) for line in out.read_text().splitlines()]
        assert [row["id"] for row in written] == ["a", "b"]
    assert all("results" in row for row in written)


def test_sources_lists_what_was_left_out(geungeo: Geungeo, ingested: dict[str, Any]) -> None:
    done = geungeo("sources", "--store", geungeo.store)
    assert "서울과 베이징의 수도외교 한눈에 보기" in done.stdout
    assert "broken.txt" in done.stdout
    assert "NUL" in done.stdout


def test_nothing_was_asked_of_the_outside(geungeo: Geungeo, ingested: dict[str, Any]) -> None:
    assert geungeo("search", "예산", "--store", geungeo.store).returncode == 0
    assert not geungeo.calls.exists(), geungeo.calls.read_text()


def test_a_batch_has_follow_ups(geungeo: Geungeo, ingested: dict[str, Any], tmp_path: Path) -> None:
    earlier = "베세토 연극제는 언제 처음 열렸나요?"
    rows = [{"question": "그럼 어디서?", "history": [earlier]}, {"question": "그럼 어디서?"}]
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    batch.write_text("\n".join(json.dumps(row) for row in rows))
    done = geungeo("ask", "--batch", batch, "--out", out, "--store", geungeo.store, "--explain")
    assert done.returncode == 0, done.stderr
    following, alone = (json.loads(line) for line in out.read_text().splitlines())
    assert "베세토" in following["standalone"]
    assert "서울" in following["answer"]
    assert "베세토" not in alone["standalone"]
    assert following["explanation"]["why"].startswith("answered")


def test_an_answer_is_explained_below_it(geungeo: Geungeo, ingested: dict[str, Any]) -> None:
    question = "베세토 연극제는 언제 처음 열렸나요?"
    done = geungeo("ask", question, "--store", geungeo.store, "--explain")
    assert done.returncode == 0, done.stderr
    answer, _, explanation = done.stdout.partition("asked ")
    assert "1994년" in answer
    assert question in explanation
    assert "answered:" in explanation


def test_what_is_done_is_told_as_much_as_is_asked_for(geungeo: Geungeo, tmp_path: Path) -> None:
    file, store = tmp_path / "one.txt", tmp_path / "store"
    file.write_text("좌석은 180석이다.", encoding="utf-8")
    quiet = geungeo("ingest", file, "--store", store)
    assert not quiet.stderr
    file.write_text("좌석은 190석이다.", encoding="utf-8")
    told = geungeo("--verbose", "ingest", file, "--store", store)
    assert "one.txt" in told.stderr
    assert "geungeo.ingest" in told.stderr
    asked = geungeo("ask", "좌석은?", "--store", store, GEUNGEO_LOG_LEVEL="debug")
    assert "retrieve" in asked.stderr
    assert all(" geungeo." in line for line in asked.stderr.splitlines())


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        (["ask"], {}, "QUESTION"),
        (["ask", "x", "--answerer", "oracle"], {}, "answerer"),
        (["ask", "x"], {"GEUNGEO_GATE": "2"}, "GEUNGEO_GATE"),
        (["ask", "x"], {"GEUNGEO_LOG_LEVEL": "loud"}, "GEUNGEO_LOG_LEVEL"),
        (["ask", "x"], {"GEUNGEO_WORDS": "/nowhere.txt"}, "GEUNGEO_WORDS=/nowhere.txt"),
        (["ask", "x"], {"GEUNGEO_DOMAIN": "whales"}, "GEUNGEO_DOMAIN=whales"),
        (["ask", "x" * 2001], {}, "2,000 are the most"),
        (["ask", "x", "--since", "spring"], {}, "--since"),
        (["ask", "x", "--type", "nonsense"], {}, "--type nonsense: no document is one"),
        (["search", "x", "--document", "no.txt"], {}, "--document no.txt: not indexed"),
        (["search", "--batch", "/nowhere.jsonl", "--out", "/nowhere.out"], {}, "nowhere.jsonl"),
        (["ask", "--batch", os.devnull, "--out", "/nowhere.out"], {}, "no questions in it"),
        (["ask", "--batch", "pyproject.toml"], {}, "--out"),
        (["ask", "--batch", "pyproject.toml", "--out", "x"], {}, "pyproject.toml:1: not JSON"),
    ],
)
def test_errors_name_what_is_wrong(
    geungeo: Geungeo, ingested: dict[str, Any], arguments: list[str],
    environment: dict[str, str], message: str,
) -> None:  # fmt: skip
    done = geungeo(*arguments, "--store", geungeo.store, **environment)
    assert done.returncode in (1, 2)
    assert message.lower() in unboxed(done.stderr).lower()
    assert "Traceback" not in done.stderr


def unboxed(text: str) -> str:
    """What is said in a box, in one line."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chat", "--port", "99999"], "less than or equal to 65535"),
        (["chat", "--host", "no.such.host.invalid"], "--host no.such.host.invalid"),
        (["ask", "x", "--language", "kr"], "--language takes ko, zh, en, not 'kr'"),
        (["search", "x", "--until", "2024-13"], "--until takes 2024, 2024-07 or 2024-07-30"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_loaded(
    arguments: list[str], message: str
) -> None:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code in (1, 2)
    assert message in unboxed(done.stderr)


@pytest.mark.parametrize("command", [["ask", "x"], ["search", "x"], ["sources"]])
def test_a_store_that_is_not_there_is_not_made(command: list[str], tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [*command, "--store", str(tmp_path / "typo")])
    assert done.exit_code == 1
    assert f"{tmp_path / 'typo'}: no index there" in done.stderr
    assert not (tmp_path / "typo").exists()


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(app, ["chat", "--port", port])
    assert done.exit_code == 1
    assert f"nobody can listen at 127.0.0.1:{port}" in done.stderr


@pytest.mark.parametrize("command", [["ask", "x"], ["sources"], ["ingest", "sample"]])
def test_a_store_that_is_none_is_named(geungeo: Geungeo, command: list[str]) -> None:
    done = geungeo(*command, "--store", ROOT / "pyproject.toml")
    assert done.returncode == 1
    assert "pyproject.toml: the store cannot be opened" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_not_read(geungeo: Geungeo) -> None:
    done = geungeo("read", "/nowhere.hwp")
    assert done.returncode == 1
    assert "/nowhere.hwp: it cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_other_settings_are_refused(geungeo: Geungeo, ingested: dict[str, Any]) -> None:
    done = geungeo("ask", "x", "--store", geungeo.store, GEUNGEO_EMBEDDING="some/model")
    assert done.returncode == 1
    assert "some/model" in done.stderr


def test_a_model_of_the_hub_is_missed_at_once_without_a_network(
    geungeo: Geungeo, tmp_path: Path
) -> None:
    file = SAMPLE / "documents" / "09_beseto_blog.html"
    store = tmp_path / "new"
    done = geungeo("ingest", file, "--store", store, GEUNGEO_EMBEDDING="some/model")
    assert done.returncode == 1
    assert "GEUNGEO_EMBEDDING=some/model" in done.stdout
    assert "Retry" not in done.stderr
    geungeo.calls.unlink()


def test_watch_ingests_what_changes(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "one.txt").write_text("서울의 위원회는 2013년에 만들어졌다.", encoding="utf-8")
    command = [sys.executable, "-u", "-m", "geungeo", "watch", str(folder), "--every", "0.2"]
    command += ["--store", str(tmp_path / "store")]
    watching = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert watching.stdout is not None
    try:
        assert "one.txt" in watching.stdout.readline()
        (folder / "two.txt").write_text("좌석은 180석이다.", encoding="utf-8")
        line = watching.stdout.readline()
        assert line.startswith("added")
        assert "two.txt" in line
        watching.send_signal(signal.SIGINT)
        _, said = watching.communicate(timeout=60)
        assert (watching.returncode, said) == (130, "stopped\n")
    finally:
        watching.kill()
        watching.wait()
