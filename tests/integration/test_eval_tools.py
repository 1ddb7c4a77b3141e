"""Checking gold sets, recording runs and comparing them, by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geungeo.evals.gold import GoldCase
from geungeo.evals.kept_runs import KeptRuns
from geungeo.evals.runs import RunError, changes, read_run, sign_test
from geungeo.ui.cli.main import app
from geungeo.vectorstore import Store
from tests.conftest import SAMPLE
from tests.contract.test_runs import run as made

run = CliRunner().invoke


def gold_file(folder: Path, *cases: dict[str, object]) -> Path:
    file = folder / "gold.jsonl"
    file.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    return file


def test_the_sample_set_is_sound() -> None:
    result = run(app, ["eval", "check", str(SAMPLE / "questions.jsonl")])
    assert result.exit_code == 0, result.output
    assert "174 questions" in result.output


def test_what_is_wrong_with_a_set_is_named(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text("예산은 12억 원이다.", encoding="utf-8")
    case = {"id": "1", "lang": "ko", "question": "예산은?", "answers": ["12억"]}
    grounded = {"documents": ["a.txt"], "evidence": ["예산은 13억 원이다."]}
    lost = {"documents": ["b.txt"], "evidence": ["x"]}
    file = gold_file(
        tmp_path,
        {**case, **grounded},
        {**case, **lost},
        {"id": "2", "lang": "ko", "question": "왜?", "answerable": False, "answers": ["x"]},
    )
    result = run(app, ["eval", "check", str(file)])
    assert result.exit_code == 1
    for problem in (
        "no document of it has the evidence “예산은 13억 원이다.”",
        "there is no document b.txt",
        "the id “1” stands there 2 times",
        "the question “예산은?” stands there 2 times",
        "2: it has answers and is not answerable",
    ):
        assert problem in result.output


def test_runs_are_recorded_and_compared(sample_store: Store, tmp_path: Path) -> None:
    case = GoldCase(
        id="1", lang="ko", question="베세토 연극제는 언제 처음 열렸나요?", answers=("1994",)
    )
    file = gold_file(tmp_path, case.model_dump())
    command = ["eval", "answers", str(file), "--store", str(sample_store.folder)]
    files: list[Path] = []
    for gate in ("0.3", "1"):
        folder = tmp_path / gate
        done = run(app, [*command, "--record", str(folder)], env={"GEUNGEO_GATE": gate})
        assert done.exit_code == 0, done.output
        files += folder.iterdir()
    before, after = map(read_run, files)
    assert before.figures["all"]["accuracy"] == 1.0
    assert before.settings["gate"] == "0.3"
    better, worse = changes(before, after)
    assert (len(better), len(worse)) == (0, 1)
    shown = run(app, ["eval", "compare", *map(str, files)])
    assert "1 worse" in shown.output
    assert "이 문서들에서는" in shown.output


def test_runs_that_a_store_keeps_are_written_as_files_again(
    sample_store: Store, tmp_path: Path
) -> None:
    kept = [made(1, "gold.jsonl"), made(2, "other.jsonl")]
    KeptRuns.of(sample_store).keep(kept)
    command = ["eval", "runs", "--store", str(sample_store.folder), "--out", str(tmp_path)]
    done = run(app, [*command, "--json"])
    assert done.exit_code == 0, done.output
    assert [row["gold"] for row in json.loads(done.stdout)["runs"]] == ["gold.jsonl", "other.jsonl"]
    assert [read_run(file) for file in sorted(tmp_path.glob("*.json"))] == kept


def test_a_gate_that_falls_ends_with_1(sample_store: Store, tmp_path: Path) -> None:
    hopeless = "양자컴퓨터 큐비트 오류 정정 방법은 무엇인가?"
    file = gold_file(tmp_path, {"id": "1", "lang": "ko", "question": hopeless, "answerable": False})
    gate = tmp_path / "gate.toml"
    gate.write_text("[all]\nunanswerable_refused = { most = 0.5 }\n", encoding="utf-8")
    command = ["eval", "answers", str(file), "--store", str(sample_store.folder), "--gate"]
    result = run(app, [*command, str(gate)])
    assert result.exit_code == 1
    assert "all unanswerable_refused: 1.0 is more than 0.5" in result.output
    gate.write_text("[all]\naccuracy = { lest = 0.5 }\n", encoding="utf-8")
    assert "accuracy.lest" in run(app, [*command, str(gate)]).output


def test_what_is_no_run_is_named(tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(RunError, match=r"run\.json"):
        read_run(file)


def test_the_sign_test() -> None:
    assert sign_test(0, 0) == 1.0
    assert sign_test(10, 0) == pytest.approx(2 * 0.5**10)
