import json
from pathlib import Path

import pytest

from geungeo.evals.answers import evaluate
from geungeo.evals.comparing import Nugget
from geungeo.evals.comparing.overlap import token_f1
from geungeo.evals.figures import figures
from geungeo.evals.gate import fallen, read_gate
from geungeo.evals.gold import GoldCase, GoldError, read_gold
from geungeo.evals.systems import System, of_chain
from geungeo.rag.answer.answer import Answer
from geungeo.rag.assembly import make_pipeline
from geungeo.rag.chain import AnswerChain
from geungeo.rag.question.conversation import Asked
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Store
from tests.conftest import ROOT, SAMPLE


def test_the_sample_questions(sample_store: Store, sample_chain: AnswerChain) -> None:
    cases = read_gold(SAMPLE / "questions.jsonl")
    system = of_chain("ours", sample_chain.pipeline)
    judged = evaluate(cases, system, sample_store, lambda *_: None)
    result = figures(judged)
    assert {"ko", "en", "zh", "all", "near miss", "kept"} <= set(result)
    assert result["all"]["questions"] == len(cases)
    assert fallen(result, read_gate(ROOT / "evals" / "gates.toml")) == []
    refused = [at["unanswerable_refused"] for at in result["all"]["tradeoff"]]
    assert refused == sorted(refused)


def test_a_planted_regression_falls_through_the_gate(sample_store: Store) -> None:
    cases = read_gold(SAMPLE / "questions.jsonl")
    gateless = make_pipeline(sample_store, Settings(gate=0.0))
    system = of_chain("gateless", gateless)
    judged = evaluate(cases, system, sample_store, lambda *_: None)
    lines = fallen(figures(judged), read_gate(ROOT / "evals" / "gates.toml"))
    assert any(line.startswith("kept unanswerable_refused: 0.") for line in lines)


def test_what_cannot_be_told_is_none(sample_store: Store, sample_chain: AnswerChain) -> None:
    case = GoldCase(id="x", lang="ko", question="화성의 인구는?", answerable=False)
    system = of_chain("ours", sample_chain.pipeline)
    judged = evaluate([case], system, sample_store, lambda *_: None)
    assert figures(judged)["ko"]["accuracy"] is None


def test_answers_on_nuggets(store: Store) -> None:
    growth = Nugget(any=("2.1%", "2.1퍼센트"))
    building = Nugget(any=("건설투자",))
    spending = Nugget(any=("민간소비",), vital=False)
    said = {
        "성장률은?": "성장률은 2.1 %이다. [1]\n건설 투자는 줄었다. [2]",
        "까닭은?": "성장률은 2.1%이다.\n건설투자가 줄어든 것에 따르면",
        "소비는?": "이 문서들에서는 답을 찾을 수 없습니다.",
        "화성의 인구는?": "이 문서들에서는 답을 찾을 수 없습니다.",
        "금성의 인구는?": "민간소비가 늘었다.",
    }
    cases = [
        GoldCase(id="1", lang="ko", kind="fact", question="성장률은?", nuggets=(growth, spending)),
        GoldCase(id="2", lang="ko", kind="why", question="까닭은?", nuggets=(growth, building)),
        GoldCase(id="3", lang="ko", kind="why", question="소비는?", nuggets=(spending, building)),
        GoldCase(id="4", lang="ko", kind="none", question="화성의 인구는?", answerable=False),
        GoldCase(id="5", lang="ko", kind="none", question="금성의 인구는?", answerable=False),
    ]

    def answer(asked: Asked) -> Answer:
        text = said[asked.question]
        return Answer(asked.question, text, "찾을 수 없" in text, "ko", "canned")

    system = System("canned", answer, lambda question, k: [])
    result = figures(evaluate(cases, system, store, lambda *_: None))
    names = ("asked", "strict", "nuggets", "wrong_refusals", "silent", "refused", "whole")
    assert [result["ko"][name] for name in names] == [3, 0.667, 0.5, 0.333, 2, 0.5, 0.75]
    assert result["why"]["strict"] == 0.5
    assert result["none"]["strict"] is None
    assert result["all"]["characters"] == round(sum(len(said[c.question]) for c in cases[:3]) / 3)
    assert result["all"]["accuracy"] == 0.6667


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
