"""The doors of a running server, tried over a real socket; ``docs/security.md`` names each test."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from geungeo.rag.question.conversation import LONGEST_QUESTION
from geungeo.vectorstore import Store
from tests.conftest import ROOT

QUESTION = "이좡의 자율주행 버스는 몇 대가 다니나요?"
SECRET = "이 줄은 아무도 읽지 못한다"


class Server:
    def __init__(self, store: Path, *options: str, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.store = store
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "geungeo", "chat", "--store", store,
                "--port", str(self.port), *options,
            ],
            cwd=ROOT, env={**os.environ, **environment},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=90)
        for _ in range(400):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
            assert self.process.poll() is None
            time.sleep(0.2)

    def memory(self) -> int:
        """The most that the server has taken so far, in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found
        return int(found[1]) * 1024

    def event(
        self, element: str, kind: str, data: list[Any], about: Any = None, reader: str = ""
    ) -> str:
        """What the page's event of an element answers, as any program may send it: ``about`` is
        what the browser tells of the event, ``reader`` whose session it is."""
        config = self.http.get("/config").json()
        component = _id_of(element, config)
        (event,) = (
            one["id"] for one in config["dependencies"] if [component, kind] in one["targets"]
        )
        return self._run(event, data, reader or f"{element}{time.monotonic_ns()}", about)

    def fill(self, data: list[Any], *elements: str, reader: str = "") -> tuple[str, str]:
        """The session in which the first event that fills all of some elements has run, which is
        the ``reader``'s or a new one, and what it answered."""
        config = self.http.get("/config").json()
        wanted = {_id_of(one, config) for one in elements}
        event = next(
            one["id"] for one in config["dependencies"]
            if wanted <= {*one["outputs"]} and len(one["inputs"]) == len(data)
        )  # fmt: skip
        session = reader or f"{event}{time.monotonic_ns()}"
        return session, self._run(event, data, session)

    def _run(self, event: int, data: list[Any], named: str, about: Any = None) -> str:
        session = {"session_hash": named}
        asked = {"fn_index": event, "data": data, "event_data": about, **session}
        joined = self.http.post("/gradio_api/queue/join", json=asked)
        assert joined.status_code == 200, joined.text
        with self.http.stream("GET", "/gradio_api/queue/data", params=session) as said:
            for line in said.iter_lines():
                if "process_completed" in line:
                    return json.dumps(json.loads(line.removeprefix("data: ")), ensure_ascii=False)
        return ""

    def upload(self, *named: tuple[str, bytes]) -> str:
        """What the page says of uploaded files."""
        files = [("files", (name, data)) for name, data in named]
        paths = self.http.post("/gradio_api/upload", files=files).json()
        given = [
            {"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}}
            for path, (name, _) in zip(paths, named, strict=True)
        ]
        return self.event("upload", "upload", [given, "en"])

    def close(self) -> None:
        self.http.close()
        self.process.terminate()
        self.process.wait(20)


def _id_of(element: str, config: Any) -> int:
    (found,) = (one["id"] for one in config["components"] if one["props"].get("elem_id") == element)
    return int(found)


def serve(sample: Store, folder: Path, **environment: str) -> Server:
    shutil.copytree(sample.folder, folder / "store")
    return Server(folder / "store", **environment)


@pytest.fixture(scope="module")
def server(sample_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "golds").mkdir()
    (folder / "secret.jsonl").write_text(SECRET)
    started = serve(sample_store, folder, GEUNGEO_GOLD=str(folder / "golds"))
    yield started
    started.close()


def chat(text: str) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": text}]}


def test_a_question_that_is_too_long_is_refused_everywhere(server: Server) -> None:
    long = "가" * (LONGEST_QUESTION + 1)
    for path, body in (("/api/ask", {"question": long}), ("/v1/chat/completions", chat(long))):
        refused = server.http.post(path, json=body)
        assert refused.status_code == 413
        assert f"{LONGEST_QUESTION:,} are the most" in refused.text
    earlier = chat(long)["messages"] + chat("그럼 언제?")["messages"]
    assert server.http.post("/v1/chat/completions", json={"messages": earlier}).status_code == 413
    many = chat("?")["messages"] * 201
    assert server.http.post("/v1/chat/completions", json={"messages": many}).status_code == 413
    said = server.http.get("/", params={"q": long})
    assert said.status_code == 200


def test_a_large_request_is_refused_before_it_is_read(server: Server) -> None:
    assert server.http.post("/api/ask", json={"question": QUESTION}).status_code == 200
    before = server.memory()
    refused = server.http.post("/v1/chat/completions", json=chat("a" * 2_000_000))
    assert refused.status_code == 413
    assert "larger than 1 MB" in refused.json()["error"]["message"]

    def endless() -> Iterator[bytes]:
        for _ in range(64):
            yield b"x" * 1024**2

    try:
        said = server.http.post("/api/ask", content=endless())
    except httpx.WriteError:
        # The server has hung up on it.
        pass
    else:
        assert said.status_code == 413
    assert server.memory() - before < 50 * 1024**2
    with socket.create_connection(("127.0.0.1", server.port), 30) as raw:
        raw.sendall(
            b"POST /gradio_api/upload HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Content-Length: 99999999999\r\n\r\n"
        )
        assert b" 413 " in raw.recv(1000).split(b"\r\n")[0]


def test_other_sites_may_not_ask_in_a_visitors_name(server: Server) -> None:
    asked = {"question": QUESTION}
    own = f"http://127.0.0.1:{server.port}"
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
    ):
        for path in ("/api/ask", "/gradio_api/queue/join", "/gradio_api/upload"):
            refused = server.http.post(path, json=asked, headers=headers)
            assert refused.status_code == 403, (path, headers)
    assert server.http.post("/api/ask", json=asked, headers={"origin": own}).status_code == 200
    allowed = server.http.get("/api/documents", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in allowed.headers


def test_a_name_that_was_pointed_at_this_machine_is_refused(server: Server) -> None:
    for host in ("evil.example", f"evil.example:{server.port}"):
        assert server.http.get("/api/documents", headers={"host": host}).status_code == 421
    at_home = server.http.get("/api/documents", headers={"host": f"localhost:{server.port}"})
    assert at_home.status_code == 200


def test_every_answer_carries_the_headers(server: Server) -> None:
    for path in ("/", "/api/docs", "/api/documents", "/nowhere"):
        headers = server.http.get(path).headers
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert "http" not in headers["content-security-policy"], "nothing from outside"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["referrer-policy"] == "same-origin"


def test_the_documentation_needs_nothing_from_outside(server: Server) -> None:
    page = server.http.get("/api/docs")
    assert page.status_code == 200
    assert "/v1/chat/completions" in page.text
    assert "organisations" in page.text
    assert not re.search(r"<script|https?://", page.text)
    assert server.http.get("/redoc").status_code == 404


def test_only_listed_gold_files_are_asked(server: Server) -> None:
    golds = server.store.parent / "golds"
    for name in ("/etc/passwd", str(golds.parent / "secret.jsonl"), "../secret.jsonl"):
        said = server.event("run-evals", "click", [name, "en"])
        assert '"success": false' in said
        assert "root:" not in said
        assert SECRET not in said


def test_no_file_of_the_server_is_given_out(server: Server) -> None:
    for path in ("/etc/passwd", str(server.store / "catalogue.sqlite"), str(ROOT / "app.py")):
        given = server.http.get(f"/gradio_api/file={path}")
        assert given.status_code in (403, 404), path
        assert server.http.get("/pages", params={"path": path, "page": 1}).status_code == 404
    for path in ("/etc/passwd", str(server.store / "catalogue.sqlite")):
        file = [{"path": path, "meta": {"_type": "gradio.FileData"}}]
        said = server.event("upload", "upload", [file, "en"])
        assert '"success": false' in said
    assert not (server.store / "uploads" / "passwd").exists()


def test_the_server_fetches_nothing_from_an_address(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        stranger.settimeout(1)
        given = {"path": f"http://127.0.0.1:{stranger.getsockname()[1]}/a.txt"}
        file = {**given, "meta": {"_type": "gradio.FileData"}}
        body = {"fn_index": 0, "session_hash": "x", "data": [[[file]], "en"]}
        assert server.http.post("/gradio_api/queue/join", json=body).status_code == 403
        with pytest.raises(TimeoutError):
            stranger.accept()


def test_uploads_keep_within_their_folder_and_kinds(server: Server) -> None:
    text = "나루터의 배는 다섯 척이다.".encode()
    before = {file.name for file in server.store.iterdir()}
    said = server.upload(
        ("../../나쁜.txt", b"bad"), ("run.exe", text), (".hidden.txt", text), ("나루터.txt", text),
        ("~$나루터.docx", text),
    )  # fmt: skip
    assert "나루터.txt: added" in said
    assert "run.exe: not a name of a document" in said
    there = {file.name for file in (server.store / "uploads").iterdir()}
    assert there <= {"나루터.txt", "나쁜.txt"}
    assert {file.name for file in server.store.iterdir()} - before <= {"uploads", "ingest.lock"}
    assert not (server.store.parent / "나쁜.txt").exists()


def test_too_many_uploads_at_once_are_refused(server: Server) -> None:
    said = server.upload(*((f"{n}.txt", b"x") for n in range(501)))
    assert "500 files at a time" in said


def test_only_uploads_are_taken_out(server: Server) -> None:
    strange = str(server.store / "uploads" / ".." / "catalogue.sqlite")
    for name in ("02_trip_report_2024.txt", strange, "/etc/hostname"):
        opened = server.event("document", "click", ["", "en"], {"document": name}, name)
        assert ("출장" in opened) == (name == "02_trip_report_2024.txt")
        server.event("remove-document", "click", [name, "en"], reader=name)
    assert (server.store / "catalogue.sqlite").exists()
    names = {one["document"] for one in server.http.get("/api/documents").json()}
    assert "02_trip_report_2024.txt" in names


def test_an_address_that_asks_too_often_waits(sample_store: Store, tmp_path: Path) -> None:
    server = serve(sample_store, tmp_path, GEUNGEO_QUESTIONS_PER_MINUTE="3")
    try:
        asked = [server.http.post("/api/ask", json={"question": "예산은?"}) for _ in range(5)]
        assert [one.status_code for one in asked[:3]] == [200] * 3
        refused = [one for one in asked if one.status_code == 429]
        assert refused
        assert int(refused[0].headers["retry-after"]) > 0
        told = server.http.post("/v1/chat/completions", json=chat(QUESTION))
        assert told.json()["error"]["code"] == "rate_limit_exceeded"
        assert server.http.get("/api/documents").status_code == 200
    finally:
        server.close()
