import pytest

from geungeo.lang.values.numerals import number_terms


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("60만㎡의 부지", ["600000"]),
        ("예산은 1억 2,000만 원", ["120000000"]),
        ("1조 5천억원", ["1500000000000"]),
        ("约350万人", ["3500000"]),
        ("3.5 million visitors", ["3500000"]),
        ("第三届论坛", ["3"]),
        ("二十周年", ["20"]),
        ("一九九三年", ["1993"]),
        ("the third forum of two cities", ["3", "2"]),
        ("the 30th anniversary", ["30"]),
        ("세 번째 방문과 네 개 팀", ["3", "4"]),
        ("2024년 7월 30일", []),
        ("一带一路", []),
        ("", []),
    ],
)
def test_values(text: str, values: list[str]) -> None:
    assert list(number_terms(text)) == values
