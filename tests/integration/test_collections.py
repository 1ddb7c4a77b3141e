"""Folders with their own readers, at every door of a running server: who may not see one learns
nothing of what lies in it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from geungeo.ingest import CHUNKER, Ledger, ingest
from geungeo.lang import Analyzer
from geungeo.ui.accounts.accounts import Accounts
from geungeo.ui.accounts.collections import Collections
from geungeo.ui.accounts.passwords import Passwords
from geungeo.ui.history import FILE, History
from geungeo.ui.server.documents import id_of
from geungeo.ui.strings import STRINGS
from geungeo.vectorstore import Encoder, Store, open_beside
from tests.conftest import ROOT
from tests.contract.test_history import answer
from tests.integration.test_accounts import MCP, entered, make_accounts
from tests.integration.test_security import Server, chat
from tests.unit.made import drawn

# What stands in the hidden folder alone, and in no question that is asked here.
SECRETS = (
    "갈매봉", "서랍장", "극비", "2031", "Zephyrine", "제피린", "금고지기", "솔방울위원회", "vault",
    "오소리", "41739", "armadillo",
)  # fmt: skip
# What the page says that something took; its digits may be those of any year.
SECONDS = re.compile(r"\d\.\d{9,}(?:e-\d+)?")
TEXT = """---
title: 금고지기의 극비 서랍장
date: 2031-05-02
organisation: 솔방울위원회
---

# 금고지기의 극비 서랍장

갈매봉 아래 서랍장에는 두루마리 41739개가 들어 있다. 두루마리는 오소리가 지킨다.
오소리의 벗은 armadillo이다.
제피린 사업(Project Zephyrine)은 2031년에 끝난다. 두루마리의 수는 해마다 늘어난다.
"""
# A word of it, and what a slip of the finger makes of another.
WORD, SLIP = "두루마리", "armadlilo"
QUESTIONS = (
    f"{WORD}는 몇 개인가요?", f"Who is the {SLIP}?", "How many scrolls are there?",
    f"{WORD}를 지키는 동물은?", "문서가 모두 몇 건 있나요?", "가장 최근 문서는 무엇인가요?",
    "어떤 기관의 문서가 있나요?", "2030년 이후의 문서를 보여 주세요", "안녕하세요",
    "두루마리를 다룬 문서는?", "What is the newest document?",
)  # fmt: skip
PNG = "image/png"


@dataclass(frozen=True)
class Place:
    """A server with a folder that ``other`` alone may see, and what lies in it."""

    server: Server
    folder: Path

    @property
    def paths(self) -> list[str]:
        return [str(self.folder / name) for name in ("vault.md", "vault-plan.pdf")]


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "geungeo", *command], cwd=ROOT, text=True, capture_output=True
    )


@pytest.fixture(scope="module")
def place(
    sample_store: Store, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder,
    analyzer: Analyzer,
) -> Iterator[Place]:  # fmt: skip
    base = tmp_path_factory.mktemp("collections")
    store, folder = base / "store", base / "reports" / "secret"
    shutil.copytree(sample_store.folder, store)
    folder.mkdir(parents=True)
    (folder / "vault.md").write_text(TEXT, encoding="utf-8")
    lines = [(72.0, 700.0, "오소리의 서랍장 배치도"), (72.0, 680.0, "서랍장은 갈매봉에 있다.")]
    (folder / "vault-plan.pdf").write_bytes(drawn(lines))
    (folder / "empty-vault.txt").write_bytes(b"")
    (base / "reports" / "open.txt").write_text("나루터의 배는 다섯 척이다.", encoding="utf-8")
    with Store.open(store, encoder, analyzer, CHUNKER) as opened:
        ingest([base / "reports"], opened, Ledger(store / "ledger.sqlite"))
    make_accounts(store)
    granted = run("collections", "grant", folder, "other", "--store", store)
    assert granted.returncode == 0, granted.stderr
    server = Server(store)
    yield Place(server, folder)
    server.close()


def asked_of_all(one: Server, paths: list[str]) -> Iterator[tuple[str, str]]:
    """What every door tells of documents, by the name of the door."""
    http = one.http
    for question in QUESTIONS:
        yield f"api {question}", http.post("/api/ask", json={"question": question}).text
    narrowed = {"question": QUESTIONS[0], "since": "2030"}
    yield "api since", http.post("/api/ask", json=narrowed).text
    named = {"question": QUESTIONS[0], "documents": [Path(paths[0]).name]}
    yield "api documents", http.post("/api/ask", json=named).text.replace(named["documents"][0], "")
    yield "api list", http.get("/api/documents").text
    for path in paths:
        yield "api text", http.get(f"/api/documents/{id_of(path)}/text").text
        shown = http.get("/passages", params={"path": path, "at": 0, "side": "from"})
        yield "passages", shown.text
        drawn_page = http.get("/pages", params={"path": path, "page": 1})
        yield "pages", drawn_page.headers["content-type"]
    for question in QUESTIONS[:2]:
        yield "v1", http.post("/v1/chat/completions", json=chat(question)).text
        whole = http.post("/v1/responses", json={"input": question, "stream": True})
        yield "v1 stream", whole.text
    talk = chat(QUESTIONS[0])["messages"] + chat("그것은 누가 지키나요?")["messages"]
    yield "v1 talk", http.post("/v1/chat/completions", json={"messages": talk}).text
    yield from asked_by_assistant(one, paths)


def asked_by_assistant(one: Server, paths: list[str]) -> Iterator[tuple[str, str]]:
    tools: list[tuple[str, dict[str, Any]]] = [
        ("ask", {"question": QUESTIONS[0]}), ("search", {"question": QUESTIONS[0], "k": 50}),
        ("search", {"question": QUESTIONS[1], "k": 50}), ("list_documents", {}),
        *(("get_document", {"document": id_of(path)}) for path in paths),
    ]  # fmt: skip
    calls = [("tools/call", {"name": name, "arguments": given}) for name, given in tools]
    uri = f"geungeo://documents/{id_of(paths[0])}"
    for method, given in (*calls, ("resources/list", {}), ("resources/read", {"uri": uri})):
        call = {"jsonrpc": "2.0", "id": 1, "method": method, "params": given}
        said = one.http.post("/mcp", json=call, headers=MCP).json()
        yield f"mcp {method} {given}", json.dumps(said, ensure_ascii=False)


def seen_on_page(one: Server, paths: list[str], reader: str) -> Iterator[tuple[str, str]]:
    """What the page tells of documents: lists, choices, examples, an answer with its sources and
    what to ask next, and a document that is opened by its path or name."""
    yield "page listed", one.fill(["en"], "documents", "timeline")[1]
    for question in QUESTIONS[:6]:
        session = f"{reader}{hash(question)}"
        one.event("question", "submit", [question, "ko"], reader=session)
        wished = ["extractive", 3, 8, 0.5]
        data = [None, None, None, "", "ko", "", "", [], [], [], *wished]
        yield f"page {question}", one.fill(data, "talk", "sources", "question", reader=session)[1]
        yield "page next", one.fill([None, "ko"], "next", "examples", reader=session)[1]
    for name in (*paths, *(Path(path).name for path in paths)):
        about = {"document": name}
        told = one.event("document", "click", ["", "en"], about, reader)
        yield f"page document {name}", told.replace(name, "")


def everything(one: Server, place: Place, reader: str) -> dict[str, str]:
    return dict([*asked_of_all(one, place.paths), *seen_on_page(one, place.paths, reader)])


def test_who_may_not_see_a_folder_learns_nothing_of_it(place: Place) -> None:
    one = entered(place.server, "the-reader")
    for door, told in everything(one, place, "reader").items():
        lasting = SECONDS.sub("", told)
        found = [secret for secret in SECRETS if secret in lasting]
        assert not found, (door, found, told)
        assert door != "pages" or told != PNG
    listed = one.http.get("/api/documents").json()
    assert len(listed) == 17
    counted = one.http.post("/api/ask", json={"question": "문서가 모두 몇 건 있나요?"}).json()
    assert "문서 17건" in counted["answer"]
    # A word that stands in the folder alone is as one that stands nowhere.
    for question in QUESTIONS[:2]:
        said = one.http.post("/api/ask", json={"question": question}).json()
        assert said["refused"] and said["standalone"] == question
    one.http.close()


def test_who_may_see_it_is_told_as_before(place: Place) -> None:
    one = entered(place.server, "other")
    told = everything(one, place, "other")
    assert "41739" in told[f"api {QUESTIONS[0]}"]
    assert "오소리" in told["v1"] and "금고지기" in told["api list"] and PNG in told["pages"]
    assert "솔방울위원회" in told["page listed"] and "vault-plan.pdf" in told["page listed"]
    assert "41739" in told[f"page {QUESTIONS[0]}"]
    for door in ("passages", "mcp resources/list {}", f"page document {place.paths[0]}"):
        assert "서랍장" in told[door], door
    slip = one.http.post("/api/ask", json={"question": QUESTIONS[1]}).json()
    assert "armadillo" in slip["standalone"], "a slip is put right by a word that is seen"
    assert len(one.http.get("/api/documents").json()) == 19
    one.http.close()


def test_administrators_see_all_and_curators_what_is_granted(place: Place) -> None:
    for name, documents in (("the-admin", 19), ("the-curator", 17)):
        one = entered(place.server, name)
        assert len(one.http.get("/api/documents").json()) == documents
        _, listed = one.fill(["en"], "documents", "timeline")
        # Nor is told what became of the files there that are no documents.
        assert ("empty-vault.txt" in listed) == ("vault.md" in listed) == (documents == 19)
        one.http.close()


def test_what_is_granted_and_withdrawn_holds_from_the_next_request_on(place: Place) -> None:
    tables = open_beside(place.server.store, "accounts")
    assert tables is not None
    one = entered(place.server, "the-reader")
    folder = str(place.folder)

    def documents() -> int:
        return len(one.http.get("/api/documents").json())

    def reopened(session: str) -> str:
        one.event("search", "change", ["", "", ""], reader=session)
        return one.event("history", "input", ["", "of-then", "ko"], reader=session)

    with closing(tables):
        collections = Collections(tables)
        collections.grant(folder, "the-reader")
        assert documents() == 19
        assert "41739" in one.http.post("/api/ask", json={"question": QUESTIONS[0]}).text
        # One that lies within another is seen by who may see both.
        collections.close(f"{folder}/vault-plan.pdf")
        assert documents() == 18
        collections.open(f"{folder}/vault-plan.pdf")
        # An answer of then stays as it was said; what it cites opens no more.
        known = {account.name: account for account in Accounts(tables, Passwords()).all()}
        old = answer("두루마리는?", "두루마리는 많다. [1]")
        cited = replace(
            old.citations[0],
            passage=replace(old.citations[0].passage, path=place.paths[0], title="금고지기"),
        )
        kept = replace(old, citations=(cited,), sentences=())
        whose = known["the-reader"].reader
        History(place.server.store / FILE).keep(whose, "of-then", [kept])
        assert "금고지기" in reopened("before")
        collections.withdraw(folder, "the-reader")
        assert documents() == 17
        opened = reopened("after")
        assert "두루마리는 많다" in opened and "금고지기" not in opened
    one.http.close()


def test_an_upload_goes_where_its_reader_sees(place: Place) -> None:
    tables = open_beside(place.server.store, "accounts")
    assert tables is not None
    uploads = place.server.store / "uploads"
    one = entered(place.server, "the-curator")
    with closing(tables):
        collections = Collections(tables)
        collections.close(str(uploads))
        said = one.upload(("몰래.txt", "몰래 올린 글이다.".encode()))
        assert STRINGS["en"].not_allowed in said and not uploads.exists()
        collections.grant(str(uploads), "the-curator")
        assert "제 글.txt: added" in one.upload(("제 글.txt", "제가 올린 글이다.".encode()))
        # A copy of what is not seen is passed over, without a word of where that lies.
        assert "vault" not in one.upload(("사본.md", TEXT.encode()))
        assert "vault" not in one.fill(["en"], "documents", "timeline")[1]
        collections.open(str(uploads))
    one.http.close()


def test_folders_are_closed_and_opened_on_the_command_line(place: Place) -> None:
    store = ("--store", place.server.store)
    listed = run("collections", "list", "--json", *store)
    assert json.loads(listed.stdout) == [
        {"folder": str(place.folder), "readers": ["other"], "groups": []}
    ]
    for command, told in (
        (("grant", place.folder, "nobody"), "there is no account nobody"),
        (("withdraw", place.folder, "the-reader"), "not granted to the-reader"),
        (("open", "/nowhere"), "/nowhere is not closed"),
    ):
        done = run("collections", *command, *store)
        assert done.returncode == 1
        (line,) = done.stderr.strip().splitlines()
        assert told in line
    for names in ((), ("other", "--group", "board")):
        assert run("collections", "grant", place.folder, *names, *store).returncode == 2
    board = ("--group", "board", *store)
    granted = run("collections", "grant", place.folder, *board)
    assert granted.returncode == 0 and "nobody has logged in who is in board" in granted.stderr
    assert "other, group board" in run("collections", "list", *store).stdout
    assert run("collections", "withdraw", place.folder, *board).returncode == 0
    assert "not granted to the group board" in run(
        "collections", "withdraw", place.folder, *board
    ).stderr  # fmt: skip
    link = place.folder.parent / "link"
    link.symlink_to(place.folder)
    closed = run("collections", "close", link, *store)
    assert closed.returncode == 0 and str(place.folder) in closed.stdout, "by another name"
    early = run("collections", "close", place.folder.parent / "later", *store)
    assert "no document lies there yet" in early.stderr
    assert run("collections", "open", place.folder.parent / "later", *store).returncode == 0
    lines = json.loads(run("accounts", "audit", "--json", *store).stdout)
    done_here = {(one["who"], one["action"], one["detail"]) for one in lines}
    assert ("command line", "folder granted", f"{place.folder} other") in done_here
    assert ("command line", "folder opened", f"{place.folder.parent}/later") in done_here
