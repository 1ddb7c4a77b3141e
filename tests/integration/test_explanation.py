"""Why a question was answered, or refused."""

import json
from dataclasses import replace

from geungeo.rag.assembly import make_chain
from geungeo.rag.chain import AnswerChain
from geungeo.rag.ranking.weights import log_odds
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Store

ANSWERED = "환경팀의 2025년 예산은 얼마인가요?"
REFUSED = "환경팀의 2026년 예산은 얼마인가요?"


def test_an_explained_answer_is_the_answer(sample_chain: AnswerChain) -> None:
    explained = sample_chain.explain(ANSWERED).answer
    answer = sample_chain.invoke(ANSWERED)
    assert replace(answer, seconds=explained.seconds) == explained


def test_it_says_what_was_understood_found_and_thought(sample_chain: AnswerChain) -> None:
    explanation = sample_chain.explain(REFUSED)
    said = json.loads(json.dumps(explanation.to_json()))
    assert said["question"]["wanted"]["kind"] == "quantity"
    assert "KRW" in said["question"]["wanted"]["units"]
    assert {"환경", "예산", "2026"} <= {word["word"] for word in said["question"]["words"]}
    best = said["passages"][0]
    assert best["document"] == "04_joint_committee_budget.html"
    assert best["lacks"] == [{"kind": "number", "word": "2026"}]
    scores = [one["score"] for one in best["sentences"]]
    assert scores == sorted(scores, reverse=True)
    assert said["outcome"] in ("close", "refused")
    assert "2026" in said["why"]
    read = "\n".join(explanation.lines())
    for part in (REFUSED, best["document"], said["why"], "meets_demands"):
        assert part in read


def test_what_features_add_is_the_gates_opinion(sample_chain: AnswerChain) -> None:
    gate = sample_chain.explain(ANSWERED).to_json()["gate"]
    odds = gate["bias"] + sum(one["adds"] for one in gate["features"])
    assert abs(odds - log_odds(gate["probability"])) < 0.01
    assert gate["probability"] >= gate["threshold"]


def test_a_follow_up_is_explained_with_what_was_said_before(sample_chain: AnswerChain) -> None:
    first = sample_chain.invoke("제5회 서울-베이징 도시포럼은 어디에서 열리나요?")
    explanation = sample_chain.explain("그 포럼의 날짜는?", [first])
    assert explanation.to_json()["question"]["standalone"] == explanation.answer.standalone
    assert any(line.startswith("looked up") for line in explanation.lines())


def test_where_nothing_is_found_it_says_so(store: Store) -> None:
    explanation = make_chain(store, Settings()).explain("관측소의 높이는 몇 미터인가요?")
    assert explanation.why == "refused: no passage was found"
    assert explanation.to_json()["passages"] == []
    assert explanation.lines()[-1] == explanation.why
