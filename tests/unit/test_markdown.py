import pytest

from geungeo.ingest.formats.plain.markdown import markdown_blocks


def lines(markdown: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in markdown_blocks(markdown)]


def test_headings_paragraphs_and_items_in_order() -> None:
    source = """# 어시장 안내

이른 새벽에 열리는 시장은
여름에는 네 시에 문을 연다.

## 순서

1. 줄을 선다.
   - 번호표를 받는다.
2) 값을 치른다.

* 봄
* ![그림](a.png)
"""
    assert lines(source) == [
        ("heading", "어시장 안내"),
        ("paragraph", "이른 새벽에 열리는 시장은 여름에는 네 시에 문을 연다."),
        ("heading", "순서"),
        ("item", "1. 줄을 선다."),
        ("item", "- 번호표를 받는다."),
        ("item", "2) 값을 치른다."),
        ("item", "- 봄"),
    ]
    assert [block.level for block in markdown_blocks(source) if block.level] == [1, 2]


def test_marks_links_and_pictures_are_reduced_to_text() -> None:
    source = (
        '**"새벽장"**을 여는 *날*은 [달력](https://x.example/1 "제목")에 있고 `코드`는 '
        "![사진](b.png)그대로다. &lt;끝&gt; 1\\. <b>굵게</b>"
    )
    assert lines(source) == [
        ("paragraph", '"새벽장"을 여는 날은 달력에 있고 코드는 그대로다. <끝> 1. 굵게')
    ]


@pytest.mark.parametrize(
    "struck", ["~~두 번~~ ", "~~(두 번)~~은 ", "<del>두 번</del> ", "<!-- 두\n\n번 -->"]
)
def test_what_is_struck_or_hidden_is_left_out(struck: str) -> None:
    [(_, text)] = lines(f"장은 {struck}세 번 선다.")
    assert "두" not in text
    assert text.endswith("세 번 선다.")


def test_rows_carry_their_labels_and_bars_within_cells_stay() -> None:
    source = """| 배 | 출발 | 도착 |
|:--|--:|:-:|
| 물새호 | 06:20 | ~~07:00~~ **07:30** |
| 파도호 | 11:05 | 12:\\|10 |
"""
    assert lines(source) == [
        ("row", "| 배: 물새호 | 출발: 06:20 | 도착: 07:30 |"),
        ("row", "| 배: 파도호 | 출발: 11:05 | 도착: 12:|10 |"),
    ]


def test_a_footnote_follows_the_block_that_refers_to_it() -> None:
    source = """뱃삯은 3천 원이다.[^값] 아이는 싸다.

다음 문단이다.

[^값]: 섬 사람은
    내지 않는다.

    미리 알려야 한다.
[^2]: 아무도 묻지 않았다.

끝이다.
"""
    assert lines(source) == [
        ("paragraph", "뱃삯은 3천 원이다. 아이는 싸다."),
        ("note", "1) 섬 사람은 내지 않는다. 미리 알려야 한다."),
        ("paragraph", "다음 문단이다."),
        ("paragraph", "끝이다."),
        ("note", "2) 아무도 묻지 않았다."),
    ]


def test_lines_of_chinese_are_joined_without_a_space() -> None:
    assert lines("渔网晒干以后\n才能收起来。") == [("paragraph", "渔网晒干以后才能收起来。")]


def test_marks_at_the_beginning_of_a_line_part_a_paragraph() -> None:
    source = "○ 때: 3월 2일\n○ 곳: 부두\n\n담당: 김돌\n전화: 012-345\n\n    들여 쓴 글이다."
    assert [text for _, text in lines(source)] == [
        "○ 때: 3월 2일",
        "○ 곳: 부두",
        "담당: 김돌",
        "전화: 012-345",
        "들여 쓴 글이다.",
    ]


def test_code_and_tasks() -> None:
    source = "```\nfare = 1  # <!-- 값 -->\n\n~~y~~\n```\n- [ ] 명부\n- [x] 조끼"
    assert lines(source) == [
        ("paragraph", "fare = 1 # <!-- 값 -->"),
        ("paragraph", "~~y~~"),
        ("item", "- ☐ 명부"),
        ("item", "- ☑ 조끼"),
    ]


def test_dashes_under_a_sentence_are_a_rule() -> None:
    assert lines("배가 떠났다.\n---\n제목\n---\n") == [
        ("paragraph", "배가 떠났다."),
        ("heading", "제목"),
    ]
