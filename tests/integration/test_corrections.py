"""What is corrected of a document, through an ingest, a question and the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geungeo.ingest import Ledger, ingest
from geungeo.rag.assembly import make_chain
from geungeo.rag.question.conversation import Asked
from geungeo.rag.settings import Settings
from geungeo.ui.cli.main import app
from geungeo.ui.corrections import CorrectionError, correct
from geungeo.ui.server.documents import described
from geungeo.vectorstore import Correction, Filter, Store
from tests.asking import search
from tests.browser.test_mcp_client import called
from tests.integration.test_security import chat, serve

WISHED = {"title": "나루터  대장", "date": "2019-05", "type": "보도자료", "organisation": "항만청"}
SHOWN = {
    "title": "나루터 대장", "date": "2019-05", "type": "press release", "organisation": "항만청",
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path, store: Store, ledger: Ledger) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    made = folder / "나루.txt"
    made.write_text("배 이야기\n\n나루터의 배는 모두 다섯 척이다.", encoding="utf-8")
    other = "등대 이야기\n\n2021. 3. 2.\n\n등대의 등불은 열두 개이다."
    (folder / "등대.txt").write_text(other, encoding="utf-8")
    assert not ingest([folder], store, ledger).failed
    return made


def told(store: Store, path: Path) -> dict[str, Any]:
    """What the list of documents says of one, which programs read."""
    (one,) = (one for one in store.documents() if one.path == str(path))
    return {name: described(one)[name] for name in SHOWN}


def test_a_correction_is_told_by_citations_filters_and_lists(store: Store, file: Path) -> None:
    before = told(store, file)
    correct(store, str(file), WISHED)
    assert told(store, file) == SHOWN
    only = Filter(types=("press release",), until="2020", organisations=("항만청",))
    (hit,) = search(store, "나루터의 배는 몇 척인가?", 5, only)
    assert {name: getattr(hit.passage, name) for name in SHOWN} == SHOWN
    chain = make_chain(store, Settings(store=store.folder, reader="none"))
    answer = chain.invoke(Asked("나루터의 배는 모두 몇 척인가?", only=only))
    assert answer.citations[0].passage.title == "나루터 대장"
    listed = chain.invoke("어떤 보도자료가 있나요?")
    assert listed.kind == "collection"
    assert "나루터 대장 (2019-05 · 항만청 · 보도자료)" in listed.answer
    correct(store, str(file), None)
    assert told(store, file) == before
    assert search(store, "나루터의 배는 몇 척인가?", 5, only) == []


def test_it_stays_when_the_file_is_read_again_moved_or_comes_back(
    store: Store, ledger: Ledger, file: Path
) -> None:
    correct(store, str(file), WISHED)
    file.write_text(file.read_text(encoding="utf-8") + "\n\n노도 열 개이다.", encoding="utf-8")
    assert ingest([file.parent], store, ledger).files[0].status == "updated"
    assert told(store, file) == SHOWN
    moved = file.rename(file.with_name("새 나루.txt"))
    ingest([file.parent], store, ledger)
    assert told(store, moved) == SHOWN
    away = moved.rename(file.parent.parent / "away.txt")
    ingest([file.parent], store, ledger)
    assert store.corrections() == {}
    away.rename(moved)
    ingest([file.parent], store, ledger)
    assert told(store, moved) == SHOWN
    moved.unlink()
    ingest([file.parent], store, ledger)
    moved.write_text("아주 다른 글이다.", encoding="utf-8")
    ingest([file.parent], store, ledger)
    assert told(store, moved)["title"] != SHOWN["title"]


def test_what_is_wished_as_it_was_read_is_no_correction(store: Store, file: Path) -> None:
    before = told(store, file)
    correct(store, str(file), {"organisation": "항만청"})
    correct(store, str(file), {"date": "2019"})
    assert store.corrections() == {str(file): Correction(date="2019", organisation="항만청")}
    correct(store, str(file), {**before, "organisation": "", "unheard-of": "x"})
    assert store.corrections() == {}


@pytest.mark.parametrize(
    ("wished", "reason"),
    [
        ({"date": "작년"}, "'작년' is no date; write 2024, 2024-07"),
        ({"date": "2024-13"}, "'2024-13' is no date"),
        ({"title": "  "}, "has to have one"),
        ({"organisation": "가" * 301}, "300 characters"),
    ],
)
def test_what_is_none_is_refused_and_changes_nothing(
    store: Store, file: Path, wished: dict[str, str], reason: str
) -> None:
    before = store.documents()
    with pytest.raises(CorrectionError, match=reason):
        correct(store, str(file), {**WISHED, **wished})
    with pytest.raises(CorrectionError, match="not indexed"):
        correct(store, "/nowhere", WISHED)
    assert store.documents() == before


def test_another_process_sees_it_at_once(store: Store, file: Path) -> None:
    with Store.open(store.folder, store.encoder, store.analyzer, "blocks-400-1") as other:
        seen = other.revision()
        correct(store, str(file), WISHED)
        assert other.revision() != seen
        assert told(other, file) == SHOWN


def test_the_command_line_corrects_and_takes_back(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("GEUNGEO_")]:
        monkeypatch.delenv(name)

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, [*arguments, "--store", str(store.folder)])
        return done.exit_code, done.output

    read = run("correct", "나루.txt", "--json")
    assert json.loads(read[1])["corrected"] == {}
    given = ("--title", "나루터 대장", "--date", "2019-05", "--type", "보도자료")
    code, said = run("correct", "나루.txt", *given, "--organisation", "항만청", "--json")
    assert (code, json.loads(said)["corrected"]) == (0, SHOWN)
    assert "title: 나루터 대장  (read: " in run("correct", str(file))[1]
    (row, _) = json.loads(run("sources", "--json")[1])["indexed"]
    assert (row["title"], row["corrected"]) == (
        "나루터 대장",
        ["title", "date", "organisation", "type"],
    )
    assert "corrected: title, date" in run("sources")[1]
    assert run("correct", "나루.txt", "--as-read") == (0, run("correct", "나루.txt")[1])
    assert json.loads(run("correct", "나루.txt", "--json")[1]) == json.loads(read[1])
    for wrong in (("--date", "작년"), ("--as-read", "--title", "x")):
        assert run("correct", "나루.txt", *wrong)[0] != 0
    assert run("correct", "없음.txt", "--title", "x")[0] == 2


def test_a_document_is_found_by_the_title_that_is_shown_of_it(
    store: Store, ledger: Ledger, tmp_path: Path
) -> None:
    """Of many that say nearly the same, as long as it is corrected."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        said = f"올해 예산은 모두 {number + 100}억 원이다."
        text = f"제{number}호 문서\n\n{said}\n\n{number}쪽을 보라."
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    assert not ingest([folder], store, ledger).failed
    one = folder / "37.txt"
    chain = make_chain(store, Settings(store=store.folder, reader="none"))

    def told() -> set[str]:
        answer = chain.invoke("나루터 대장은 예산에 대해 뭐라고 하나?")
        return {one.passage.title for one in answer.citations} if not answer.refused else set()

    def is_known() -> bool:
        return store.look_up(["나루터"])["나루터"].known

    assert told() == set() and not is_known()
    correct(store, str(one), {"title": "나루터 대장"})
    assert told() == {"나루터 대장"} and is_known()
    one.write_text(one.read_text(encoding="utf-8") + "\n\n끝.", encoding="utf-8")
    assert ingest([one], store, ledger).files[0].status == "updated"
    assert told() == {"나루터 대장"}
    one.rename(tmp_path / "away.txt")
    ingest([folder], store, ledger)
    assert told() == set() and not is_known()
    (tmp_path / "away.txt").rename(one)
    ingest([folder], store, ledger)
    assert told() == {"나루터 대장"}
    correct(store, str(one), None)
    assert told() == set() and not is_known()
    assert search(store, "제37호 문서", 1)[0].passage.path == str(one)


def test_every_door_of_a_server_finds_it_by_that_title(sample_store: Store, tmp_path: Path) -> None:
    server = serve(sample_store, tmp_path)
    title = "Lantern Quarter Dossier"
    file = "04_joint_committee_budget.html"
    question = f"What does the {title} say about the budget?"
    try:
        address = f"http://127.0.0.1:{server.port}"

        def listed() -> Any:
            found = server.http.get("/api/documents", params={"find": "lantern DOSSIER"})
            return found.raise_for_status().json()

        assert listed() == []
        command = ["correct", file, "--title", title, "--store", str(server.store)]
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0, done.output
        assert [(one["document"], one["title"]) for one in listed()] == [(file, title)]
        by_mcp = called(address, "list_documents", find="dossier").structured_content
        assert [one["title"] for one in by_mcp["documents"]] == [title]
        assert by_mcp["total"] == 1
        said = called(address, "ask", question=question).structured_content
        assert not said["refused"] and {one["title"] for one in said["quotes"]} == {title}
        found = called(address, "search", question=question, k=1).structured_content["result"]
        assert found[0]["title"] == title
        asked = server.http.post("/api/ask", json={"question": question}).json()
        assert {one["title"] for one in asked["citations"]} == {title}
        whole = server.http.post("/api/ask", json={"question": f"Summarise the {title}."}).json()
        assert title in whole["answer"]
        assert title in server.http.post("/v1/chat/completions", json=chat(question)).text
        assert title in server.fill(["en"], "documents", "timeline")[1]
    finally:
        server.close()
