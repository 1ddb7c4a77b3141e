import re

import pytest

from ingest.chunk import TARGET, chunk
from ingest.load import load
from ingest.sentences import split_sentences
from tests.conftest import SAMPLE
from vectorstore import Analyzer

REPORT = """제목 없는 머리말이다.

1. 목적

- 도시의 교통을 살펴보는 것이 주요 목적임.
- 디지털 혁명과 도시의 관계를 조명하고, 이 과정에서 새로운 신문

명 도시 건설이 어떤 과정을 거치는지 토론함.

2. 내용

2.1 일정

날짜는 2024. 7. 24.(수)이며 장소는 시청이다. 다음 모임은 8월이다.
"""


def sections(text: str, analyzer: Analyzer) -> dict[str, str]:
    return {c.section: text[c.start : c.end] for c in chunk(text, analyzer)}


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
    assert list(found) == ["", "추진 배경", "[별첨 1] 참석자 명단", "붙임 2. 예산표"]
    assert "홍길동" in found["[별첨 1] 참석자 명단"]
    assert "붙임 자료 1부" in found["붙임 2. 예산표"]


def test_chinese_headings(analyzer: Analyzer) -> None:
    text = "一、结缘\n\n两市结为友好城市。\n\n二、遗憾\n\n受疫情影响。"
    assert list(sections(text, analyzer)) == ["一、结缘", "二、遗憾"]


def test_a_sentence_goes_on_over_a_page_break(analyzer: Analyzer) -> None:
    sentences = [REPORT[s:e] for c in chunk(REPORT, analyzer) for s, e in c.sentences]
    assert any("신문\n\n명 도시" in sentence for sentence in sentences)


def test_a_date_does_not_end_a_sentence(analyzer: Analyzer) -> None:
    sentences = [REPORT[s:e] for c in chunk(REPORT, analyzer) for s, e in c.sentences]
    assert "날짜는 2024. 7. 24.(수)이며 장소는 시청이다." in sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It was opened in 2004. It is large.", ["It was opened in 2004.", "It is large."]),
        ("The bus costs 18. Nobody pays.", ["The bus costs 18.", "Nobody pays."]),
        ("1. Purpose of the visit", ["1. Purpose of the visit"]),
        ("It opened on 2024. 7. 30. at noon.", ["It opened on 2024. 7. 30. at noon."]),
        ("Mr. Kim and Dr. Lee met. They talked.", ["Mr. Kim and Dr. Lee met.", "They talked."]),
        ("他来了。她走了。", ["他来了。", "她走了。"]),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str], analyzer: Analyzer) -> None:
    [spans] = split_sentences([text], analyzer)
    assert [text[start:end] for start, end in spans] == sentences


def test_every_word_of_the_sample_lies_in_a_sentence_of_a_chunk(analyzer: Analyzer) -> None:
    for path in sorted((SAMPLE / "documents").iterdir()):
        text = load(path.name, path.read_bytes()).text
        chunks = chunk(text, analyzer)
        covered = bytearray(len(text))
        for piece in chunks:
            assert piece.end - piece.start <= 2 * TARGET
            for start, end in piece.sentences:
                assert piece.start <= start < end <= piece.end
                covered[start:end] = b"\1" * (end - start)
        missed = [m for m in re.finditer(r"\w", text) if not covered[m.start()]]
        assert not missed, (path.name, text[missed[0].start() : missed[0].start() + 40])


def test_an_endless_sentence_is_cut(analyzer: Analyzer) -> None:
    assert max(e - s for c in chunk("말 " * 5000, analyzer) for s, e in c.sentences) <= 800
