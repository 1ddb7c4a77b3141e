"""The page in a real Chromium: ask, read, open the source, upload."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import answered, ask, box, opened, settled, touch


@pytest.mark.parametrize(
    ("question", "answer", "title"),
    [
        ("베세토 연극제는 언제 처음 열렸나요?", "1994년", "베세토, 세 수도의 오래된 약속"),
        ("企业从申请入驻到拿到工位平均需要几天？", "九个工作日", "中关村创业服务考察记录"),
        ("How many steps did Tiangong climb?", "134", "Notes from the humanoid robot centre"),
    ],
)
def test_ask_see_the_citation_open_the_source(
    page: Page, question: str, answer: str, title: str
) -> None:
    ask(page, question)
    expect(page.locator(".talk .a")).to_contain_text(answer, timeout=60_000)
    expect(page.locator("#evidence")).to_be_hidden()
    source = touch(page)
    expect(source.locator("mark").first).to_be_in_viewport()
    expect(source).to_have_class(re.compile("chosen"))
    expect(source).to_contain_text(title)
    expect(source.locator("mark").first).to_contain_text(answer)
    page.keyboard.press("Escape")
    expect(page.locator("#evidence")).to_be_hidden()
    expect(page.locator(".talk .chip").first).to_be_focused()


def test_the_sources_are_gone_through_one_by_one(page: Page) -> None:
    ask(page, "제주도의 감귤 생산량은 얼마인가요?")
    page.locator(".talk .nearest").click()
    first, second = page.locator("#source-1"), page.locator("#source-2")
    expect(first).to_have_class(re.compile("chosen"))
    page.get_by_role("button", name="다음 근거").click()
    expect(second).to_have_class(re.compile("chosen"))
    page.get_by_role("button", name="이전 근거").click()
    expect(first).to_have_class(re.compile("chosen"))
    expect(second).to_be_hidden()
    page.get_by_role("button", name="근거 2").click()
    expect(second).to_be_visible()
    page.get_by_role("button", name="닫기", exact=True).click()
    expect(page.locator("#evidence")).to_be_hidden()


def test_the_whole_document_stands_around_a_quote(page: Page) -> None:
    ask(page, "서울-베이징 통합위원회는 몇 년에 만들어졌나요?")
    source = touch(page)
    text = source.locator(".flow")
    expect(text).to_contain_text("관계의 시작")
    expect(text.locator(".passage[data-first]")).to_be_attached()
    expect(text.locator(".passage[data-last]")).to_be_attached()
    starts = text.locator(".passage").evaluate_all("(all) => all.map((one) => one.dataset.start)")
    assert starts == sorted(set(starts), key=int)
    expect(source.locator("mark").first).to_be_in_viewport()


def test_a_refusal_shows_the_nearest_passages(page: Page) -> None:
    ask(page, "제주도의 감귤 생산량은 얼마인가요?")
    expect(page.locator(".talk .a.refused")).to_contain_text("찾을 수 없습니다", timeout=60_000)
    page.get_by_text("가장 가까운 구절 보기").click()
    expect(page.locator("#sources")).to_contain_text("답은 아님")
    expect(page.locator("#next button")).to_have_count(0)


def test_what_is_typed_while_an_answer_comes_stays(page: Page) -> None:
    ask(page, "제주도의 감귤 생산량은 얼마인가요?")
    expect(page.locator(".talk .waiting, .talk .refused")).to_be_visible()
    field = box(page)
    expect(field).to_have_value("")
    field.fill("다음 질문")
    expect(page.locator(".talk .refused")).to_be_visible(timeout=60_000)
    page.wait_for_timeout(500)
    expect(field).to_have_value("다음 질문")


def test_the_dialogue_follows_its_newest_answer(page: Page) -> None:
    for number in range(1, 8):
        expect(box(page)).to_have_value("")
        ask(page, f"제주도의 감귤 생산량은 얼마인가요? {number}")
        expect(page.locator(".talk .a:not(.waiting)")).to_have_count(number, timeout=60_000)
    expect(page.locator(".talk .a").last).to_be_in_viewport()
    expect(page.locator(".talk .q").first).not_to_be_in_viewport()


def test_the_page_speaks_the_readers_language_and_remembers_it(page: Page) -> None:
    settled(page)
    expect(page.locator("#welcome")).to_contain_text("가장 새 문서")
    page.get_by_label("中文").check()
    expect(page.get_by_role("tab", name="文件")).to_be_visible()
    expect(page.locator("#welcome")).to_contain_text("请就文件提问")
    settled(page)
    page.reload()
    expect(page.get_by_role("tab", name="文件")).to_be_visible()
    settled(page)
    page.get_by_label("English").check()
    expect(page.get_by_role("tab", name="Documents")).to_be_visible()


def test_a_link_asks_its_question(page: Page, address: str) -> None:
    settled(page)
    page.goto(f"{address}/?q=베세토 연극제는 언제 처음 열렸나요?")
    expect(page.locator(".talk .a")).to_contain_text("1994년", timeout=60_000)


def test_a_search_can_be_narrowed_and_says_so(page: Page) -> None:
    page.locator("#scope button").first.click()
    page.get_by_label("언제부터").fill("2025-06")
    ask(page, "베세토 연극제는 언제 처음 열렸나요?")
    expect(page.locator(".talk .a.refused")).to_be_visible(timeout=60_000)
    expect(page.locator(".talk .scope")).to_contain_text("2025-06")
    page.get_by_label("언제부터").fill("작년")
    ask(page, "베세토 연극제는 언제 처음 열렸나요?")
    expect(page.get_by_text("날짜는 2024, 2024-07")).to_be_visible()


def test_ticked_documents_are_what_is_searched(page: Page) -> None:
    settled(page)
    page.get_by_label("문서 찾기").fill("휴머노이드 02_trip")
    shown = page.locator("#chosen label:visible")
    expect(shown).to_have_count(0)
    page.get_by_label("문서 찾기").fill("02_trip")
    expect(shown).to_have_count(1)
    shown.locator("input").check()
    expect(page.locator("#within")).to_contain_text("02_trip_report_2024.txt")
    ask(page, "베세토 연극제는 언제 처음 열렸나요?")
    expect(page.locator(".talk .a.refused")).to_contain_text("범위 밖", timeout=60_000)
    page.locator("#within button").click()
    expect(page.locator("#within span")).to_have_count(0)
    ask(page, "베세토 연극제는 언제 처음 열렸나요?")
    answered(page, "1994년")


def test_the_page_fits_its_window_and_a_reload_loses_nothing(page: Page) -> None:
    ask(page, "서울-베이징 통합위원회는 몇 년에 만들어졌나요?")
    answered(page, "2013년")
    box(page).fill("반쯤 쓴 질문")
    settled(page)
    page.reload()
    answered(page, "2013년")
    expect(box(page)).to_have_value("반쯤 쓴 질문")
    beyond = "document.documentElement.scrollHeight - innerHeight"
    assert page.evaluate(beyond) <= 0
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#side")).to_be_hidden()
    touch(page)
    expect(page.locator("#evidence mark").first).to_be_in_viewport()
    assert page.evaluate(beyond) <= 0
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.keyboard.press("Escape")
    page.locator("#menu").click()
    expect(page.locator("#side")).to_be_visible()


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    page.locator("#examples button, #examples .gallery-item").first.click()
    expect(page.locator(".talk .a .chip").first).to_be_visible(timeout=60_000)


def test_uploaded_documents_answer_and_stay_text(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "귤나무.txt"
    file.write_text(
        "감귤 보고서\n\n귤나무길의 가로수는 모두 512그루이다. "
        "<img src=x onerror=\"document.title='hacked'\"> ${7*7} <script>document.title=1</script> "
        "<svg onload=\"document.title='hacked'\"></svg> [열기](javascript:document.title=1) "
        "![그림](data:text/html;base64,PHNjcmlwdD4=)\n\n"
        "| <b>칸</b> | <a href='javascript:1'>둘</a> |",
        encoding="utf-8",
    )
    page.get_by_role("tab", name="문서").click()
    expect(page.locator("#documents")).to_contain_text("베세토, 세 수도의 오래된 약속")
    page.locator("#upload input[type=file]").set_input_files(file)
    expect(page.locator("#documents")).to_contain_text("귤나무.txt")
    expect(page.locator("#uploaded textarea")).to_have_value(re.compile("추가됨"))
    ask(page, "귤나무길의 가로수는 몇 그루인가요?")
    expect(page.locator(".talk .a")).to_contain_text("512그루", timeout=60_000)
    opened(page, "감귤 보고서")
    expect(page.locator("#document .text th").first).to_have_text("칸")
    parts = "#talk, #sources, #document"
    assert page.locator(parts).locator("img, svg, script, b b, a:not(.chip)").count() == 0
    assert page.title() == "근거 Geungeo"


def test_what_is_typed_while_the_page_opens_stays(page: Page) -> None:
    box(page).fill("베세토 연극제는")
    settled(page)
    expect(box(page)).to_have_value("베세토 연극제는")


def test_nothing_jumps_while_an_answer_comes(page: Page) -> None:
    settled(page)
    page.evaluate(
        """() => {
          window.shifts = [];
          new PerformanceObserver((list) => window.shifts.push(...list.getEntries()))
            .observe({type: 'layout-shift'});
        }"""
    )
    for number in (1, 2):
        ask(page, f"서울-베이징 통합위원회는 몇 년에 만들어졌나요{'?' * number}")
        expect(page.locator(".talk .a:has(.chip)")).to_have_count(number)
        expect(page.locator("#next button").first).to_be_visible()
        page.wait_for_timeout(1000)
        shifted = page.evaluate("window.shifts.reduce((sum, one) => sum + one.value, 0)")
        assert shifted < 0.1, "what Web Vitals call good"
