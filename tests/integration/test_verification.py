from pathlib import Path

import pytest

from geungeo.evals.verifier import CasesError, evaluate, figures, read_cases
from geungeo.rag.answer.verification import Grounds, Verifier
from geungeo.vectorstore import Store
from tests.conftest import SAMPLE

BUSES = Grounds(
    "이좡의 자율주행 버스는 노선 3개에 18대가 다니고 있음.", "현장조사", date="2024-09-20"
)
MAYORS = Grounds(
    "두 도시의 시장은 2024년 7월 30일 6년 만에 다시 만났다.", "회동", date="2024-07-31"
)


@pytest.fixture
def verifier(sample_store: Store) -> Verifier:
    return Verifier.of(sample_store)


@pytest.mark.parametrize(
    ("sentence", "grounds"),
    [
        (BUSES.quote, BUSES),
        ("亦庄有18辆自动驾驶公交车，运行在3条线路上。", BUSES),
        ("The mayors of the two cities met on July 30, 2024.", MAYORS),
        ("두 도시의 시장은 7. 30. 만났습니다.", MAYORS),
    ],
)
def test_the_same_in_other_words_is_kept(
    verifier: Verifier, sentence: str, grounds: Grounds
) -> None:
    assert verifier.verify(sentence, [grounds]).supported


@pytest.mark.parametrize(
    ("sentence", "grounds", "reason"),
    [
        ("이좡에서는 자율주행 버스 19대가 다닙니다.", BUSES, "number"),
        ("The mayors of the two cities met on July 31, 2024.", MAYORS, "date"),
        ("中关村有18辆自动驾驶公交车，运行在3条线路上。", BUSES, "name"),
        ("두 도시의 시장은 2024년 7월 30일 만나지 않았습니다.", MAYORS, "negation"),
        ("두 도시의 시장은 2024년 7월 30일 6개월 만에 만났습니다.", MAYORS, "unit"),
    ],
)
def test_a_wrong_detail_is_named(
    verifier: Verifier, sentence: str, grounds: Grounds, reason: str
) -> None:
    verdict = verifier.verify(sentence, [grounds])
    assert verdict.reason == reason
    assert verdict.detail


def test_claims_in_three_languages_are_told_apart(sample_store: Store) -> None:
    result = figures(evaluate(read_cases(SAMPLE / "claims.jsonl"), sample_store))
    for language in ("ko", "en", "zh"):
        assert result[language]["caught"] >= 0.95
        assert result[language]["kept"] >= 0.95


def test_a_broken_line_of_claims_is_named(tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text('{"id": "1"}\n', encoding="utf-8")
    with pytest.raises(CasesError, match=r"claims\.jsonl:1"):
        read_cases(file)


def test_a_chinese_place_that_is_tagged_as_a_person_is_a_name(sample_store: Store) -> None:
    verifier = Verifier.of(sample_store)
    grounds = [Grounds("서울과 베이징은 역사적으로 깊은 연결이 있는 도시입니다.")]
    assert verifier.verify("首尔和柏林有着深厚的历史联系。", grounds).reason == "name"
    assert verifier.verify("首尔和北京有着深厚的历史联系。", grounds).supported
