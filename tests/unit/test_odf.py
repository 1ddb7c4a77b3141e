"""OpenDocument texts, presentations and sheets, written here part by part."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats import LoadError, read
from geungeo.ingest.formats.result import Read

PREFIXES = "office text table draw style presentation svg fo number dc meta chart manifest xlink"
NAMES = " ".join(f'xmlns:{prefix}="urn:oasis:{prefix}"' for prefix in PREFIXES.split())
MATH = 'xmlns:math="http://www.w3.org/1998/Math/MathML"'


def a_file(kind: str, body: str, automatic: str = "", **parts: str) -> Read:
    """``parts`` are other parts by their names, ``__`` for a slash."""
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content)
        for name, text in parts.items():
            tag = re.match(r"<[\w:-]+", text)
            assert tag
            archive.writestr(
                f"{name.replace('__', '/')}.xml",
                text.replace(tag[0], f"{tag[0]} {NAMES} {MATH}", 1),
            )
    return read(data.getvalue(), "a.odt")


def texts(found: Read, kind: str = "") -> list[str]:
    return [block.text for block in found.blocks if kind in ("", block.kind)]


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def row(*cells: str, about: str = "") -> str:
    written = "".join(
        c if c.startswith("<") else f"<table:table-cell>{p(c)}</table:table-cell>" for c in cells
    )
    return f"<table:table-row {about}>{written}</table:table-row>"


def test_headings_lists_and_notes() -> None:
    number = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
        'style:num-format="1" style:num-suffix="."/><text:list-level-style-bullet text:level="2" '
        'text:bullet-char="-"/></text:list-style>'
    )
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('잠정치이다.')}</text:note-body></text:note>"
    )
    inner = f"<text:list><text:list-item>{p('접수')}</text:list-item></text:list>"
    found = a_file(
        "text",
        '<text:h text:outline-level="2">현황</text:h>'
        + p(f"부두는<text:s text:c='2'/>일곱{note} 곳이다.")
        + f'<text:list text:style-name="L"><text:list-item>{p("첫 일")}{inner}</text:list-item>'
        f"<text:list-item>{p('다음 일')}</text:list-item></text:list>",
        number,
        meta="<office:meta><dc:title>항만 연보</dc:title>"
        "<meta:creation-date>2031-04-02T10:00:00</meta:creation-date></office:meta>",
    )
    assert found.blocks == (
        Block("heading", "현황", level=2),
        Block("paragraph", "부두는 일곱 곳이다."),
        Block("note", "1) 잠정치이다."),
        Block("item", "1. 첫 일"),
        Block("item", "- 접수"),
        Block("item", "2. 다음 일"),
    )
    assert found.given == {"title": "항만 연보", "made": "2031-04-02"}


def test_joined_cells_headers_and_nested_tables() -> None:
    joined = '<table:table-cell table:number-columns-spanned="2">'
    frame = "<table:table-cell>{}{}</table:table-cell>"
    inner = f"<table:table>{row('품목', '수량')}{row('볼트', '720')}</table:table>"
    head = row("부두", f"{joined}{p('물동량')}</table:table-cell>", "<table:covered-table-cell/>")
    below = row("부두", "2030년", "2031년")
    found = a_file(
        "text",
        f"<table:table><table:table-header-rows>{head}{below}</table:table-header-rows>"
        f"{row('동항', '210', '190')}</table:table>"
        f"<table:table>{row(frame.format(p('상자'), inner))}</table:table>",
    )
    assert texts(found) == [
        "| 부두: 동항 | 물동량 2030년: 210 | 물동량 2031년: 190 |",
        "상자",
        "| 품목: 볼트 | 수량: 720 |",
    ]


def test_what_is_deleted_or_hidden_is_named() -> None:
    hidden = (
        '<style:style style:name="H" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    found = a_file(
        "text",
        f"<text:tracked-changes><text:changed-region><text:deletion>{p('지운 글')}</text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        + p('보인다.<text:span text:style-name="H">숨은 글</text:span>')
        + p(f"또 보인다.<office:annotation>{p('의견')}</office:annotation>")
        + f'<text:section text:display="none">{p("숨은 절")}</text:section>',
        hidden,
        styles="<office:styles><style:header><text:p>내부 문서</text:p></style:header>"
        "</office:styles>",
    )
    assert texts(found) == ["보인다.", "또 보인다."]
    assert found.notes == (
        "hidden text left out (8 letters)",
        "1 comment left out",
        "page header left out: 내부 문서",
        "tracked changes: 1 deletion left out",
    )


def test_frames_equations_and_charts() -> None:
    def frame(content: str) -> str:
        return p(f"<draw:frame>{content}<draw:image/></draw:frame>")

    found = a_file(
        "text",
        frame(f"<draw:text-box>{p('글상자이다.')}</draw:text-box>")
        + frame('<draw:object xlink:href="./Math"/>')
        + frame('<draw:object xlink:href="./Chart"/>')
        + frame('<draw:object xlink:href="./Nothing"/>')
        + frame(""),
        Math__content="<math:math><math:mfrac><math:mi>a</math:mi><math:mn>2</math:mn></math:mfrac>"
        "</math:math>",
        Chart__content="<office:chart><chart:chart><table:table>"
        f"<table:table-header-rows>{row('', '어획량')}</table:table-header-rows>"
        f"{row('봄', '12')}</table:table></chart:chart></office:chart>",
    )
    assert texts(found) == ["글상자이다.", "a/2", "| 봄 | 어획량: 12 |"]
    assert found.notes == ("1 picture left out", "1 embedded object left out")


def test_slides_with_their_notes() -> None:
    hidden = (
        '<style:style style:name="S" style:family="drawing-page"><style:drawing-page-properties '
        'presentation:visibility="hidden"/></style:style>'
    )

    def box(text: str, top: str, kind: str = "") -> str:
        about = f'svg:y="{top}" svg:x="1cm" presentation:class="{kind}"'
        return f"<draw:frame {about}><draw:text-box>{p(text)}</draw:text-box></draw:frame>"

    notes = f"<presentation:notes>{box('말할 것', '1cm')}</presentation:notes>"
    found = a_file(
        "presentation",
        f"<draw:page>{box('아래 글', '9cm')}{box('위 글', '40mm')}"
        f"{box('제목', '1cm', 'title')}{notes}"
        f'</draw:page><draw:page draw:style-name="S">{box("숨은 글", "1cm")}</draw:page>'
        f"<draw:page><draw:g>{box('묶음', '1cm')}</draw:g></draw:page>",
        hidden,
    )
    assert found.blocks == (
        Block("heading", "제목", 1, 1),
        Block("paragraph", "위 글", 1),
        Block("paragraph", "아래 글", 1),
        Block("note", "말할 것", 1),
        Block("paragraph", "묶음", 3),
    )
    assert found.pages == 3
    assert found.notes == ("hidden slides left out: 2",)


def test_sheets_are_read_as_shown() -> None:
    hidden = (
        '<style:style style:name="T" style:family="table"><style:table-properties '
        'table:display="false"/></style:style>'
    )
    day = (
        '<table:table-cell office:value-type="date" office:date-value="2031-04-02">'
        f"{p('31/4/2')}</table:table-cell>"
    )
    share = f'<table:table-cell office:value-type="percentage">{p("15%")}</table:table-cell>'
    empty = '<table:table-cell table:number-columns-repeated="16380"/>'
    collapsed = 'table:visibility="collapse"'
    many = 'table:number-rows-repeated="1048000"'
    found = a_file(
        "spreadsheet",
        '<table:table table:name="명부"><table:table-column/>'
        '<table:table-column table:visibility="collapse"/>'
        f"<table:table-column table:number-columns-repeated='2'/>{row('2031년 현황', empty)}"
        f"{row('이름', '비밀', '날짜', '비율', empty)}{row('창고', 'x', day, share, empty)}"
        f"{row('숨은 줄', 'x', 'y', 'z', about=collapsed)}"
        f"{row(empty, about=many)}</table:table>"
        f'<table:table table:name="속셈" table:style-name="T">{row("숨은 시트")}</table:table>',
        hidden,
    )
    assert [(b.kind, b.text) for b in found.blocks] == [
        ("heading", "명부"),
        ("caption", "2031년 현황"),
        ("row", "| 이름: 창고 | 날짜: 2031-04-02 | 비율: 15% |"),
    ]
    assert found.notes == (
        "명부: 1 hidden row left out",
        "명부: 1 hidden column left out",
        "hidden sheet left out: 속셈",
    )


def test_a_locked_file_is_named() -> None:
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    with pytest.raises(LoadError, match="password"):
        a_file("text", p("글"), **{"META-INF__manifest": manifest})
