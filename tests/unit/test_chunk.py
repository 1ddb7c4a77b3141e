import re

import pytest

from geungeo.ingest.chunk import LONGEST_SENTENCE, TARGET, chunk
from geungeo.ingest.load import Loaded, load
from geungeo.ingest.sentences import split_sentences
from geungeo.lang import Analyzer
from geungeo.vectorstore import Chunk
from tests.conftest import SAMPLE

REPORT = """제목 없는 머리말이다.

1. 목적

- 신문명 도시의 교통을 살펴보는 것이 주요 목적임.
- 디지털 혁명과 도시의 관계를 조명하고, 이 과정에서 새로운 신문

명 도시 건설이 어떤 과정을 거치는지 토론함.

2. 내용

2.1 일정

날짜는 2024. 7. 24.(수)이며 장소는 시청이다. 다음 모임은 8월이다.
"""


def read(text: str) -> Loaded:
    return load("a.txt", text.encode())


def chunks_of(loaded: Loaded, analyzer: Analyzer) -> list[Chunk]:
    return chunk(loaded.text, loaded.parts, analyzer)


def sentences_in(text: str, analyzer: Analyzer) -> list[str]:
    loaded = read(text)
    return [loaded.text[s:e] for c in chunks_of(loaded, analyzer) for s, e in c.sentences]


def sections(text: str, analyzer: Analyzer) -> dict[str, str]:
    loaded = read(text)
    return {c.section: loaded.text[c.start : c.end] for c in chunks_of(loaded, analyzer)}


def test_headings_open_chunks_and_name_their_section(analyzer: Analyzer) -> None:
    found = sections(REPORT, analyzer)
    assert list(found) == ["", "1. 목적", "2. 내용 › 2.1 일정"]
    assert "시청이다" in found["2. 내용 › 2.1 일정"]


def test_appendices_and_boxes_of_official_documents_are_headings(analyzer: Analyzer) -> None:
    text = (
        "추진 계획\n\n□ 추진 배경\n○ 서울시는 협력을 넓힌다.\n\n[별첨 1] 참석자 명단\n"
        "홍길동 연구위원이 참석하였다.\n\n붙임 2. 예산표\n예산은 4억 원이다.\n\n붙임 자료 1부. 끝."
    )
    found = sections(text, analyzer)
    assert list(found) == ["", "□ 추진 배경", "[별첨 1] 참석자 명단", "붙임 2. 예산표"]
    assert "홍길동" in found["[별첨 1] 참석자 명단"]
    assert "붙임 자료 1부" in found["붙임 2. 예산표"]


def test_a_heading_with_its_letters_set_apart_names_its_section_by_the_word(
    analyzer: Analyzer,
) -> None:
    found = sections("다툼\n\n주 문\n\n1. 배는 조합의 것이다.\n2. 돛은 나눈다.", analyzer)
    assert "돛은 나눈다" in found["주문"]


def test_chinese_headings(analyzer: Analyzer) -> None:
    text = "一、结缘\n\n两市结为友好城市。\n\n二、遗憾\n\n受疫情影响。"
    assert list(sections(text, analyzer)) == ["一、结缘", "二、遗憾"]


def test_a_sentence_goes_on_over_a_page_break(analyzer: Analyzer) -> None:
    assert any("새로운 신문명 도시 건설이" in one for one in sentences_in(REPORT, analyzer))


def test_a_date_does_not_end_a_sentence(analyzer: Analyzer) -> None:
    assert "날짜는 2024. 7. 24.(수)이며 장소는 시청이다." in sentences_in(REPORT, analyzer)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It was opened in 2004. It is large.", ["It was opened in 2004.", "It is large."]),
        ("The bus costs 18. Nobody pays.", ["The bus costs 18.", "Nobody pays."]),
        ("1. Purpose of the visit", ["1. Purpose of the visit"]),
        ("It opened on 2024. 7. 30. at noon.", ["It opened on 2024. 7. 30. at noon."]),
        ("Mr. Kim and Dr. Lee met. They talked.", ["Mr. Kim and Dr. Lee met.", "They talked."]),
        ("他来了。她走了。", ["他来了。", "她走了。"]),
        (
            "다) 배의 길이는 부두에 적혀 있었다(글씨는 닳아 거의 보이지 않았다. 다시 썼다). "
            "선장은 그것을 보지 못하였다.",
            [
                "다) 배의 길이는 부두에 적혀 있었다(글씨는 닳아 거의 보이지 않았다. 다시 썼다).",
                "선장은 그것을 보지 못하였다.",
            ],
        ),
        ("배는 길다. 돛은 희다.", ["배는 길다.", "돛은 희다."]),
        (
            "점검한 결과는 붙임 1과 같고, 다음 해 일정은 붙임 2와 같다. 돈은 붙임 3에 있다.",
            [
                "점검한 결과는 붙임 1과 같고, 다음 해 일정은 붙임 2와 같다.",
                "돈은 붙임 3에 있다.",
            ],
        ),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str], analyzer: Analyzer) -> None:
    [spans] = split_sentences([text], analyzer)
    assert [text[start:end] for start, end in spans] == sentences


def test_every_word_of_the_sample_lies_in_a_sentence_of_a_chunk(analyzer: Analyzer) -> None:
    for path in sorted((SAMPLE / "documents").iterdir()):
        loaded = load(path.name, path.read_bytes())
        text = loaded.text
        chunks = chunks_of(loaded, analyzer)
        covered = bytearray(len(text))
        for piece in chunks:
            assert piece.end - piece.start <= 2 * TARGET
            for start, end in piece.sentences:
                assert piece.start <= start < end <= piece.end
                covered[start:end] = b"\1" * (end - start)
        missed = [m for m in re.finditer(r"\w", text) if not covered[m.start()]]
        assert not missed, (path.name, text[missed[0].start() : missed[0].start() + 40])


def test_an_endless_sentence_is_cut(analyzer: Analyzer) -> None:
    assert max(map(len, sentences_in("말 " * 5000, analyzer))) <= LONGEST_SENTENCE


def test_a_list_stays_with_what_leads_in_to_it(analyzer: Analyzer) -> None:
    items = "".join(
        f"\n- {n}번 나루의 배는 아침 {n}시에 떠나 저녁 무렵에 돌아온다." for n in range(1, 31)
    )
    loaded = read(f"배 시간은 다음과 같다.{items}\n\n이 밖의 배는 없다.")
    chunks = chunks_of(loaded, analyzer)
    assert len(chunks) > 2
    assert "다음과 같다" in loaded.text[chunks[0].start : chunks[0].end]
    assert all("다음과 같다" in one.section for one in chunks if "item" in one.kinds)
    assert chunks[-1].section == ""


def test_a_question_is_the_heading_of_its_answer(analyzer: Analyzer) -> None:
    text = (
        "Q1. 배는 언제 뜨나요?\n\n아침 일곱 시에 뜹니다.\n\nQ2. 값은 얼마인가요?\n\n이천 원입니다."
    )
    assert sections(text, analyzer)["Q2. 값은 얼마인가요?"].endswith("이천 원입니다.")


def test_kinds_of_what_a_chunk_holds(analyzer: Analyzer) -> None:
    table = "| 이름 | 길이 |\n| --- | --- |\n| 갈매기호 | 12m |\n| 두루미호 | 15m |"
    text = f"1. 배\n\n배가 두 척 있다.\n\n{table}"
    loaded = read(text)
    [found] = chunks_of(loaded, analyzer)
    assert found.kinds == ("heading", "sentence", "row", "row")
    assert "이름: 두루미호 | 길이: 15m" in loaded.text
