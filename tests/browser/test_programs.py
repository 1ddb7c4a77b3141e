"""The same server for programs: REST, and what the documentation shows."""

from __future__ import annotations

import re
import shlex

import httpx
import pytest

from tests.conftest import ROOT

BUSES = "이좡의 자율주행 버스는 몇 대가 다니나요?"
DOCUMENTED = re.findall(
    r"^curl .*?(?<!\\)$",
    (ROOT / "docs" / "programs.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


def test_the_rest_interface_answers_beside_the_page(address: str) -> None:
    answer = httpx.post(f"{address}/api/ask", json={"question": BUSES}, timeout=120).json()
    assert "18대" in answer["answer"]
    assert answer["citations"][0]["document"] == "02_trip_report_2024.txt"
    narrowed = {"question": BUSES, "types": ["blog"]}
    assert httpx.post(f"{address}/api/ask", json=narrowed, timeout=120).json()["refused"]
    assert "/v1/chat/completions" in httpx.get(f"{address}/api/openapi.json").json()["paths"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"since": "작년"}, "'작년' is no date"),
        ({"until": "2024-13"}, "'2024-13' is no date"),
        ({"languages": ["kr"]}, "'ko', 'zh' or 'en'"),
        ({"question": ""}, "at least 1 character"),
    ],
)
def test_what_is_wrong_is_refused_with_a_reason(
    address: str, wrong: dict[str, object], reason: str
) -> None:
    refused = httpx.post(f"{address}/api/ask", json={"question": BUSES, **wrong})
    assert refused.status_code == 422
    assert reason in refused.json()["detail"][0]["msg"]


def test_documents_are_listed_and_read(address: str) -> None:
    listed = httpx.get(f"{address}/api/documents").json()
    trip = next(one for one in listed if one["document"] == "02_trip_report_2024.txt")
    assert (trip["type"], trip["code"]) == ("trip report", "HUI-2024-07")
    text = httpx.get(f"{address}/api/documents/{trip['id']}/text")
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert "18대가 다니고 있음" in text.text
    assert httpx.get(f"{address}/api/documents/nothing/text").status_code == 404


def test_only_indexed_files_are_drawn_and_read(address: str) -> None:
    outside = httpx.get(f"{address}/pages", params={"path": "/etc/passwd", "page": 1})
    assert outside.status_code == 404
    about = {"path": "/etc/passwd", "at": "0", "side": "from"}
    assert httpx.get(f"{address}/passages", params=about).status_code == 404


@pytest.mark.parametrize("command", DOCUMENTED)
def test_what_the_documentation_shows_is_answered(address: str, command: str) -> None:
    words = shlex.split(command.replace("\\\n", " "))[1:]
    headers, body, url = {}, None, ""
    while words:
        word = words.pop(0)
        if word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = words.pop(0)
        elif not word.startswith("-"):
            url = word.replace("http://127.0.0.1:7860", address)
    method = "POST" if body else "GET"
    answer = httpx.request(method, url, headers=headers, content=body, timeout=120)
    assert answer.status_code == 200, answer.text
    assert '"error":{' not in answer.text.replace(": ", ":")


def test_the_documentation_shows_every_door(address: str) -> None:
    shown = "\n".join(DOCUMENTED)
    assert "/mcp" in shown
    for path in httpx.get(f"{address}/api/openapi.json").json()["paths"]:
        assert path.partition("{")[0] in shown
