"""Lines of text into the paragraphs, items, headings and notes that a person reads."""

import pytest

from geungeo.ingest.blocks import Block
from geungeo.ingest.layout import plain_text_blocks


def texts(source: str, kind: str = "") -> list[str]:
    return [one.text for one in plain_text_blocks(source) if kind in ("", one.kind)]


KOREAN = """갯마을 협동조합은 지난해 가을부터 마을 어귀의 빈 창고를 고쳐 작은 목욕탕과 빨
래방을 함께 열고, 조합원이 아닌 주민에게도 같은 값에 쓰게 하고 있다. 올해에는 여기
에 더하여 손수레를 빌려 주는 일도 시작하였다.
"""
MORE_KOREAN = """산마을 조합은 오래된 방앗간을 사들여 책방으로 꾸몄으며, 책은 모두
주민이 내놓은 것이고 빌리는 값은 없다. 한 달에 두 번은 밤에도 문을
열어 아이들에게 옛이야기를 읽어 주고, 겨울에는 난로 곁에서 뜨개질을 함께 배운다.
"""
CHINESE = """渡口合作社去年秋天把村口的空仓库改成了小浴室和洗衣房，不是社员的居
民也可以用同样的价格使用。今年合作社还开始出借手推车，并且在周末开设
修理课。
"""
ENGLISH = """The harbour co-operative turned an empty store on the pier into a small bath-
house last autumn, and lets everyone use it at the same price, whether mem-
bers or not. A long-
term lease was signed in May.
"""


def test_korean_words_that_a_line_parts_are_whole_again() -> None:
    [paragraph] = texts(KOREAN)
    assert "작은 목욕탕과 빨래방을 함께 열고" in paragraph
    assert "올해에는 여기에 더하여 손수레를" in paragraph


def test_chinese_lines_are_joined_without_a_space() -> None:
    [paragraph] = texts(CHINESE)
    assert "不是社员的居民也可以用" in paragraph
    assert "并且在周末开设修理课。" in paragraph


def test_latin_words_are_joined_and_real_hyphens_stay() -> None:
    [paragraph] = texts(ENGLISH + "\nThe long-term lease has no end. The bathhouse is warm.")[:1]
    assert "small bathhouse last autumn" in paragraph
    assert "members or not" in paragraph
    assert "A long-term lease" in paragraph


def test_two_words_of_the_document_keep_their_hyphen_at_the_end_of_a_line() -> None:
    text = ENGLISH + "\nThe first term was a long one."
    assert "A long-term lease" in " ".join(texts(text))
    assert "A longterm lease" in " ".join(texts(ENGLISH))


def test_the_first_line_of_a_wrapped_item_is_no_heading() -> None:
    source = (
        "1. 목욕탕은 한 달에 한 번 물을 모두 갈고 그때마다 보건소에서 나와 물의 깨끗한\n"
        "정도를 재며, 그 결과를 조합 게시판에 붙인다.\n"
        "2. 빨래방은 밤 열 시에 닫는다.\n"
    )
    blocks = plain_text_blocks(source)
    assert [one.kind for one in blocks] == ["item", "item"]
    assert blocks[0].text.endswith("물의 깨끗한 정도를 재며, 그 결과를 조합 게시판에 붙인다.")


def test_numbered_lines_with_text_below_are_headings_and_lists_are_lists() -> None:
    source = (
        f"1. 배경\n\n{KOREAN}\n2. 계획\n\n가. 목욕탕\n\n{KOREAN}\n"
        "갖출 것은 다음과 같다.\n1. 손수레 두 대\n2. 수건 백 장\n3. 열쇠함 하나\n"
    )
    kinds = [(one.kind, one.text) for one in plain_text_blocks(source) if one.kind != "paragraph"]
    assert kinds == [
        ("heading", "1. 배경"),
        ("heading", "2. 계획"),
        ("heading", "가. 목욕탕"),
        ("item", "1. 손수레 두 대"),
        ("item", "2. 수건 백 장"),
        ("item", "3. 열쇠함 하나"),
    ]


def test_a_headline_and_the_body_after_a_blank_line_are_two() -> None:
    found = texts(
        f"갯마을 협동조합, 마을 어귀 빈 창고에 작은 목욕탕 새로 열고 주민을 맞아\n\n{KOREAN}"
    )
    assert len(found) == 2
    assert found[0].endswith("주민을 맞아")


def test_short_lines_are_not_joined() -> None:
    assert texts("서울\n부산\n인천\n대구") == ["서울", "부산", "인천", "대구"]
    assert texts("담당자: 오가람\n전화: 055-555-0101\n근무지: 갯마을 지소") == [
        "담당자: 오가람",
        "전화: 055-555-0101",
        "근무지: 갯마을 지소",
    ]


@pytest.mark.parametrize("mark", ["-", "○", "ㅇ", "•", "□", "①", "(1)", "가)", "※"])
def test_every_mark_begins_an_item(mark: str) -> None:
    lines = [f"{mark} {line}" for line in KOREAN.strip().split("\n")]
    assert len(texts("\n".join(lines))) == len(lines)


def test_form_feeds_are_pages_and_a_sentence_goes_on_over_them() -> None:
    head, foot = "갯마을 협동조합 연차 보고", "- {} -"
    lines = [*KOREAN.strip().split("\n"), *MORE_KOREAN.strip().split("\n")]
    pages = [lines[:2], lines[2:4], lines[4:]]
    source = "\f".join(
        "\n".join((head, *own, foot.format(number))) for number, own in enumerate(pages, 1)
    )
    blocks = plain_text_blocks(source)
    assert not any("연차 보고" in one.text or one.text.startswith("- ") for one in blocks)
    assert "쓰게 하고 있다. 올해에는 여기에 더하여" in blocks[0].text
    assert blocks[0].page == 1


def test_a_footnote_stands_apart_and_cuts_no_sentence() -> None:
    source = (
        "갯마을 협동조합은 지난해 가을부터 마을 어귀의 빈 창고1)를 고쳐 작은 목욕탕과 빨\n"
        "래방을 함께 열고, 조합원이 아닌 주민에게도 같은 값에 쓰게 하고 있으며 올해에는 여\n"
        "1) 창고는 소금을 두던 곳이다.\n"
        "\f기에 더하여 손수레를 빌려 주는 일도 시작하였다.\n"
    )
    assert plain_text_blocks(source) == [
        Block(
            "paragraph",
            "갯마을 협동조합은 지난해 가을부터 마을 어귀의 빈 창고1)를 고쳐 작은 목욕탕과 빨래방을 "
            "함께 열고, 조합원이 아닌 주민에게도 같은 값에 쓰게 하고 있으며 올해에는 여기에 더하여 "
            "손수레를 빌려 주는 일도 시작하였다.",
        ),
        Block("note", "1) 창고는 소금을 두던 곳이다."),
    ]


NOTED = (
    "갯마을 협동조합은 지난해 가을부터 마을 어귀의 빈 창고를 고쳐 작은 목욕탕과 빨\n"
    "래방을 함께 열고, 조합원이 아닌 주민에게도 같은 값에 쓰게 하고 있으며 올해에는 여\n"
    "{}) 창고는 소금을 두던 곳이다.\n"
    "\f기에 더하여 손수레를 빌려 주는 일도 시작하였다.\n"
)


def test_a_footnote_whose_mark_was_lost_is_told_by_the_sentence_that_it_parts() -> None:
    assert [one.kind for one in plain_text_blocks(NOTED.format(1))] == ["paragraph", "note"]
    assert "올해에는 여기에 더하여" in texts(NOTED.format(1))[0]


def test_an_item_out_of_the_footnotes_order_is_none() -> None:
    assert "note" not in {one.kind for one in plain_text_blocks(NOTED.format(7))}


@pytest.mark.parametrize("word", ["자료를", "자료가", "표를", "사진과", "그림에", "표현은"])
def test_a_line_that_begins_as_a_caption_would_parts_no_sentence(word: str) -> None:
    [paragraph] = texts(
        "갯마을 협동조합은 지난해 가을부터 마을 어귀의 빈 창고를 고쳐 목욕탕을 열었으며\n"
        f"{word} 함께 살펴본 주민들이 아직은 모자라다고 말하였다.\n"
    )
    assert f"열었으며 {word} 함께" in paragraph


@pytest.mark.parametrize("caption", ["표 3. 배의 수", "<표 가> 배", "그림 2-1 부두", "图一 码头"])
def test_captions_are_captions(caption: str) -> None:
    assert texts(f"{caption}\n\n{MORE_KOREAN}", "caption") == [caption]


def test_a_word_with_its_letters_set_apart_is_a_heading_over_what_it_says() -> None:
    source = "배 다툼\n주 문\n1. 배는 조합의 것이다.\n2. 돛은 나눈다.\n이 유\n1. 다툼의 시작\n"
    blocks = plain_text_blocks(f"{source}\n{MORE_KOREAN}")
    headings = [one.text for one in blocks if one.kind == "heading"]
    assert headings == ["주 문", "이 유", "1. 다툼의 시작"]


def test_a_word_with_its_letters_set_apart_in_a_form_is_no_heading() -> None:
    assert texts("구 분\n합 계\n갈매기호 12m\n두루미호 15m\n", "heading") == []


def test_figures_of_a_chart_and_sources_are_no_headings() -> None:
    source = f"### 76.0 76.8 77.9\n\n{KOREAN}\n<출처: 갯마을 살림 조사>\n\n{MORE_KOREAN}"
    kinds = {one.text: one.kind for one in plain_text_blocks(source)}
    assert kinds["76.0 76.8 77.9"] == "paragraph"
    assert kinds["<출처: 갯마을 살림 조사>"] == "note"
    assert "heading" not in kinds.values()


def test_rows_in_text_carry_their_labels() -> None:
    assert texts("이름\t길이\n갈매기호\t12m\n두루미호\t15m", "row") == [
        "| 이름: 갈매기호 | 길이: 12m |",
        "| 이름: 두루미호 | 길이: 15m |",
    ]


def test_a_date_that_a_line_parts_is_whole() -> None:
    source = (
        "갯마을 협동조합은 빈 창고를 고쳐 목욕탕을 열었으며, 이를 위한 계약은 지난 2031.\n"
        "3. 14.에 맺었다.\n"
    )
    assert "지난 2031. 3. 14.에 맺었다." in texts(source)[0]
