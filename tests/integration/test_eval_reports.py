"""Reports, ablations, robustness sets and drafts, by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geungeo.evals.comparing import contains
from geungeo.evals.desk import Desk
from geungeo.evals.gold import GoldCase, read_gold, write_gold
from geungeo.evals.intervals import interval
from geungeo.evals.kept_runs import KeptRuns
from geungeo.evals.robustness import variants
from geungeo.rag.assembly import make_pipeline
from geungeo.rag.settings import Settings
from geungeo.ui.cli.main import app
from geungeo.vectorstore import Store
from tests.conftest import ROOT, SAMPLE
from tests.scripted_model import saying

run = CliRunner().invoke

CASES = (
    GoldCase(
        id="1", lang="ko", kind="number", question="이좡의 자율주행 버스는 몇 대가 다니나요?",
        answers=("18대",), evidence=("이좡의 자율주행 버스는 노선 3개에 18대가 다니고 있음.",),
    ),
    GoldCase(
        id="2", lang="ko", kind="out of topic", answerable=False,
        question="양자컴퓨터 큐비트 오류 정정 방법은 무엇인가?",
    ),
    GoldCase(
        id="3", lang="en", kind="date", question="When was the BESETO theatre festival first held?",
        answers=("1995",), evidence=("베세토 연극제",),
    ),
)  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    file = tmp_path / "gold.jsonl"
    write_gold(file, CASES)
    return file


def test_a_run_becomes_a_page(sample_store: Store, gold: Path, tmp_path: Path) -> None:
    page, runs = tmp_path / "report.html", tmp_path / "runs"
    command = ["eval", "answers", str(gold), "--store", str(sample_store.folder)]
    done = run(app, [*command, "--record", str(runs), "--report", str(page)])
    assert done.exit_code == 0, done.output
    html = page.read_text(encoding="utf-8")
    assert html.count("<svg") == 5
    assert "When was the BESETO theatre festival first held?" in html, "the failure, to be opened"
    assert "이좡의 자율주행 버스는" not in html
    (recorded,) = runs.iterdir()
    markdown = tmp_path / "report.md"
    run(app, ["eval", "report", str(recorded), str(recorded), "--out", str(markdown)])
    lines = markdown.read_text(encoding="utf-8").splitlines()
    assert "| | ko | en | all |" in lines
    assert any(line.startswith("| accuracy | 1.000 (1.00–1.00) | 0.000") for line in lines)
    assert any("0 better, 0 worse" in line for line in lines)


def test_a_run_of_the_page_is_kept_and_compared_with_the_one_before(
    sample_store: Store, gold: Path, tmp_path: Path
) -> None:
    settings = Settings(gold=gold.parent)
    chain = make_pipeline(sample_store, settings)

    def desk() -> Desk:
        return Desk(chain, settings, KeptRuns(tmp_path), SAMPLE / "questions.jsonl")

    assert desk().report() == ""
    assert "0 better" not in desk().measure(gold.name, lambda *_: None)
    assert "0 better" in desk().measure(gold.name, lambda *_: None)
    assert "0 better" in desk().report()
    with pytest.raises(ValueError, match="GEUNGEO_GOLD"):
        desk().measure("other.jsonl", lambda *_: None)


def test_text_of_answers_is_no_html(sample_store: Store, tmp_path: Path) -> None:
    file, page = tmp_path / "gold.jsonl", tmp_path / "report.html"
    question = "<script>alert(1)</script> 화성의 인구는?"
    write_gold(file, [GoldCase(id="1", lang="ko", question=question, answers=("x",))])
    store = str(sample_store.folder)
    run(app, ["eval", "answers", str(file), "--store", store, "--report", str(page)])
    html = page.read_text(encoding="utf-8")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_each_part_is_worth_something(sample_store: Store, gold: Path) -> None:
    command = ["eval", "answers", str(gold), "--store", str(sample_store.folder), "--json"]
    result = json.loads(run(app, [*command, "--ablate"]).stdout)
    ablation = result["ablation"]
    assert {"whole", "no gate", "no second stage", "stock recipe", "BM25 alone"} <= set(ablation)
    assert ablation["whole"]["all"]["accuracy"] == result["all"]["accuracy"]
    assert ablation["whole"]["all"]["unanswerable_refused"] == 1.0
    assert ablation["no gate"]["all"]["unanswerable_refused"] == 0.0
    assert ablation["stock recipe"]["all"]["unanswerable_refused"] == 0.0


def test_a_model_gives_a_second_opinion(sample_store: Store, gold: Path) -> None:
    command = ["eval", "answers", str(gold), "--store", str(sample_store.folder), "--json"]
    with saying("No.") as model:
        settings = {"GEUNGEO_ENDPOINT": model.base_url, "GEUNGEO_MODEL": "m"}
        done = run(app, [*command, "--judge", "openai"], env=settings)
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)["all"]
    assert figures["citations_supporting"] == 1.0
    assert figures["citations_approved"] == 0.0


def test_questions_as_people_type_them(sample_store: Store, gold: Path) -> None:
    command = ["eval", "robustness", str(gold), "--store", str(sample_store.folder), "--json"]
    result = json.loads(run(app, command).stdout)
    assert result["no spaces"]["questions"] == 1
    assert result["greeting"]["clean"] == 0.5, "one of two is wrong as it stands"


def test_changed_questions_mean_the_same() -> None:
    changed = {case.id: case.question for case in variants(CASES)}
    assert changed == {case.id: case.question for case in variants(CASES)}
    assert changed["1~no spaces"] == "이좡의자율주행버스는몇대가다니나요?"
    assert changed["1~informal"] == "이좡의 자율주행 버스는 몇 대가 다니냐?"
    assert changed["1~typo"] != CASES[0].question
    assert not any(identifier.startswith("2~") for identifier in changed), "it has no answer"


def test_drafts_are_sound_and_new(sample_store: Store, tmp_path: Path) -> None:
    out = tmp_path / "drafts.jsonl"
    command = ["eval", "draft", "--store", str(sample_store.folder), "--out", str(out)]
    done = run(app, [*command, "--beside", str(SAMPLE / "questions.jsonl")])
    assert done.exit_code == 0, done.output
    drafts = read_gold(out)
    assert len(drafts) > 10
    known = {line for case in read_gold(SAMPLE / "questions.jsonl") for line in case.evidence}
    for case in drafts:
        assert known.isdisjoint(case.evidence)
        assert case.answers[0] in case.evidence[0]


def test_a_model_drafts_only_what_stands_there(sample_store: Store, tmp_path: Path) -> None:
    out = tmp_path / "drafts.jsonl"
    command = ["eval", "draft", "--store", str(sample_store.folder), "--out", str(out)]
    for answer, is_kept in (("18대", True), ("9999대", False)):
        with saying(f"Q: 자율주행 버스는 몇 대인가요?\nA: {answer}") as model:
            settings = {"GEUNGEO_ENDPOINT": model.base_url, "GEUNGEO_MODEL": "m"}
            done = run(app, [*command, "--answerer", "openai", "--most", "200"], env=settings)
        assert done.exit_code == 0, done.output
        assert any(case.answers == (answer,) for case in read_gold(out)) == is_kept


def test_the_schema_file_is_that_of_the_cases() -> None:
    file = ROOT / "evals" / "gold.schema.json"
    assert run(app, ["eval", "schema"]).stdout == file.read_text(encoding="utf-8")


def test_values_count_however_they_are_written() -> None:
    assert contains("행사는 24. 7. 30.이 아니라 2024년 7월 30일에 열렸다. [1]", ["July 30, 2024"])
    assert contains("about 1,200 people came", ["1200명"])
    assert not contains("2023년 7월 30일", ["July 30, 2024"])
    assert not contains("1,200 won", ["1200명"])


def test_intervals_narrow_with_the_number_of_questions() -> None:
    assert interval([]) is None
    few, many = interval([1.0, 0.0] * 5), interval([1.0, 0.0] * 500)
    assert few is not None
    assert many is not None
    assert few[0] < many[0] < 0.5 < many[1] < few[1]
