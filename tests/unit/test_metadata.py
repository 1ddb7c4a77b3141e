import pytest

from geungeo.ingest.load import load
from geungeo.ingest.metadata import Metadata, extract


def described(text: str, name: str = "0001.txt") -> Metadata:
    return extract(load(name, text.encode()), name)


def test_labelled_lines() -> None:
    found = described(
        "부서 : 도시교류팀\n작성일 : 2018년 12월 5일\n제목 : 포럼 참석, 관계 구축\n\n1. 목적\n"
    )
    assert (found.title, found.date, found.organisation) == (
        "포럼 참석, 관계 구축",
        "2018-12-05",
        "도시교류팀",
    )


def test_labels_run_into_their_values() -> None:
    found = described("연구보고서\n수도외교의 특징\n  • 등록일2025-06-19\n  • 부서명연구실\n")
    assert (found.title, found.date, found.organisation) == (
        "수도외교의 특징",
        "2025-06-19",
        "연구실",
    )


def test_first_heading_that_says_something() -> None:
    text = "## 보도자료\n\n### 포럼이 열린다\n\n본문이다."
    assert described(text).title == "포럼이 열린다"


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        (
            "해안 도로 정비 계획.txt",
            "해안도청\n해안 도로 정비 5개년 계획\n\n본문이다.",
            "해안 도로 정비 5개년 계획",
        ),
        ("등대_운영_지침.txt", "Ⅱ\n보도시점 바로 보도하여 주시기 바랍니다.", "등대 운영 지침"),
        ("a81f.txt", "| 0,0 | 0,1 |\n| 1,0 | 1,1 |\n", "a81f"),
        (
            "판결.txt",
            "부산고등법원\n제2민사부\n판 결\n사 건 2031나77 손해배상(기)\n이 유",
            "부산고등법원 2031나77 손해배상(기)",
        ),
        (
            "渡口浴室通知.txt",
            "港政发〔2031〕8号\n关于2031年修缮渡口浴室的通知\n各村：\n现将有关事项通知如下。",
            "关于2031年修缮渡口浴室的通知",
        ),
        (
            "나루 정비.txt",
            "윗나루 나루 정비 다섯 해 계획\n\n본문이다.",
            "윗나루 나루 정비 다섯 해 계획",
        ),
    ],
)
def test_a_title_is_sure_or_the_files_name(name: str, text: str, title: str) -> None:
    assert described(text, name).title == title


def test_the_unit_of_a_table_is_no_organisation() -> None:
    assert described("修缮计划\n单位：台\n单位：万元\n").organisation == ""
    assert described("修缮计划\n编制单位：渡口管理处\n").organisation == "渡口管理处"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024. 7. 24.(수) 조간용", "2024-07-24"),
        ("发布日期：2023年10月20日", "2023-10-20"),
        ("Published 14 August 2024", "2024-08-14"),
        ("August 14, 2024", "2024-08-14"),
        ("해안도 발전 계획\n2031. 4.\n해안도청", "2031-04"),
        ("제1심판결 해안지방법원 2030. 9. 3. 선고\n판결선고 2031. 2. 10.", "2031-02-10"),
        ("전화 02-2133-5260", ""),
        ("정부는 2023년 7월 5일에 대책을 발표한 바 있으며 그 뒤로 두 차례 보완하였다.", ""),
    ],
)
def test_dates_are_the_documents_own(text: str, date: str) -> None:
    assert described(text).date == date


def test_a_files_name_may_hold_its_date() -> None:
    assert described("본문이다.", "240130(보도자료) 등대.txt").date == "2024-01-30"


def test_what_is_given_wins() -> None:
    text = "---\ntitle: 이것\ndate: 2020-01-02\n---\n제목 : 다른 것\n본문이다."
    assert described(text).title == "이것"
