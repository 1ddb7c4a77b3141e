"""Conversations: kept, found, changed, copied, saved and judged."""

from __future__ import annotations

import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from geungeo.rag.feedback import FILE, Feedback
from tests.browser.steps import act, answered, ask, box, new_page, settled, touch

BESETO = "베세토 연극제는 언제 처음 열렸나요?"
COMMITTEE = "서울-베이징 통합위원회는 몇 년에 만들어졌나요?"


def test_conversations_are_kept_named_found_and_deleted(page: Page) -> None:
    ask(page, BESETO)
    answered(page, "1994년")
    page.get_by_role("button", name="새 대화").click()
    expect(page.locator("#welcome")).to_be_visible()
    ask(page, COMMITTEE)
    answered(page, "2013년")
    listed = page.locator("#history label")
    expect(listed).to_have_count(2)
    settled(page)
    page.reload()
    expect(listed).to_have_count(2)
    page.get_by_label("대화 찾기").fill("1994년")
    expect(listed).to_have_count(1)
    listed.first.click()
    expect(page.locator(".talk .a")).to_contain_text("1994년")
    expect(touch(page).locator("mark").first).to_contain_text("1994년")
    page.locator("#history").get_by_role("button", name="이름 바꾸기").click()
    name = page.locator("#history .renaming")
    expect(name).to_be_focused()
    name.fill("버릴 이름")
    name.press("Escape")
    expect(page.locator("#history").get_by_role("button", name="이름 바꾸기")).to_be_focused()
    page.keyboard.press("Enter")
    expect(name).to_have_value(BESETO)
    name.fill("연극제")
    name.press("Enter")
    expect(listed.first).to_have_text("연극제")
    expect(name).to_have_count(0)
    page.get_by_label("대화 찾기").fill("")
    expect(listed).to_have_count(2)
    expect(listed.filter(has_text="연극제")).to_have_count(1)
    page.locator("#conversation button").first.click()
    page.get_by_role("button", name="대화 삭제").click()
    expect(listed).to_have_count(1)
    expect(page.locator("#welcome")).to_be_visible()
    page.get_by_role("button", name="되돌리기").click()
    expect(listed.filter(has_text="연극제")).to_have_count(1)
    expect(page.locator(".talk .a")).to_contain_text("1994년")
    page.get_by_role("button", name="대화 삭제").click()
    expect(listed).to_have_count(1)
    settled(page)


def test_another_browser_sees_none_of_them(page: Page, address: str) -> None:
    ask(page, BESETO)
    answered(page, "1994년")
    other = page.context.browser
    assert other is not None
    stranger = new_page(other.new_context(locale="ko-KR"))
    stranger.goto(address)
    settled(stranger)
    expect(stranger.locator("#history label")).to_have_count(0)
    stranger.context.close()


def test_a_conversation_is_saved_at_the_first_click(page: Page, tmp_path: Path) -> None:
    ask(page, BESETO)
    answered(page, "1994년")
    page.locator("#conversation button").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").click()
    download.value.save_as(tmp_path / "a.md")
    assert "[^1-1]: “" in (tmp_path / "a.md").read_text(encoding="utf-8")
    with page.expect_download() as download:
        page.get_by_role("button", name="Word").click()
    download.value.save_as(tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as word:
        assert "1994년" in word.read("word/footnotes.xml").decode()


def test_a_question_is_asked_again_and_changed(page: Page) -> None:
    ask(page, BESETO)
    answered(page, "1994년")
    act(page, "다시 묻기")
    answered(page, "1994년")
    expect(page.locator(".talk .q")).to_have_count(1)
    act(page, "질문 고치기")
    expect(box(page)).to_have_value(BESETO)
    expect(page.locator(".talk .q")).to_have_count(0)
    ask(page, COMMITTEE)
    answered(page, "2013년")
    expect(page.locator(".talk .q")).to_have_count(1)


def test_what_a_long_conversation_does_not_show_is_one_click_away(page: Page) -> None:
    for number in range(32):
        ask(page, f"안녕하세요 {number}")
        expect(page.locator(".talk .q").last).to_contain_text(f"안녕하세요 {number}")
        expect(page.locator(".talk .actions").last).to_be_visible()
        expect(page.locator(f".talk .a[data-number='{number}']")).to_be_visible()
    first = page.locator(".talk .a[data-number='0']")
    expect(first).to_have_count(0)
    page.get_by_role("button", name="앞선 대화 2개 보기").click()
    expect(first).to_be_attached()
    expect(page.locator(".talk .q")).to_have_count(32)
    expect(page.locator(".talk .a[data-number='2']")).to_be_in_viewport()


def test_an_answer_is_copied_with_its_sources(page: Page) -> None:
    ask(page, BESETO)
    answered(page, "1994년")
    for button, expected in (("답 복사", "[1] “"), ("각주 포함 복사", "[^1-1]: “")):
        act(page, button)
        expect(page.get_by_text("복사했습니다").first).to_be_visible()
        page.wait_for_function(
            "(wanted) => navigator.clipboard.readText().then((text) => text.includes(wanted))",
            arg=expected,
        )


def test_what_to_ask_next_comes_from_the_cited_document(page: Page) -> None:
    ask(page, COMMITTEE)
    answered(page, "2013년")
    suggested = page.locator("#next button").first
    expect(suggested).to_contain_text("서울과 베이징의 수도외교 한눈에 보기")
    suggested.click()
    expect(page.locator(".talk .q")).to_have_count(2)
    expect(page.locator(".talk .a .chip").last).to_be_visible()
    expect(page.locator(".talk .a.refused")).to_have_count(0)


def test_a_chip_tells_its_quote_and_an_earlier_one_brings_its_source(page: Page) -> None:
    ask(page, BESETO)
    answered(page, "1994년")
    ask(page, COMMITTEE)
    answered(page, "2013년")
    page.locator(".talk .a").first.locator(".chip").first.hover()
    expect(page.locator("#tip")).to_contain_text("1994년")
    expect(page.locator("#tip small")).to_contain_text("베세토")
    page.locator(".talk .a").first.locator(".chip").first.click()
    expect(page.locator("#source-1 mark").first).to_contain_text("1994년")
    expect(page.locator("#source-1 mark").first).to_be_in_viewport()
    # Hangul breaks at spaces.
    expect(page.locator("#source-1 .text").first).to_have_css("word-break", "keep-all")


def test_an_opinion_may_be_about_one_citation(page: Page, served: Path) -> None:
    ask(page, BESETO)
    answered(page, "1994년")
    expect(page.locator("#feedback")).to_be_hidden()
    act(page, "틀림")
    page.locator("#about input").click()
    page.get_by_role("option", name="근거 1").click()
    page.get_by_label("의견", exact=True).fill("다른 해를 말함")
    page.get_by_role("button", name="보내기", exact=True).click()
    expect(page.get_by_text("이 서버에만 저장")).to_be_visible()
    expect(page.locator("#feedback")).to_be_hidden()
    last = Feedback(served / FILE).remarks()[-1]
    assert (last.citation, last.is_good, last.comment) == (1, False, "다른 해를 말함")
    assert len(last.quotes) == 1


def test_enter_that_ends_a_syllable_does_not_send(page: Page) -> None:
    settled(page)
    box(page).fill("베세토")
    for kind in ("keydown", "keypress"):
        box(page).dispatch_event(
            kind, {"key": "Enter", "code": "Enter", "isComposing": True, "bubbles": True}
        )
    page.wait_for_timeout(800)
    expect(page.locator(".talk .q")).to_have_count(0)
    expect(box(page)).to_have_value("베세토")
