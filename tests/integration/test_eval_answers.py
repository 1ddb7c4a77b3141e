import json
from pathlib import Path

import pytest

from geungeo.evals.answers import evaluate, figures, token_f1
from geungeo.evals.gate import fallen, read_gate
from geungeo.evals.gold import GoldCase, GoldError, read_gold
from geungeo.evals.systems import of_chain
from geungeo.rag.assembly import make_chain
from geungeo.rag.chain import AnswerChain
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Store
from tests.conftest import ROOT, SAMPLE


def test_the_sample_questions(sample_store: Store, sample_chain: AnswerChain) -> None:
    cases = read_gold(SAMPLE / "questions.jsonl")
    system = of_chain("ours", sample_chain)
    judged = evaluate(cases, system, sample_store, lambda *_: None)
    result = figures(judged)
    assert {"ko", "en", "zh", "all", "near miss"} <= set(result)
    assert result["all"]["questions"] == len(cases)
    assert fallen(result, read_gate(ROOT / "evals" / "gates.toml")) == []
    refused = [at["unanswerable_refused"] for at in result["all"]["tradeoff"]]
    assert refused == sorted(refused)


def test_a_planted_regression_falls_through_the_gate(sample_store: Store) -> None:
    cases = read_gold(SAMPLE / "questions.jsonl")
    gateless = make_chain(sample_store, Settings(gate=0.0))
    system = of_chain("gateless", gateless)
    judged = evaluate(cases, system, sample_store, lambda *_: None)
    lines = fallen(figures(judged), read_gate(ROOT / "evals" / "gates.toml"))
    assert any(line.startswith("all unanswerable_refused: 0.") for line in lines)


def test_what_cannot_be_told_is_none(sample_store: Store, sample_chain: AnswerChain) -> None:
    case = GoldCase(id="x", lang="ko", question="화성의 인구는?", answerable=False)
    system = of_chain("ours", sample_chain)
    judged = evaluate([case], system, sample_store, lambda *_: None)
    assert figures(judged)["ko"]["accuracy"] is None


@pytest.mark.parametrize(
    ("said", "answer", "f1"),
    [
        ("the year 2013", "2013", 2 / 3),
        ("2013년", "2013년", 1.0),
        ("在亦庄", "亦庄", 0.8),
        ("nothing", "2013", 0.0),
    ],
)
def test_token_f1(said: str, answer: str, f1: float) -> None:
    assert token_f1(said, answer) == pytest.approx(f1)


def test_a_bad_line_of_a_gold_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    good = json.dumps({"id": "1", "lang": "ko", "question": "왜?"})
    file.write_text(f'{good}\n{{"id": "2", "lang": "xx"}}\n', encoding="utf-8")
    with pytest.raises(GoldError, match=r"gold\.jsonl:2: lang"):
        read_gold(file)
