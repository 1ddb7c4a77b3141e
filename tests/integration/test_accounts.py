"""Who may do what on a running server with accounts, tried over a real socket."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from geungeo.ui.accounts.accounts import Accounts
from geungeo.ui.accounts.passwords import Passwords
from geungeo.ui.accounts.records import ROLES
from geungeo.ui.history import FILE, History
from geungeo.ui.strings import STRINGS
from geungeo.vectorstore import Store, begin_beside, open_beside
from tests.conftest import ROOT
from tests.contract.test_history import answer
from tests.integration.test_security import QUESTION, Server, chat

PASSWORD = "passwort fuer alle"
EVERYWHERE = ("--host", "0.0.0.0")
HTML = {"accept": "text/html"}
MCP = {"accept": "application/json, text/event-stream"}
NOT_ALLOWED = STRINGS["en"].not_allowed
REFUSED = '"success": false'
TEXT = "나루터의 배는 다섯 척이다.".encode()


def make_accounts(store: Path) -> dict[str, str]:
    """An account for each role and another reader; returns what their conversations are found
    by."""
    begin_beside(store, "accounts")
    tables = open_beside(store, "accounts")
    assert tables is not None
    with closing(tables):
        accounts = Accounts(tables, Passwords())
        made = [accounts.add(f"the-{role}", role, PASSWORD) for role in ROLES]
        made.append(accounts.add("other", "reader", PASSWORD))
    return {one.name: one.reader for one in made}


def told(*command: str | Path) -> str:
    """What ``geungeo accounts`` prints."""
    return subprocess.run(
        [sys.executable, "-m", "geungeo", "accounts", *command], cwd=ROOT, text=True,
        capture_output=True, check=True,
    ).stdout.strip()  # fmt: skip


def started(sample: Store, folder: Path, *options: str, **environment: str) -> Server:
    """A server over a copy of the sample, with accounts."""
    shutil.copytree(sample.folder, folder / "store")
    make_accounts(folder / "store")
    return Server(folder / "store", *options, **environment)


@pytest.fixture(scope="module")
def server(sample_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = started(sample_store, tmp_path_factory.mktemp("guarded"), *EVERYWHERE)
    yield server
    server.close()


def stranger(server: Server, address: str = "127.0.0.1") -> httpx.Client:
    """A client that comes from an address of its own."""
    at = httpx.HTTPTransport(local_address=address)
    return httpx.Client(base_url=server.http.base_url, timeout=90, transport=at)


def log_in(http: httpx.Client, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return http.post("/login", data={"name": name, "password": password, **more})


def entered(server: Server, name: str) -> Server:
    """The server as who has logged in sees it."""
    own = copy.copy(server)
    own.http = stranger(server)
    assert log_in(own.http, name).status_code == 303
    return own


@pytest.fixture(scope="module")
def by_role(server: Server) -> Iterator[dict[str, Server]]:
    entered_as: dict[str, Server] = {role: entered(server, f"the-{role}") for role in ROLES}
    yield entered_as
    for one in entered_as.values():
        one.http.close()


def test_another_address_asks_for_accounts(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "geungeo", "chat", *EVERYWHERE, "--port", "0",
         "--store", tmp_path],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert "geungeo accounts add" in line and "--open" in line


def test_an_open_server_asks_for_nobody(sample_store: Store, tmp_path: Path) -> None:
    server = started(sample_store, tmp_path, *EVERYWHERE, GEUNGEO_OPEN="true")
    try:
        assert server.http.get("/api/documents").status_code == 200
        assert server.http.get("/login").status_code in (404, 405)
        session, said = server.fill(["en"], "documents", "timeline")
        assert session and '"success": true' in said
        assert "log-out" not in server.event("language", "input", ["en"])
    finally:
        server.close()


def test_nothing_is_told_without_an_account(server: Server) -> None:
    for path in (
        "/", "/config", "/api/docs", "/api/openapi.json", "/api/documents", "/v1/models", "/pages",
        "/gradio_api/info", "/gradio_api/queue/data?session_hash=a", "/gradio_api/file=/etc/passwd",
        "/theme.css", "/nowhere", "//config", "/healthz/", "/login/", "/logout", "/mcp",
    ):  # fmt: skip
        refused = server.http.get(path)
        assert refused.status_code == 401, path
        assert refused.headers["www-authenticate"] == "Bearer"
        assert "frame-ancestors" in refused.headers["content-security-policy"]
    for path in (
        "/api/ask", "/v1/chat/completions", "/v1/responses", "/mcp", "/gradio_api/upload",
        "/gradio_api/queue/join", "/gradio_api/run/predict", "/gradio_api/call/predict",
    ):  # fmt: skip
        for headers in ({}, {"authorization": "Bearer none"}, {"cookie": "geungeo-session=none"}):
            asked = server.http.post(path, json={"question": QUESTION}, headers=headers)
            assert asked.status_code == 401, path
            assert "이좡" not in asked.text
    sent = server.http.get("/?c=abc", headers=HTML)
    assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=%2F%3Fc%3Dabc")
    for path in ("/healthz", "/metrics", "/login"):
        assert server.http.get(path).status_code == 200


def test_a_role_is_asked_wherever_one_acts(by_role: dict[str, Server]) -> None:
    reader, curator, admin = (by_role[role] for role in ROLES)
    uploads = reader.store / "uploads"
    files = [("files", ("나루터.txt", TEXT))]
    assert reader.http.post("/gradio_api/upload", files=files).status_code == 403
    assert "나루터.txt: added" in curator.upload(("나루터.txt", TEXT))
    path = str(uploads / "나루터.txt")
    # What a curator uploaded is no way for a reader either.
    (given,) = curator.http.post("/gradio_api/upload", files=files).json()
    file = [{"path": given, "orig_name": "b.txt", "meta": {"_type": "gradio.FileData"}}]
    opened = {
        one.http: one.event("document", "click", ["", "en"], {"document": path}, role)
        for role, one in by_role.items()
    }
    assert all("나루터의 배" in said for said in opened.values())
    assert '"visible": true' not in opened[reader.http] and "<form>" not in opened[reader.http]
    assert '"visible": true' in opened[curator.http] and "<form>" in opened[curator.http]
    wished = {"wished": {"title": "다른 이름"}}
    for element, kind, data, about in (
        ("upload", "upload", [file, "en"], None), ("add", "upload", [file, "en"], None),
        ("document", "submit", [path, "", "en"], wished),
        ("document", "undo", [path, "", "en"], None),
        ("remove-document", "click", [path, "en"], None),
    ):  # fmt: skip
        said = reader.event(element, kind, data, about, "reader")
        assert REFUSED in said and NOT_ALLOWED in said, element
    assert [one.name for one in uploads.iterdir()] == ["나루터.txt"]
    for one in (reader, curator):
        ran = one.event("run-evals", "click", [None, "en"])
        _, looked = one.fill(["en"], "gold", "report")
        for said in (ran, looked):
            assert REFUSED in said and NOT_ALLOWED in said
    _, looked = admin.fill(["en"], "gold", "report")
    assert "questions" in looked and '"success": true' in looked
    assert REFUSED not in curator.event("document", "submit", [path, "", "en"], wished, "curator")
    assert "다른 이름" in curator.http.get("/api/documents").text
    curator.event("remove-document", "click", [path, "en"], reader="curator")
    assert not Path(path).exists()


def test_a_page_shows_what_its_reader_may_do(by_role: dict[str, Server]) -> None:
    said = {role: one.event("language", "input", ["en"]) for role, one in by_role.items()}
    folder = str(by_role["admin"].store)
    assert folder in said["admin"]
    assert folder not in said["reader"] + said["curator"]
    for role, one in by_role.items():
        assert f"the-{role}" in said[role]
        config = one.http.get("/config").text
        assert folder not in config
    shown = {role: text.count('"visible": true') for role, text in said.items()}
    hidden = {role: text.count('"visible": false') for role, text in said.items()}
    assert shown == {"reader": 0, "curator": 4, "admin": 6}
    assert hidden == {"reader": 6, "curator": 2, "admin": 0}


def test_programs_show_keys(server: Server) -> None:
    def headers(key: str) -> dict[str, str]:
        return {"authorization": f"Bearer {key}"}

    key = told("key", "the-reader", "--store", server.store)
    with stranger(server) as http:
        asked = http.post("/api/ask", json={"question": QUESTION}, headers=headers(key))
        assert asked.status_code == 200 and asked.json()["citations"]
        spoken = http.post("/v1/chat/completions", json=chat(QUESTION), headers=headers(key))
        assert spoken.json()["choices"][0]["message"]["content"]
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        assert http.post("/mcp", json=call, headers=MCP).status_code == 401
        listed = http.post("/mcp", json=call, headers={**MCP, **headers(key)})
        assert "list_documents" in listed.text
        call |= {"method": "tools/call", "params": {"name": "ask", "arguments": {}}}
        call["params"]["arguments"]["question"] = QUESTION  # type: ignore[index]
        assert http.post("/mcp", json=call, headers={**MCP, **headers(key)}).status_code == 200
        files = [("files", ("나루터.txt", TEXT))]
        sent = http.post("/gradio_api/upload", files=files, headers=headers(key))
        assert sent.status_code == 403, "a reader's key is a reader's"
        told("revoke", key.split("_")[1], "--store", server.store)
        refused = http.post("/v1/chat/completions", json=chat(QUESTION), headers=headers(key))
        assert refused.status_code == 401
        assert refused.json()["error"]["type"] == "invalid_request_error"


def test_a_login_is_its_browsers_alone(server: Server) -> None:
    with stranger(server) as http:
        # What somebody else has put there before is not taken.
        http.cookies.set("geungeo-session", "planted")
        let_in = log_in(http, "the-reader", next="/?c=abc")
        assert (let_in.status_code, let_in.headers["location"]) == (303, "/?c=abc")
        cookie = let_in.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=lax" in cookie and "planted" not in cookie
        assert "secure" not in cookie
        first = http.cookies.get("geungeo-session", domain="127.0.0.1")
        shown = http.get("/", headers=HTML)
        assert (shown.status_code, shown.headers["cache-control"]) == (200, "no-store")
        log_in(http, "the-reader")
        old = http.get("/config", headers={"cookie": f"geungeo-session={first}"})
        assert old.status_code == 401, "a login takes the place of the one before"
    with stranger(server) as http:
        sent = log_in(http, "the-reader")
        token = sent.cookies["geungeo-session"]
        left = http.post("/logout")
        assert (left.status_code, left.headers["location"]) == (303, "/login")
        again = http.get("/config", headers={"cookie": f"geungeo-session={token}"})
        assert again.status_code == 401
    with stranger(server) as http:
        behind = http.post(
            "/login", data={"name": "the-reader", "password": PASSWORD},
            headers={"x-forwarded-proto": "https"},
        )  # fmt: skip
        cookie = behind.headers["set-cookie"]
        assert cookie.startswith("__Host-geungeo=") and "Secure" in cookie
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"):
        with stranger(server, "127.0.0.7") as http:
            assert log_in(http, "the-reader", next=elsewhere).headers["location"] == "/"


def test_a_stranger_learns_no_name(server: Server) -> None:
    with stranger(server, "127.0.0.8") as http:
        wrong = log_in(http, "the-admin", "wrong password")
        unknown = log_in(http, "nobody-here", "wrong password")
        assert wrong.status_code == unknown.status_code == 401
        assert wrong.text.replace("the-admin", "") == unknown.text.replace("nobody-here", "")
        assert wrong.headers.get("set-cookie") is unknown.headers.get("set-cookie") is None
        crossed = http.post(
            "/login", data={"name": "the-reader", "password": PASSWORD},
            headers={"origin": "https://evil.example"},
        )  # fmt: skip
        assert crossed.status_code == 403
        hidden = log_in(http, '"><script>alert(1)</script>', "x")
        assert "<script" not in hidden.text


def test_who_guesses_waits(server: Server) -> None:
    with stranger(server, "127.0.0.9") as http:
        said = [log_in(http, "other", "guess").status_code for _ in range(40)]
        assert said[:20] == [401] * 20 and 429 in said
        assert int(log_in(http, "other").headers["retry-after"]) > 0, "even with the right one"
        keys = http.get("/api/documents", headers={"authorization": "Bearer none"})
        assert keys.status_code == 429
    with stranger(server, "127.0.0.10") as http:
        assert log_in(http, "the-reader").status_code == 303, "others do not wait for it"


def test_the_page_of_the_login_speaks_three_languages_and_needs_nothing(server: Server) -> None:
    for language, words in (("ko", "비밀번호"), ("zh", "密码"), ("en", "Password")):
        page = server.http.get("/login", params={"lang": language, "next": "/?q=<b>"})
        assert words in page.text and f'lang="{language}"' in page.text
        assert "<script" not in page.text and "http" not in page.text
        assert "<b>" not in page.text
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script" not in policy
    spoken = server.http.get("/login", headers={"accept-language": "zh-CN,zh;q=0.9"})
    assert "密码" in spoken.text


def test_conversations_belong_to_the_account(server: Server, by_role: dict[str, Server]) -> None:
    tables = open_beside(server.store, "accounts")
    assert tables is not None
    with closing(tables):
        known = {one.name: one.reader for one in Accounts(tables, Passwords()).all()}
    own = known["the-reader"]
    asked = "나루터의 배는 몇 척?"
    History(server.store / FILE).keep(own, "their-own", [answer(asked, "다섯 척. [1]")])
    elsewhere = entered(server, "the-reader")
    other = entered(server, "other")

    def opened(by: Server, claimed: str) -> str:
        listed = by.event("search", "change", [claimed, "", ""])
        return listed + by.event("history", "input", [claimed, "their-own", "ko"])

    for by in (by_role["reader"], elsewhere):
        assert asked in opened(by, "what the browser says")
    for by in (other, by_role["admin"]):
        for claimed in (own, "the-reader", ""):
            assert asked not in opened(by, claimed)
    other.event("search", "change", [own, "", ""])
    assert History(server.store / FILE).turns(own, "their-own")
    for one in (elsewhere, other):
        one.http.close()


def test_who_did_what_is_written_down(server: Server, by_role: dict[str, Server]) -> None:
    by_role["reader"].http.post("/api/ask", json={"question": QUESTION})
    lines: list[dict[str, Any]] = json.loads(
        told("audit", "--most", "1000", "--json", "--store", server.store)
    )
    done = {(one["who"], one["action"], one["detail"]) for one in lines}
    assert done >= {
        ("the-reader", "logged in", ""),
        ("the-reader", "logged out", ""),
        ("the-reader", "asked", "api"),
        ("the-reader", "asked", "openai"),
        ("the-reader", "asked", "mcp"),
        ("the-admin", "login failed", ""),
        ("", "login failed", ""),
        ("", "key refused", "/api/ask"),
        ("the-curator", "uploaded", "나루터.txt"),
        ("the-curator", "corrected", "나루터.txt"),
        ("the-curator", "deleted", "나루터.txt"),
        ("command line", "key made", "the-reader"),
    }
    assert sum(one["detail"] == "mcp" for one in lines) == 1, "a list is no question"
    assert "이좡" not in json.dumps(lines, ensure_ascii=False)
    assert {one["address"] for one in lines if one["who"] == "the-reader"} >= {"127.0.0.1"}
