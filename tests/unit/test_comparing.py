"""What grades answers, which shares nothing with what gives them: pairs of a known answer and what
was said, in three languages."""

import pytest

from geungeo.evals.comparing import Nugget, Source, contains, holds, supports
from geungeo.evals.comparing.nuggets import held, whole_lines
from geungeo.evals.comparing.scripts import script_of


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        # Words as they stand, spaces, commas and case aside.
        ("시민청", "서울 시민청에서 연다."),
        ("three gorges", "the Three Gorges dam"),
        ("bicycle", "45,000 bicycles"),
        ("소", "제단에는 소를 바쳤다."),
        ("3성 1구", "이른바 '3성1구'이다."),
        # Numbers in digits and words, with their magnitudes.
        ("2억 2천만 원", "220 million won in all"),
        ("620 million won", "모두 6억 2,000만원이다."),
        ("2천66만원", "20,660,000원"),
        ("六十二万", "도민 62만 명"),
        ("15만 5천명", "155,000 people came"),
        ("약 1억 명", "the three have 100,000,000 people"),
        ("600,000", "占地六十万平方米"),
        ("四百一十二个", "대표단은 412개였다."),
        ("五十多家", "50여 개사가 들어왔다."),
        ("six", "여섯 명이다."),
        ("eighteen months", "협상은 18개월 걸린다."),
        ("18대", "18 autonomous buses"),
        ("3,000여개", "三千多个项目"),
        ("$22 billion", "220억 달러를 썼다."),
        # Units.
        ("60만㎡", "600,000 square metres"),
        ("18.6km", "全长18.6公里"),
        ("六成", "그 60%가 찬성했다."),
        ("百分之三十八", "38 percent of them"),
        ("66.7%", "66.7퍼센트"),
        ("九个工作日", "영업일로 9일이 걸린다."),
        ("세 번째", "for the third time"),
        ("14호선", "metro line 14"),
        ("13 years old", "만 13세 이상"),
        # Dates and times of day.
        ("2024년 7월 30일", "회의는 '24. 7. 30.에 열렸다."),
        ("2025-02-03", "on 3 February 2025"),
        ("9月10日", "September 10, 2024"),
        ("June", "6월에 열기로 함."),
        ("2013년", "二〇一三年成立"),
        ("1994년", "first held in 1994"),
        ("7.24", "July 24 to August 1"),
        ("오후 1시", "at 1 p.m."),
        ("13:30", "下午1点半开始"),
        ("오전 9시", "9 a.m."),
    ],
)
def test_equal(wanted: str, said: str) -> None:
    assert contains(said, [wanted])


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        # A part of another number or word.
        ("4명", "전문가 24명이 나선다."),
        ("15", "150여 개 기업"),
        ("3일", "6월 13일에 열렸다."),
        ("134", "1,134 companies"),
        ("5%", "3.5% 늘었다."),
        ("six", "sixteen of them"),
        ("Song", "in Songdo"),
        ("소", "서울시청 사무소에서 했다."),
        ("무", "업무를 맡았다."),
        # Another value, magnitude or unit.
        ("2억 2천만 원", "2억 3천만 원"),
        ("62만 명", "6만 2천 명"),
        ("1,200명", "1,200 won"),
        ("18.6km", "18.6 m"),
        ("35만 원", "350,000 dollars"),
        ("三年", "3个月"),
        ("38%", "38명"),
        ("3곳", "three of these were new"),
        ("세 번째", "세 번 열렸다."),
        ("네 팀", "four companies"),
        # Another day, or one of which less is said.
        ("July 30, 2024", "2023년 7월 30일"),
        ("2024년 7월 30일", "7월 30일"),
        ("9월", "2024년 10월 9일"),
        ("오후 1시", "오전 1시"),
        ("1994년", "1,994명"),
        # A code is no number.
        ("일곱", "과제코드 HUI-2024-07"),
    ],
)
def test_different(wanted: str, said: str) -> None:
    assert not contains(said, [wanted])


def test_one_of_several_answers_is_enough() -> None:
    assert contains("三城一区", ["3성 1구", "三城一区"])
    assert not contains("三城一区", [])
    assert holds("Capital  Hotel", ["capitalhotel"])


QUOTE = "이좡의 자율주행 버스는 노선 3개에 18대가 다니고 있음. 이용자는 지난해보다 22% 늘었다."


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("이좡의 자율주행 버스는 노선 3개에 18대가 다니고 있음.", "holds"),
        ("이좡에서는 자율주행 버스 18대가 3개 노선을 다닙니다.", "holds"),
        ("이좡에서는 자율주행 버스 16대가 3개 노선을 다닙니다.", "fails"),
        ("이용자는 지난해보다 22% 줄었다.", "fails"),
        ("이좡에는 자율주행 버스가 다니지 않는다.", "fails"),
        ("천위린 주임이 후퉁을 돌아본다.", "fails"),
        ("18 vehicles", "holds"),
        ("22%", "holds"),
        ("5 buses run in Yizhuang.", "fails"),
        ("Self-driving buses run in Yizhuang.", "open"),
    ],
)
def test_support(sentence: str, verdict: str) -> None:
    assert supports(sentence, [Source(QUOTE)]) == verdict


ROWS = (
    "| 수영장: 푸른 | 이용자(명): 84210 | 예산: 4억 원 |\n"
    "| 수영장: 물결 | 이용자(명): 121350 | 예산: 3억 5천만 원 |"
)


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("예산 합계 7억 5,000만원 – 2개 행", "holds"),
        ("예산 합계 7억 6,000만원 – 2개 행", "fails"),
        ("이용자 평균 102,780명 – 2개 행", "holds"),
        ("이용자 평균 102,780명 – 3개 행", "fails"),
        ("이용자 차이 37,140명", "holds"),
        ("예산 차이 37,140원", "fails"),
        ("물결: 이용자 121350명 – 2개 행 가운데 가장 큰 값", "holds"),
    ],
)
def test_support_of_what_is_reckoned_from_rows(sentence: str, verdict: str) -> None:
    assert supports(sentence, [Source(ROWS)]) == verdict


def test_support_by_several_sources_and_by_the_date_of_the_document() -> None:
    days = [Source("회의는 7월 30일에 열렸다.", date="2024-08-02"), Source("서울에서 열렸다.")]
    assert supports("회의는 2024년 7월 30일에 서울에서 열렸다.", days) == "holds"
    assert supports("회의는 2023년 7월 30일에 서울에서 열렸다.", days) == "fails"
    assert supports(
        "stations are planned for 2024", [Source("No stations are planned for 2024")]
    ) == ("fails")


def test_nuggets() -> None:
    nuggets = [
        Nugget(any=("2.1%", "2.1퍼센트")),
        Nugget(any=("건설투자",)),
        Nugget(any=("민간소비",), vital=False),
    ]
    both = held("성장률은 2.1 %이다.[1]\n건설 투자는 줄었다. [2]", nuggets)
    assert (both.right, both.count, both.of) == (True, 2, 3)
    assert not held("성장률은 2.1%이다.", nuggets).right
    assert not held("가" * 1200 + "2.1% 건설투자", nuggets).right, "only so much is read"


def test_whole_lines() -> None:
    said = "○ 버스 18대가 다니고 있음 [1]\n예산은 12억 원이다.[2][3]\n\n| 팀 | 예산 |\n교통 체계를"
    assert whole_lines(said) == (3, 4)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("서울과 北京의 MOU", "ko"),
        ("首尔与北京签署MOU", "zh"),
        ("The mayor of Seoul (서울)", "en"),
        ("2024", "en"),
    ],
)
def test_scripts(text: str, script: str) -> None:
    assert script_of(text) == script
