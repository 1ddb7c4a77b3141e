"""Questions on how a matter was decided in the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from geungeo.ingest import CHUNKER, Ledger, ingest
from geungeo.lang import Analyzer
from geungeo.rag.assembly import make_chain
from geungeo.rag.chain import AnswerChain
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Encoder, Store

_CIVIL = """\
가 온 지 방 법 원
판 결
사 건 2023가단5151 손해배상(기)
원 고 A
피 고 주식회사 다리나루
판 결 선 고 2024. 3. 8.
주 문
1. 피고는 원고에게 3,240,000원을 지급하라.
2. 원고의 나머지 청구를 기각한다.
이 유
1. 기초사실
원고는 2022. 6. 11. 피고가 운영하는 나루터 카페 앞 자전거 거치대에 자전거를 세워 두었다.
피고의 직원은 간판을 옮기다가 놓쳐 원고의 자전거를 부수었고, 원고는 손목을 다쳤다.
2. 손해배상책임
피고의 직원은 간판을 둘이서 옮기지 아니한 잘못이 있으므로 피고는 사용자로서 책임을 진다.
원고도 통로에 자전거를 세운 잘못이 있어 피고의 책임을 70%로 제한한다.
3. 결론
원고의 청구는 위 인정 범위에서 이유 있다.
"""
_CRIMINAL = """\
가 온 고 등 법 원
판 결
사 건 2023노717 절도
피 고 인 B
판결선고 2023. 11. 2.
주 문
피고인의 항소를 기각한다.
이 유
1. 항소이유의 요지
원심의 형(징역 8월, 집행유예 2년)은 너무 무거워서 부당하다.
2. 판단
피고인은 식물원 온실에서 희귀한 난초 일곱 그루를 훔쳐 인터넷으로 팔았다.
피해가 회복되지 않았고, 양형 조건에 달라진 것이 없다.
3. 결론
피고인의 항소는 이유 없다.
"""
_ENGLISH = """\
IN THE COURT OF APPEAL OF ALDERNEY

BETWEEN     MARLOW KITES LIMITED
            Appellant

AND         SANDBAY COUNCIL
            Respondent

JUDGMENT OF THE COURT

A   The appeal is dismissed.
B   The appellant must pay the respondent 800 pounds for its costs.

REASONS

[1] Marlow Kites flies large kites for visitors on the beach at Sandbay. The council refused a
licence for the summer because a kite had fallen on a bathing hut in the year before.

[2] We see no error. The council was entitled to think of the safety of bathers.
"""


@pytest.fixture(scope="module")
def chain(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, analyzer: Analyzer
) -> Iterator[AnswerChain]:
    folder = tmp_path_factory.mktemp("outcomes")
    documents = folder / "documents"
    documents.mkdir()
    named = {"cafe.txt": _CIVIL, "orchids.txt": _CRIMINAL, "kites.txt": _ENGLISH}
    for name, text in named.items():
        (documents / name).write_text(text, encoding="utf-8")
    with Store.open(folder / "store", encoder, analyzer, CHUNKER) as store:
        assert not ingest([documents], store, Ledger(folder / "ledger.sqlite")).failed
        yield make_chain(store, Settings(store=folder / "store"))


@pytest.mark.parametrize(
    ("question", "document", "said"),
    [
        (
            "간판이 떨어져 자전거가 부서지고 손목을 다친 사람은 재판에서 얼마를 받게 됐나요?",
            "cafe.txt",
            "3,240,000원",
        ),
        ("식물원에서 난초를 훔친 사람은 무슨 처벌을 받았나요?", "orchids.txt", "징역 8월"),
        ("식물원 난초 절도 사건의 항소는 어떻게 끝났나요?", "orchids.txt", "항소를 기각"),
        (
            "How did the appeal of the company that flies large kites on the beach end?",
            "kites.txt",
            "appeal is dismissed",
        ),
    ],
)
def test_how_it_ended_comes_first(
    chain: AnswerChain, question: str, document: str, said: str
) -> None:
    answer = chain.invoke(question)
    assert not answer.refused
    first = answer.citations[0]
    assert (first.passage.document, said in first.quote) == (document, True)


def test_why_it_ended_so_is_told_by_the_reasons(chain: AnswerChain) -> None:
    answer = chain.invoke("자전거가 부서진 사건에서 법원은 왜 카페의 책임을 70%로 제한했나요?")
    assert "통로에 자전거를 세운 잘못" in answer.answer
    assert answer.citations[0].passage.section != "주문"


def test_a_document_without_an_end_is_answered_as_ever(sample_chain: AnswerChain) -> None:
    answer = sample_chain.invoke("이좡의 자율주행 버스 시범운행은 어떻게 끝났나요?")
    assert all(citation.passage.section != "주문" for citation in answer.citations)


def test_what_a_party_claims_is_told_as_such(chain: AnswerChain) -> None:
    answer = chain.invoke("난초를 훔친 사람은 원심의 형이 어떻다고 주장했나요?")
    lines = answer.answer.splitlines()
    claimed = next(n for n, line in enumerate(lines) if "너무 무거워서 부당하다" in line)
    assert "당사자의 주장입니다(항소이유의 요지)" in lines[claimed - 1]
    assert answer.citations[0].quote in _CRIMINAL
