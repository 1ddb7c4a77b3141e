from itertools import pairwise

import pytest

from geungeo.lang import Analyzer
from geungeo.rag.answer.answer import Answer
from geungeo.rag.chain import AnswerChain
from geungeo.rag.question.conversation import Asked, standalone, standing_of


def asked_before(question: str) -> tuple[Answer, ...]:
    return (Answer(question, "", True, "ko", "extractive", standalone=question),)


@pytest.mark.parametrize(
    ("before", "question", "added"),
    [
        ("서울-베이징 통합위원회는 언제 만들어졌나?", "그 위원회의 예산은?", {"통합"}),
        ("제5회 도시포럼은 어디에서 열리나?", "날짜는?", {"도시", "포럼"}),
        ("베이징 인구는 얼마인가?", "그럼 충칭은?", {"인구"}),
        ("机器人创新中心在哪里？", "它是什么时候成立的？", {"机器人"}),
        ("How large is the committee's budget?", "And who chairs it?", {"committee"}),
        ("Where is the robot centre?", "When was it opened?", {"robot", "centre"}),
        ("Who repaired the robot?", "How long did it take?", {"robot"}),
    ],
)
def test_a_follow_up_gets_the_words_that_it_lacks(
    before: str, question: str, added: set[str], analyzer: Analyzer
) -> None:
    whole = standalone(Asked(question, asked_before(before)), analyzer)
    assert whole.startswith(question)
    assert added <= set(whole.removeprefix(question).strip(" ()").split())


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("통합위원회의 예산은?", "이좡의 자율주행 버스는 몇 대가 다니나요?"),
        ("통합위원회의 예산은?", "베세토 연극제는?"),
        ("How large is the budget?", "Which companies work at Zhongguancun?"),
        ("2024년 예산은 얼마인가요?", "이좡의 자율주행 버스는 전년도보다 몇 대 늘었나요?"),
        ("How large is the budget?", "Why did the Bank of Korea say it would publish more?"),
        ("机器人创新中心在哪里？", "首尔市长为什么说他想访问北京？"),
        ("How large is the budget?", "How many days does it take a company to get a desk?"),
        ("机器人创新中心在哪里？", "首尔与北京哪一年结为友好城市？"),
    ],
)
def test_a_new_topic_stays_as_it_is(before: str, question: str, analyzer: Analyzer) -> None:
    assert standalone(Asked(question, asked_before(before)), analyzer) == question


def test_what_is_compared_gives_way(analyzer: Analyzer) -> None:
    whole = standalone(Asked("그럼 충칭은?", asked_before("베이징 인구는?")), analyzer)
    assert "베이징" not in whole


@pytest.mark.parametrize(
    ("before", "question", "year"),
    [
        ("2024년 예산은 얼마인가요?", "그럼 그 전 해에는 얼마였나요?", "2023년"),
        ("2024년 예산은 얼마인가요?", "이듬해에는요?", "2025년"),
        ("2024年的预算是多少？", "那前一年呢？", "2023年"),
        ("How large was the budget in 2024?", "And the year before?", "2023"),
        ("2024년 예산은 얼마인가요?", "그럼 2021년에는요?", "2021년"),
    ],
)
def test_the_year_that_is_asked_about_takes_the_place_of_the_one_before(
    before: str, question: str, year: str, analyzer: Analyzer
) -> None:
    whole = standalone(Asked(question, asked_before(before)), analyzer)
    assert year in whole
    assert "2024" not in whole
    assert "예산" in whole or "预算" in whole or "budget" in whole


@pytest.mark.parametrize(
    ("before", "question", "meant", "gone"),
    [
        ("연어는 몇 마리인가요?", "아 연어 말고 청어요", "청어", "연어"),
        ("경남은 몇 곳인가요?", "아니 충북이요", "충북", "경남"),
        ("How many boats has Norway?", "Sorry, not Norway, I meant Sweden", "Sweden", "Norway"),
        ("鲑鱼有多少条？", "不好意思，我不是问鲑鱼，是问鲱鱼", "鲱鱼", "鲑鱼"),
    ],
)  # fmt: skip
def test_a_question_is_set_right(
    before: str, question: str, meant: str, gone: str, analyzer: Analyzer
) -> None:
    own = standing_of(Asked(question, asked_before(before)), analyzer).own
    assert meant in own
    assert gone not in own
    assert any(asked in own for asked in ("몇", "How many", "多少"))


def test_what_is_asked_with_a_negation_is_no_correction(analyzer: Analyzer) -> None:
    asked = Asked("연어 말고 몇 마리가 더 있나요?", asked_before("연어는 몇 마리인가요?"))
    assert standing_of(asked, analyzer).own == asked.question


@pytest.mark.parametrize(
    ("before", "question", "own"),
    [
        ("어른 요금은 얼마인가요?", "노인과 아이가 내는 요금은요?", "노인과 아이가 내는 요금은요?"),
        ("어른 요금은 얼마인가요?", "내년 봄에 노인이 내는 건요?", "내년 봄에 노인이 내는 건요?"),
        ("花瓶多少钱？", "王教授那边的书架呢？", "王教授那边的书架呢？"),
        ("배는 몇 척인가요?", "아니, 배 말고 부두는 몇 곳이냐고요", "부두는 몇 곳이냐고요"),
        (
            "How many boats came to the pier?",
            "No wait, not the boats, how many sailors came?",
            "how many sailors came",
        ),
    ],
)
def test_a_topic_alone_and_a_new_correction_perhaps_lean_on_what_was_said(
    before: str, question: str, own: str, analyzer: Analyzer
) -> None:
    standing = standing_of(Asked(question, asked_before(before)), analyzer)
    assert standing.leans == "perhaps"
    assert standing.own == own
    assert standing.context


@pytest.mark.parametrize(
    ("question", "own"),
    [
        ("그 가게에서는 무엇을 파나요?", "그 가게에서는 무엇을 파나요?"),
        ("그거 만드는 데 수수료는 얼마래요?", "그거 만드는 데 수수료는 얼마래요?"),
        (
            "알겠어요. 그럼 내년 요금과 할인은 언제 정하나요?",
            "그럼 내년 요금과 할인은 언제 정하나요?",
        ),
        ("OK, then what about the whole market?", "then what about the whole market?"),
        ("好吧，那总的预算和人数是多少？", "那总的预算和人数是多少？"),
        ("这种人占总人口的百分之几？", "这种人占总人口的百分之几？"),
    ],
)
def test_what_points_back_or_goes_on_surely_leans(
    question: str, own: str, analyzer: Analyzer
) -> None:
    standing = standing_of(Asked(question, asked_before("시장 안 점포는 몇 곳인가요?")), analyzer)
    assert (standing.leans, standing.own) == ("surely", own)


@pytest.mark.parametrize(
    "said", ["다른 질문인데요, ", "On something else: ", "换个话题，", "Changing the subject, "]
)
def test_what_begins_anew_has_nothing_of_what_was_said(said: str, analyzer: Analyzer) -> None:
    asked = Asked(f"{said}요금은?", asked_before("시장 안 점포는 몇 곳인가요?"))
    standing = standing_of(asked, analyzer)
    assert (standing.own, standing.context, standing.leans) == ("요금은?", (), "no")


def test_without_a_history_nothing_is_added(analyzer: Analyzer) -> None:
    assert standalone(Asked("그 사람은 누구?"), analyzer) == "그 사람은 누구?"


def test_a_dialogue_is_answered_from_what_was_said(sample_chain: AnswerChain) -> None:
    first = sample_chain.invoke("제5회 서울-베이징 도시포럼은 어디에서 열리나요?")
    then = sample_chain.invoke(Asked("그 포럼의 날짜는?", (first,)))
    assert then.question == "그 포럼의 날짜는?"
    assert then.standalone != then.question
    assert "11월 14일" in then.answer


def test_what_no_passage_answers_alone_is_looked_up_with_what_was_said(
    sample_chain: AnswerChain,
) -> None:
    first = sample_chain.invoke("Where does the Seoul-Beijing Urban Forum take place?")
    then = sample_chain.invoke(Asked("How many seats are there?", (first,)))
    assert "Forum" in then.standalone
    assert "150석" in then.answer
    alone = sample_chain.invoke("How many seats are there?")
    assert alone.refused


def test_a_new_topic_is_answered_by_itself(sample_chain: AnswerChain) -> None:
    first = sample_chain.invoke("이좡에는 자율주행 버스가 몇 대 다니나요?")
    question = "제5회 서울-베이징 도시포럼의 좌석은 몇 석인가요?"
    assert sample_chain.invoke(Asked(question, (first,))).standalone == question


def test_each_document_has_its_own_sentence(sample_chain: AnswerChain) -> None:
    answer = sample_chain.invoke("통합위원회에 대해 문서별로 알려 주세요.")
    documents = [citation.passage.document for citation in answer.citations]
    assert len(documents) > 1
    assert all(a != b for a, b in pairwise(sorted(documents)))
