"""Opinions of readers, and what the evals make of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from typer.testing import CliRunner

from geungeo.evals.gold import read_gold
from geungeo.rag.chain import AnswerChain
from geungeo.rag.feedback import FILE, Feedback, Remark
from geungeo.ui.cli.main import app
from geungeo.vectorstore import Store


def test_remarks_are_kept_in_order(sample_chain: AnswerChain, tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / FILE)
    assert feedback.remarks() == []
    answer = sample_chain.invoke("이좡의 자율주행 버스는 몇 대가 다니나요?")
    feedback.add(Remark.of(answer, True))
    feedback.add(Remark.of(answer, False, " 다른 문서입니다 ", citation=1))
    whole, single = Feedback(tmp_path / FILE).remarks()
    assert whole.is_good
    assert len(whole.quotes) == len(answer.citations)
    assert (single.is_good, single.comment, single.citation) == (False, "다른 문서입니다", 1)
    assert single.quotes == ((answer.citations[0].passage.document, answer.citations[0].quote),)


def test_remarks_become_drafts(
    sample_store: Store, sample_chain: AnswerChain, tmp_path: Path
) -> None:
    folder, out = tmp_path / "store", tmp_path / "drafts.jsonl"
    shutil.copytree(sample_store.folder, folder)
    answer = sample_chain.invoke("이좡의 자율주행 버스는 몇 대가 다니나요?")
    feedback = Feedback(folder / FILE)
    feedback.add(Remark.of(answer, True))
    feedback.add(Remark.of(answer, False, "최신 수치가 아님"))
    done = CliRunner().invoke(app, ["eval", "draft", "--store", str(folder), "--out", str(out)])
    assert done.exit_code == 0, done.output
    good, bad = read_gold(out)[:2]
    assert "18대" in good.answers[0]
    assert good.evidence[0] == answer.citations[0].quote
    assert bad.kind == "found bad: 최신 수치가 아님"
    assert bad.answers == ()
