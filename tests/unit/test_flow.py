"""The text of a document as one, a stretch of it at a time."""

from __future__ import annotations

import re

import pytest

from geungeo.rag.routes.document import Heading, main_points, outline
from geungeo.ui.page.flow import Flow, cited
from geungeo.ui.strings import STRINGS
from geungeo.vectorstore import Passage

SAY = STRINGS["en"]
TEXT = "".join(f"Line {n:04} <b>.\n- " for n in range(1500))
WIDTH = len("Line 0000 <b>.\n- ")


def passage(number: int, section: str = "") -> Passage:
    start = number * WIDTH
    text = TEXT[start : start + WIDTH - 3]
    return Passage(
        number, "d", "/d", "T", "", "", "", "en", section, 1 + number // 3, start,
        start + len(text), text, ((start, start + len(text)),),
    )  # fmt: skip


FLOW = Flow(TEXT, [passage(number) for number in range(1500)])


def starts(html: str) -> list[int]:
    return [int(start) // WIDTH for start in re.findall(r'data-start="(\d+)"', html)]


def test_all_of_a_text_is_reached_from_any_place_a_stretch_at_a_time() -> None:
    shown = starts(FLOW.stretch(700 * WIDTH + 3, "from", SAY))
    assert shown[0] == 700 and len(shown) < 20
    while shown[0]:
        shown = starts(FLOW.stretch(shown[0] * WIDTH, "before", SAY)) + shown
    while shown[-1] < 1499:
        shown += starts(FLOW.stretch(shown[-1] * WIDTH, "after", SAY))
    assert shown == list(range(1500))
    assert FLOW.stretch(0, "before", SAY) == FLOW.stretch(1499 * WIDTH, "after", SAY) == ""
    assert "data-first" in FLOW.stretch(0, "from", SAY)
    assert "data-last" in FLOW.stretch(1499 * WIDTH, "from", SAY)


def test_what_lies_between_passages_is_shown_and_pages_are_told() -> None:
    shown = FLOW.stretch(2 * WIDTH, "from", SAY)
    assert "Line 0002 &lt;b&gt;.\n-</div>" in shown and "<b>" not in shown
    assert shown.index("Line 0002") < shown.index("p. 2") < shown.index("Line 0003")


def test_a_flow_begins_at_the_mark() -> None:
    one = passage(5)
    html = cited(one, (one.start + 5, one.start + 9))
    assert f'data-path="/d"><section class="passage" data-start="{one.start}">' in html
    assert "Line <mark>0005</mark> &lt;b&gt;." in html


def test_headings_come_once_with_those_above_them() -> None:
    sections = ("AA", "AA › BB", "AA › BB › CC › DD", "AA › BB", "EE › BB", "", "EE")
    found = outline([passage(number, section) for number, section in enumerate(sections)])
    assert [(one.text, one.depth) for one in found] == [
        ("AA", 1), ("BB", 2), ("CC", 3), ("EE", 1), ("BB", 2), ("EE", 1)
    ]  # fmt: skip
    assert found[2] == Heading("CC", 3, 1, 2 * WIDTH)


def test_the_aims_of_a_plan_are_its_main_points() -> None:
    plan = (
        "Ⅰ. 배경", "Ⅱ. 계획 › 1. 목욕탕", "Ⅱ. 계획 › 2. 책방 › 가. 책", "Ⅱ. 계획 › 3. 나루",
        "Ⅲ. 결론",
    )  # fmt: skip
    points = main_points([passage(number, section) for number, section in enumerate(plan)])
    assert [one.text for one in points] == ["1. 목욕탕", "2. 책방", "3. 나루"]
    assert [one.passage.id for one in points] == [1, 2, 3]


@pytest.mark.parametrize(
    "sections",
    [
        ("Ⅰ. 배경", "Ⅱ. 계획 › 1. 목욕탕", "Ⅱ. 계획 › 3. 나루", "Ⅱ. 계획 › 4. 배"),
        ("Ⅱ. 계획 › 1. 목욕탕", "Ⅱ. 계획 › 2. 책방"),
        ("요약", "Ⅱ. 계획 › 1. 목욕탕", "Ⅱ. 계획 › 2. 책방", "Ⅱ. 계획 › 3. 나루"),
        ("", ""),
        (),
    ],
)
def test_gaps_few_headings_and_a_summary_of_its_own_give_none(sections: tuple[str, ...]) -> None:
    assert main_points([passage(number, one) for number, one in enumerate(sections)]) == []
