import pytest

from ingest.metadata import extract


def test_labelled_lines() -> None:
    found = extract(
        "부서 : 도시교류팀\n작성일 : 2018년 12월 5일\n제목 : 포럼 참석,\n관계 구축\n\n1. 목적", {}
    )
    assert (found.title, found.date, found.organisation) == (
        "포럼 참석, 관계 구축",
        "2018-12-05",
        "도시교류팀",
    )


def test_labels_run_into_their_values() -> None:
    found = extract("연구보고서\n수도외교의 특징\n  • 등록일2025-06-19\n  • 부서명연구실\n", {})
    assert (found.title, found.date, found.organisation) == (
        "수도외교의 특징",
        "2025-06-19",
        "연구실",
    )


def test_rows_of_a_table_and_bare_numbers_are_no_title() -> None:
    assert (
        extract("1\n\n| 구 | 면적 |\n| --- | --- |\n\n자치구의 넓이\n", {}).title == "자치구의 넓이"
    )
    assert extract("| 0,0 | 0,1 |\n| 1,0 | 1,1 |\n", {}).title == "", "the file's name is taken"


def test_first_heading_that_says_something() -> None:
    assert extract("## 보도자료\n\n### 포럼이 열린다\n\n본문", {}).title == "포럼이 열린다"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024. 7. 24.(수) 조간용", "2024-07-24"),
        ("发布日期：2023年10月20日", "2023-10-20"),
        ("Published 14 August 2024", "2024-08-14"),
        ("August 14, 2024", "2024-08-14"),
        ("전화 02-2133-5260", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert extract(text, {}).date == date


def test_what_is_given_wins() -> None:
    assert extract("제목 : 다른 것", {"title": "이것", "date": "2020-01-02"}).title == "이것"
