import pytest

from geungeo.lang import Analyzer
from geungeo.lang.detect import language_of


def test_korean_particles_and_endings_go(analyzer: Analyzer) -> None:
    assert analyzer.terms("서울시장이 베이징을 방문하였다") == analyzer.terms(
        "서울시장은 베이징에 방문할"
    )


def test_english_is_stemmed(analyzer: Analyzer) -> None:
    assert analyzer.terms("The cities' committees") == ["citi", "committe"]
    assert analyzer.words("The cities' committees") == {"citi": "cities", "committe": "committees"}


def test_chinese_gives_words_and_pairs(analyzer: Analyzer) -> None:
    terms = analyzer.terms("创业服务在哪里")
    assert {"创业", "服务", "~业服"} <= set(terms)
    assert "哪里" not in terms


def test_traditional_and_simplified_characters_meet(analyzer: Analyzer) -> None:
    assert "中关村" in analyzer.terms("중국의 중관촌(中關村)은")
    assert analyzer.terms("城市規劃") == analyzer.terms("城市规划")


def test_hanja_within_korean_is_found_by_itself(analyzer: Analyzer) -> None:
    assert "~京津" in analyzer.terms("징진지(京津冀)는 수도권이다")


@pytest.mark.parametrize(
    ("one", "other"),
    [("3,000여개", "3000개"), ("ＳＴＥＰＩ 연구", "STEPI 연구"), ("60만㎡", "60만m2")],
)
def test_forms_of_the_same(one: str, other: str, analyzer: Analyzer) -> None:
    assert set(analyzer.terms(one)) & set(analyzer.terms(other))


@pytest.mark.parametrize("date", ["2024년 7월 30일", "2024. 7. 30.", "2024-07-30", "7.30(화)"])
def test_dates_share_a_term(date: str, analyzer: Analyzer) -> None:
    assert "7월30일" in analyzer.terms(date)


def test_many_texts_keep_their_order(analyzer: Analyzer) -> None:
    texts = ["서울", "Beijing", "北京", "도쿄"]
    assert list(analyzer.batch(texts)) == [analyzer.terms(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("베이징시장은 누구인가?", "ko"),
        ("C40 회의는?", "ko"),
        ("北京市市长是谁？", "zh"),
        ("Who is the mayor of Beijing (殷勇, 인융)?", "en"),
        ("", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_months_and_days_are_no_names() -> None:
    names = Analyzer().proper_nouns("What will Beijing open in October, on a Monday?")
    assert set(names.values()) == {"Beijing"}


def test_sentences_that_were_split_off_have_the_terms_of_their_own() -> None:
    text = "서울시는 2013년에 위원회를 세웠다. 베이징시장은 이듬해 서울을 찾았다고 한다."
    split, fresh = Analyzer(), Analyzer()
    [spans] = split.sentences([text], lambda _, found: found)
    sentences = [text[start:end] for start, end in spans]
    assert len(sentences) == 2
    assert list(split.batch(sentences)) == list(fresh.batch(sentences))
    assert list(split.batch(sentences)) == list(fresh.batch(sentences)), "and once more"


def test_a_chinese_mayor_is_a_place_and_an_office(analyzer: Analyzer) -> None:
    for place in ("重庆", "北京"):
        assert [t for t in analyzer.terms(f"{place}市长") if "~" not in t] == [place, "市长"]
    assert {"河北", "省长"} <= set(analyzer.terms("河北省长"))
    assert "长期" in analyzer.terms("重庆市长期规划")
    assert analyzer.proper_nouns("吴世勋市长会见重庆市长").keys() == {"吴世勋", "重庆"}
