"""HWPX, and real files of both kinds: what is seen of them, and what is named as left out."""

from __future__ import annotations

import io
import zipfile

import pytest

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.hangul.reader import read_hwp
from geungeo.ingest.formats.result import LoadError, Read
from tests.conftest import SHARED, needs_shared

NAMES = " ".join(
    f'xmlns:{short}="http://www.hancom.co.kr/hwpml/2011/{long}"'
    for short, long in (("hs", "section"), ("hp", "paragraph"), ("hh", "head"))
)
HEADER = """
<hh:charPr id="0" height="1000"/><hh:charPr id="1" height="2200"/>
<hh:numbering id="1"><hh:paraHead level="1" numFormat="DIGIT">^1.</hh:paraHead>
<hh:paraHead level="2" numFormat="HANGUL_SYLLABLE">^2.</hh:paraHead></hh:numbering>
<hh:bullet id="1" char="○"/>
<hh:paraPr id="0"/><hh:paraPr id="1"><hh:heading type="OUTLINE" idRef="0" level="0"/></hh:paraPr>
<hh:paraPr id="2"><hh:heading type="NUMBER" idRef="1" level="1"/></hh:paraPr>
<hh:paraPr id="3"><hh:heading type="BULLET" idRef="1" level="0"/></hh:paraPr>
<hh:style id="0" name="바탕글"/><hh:style id="1" name="차례 1"/>
"""


def p(*runs: str, para: int = 0, style: int = 0, char: int = 0, more: str = "") -> str:
    text = "".join(run if run.startswith("<") else f"<hp:t>{run}</hp:t>" for run in runs)
    return (
        f'<hp:p paraPrIDRef="{para}" styleIDRef="{style}" {more}>'
        f'<hp:run charPrIDRef="{char}">{text}</hp:run></hp:p>'
    )


def sub(*paragraphs: str) -> str:
    return f"<hp:subList>{''.join(paragraphs)}</hp:subList>"


def tc(text: str, row: int, column: int, rows: int = 1, columns: int = 1) -> str:
    within = text if text.startswith("<") else p(text)
    return (
        f'<hp:tc>{sub(within)}<hp:cellAddr colAddr="{column}" rowAddr="{row}"/>'
        f'<hp:cellSpan colSpan="{columns}" rowSpan="{rows}"/></hp:tc>'
    )


def tbl(*rows: str, caption: str = "") -> str:
    about = f"<hp:caption>{sub(p(caption))}</hp:caption>" if caption else ""
    return f"<hp:tbl>{about}{''.join(f'<hp:tr>{row}</hp:tr>' for row in rows)}</hp:tbl>"


def packed(*sections: str, **parts: str) -> bytes:
    files = {
        "mimetype": "application/hwp+zip",
        "Contents/header.xml": f"<hh:head {NAMES}>{HEADER}</hh:head>",
        **{f"Contents/section{n}.xml": text for n, text in enumerate(sections)},
        **parts,
    }
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return into.getvalue()


def sec(*paragraphs: str) -> str:
    return f"<hs:sec {NAMES}>{''.join(paragraphs)}</hs:sec>"


def found(*paragraphs: str) -> Read:
    return read_hwp(packed(sec(*paragraphs)), "a.hwpx")


def told(*paragraphs: str) -> list[str]:
    return [f"{block.kind}: {block.text}" for block in found(*paragraphs).blocks]


def test_text_after_marks_within_it_is_kept() -> None:
    run = "<hp:t>가<hp:tab/>나<hp:nbSpace/>다<hp:markpenBegin/>라<hp:lineBreak/>마</hp:t>"
    assert told(p(run)) == ["paragraph: 가 나 다라 마"]


def test_a_line_break_before_a_mark_begins_an_entry() -> None:
    run = "<hp:t>접수 방법<hp:lineBreak/>- 방문<hp:lineBreak/>- 우편</hp:t>"
    assert told(p(run)) == ["paragraph: 접수 방법", "item: - 방문", "item: - 우편"]


def test_a_footnote_follows_its_paragraph_whose_text_goes_on() -> None:
    number = (
        '<hp:ctrl><hp:autoNum num="2" numType="FOOTNOTE">'
        '<hp:autoNumFormat type="DIGIT" suffixChar=")"/></hp:autoNum></hp:ctrl>'
    )
    note = f"<hp:ctrl><hp:footNote>{sub(p(number, ' 통계청 자료이다.'))}</hp:footNote></hp:ctrl>"
    plain = f'<hp:ctrl><hp:endNote number="1">{sub(p("덧붙임이다."))}</hp:endNote></hp:ctrl>'
    assert told(p("인구가 늘었고", note, " 집값도 올랐다.", plain)) == [
        "paragraph: 인구가 늘었고 집값도 올랐다.",
        "note: 2) 통계청 자료이다.",
        "note: 1) 덧붙임이다.",
    ]


def test_tracked_deletions_are_not_read() -> None:
    run = (
        '<hp:t>담당자는 <hp:deleteBegin Id="1" TcId="1"/>옛담당<hp:deleteEnd Id="1" TcId="1"/>'
        '<hp:insertBegin Id="2" TcId="2"/>새담당<hp:insertEnd Id="2" TcId="2"/>이다.</hp:t>'
    )
    read = found(p(run))
    assert [block.text for block in read.blocks] == ["담당자는 새담당이다."]
    assert read.notes == ("tracked changes: 1 deletion left out, 1 insertion read",)


def test_a_deletion_over_paragraphs_joins_what_is_left() -> None:
    first = '<hp:t>앞말<hp:deleteBegin TcId="1"/>지운 말</hp:t>'
    last = '<hp:t>지운 끝<hp:deleteEnd TcId="1" paraend="1"/></hp:t>'
    texts = [block.text for block in found(p(first), p("모두 지움"), p(last), p("뒷말")).blocks]
    assert texts == ["앞말", "뒷말"]


def test_a_deletion_that_is_never_closed_ends_with_its_paragraph() -> None:
    assert told(p('<hp:t>앞<hp:deleteBegin TcId="9"/>뒤</hp:t>'), p("다음 문단이다.")) == [
        "paragraph: 앞",
        "paragraph: 다음 문단이다.",
    ]


def test_joined_cells_and_header_rows_of_two_levels() -> None:
    table = tbl(
        tc("구분", 0, 0, rows=2) + tc("2030년", 0, 1, columns=2),
        tc("상반기", 1, 1) + tc("하반기", 1, 2),
        tc("굴", 2, 0) + tc("41톤", 2, 1) + tc("52톤", 2, 2),
        caption="표 1. 생산량",
    )
    assert told(p(table, "표 뒤의 말이다.")) == [
        "caption: 표 1. 생산량",
        "row: | 구분: 굴 | 2030년 상반기: 41톤 | 2030년 하반기: 52톤 |",
        "paragraph: 표 뒤의 말이다.",
    ]


def test_a_table_of_one_cell_is_a_frame() -> None:
    lines = p("&lt; 모집 개요 &gt;") + p("◇ 모집인원 : 약 35명 내외") + p("※ 고르게 정함")
    assert told(p(tbl(tc(lines, 0, 0)))) == [
        "heading: < 모집 개요 >",
        "item: ◇ 모집인원 : 약 35명 내외",
        "item: ※ 고르게 정함",
    ]


def test_a_heading_laid_out_as_a_table() -> None:
    table = tbl(tc("Ⅱ", 0, 0) + tc("", 0, 1) + tc("추진 배경", 0, 2))
    assert told(p(table), p("바닷물이 따뜻해졌다.")) == [
        "heading: Ⅱ 추진 배경",
        "paragraph: 바닷물이 따뜻해졌다.",
    ]


def test_a_table_within_a_cell_follows_the_outer_one() -> None:
    inner = p("안쪽", tbl(tc("성명", 0, 0) + tc("오가람", 0, 1)))
    table = tbl(tc("항목", 0, 0) + tc("내용", 0, 1), tc("담당", 1, 0) + tc(inner, 1, 1))
    assert told(p(table)) == [
        "row: | 항목: 담당 | 내용: 안쪽 |",
        "row: | 성명: 오가람 |",
    ]


def test_boxes_groups_equations_and_furigana_are_read_in_place() -> None:
    box = f"<hp:rect><hp:drawText>{sub(p('상자의 글이다.'))}</hp:drawText></hp:rect>"
    group = f"<hp:container>{box}</hp:container>"
    equation = "<hp:equation><hp:script>v = sqrt {9.8 times h}</hp:script></hp:equation>"
    above = "<hp:dutmal><hp:mainText>漢江</hp:mainText><hp:subText>한강</hp:subText></hp:dutmal>"
    assert told(p(group), p("속도는 ", equation, "이다."), p(above, "이 흐른다.")) == [
        "paragraph: 상자의 글이다.",
        "paragraph: 속도는 v = sqrt {9.8 times h} 이다.",
        "paragraph: 漢江(한강)이 흐른다.",
    ]


def test_headings_numbers_and_bullets() -> None:
    assert told(
        p("사업 개요", para=1),
        p("접수 기간은 아래와 같다", para=2),
        p("방문하여 냄", para=3),
        p("첫째 마당 3", style=1),
    ) == [
        "heading: 사업 개요",
        "item: 가. 접수 기간은 아래와 같다",
        "item: ○ 방문하여 냄",
        "item: 첫째 마당 3",
    ]


def test_the_largest_short_lines_at_the_top_are_titles() -> None:
    blocks = found(
        p("굴 양식장에 급이기", char=1),
        p("서른 대 새로 들인다", char=1),
        p("해안도는 급이기 서른 대를 새로 들인다고 밝혔다. 값의 절반은 도가 낸다."),
    ).blocks
    assert blocks[0] == Block("heading", "굴 양식장에 급이기 서른 대 새로 들인다", 1, 1)
    assert len(blocks) == 2


def test_what_is_not_body_text_is_named() -> None:
    header = f"<hp:ctrl><hp:header>{sub(p('대외비 문서'))}</hp:header></hp:ctrl>"
    hidden = f"<hp:ctrl><hp:hiddenComment>{sub(p('숨은 말'))}</hp:hiddenComment></hp:ctrl>"
    memo = f'<hp:ctrl><hp:fieldBegin type="MEMO">{sub(p("쪽지"))}</hp:fieldBegin></hp:ctrl>'
    read = found(p(header, hidden, memo, "본문이다.", "<hp:ctrl><hp:fieldEnd/></hp:ctrl>"))
    assert [block.text for block in read.blocks] == ["본문이다."]
    assert read.notes == ("2 comments left out", "page header left out: 대외비 문서")


def test_the_words_of_an_empty_form_field_are_no_text() -> None:
    begin = (
        '<hp:ctrl><hp:fieldBegin type="CLICK_HERE"><hp:parameters>'
        '<hp:stringParam name="Direction">이름을 쓰세요</hp:stringParam>'
        "</hp:parameters></hp:fieldBegin></hp:ctrl>"
    )
    end = "<hp:ctrl><hp:fieldEnd/></hp:ctrl>"
    assert told(p("성명은 ", begin, "이름을 쓰세요", end, "이다.")) == ["paragraph: 성명은 이다."]
    assert told(p("성명은 ", begin, "오가람", end, "이다.")) == ["paragraph: 성명은 오가람이다."]


def test_pages_by_the_places_of_lines() -> None:
    def placed(text: str, *tops: int) -> str:
        lines = "".join(f'<hp:lineseg vertpos="{top}"/>' for top in tops)
        return p(text).replace("</hp:p>", f"<hp:linesegarray>{lines}</hp:linesegarray></hp:p>")

    read = found(
        placed("첫 문단이다.", 0, 1600),
        placed("다음 쪽으로 간다.", 3200, 0),
        placed("끝이다.", 1600),
    )
    assert [block.page for block in read.blocks] == [1, 1, 2]
    assert read.pages == 2


def test_sections_in_the_order_of_the_spine() -> None:
    manifest = (
        '<package><manifest><item id="b" href="Contents/section1.xml"/>'
        '<item id="a" href="Contents/section0.xml"/></manifest>'
        '<spine><itemref idref="b"/><itemref idref="a"/></spine></package>'
    )
    data = packed(sec(p("뒤")), sec(p("앞")), **{"Contents/content.hpf": manifest})
    assert [block.text for block in read_hwp(data, "a.hwpx").blocks] == ["앞", "뒤"]
    data = packed(sec(p("하나")), sec(p("둘")))
    assert [block.text for block in read_hwp(data, "a.hwpx").blocks] == ["하나", "둘"]


def test_one_broken_section_costs_a_note() -> None:
    read = read_hwp(packed("", sec(p("남은 글이다."))), "a.hwpx")
    assert [block.text for block in read.blocks] == ["남은 글이다."]
    assert read.notes == ("Contents/section0.xml left out: it is damaged",)


@pytest.mark.parametrize(
    "section",
    [
        '<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'
        + sec(p("<hp:t>&c;</hp:t>")),
        sec("<hp:p>" * 5000),
        "no xml",
    ],
    ids=["entities", "depth", "text"],
)
def test_what_holds_no_text_is_an_error(section: str) -> None:
    with pytest.raises(LoadError, match="empty"):
        read_hwp(packed(section), "a.hwpx")


def test_a_locked_file_says_so() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    data = packed(sec(p("글")), **{"META-INF/manifest.xml": manifest})
    with pytest.raises(LoadError, match="password"):
        read_hwp(data, "a.hwpx")


@needs_shared
def test_real_files() -> None:
    def blocks(name: str) -> list[Block]:
        return list(read_hwp((SHARED / "hwp" / name).read_bytes(), name).blocks)

    request = blocks("20230728_test.hwpx")
    chapters = {block.text: block.page for block in request if block.level == 5}
    # By its own table of contents, after two pages that it does not count.
    assert [chapters[name] for name in chapters if name[:2] in ("Ⅱ.", "Ⅲ.", "Ⅳ.", "Ⅴ.", "Ⅵ.")] == [
        4,
        7,
        15,
        18,
        22,
    ]
    texts = [block.text for block in request]
    assert (
        "| 구 분: 음악축제 1부 | 시 간: 18:30 ~ 19:20 | 비 고: 뮤지컬, 오페라 갈라쇼 등 2팀 |"
        in texts
    )
    notice = [block.text for block in blocks("20240626_no_manifest.hwpx")]
    assert "| 현 행: 제1절 재산분 | 개 정 안: 제1절 사업소분 |" in notice
    assert blocks("merging-cell.hwp")[6].text.startswith("| 6,0 | 6,1 |")
    assert [block.text for block in blocks("extracting_ParaHead.hwp")][1:3] == ["i. 2", "ii. 3"]
    with pytest.raises(LoadError, match="배포용"):
        blocks("distribution.hwp")
