"""What is shown around a sentence that answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from geungeo.ingest import Ledger, ingest
from geungeo.rag.assembly import make_chain
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Store

NOTICE = """# 갯벌 탐사 안내문

## 모집 개요

- 모집대상 : 갯마을에 사는 어업인
- 모집인원 : 약 35명 내외
- 모집기간 : 2031. 4. 2.(수) ~ 4. 11.(금)
- 문의 : 어업정책과 044-555-0103

## 제방 공사

해안연구소는 2030년부터 남쪽 해변에 모래를 보충하고 있다. 첫해 겨울에는 작업을 멈추었다. \
파도가 높아 배를 댈 수 없었던 것이 작업을 멈춘 까닭이다.
"""


@pytest.fixture
def notice(tmp_path: Path, store: Store, ledger: Ledger) -> Store:
    file = tmp_path / "안내문.md"
    file.write_text(NOTICE, encoding="utf-8")
    ingest([file], store, ledger)
    return store


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("모집기간은 언제인가요?", "모집기간 : 2031. 4. 2.(수) ~ 4. 11.(금) [1]"),
        ("문의는 어디로 하나요?", "문의 : 어업정책과 044-555-0103 [1]"),
    ],
)
def test_a_field_stands_alone(notice: Store, question: str, shown: str) -> None:
    assert make_chain(notice, Settings()).invoke(question).answer.splitlines()[0] == shown


def test_a_reason_is_shown_with_what_stands_around_it(notice: Store) -> None:
    answer = make_chain(notice, Settings()).invoke("왜 겨울에 작업을 멈추었나요?").answer
    assert "파도가 높아 배를 댈 수 없었던" in answer
    assert "첫해 겨울에는 작업을 멈추었다" in answer


def test_a_sentence_that_has_what_is_asked_for_stands_alone(
    tmp_path: Path, store: Store, ledger: Ledger
) -> None:
    (tmp_path / "둑.txt").write_text(
        "해안연구원은 남쪽 해변에 모래를 보충하고 있다. 북쪽 둑의 길이는 모두 850미터이다. "
        "둑은 해안시 항만과가 관리한다. 주민들은 공사 차량의 소음을 줄여 달라고 하였다.\n",
        encoding="utf-8",
    )
    (tmp_path / "잔치.txt").write_text(
        "갯마을 잔치는 둑에서 열린다. 줄다리기의 길이는 사람 수에 따라 다르다.\n", encoding="utf-8"
    )
    ingest([tmp_path], store, ledger)
    chain = make_chain(store, Settings())
    length = chain.invoke("북쪽 둑의 길이는 몇 미터인가요?")
    assert length.answer == "북쪽 둑의 길이는 모두 850미터이다. [1]"
    assert [one.passage.document for one in length.citations] == ["둑.txt"]
    assert chain.invoke("둑은 누가 관리하나요?").answer == "둑은 해안시 항만과가 관리한다. [1]"


def test_numbers_of_a_chart_are_not_shown_around_a_sentence(
    tmp_path: Path, store: Store, ledger: Ledger
) -> None:
    file = tmp_path / "선창.txt"
    file.write_text(
        "선창의 등대는 태풍이 지나간 뒤에 다시 지었다. 기초가 물에 씻겨 내려갔기 때문이다.\n\n"
        "88R\n\n"
        "864 i 845 78.0\n\n"
        "새 등대의 기초는 바위를 파고 놓았다.\n",
        encoding="utf-8",
    )
    ingest([file], store, ledger)
    answer = make_chain(store, Settings()).invoke("선창의 등대는 왜 다시 지었나요?").answer
    assert "씻겨 내려갔기 때문" in answer
    assert "88R" not in answer
    assert "845" not in answer


def test_a_table_of_contents_is_no_answer(tmp_path: Path, store: Store, ledger: Ledger) -> None:
    (tmp_path / "계획.txt").write_text(
        "갯마을 등대 정비 계획\n\n목 차\n\n1. 등대 정비 추진 배경 ········ 1\n"
        "2. 등대 정비 소요 예산 ········ 4\n3. 등대 정비 추진 일정 ········ 6\n\n"
        "등대 정비에 드는 예산은 모두 12억 원으로, 도비가 절반이다. "
        "공사는 내년 봄에 시작하여 가을에 마친다.\n",
        encoding="utf-8",
    )
    ingest([tmp_path], store, ledger)
    for question in ("등대 정비 소요 예산은 얼마인가요?", "등대 정비 추진 일정은?"):
        answer = make_chain(store, Settings()).invoke(question)
        assert not answer.refused
        assert "····" not in answer.answer


def test_numbers_below_the_names_of_their_columns_are_shown(
    tmp_path: Path, store: Store, ledger: Ledger
) -> None:
    (tmp_path / "등대.txt").write_text(
        "도별 등대 관리소 운영 현황\n강원 충북 전남 경북 계\n3 2 9 5 19\n\n"
        "관리소는 등대를 살피고 고장을 알린다. 관리소에는 두 사람이 일한다.\n",
        encoding="utf-8",
    )
    ingest([tmp_path], store, ledger)
    answer = (
        make_chain(store, Settings()).invoke("도별 등대 관리소 운영 현황을 알려 주세요.").answer
    )
    assert "계\n3 2 9 5 19\n" in answer


def test_a_list_of_works_is_no_answer(tmp_path: Path, store: Store, ledger: Ledger) -> None:
    text = (
        "# 1. 나루터 보존\n\n나루터는 강가의 습지를 지키려고 보존한다.\n\n"
        "# 참고문헌\n\n"
        "한나루 (2021) 나루터 보존은 왜 필요한가. 강연구 12.\n\n"
        "두나루 (2022) 나루터 보존의 이유와 강가의 습지. 습지연구 3.\n"
    )
    (tmp_path / "ferry.md").write_text(text, encoding="utf-8")
    ingest([tmp_path / "ferry.md"], store, ledger)
    chain = make_chain(store, Settings(store=store.folder))
    reason = chain.invoke("나루터는 왜 보존하나요?")
    assert {one.passage.section for one in reason.citations} == {"1. 나루터 보존"}
    works = chain.explain("나루터 보존의 참고문헌에는 무엇이 있나요?").found.hits
    assert any(hit.passage.section == "참고문헌" for hit in works)
