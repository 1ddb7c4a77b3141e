import pytest

from geungeo.lang.values.facts import facts
from geungeo.rag.question.wanted import subject, wanted


@pytest.mark.parametrize(
    ("question", "giving", "lacking"),
    [
        ("버스는 몇 대입니까?", "버스 18대가 다닌다.", "버스에는 안전요원이 탄다."),
        ("요금은 얼마인가요?", "요금은 1,500원이다.", "버스는 18대가 다닌다."),
        ("How many people came?", "19명이 다녀갔다.", "코로나19로 끊겼다."),
        ("How many steps did it climb?", "It climbed 134 steps.", "It climbed at G20."),
        ("How tall is the tower?", "It is 120 metres high.", "It has 134 steps."),
        ("多少名学生参加？", "有六十四名学生。", "共有三个项目。"),
        ("회의는 몇 월 며칠에 열리나요?", "회의는 6월 3일에 열린다.", "회의는 6월에 열린다."),
        ("언제 처음 열렸나요?", "1994년에 처음 열렸다.", "서울에서 처음 열렸다."),
        ("과제코드는 무엇인가요?", "과제코드 : 2018-PR-32", "문의: 02-555-0114"),
        ("전화번호는 무엇인가요?", "문의: 02-555-0114", "과제코드 : 2018-PR-32"),
        ("몇 번으로 전화하면 되나요?", "문의: 02-555-0114", "버스는 3번 운행한다."),
        ("经济规模有多大？", "规模为3亿元。", "经济在增长。"),
        ("비율은 몇 퍼센트인가요?", "비율은 68.4%이다.", "비율이 높다."),
        ("회의는 몇 시에 시작하나요?", "오후 2시에 시작한다.", "두 시간 동안 한다."),
        ("出差是几天？", "出差共七天。", "出差有三人。"),
    ],
)
def test_a_value_of_the_kind_that_is_asked_for(question: str, giving: str, lacking: str) -> None:
    asks = wanted(question)
    assert asks.kind
    assert asks.is_given_by(facts(giving), facts(question))
    assert not asks.is_given_by(facts(lacking), facts(question))


def test_what_the_question_says_itself_is_no_answer() -> None:
    question = "2013년에 세운 위원회에는 팀이 몇 개 있나요?"
    assert not wanted(question).is_given_by(facts("2013년에 세웠다."), facts(question))


def test_a_question_of_another_kind_wants_no_value() -> None:
    assert not wanted("왜 그렇게 되었나요?").kind
    assert wanted("Who wrote it?").is_given_by(facts("no value"), facts(""))


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("통합위원회의 2024년 예산은 얼마인가요?", "예산은"),
        ("How many companies are in the park?", "companies"),
        ("What is the population of Chongqing?", "population"),
        ("北京大学有多少名学生？", "学生"),
        ("인천시장은 누구인가요?", "인천시장은"),
        ("STEPI의 원장은 누구입니까?", "원장은"),
        ("왜 그렇게 되었나요?", ""),
    ],
)
def test_what_is_measured_or_counted(question: str, named: str) -> None:
    assert subject(question).strip() == named
