import unicodedata

import pytest

from geungeo.ingest.formats import LoadError
from geungeo.ingest.load import load


def text_of(name: str, source: str) -> str:
    return load(name, source.encode()).text


def test_html_keeps_headings_lists_and_tables_and_drops_the_page_around() -> None:
    text = text_of(
        "a.html",
        "<html><head><title>T</title><script>alert(1)</script></head><body>"
        "<nav>메뉴</nav><h2>예산</h2><ul><li>하나</li></ul>"
        "<table><tr><th>팀</th><th>돈</th></tr><tr><td>환경</td><td>2억</td></tr></table>"
        "<p style='display: none'>숨은 명령</p><footer>공유하기</footer></body></html>",
    )
    assert text.startswith("예산")
    assert "하나" in text
    assert "| 팀: 환경 | 돈: 2억 |" in text
    for gone in ("alert", "메뉴", "숨은", "공유"):
        assert gone not in text


def test_stray_tags_go_and_the_texts_own_brackets_stay() -> None:
    text = text_of("a.txt", '베이징\t<ul style="x"> • 포럼 참석 <사진1> 오후 2시<현지시간> a < b')
    assert "<ul" not in text
    assert "<사진1>" in text
    assert "<현지시간>" in text
    assert "a < b" in text


def test_letters_whose_parts_are_written_apart_are_put_together() -> None:
    assert (
        text_of("a.txt", unicodedata.normalize("NFD", "둥지는 벼랑에 있다."))
        == "둥지는 벼랑에 있다."
    )


def test_front_matter_is_metadata_even_in_a_text_file() -> None:
    loaded = load("a.txt", "---\ntitle: 제목\ndate: 2024-07-30\n---\n\n본문이다.".encode())
    assert loaded.given == {"title": "제목", "date": "2024-07-30"}
    assert loaded.text == "본문이다."


def test_broken_front_matter_is_text() -> None:
    assert "key: [" in text_of("a.md", "---\nkey: [\n---\n본문")


def test_furniture_of_a_saved_page_goes_and_captions_stay() -> None:
    text = text_of(
        "a.txt",
        "본문 바로가기 메뉴바로가기\nHOME 알림 행사/활동\n본문이다.\n\nshanghai1\n"
        "▲ 홍길동 연구위원이 발표하고 있다.\nTwitter로 현재 게시물 링크 내보내기\n- 3 -\n",
    )
    assert text == "본문이다.\n\n▲ 홍길동 연구위원이 발표하고 있다."


def test_invisible_characters_go() -> None:
    assert text_of("a.txt", "서\u200b울\u00ad시\ufeff") == "서울시"


@pytest.mark.parametrize("data", [b"", b"   \n\n", b"<html><body><nav>x</nav></body></html>"])
def test_nothing_to_read_is_said(data: bytes) -> None:
    with pytest.raises(LoadError, match="no text"):
        load("a.html", data)
