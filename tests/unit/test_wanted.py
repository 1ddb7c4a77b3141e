import pytest

from geungeo.lang.values.facts import facts
from geungeo.rag.question.wanted import is_undecided, named_kind, subject, wanted


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
        ("서류는 언제까지 내나요?", "30일 이내에 낸다.", "구청에 낸다."),
        ("By when must it be sold?", "It must be sold by June 2027.", "It must be sold."),
        ("며칠 안에 알려야 하나요?", "14일 이내에 알린다.", "6월 3일에 알린다."),
        ("How big was the market?", "시장은 161조 원이다.", "시장은 크다."),
        ("언제 처음 열렸나요?", "1994년에 처음 열렸다.", "서울에서 처음 열렸다."),
        ("과제코드는 무엇인가요?", "과제코드 : 2018-PR-32", "문의: 02-555-0114"),
        ("전화번호는 무엇인가요?", "문의: 02-555-0114", "과제코드 : 2018-PR-32"),
        ("몇 번으로 전화하면 되나요?", "문의: 02-555-0114", "버스는 3번 운행한다."),
        ("经济规模有多大？", "规模为3亿元。", "经济在增长。"),
        ("비율은 몇 퍼센트인가요?", "비율은 68.4%이다.", "비율이 높다."),
        ("회의는 몇 시에 시작하나요?", "오후 2시에 시작한다.", "두 시간 동안 한다."),
        ("出差是几天？", "出差共七天。", "出差有三人。"),
        ("문서 번호는 무엇인가요?", "문서번호 : 2018-PR-32", "문의: 02-555-0114"),
        ("课题编号是什么？", "课题编号：2018-PR-32", "电话：02-555-0114"),
        ("사무국 연락처는 무엇인가요?", "문의: 02-555-0114", "과제코드 : 2018-PR-32"),
        ("사무국 전화는 몇 번인가요?", "문의: 02-555-0114", "버스는 3번 운행한다."),
        ("讲座什么时间开始？", "下午2点开始。", "讲座有三个小时。"),
        ("什么时间报名？", "6月3日起报名。", "有三人报名。"),
        ("On what day does it open?", "It opens on 3 June 2031.", "It opens in June 2031."),
        ("论坛哪个月举行？", "论坛于6月举行。", "论坛于2031年举行。"),
        ("栈桥的长度是多少？", "栈桥120米。", "栈桥有三座。"),
        ("말의 몸무게는 얼마인가요?", "말은 480킬로그램이다.", "말은 세 마리이다."),
        ("말의 체중은 얼마인가요?", "말은 480킬로그램이다.", "말은 세 마리이다."),
        ("How heavy is the anchor?", "It weighs 90 kilograms.", "It is 3 metres long."),
        ("这只锚有多重？", "锚为90公斤。", "锚长3米。"),
        ("찬성은 백분율로 얼마인가요?", "찬성은 68.4%이다.", "찬성은 30명이다."),
        ("游客占比是多少？", "游客为68.4%。", "游客有30人。"),
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


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("사무국에 전화를 몇 번 걸었나요?", "phone"),
        ("面临哪些多重困难？", "quantity"),
        ("人口减少地区有哪些政策？", "quantity"),
        ("인구 감소 지역에는 어떤 지원이 있나요?", "quantity"),
        ("Who fixes the price that is paid?", "quantity"),
        ("When a foundation votes, what ceiling applies?", "time"),
    ],
)
def test_what_only_looks_like_a_kind_of_value(question: str, kind: str) -> None:
    assert wanted(question).kind != kind


@pytest.mark.parametrize("text", ["出发日期待定。", "地点另行通知。", "장소는 미정이다."])
def test_what_is_not_settled(text: str) -> None:
    assert is_undecided(text)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("물이 몇 센티 차면 막나요?", "센티"),
        ("예산은 몇 퍼센트 늘었나요?", "퍼센트"),
        ("How many percent did it grow?", "percent"),
        ("과제코드는 무엇인가요?", "과제코드 "),
        ("왜 그렇게 되었나요?", ""),
    ],
)
def test_words_that_only_name_the_kind_of_value(question: str, words: str) -> None:
    assert named_kind(question) == words


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
        ("참가비는 한 사람당 얼마인가요?", "참가비는"),
    ],
)
def test_what_is_measured_or_counted(question: str, named: str) -> None:
    assert subject(question).strip() == named
