"""The documents, the settings and the evals of the page."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.steps import answered, ask, opened, settled, touch
from tests.unit.made import a_pdf


def upload(page: Page, file: Path) -> None:
    page.get_by_role("tab", name="문서").click()
    page.locator("#upload input[type=file]").set_input_files(file)
    expect(page.locator("#documents")).to_contain_text(file.name)


def test_a_document_is_opened_with_the_questions_that_it_answered(page: Page) -> None:
    ask(page, "베세토 연극제는 언제 처음 열렸나요?")
    answered(page, "1994년")
    page.get_by_role("tab", name="문서").click()
    expect(page.locator("#timeline figure i").first).to_be_visible()
    page.locator("#documents").get_by_role("button", name="베세토, 세 수도의").click()
    view = page.locator("#document .about")
    expect(view.locator("h2")).to_be_focused()
    expect(view.locator("h2")).to_have_text("베세토, 세 수도의 오래된 약속")
    expect(view.locator("li").filter(has_text="베세토 연극제는 언제 처음")).to_be_visible()
    expect(view.locator("h3", has_text="세 문장으로").locator("+ ul > li")).to_have_count(3)
    view.get_by_text("어떻게 읽었나").click()
    expect(view.locator(".reading .where").first).to_contain_text("문자 인식(OCR) 없이 읽음")
    read = view.locator(".reading tr", has_text="1994년").first
    expect(read).to_be_visible()
    expect(read.locator("td").nth(1)).to_have_text("문장")
    expect(page.locator("#remove-document")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(view).to_be_hidden()


def test_the_outline_leads_to_its_place_and_all_of_it_is_reached_by_keyboard(page: Page) -> None:
    settled(page)
    row = page.locator("#chosen").get_by_role("button", name="Notes from the humanoid")
    row.focus()
    page.keyboard.press("Enter")
    view = page.locator("#document .about")
    expect(view.locator("h2")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(view.locator(".outline summary")).to_be_focused()
    page.keyboard.press("Enter")
    heading = view.locator(".outline button").last
    named = heading.inner_text()
    heading.press("Enter")
    expect(view.locator(".flow")).to_be_focused()
    first = view.locator(".flow .passage", has_text=named).last
    expect(first.locator(".text").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(row).to_be_focused()


def test_what_was_read_wrongly_is_put_right_and_taken_back(page: Page) -> None:
    view = opened(page, "Notes from the humanoid robot centre")
    page.locator("#find input, #find textarea").fill("센터")
    rows = page.locator("#chosen label:visible")
    expect(rows).to_have_count(0)
    view.get_by_text("고치기").click()
    view.get_by_label("날짜").fill("작년")
    view.get_by_role("button", name="저장").click()
    expect(page.get_by_text("날짜는 2024, 2024-07")).to_be_visible()
    expect(view.get_by_label("날짜")).to_have_value("작년")
    view.get_by_label("날짜").fill("1999-03")
    view.get_by_label("제목").fill("로봇 센터 <b>방문기</b>")
    view.get_by_label("종류").fill("출장보고서")
    view.get_by_role("button", name="저장").click()
    expect(view.locator("h2")).to_have_text("로봇 센터 <b>방문기</b>")
    expect(view.locator(".where").first).to_contain_text("1999-03 · 출장보고서")
    row = page.locator("#chosen label", has_text="로봇 센터 <b>방문기</b>")
    expect(row).to_contain_text("1999-03")
    expect(rows).to_have_count(1)
    page.locator("#find input, #find textarea").fill("")
    page.locator("#scope button").first.click()
    page.get_by_label("언제까지").fill("1999")
    ask(page, "How many steps did Tiangong climb?")
    answered(page, "134")
    source = touch(page)
    expect(source.locator("h3")).to_contain_text("로봇 센터 <b>방문기</b>")
    source.locator("h3 button").click()
    view.get_by_text("고치기").click()
    expect(view).to_contain_text("읽은 값: Notes from the humanoid robot centre")
    view.get_by_role("button", name="읽은 대로").click()
    expect(view.locator("h2")).to_contain_text("Notes from the humanoid robot centre")
    expect(row).to_have_count(0)
    page.get_by_role("button", name="근거로 돌아가기").click()
    expect(source.locator("h3")).to_contain_text("Notes from the humanoid robot centre")


def test_an_uploaded_document_can_be_taken_out(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "소나무.txt"
    file.write_text("소나무 보고서\n\n소나무길의 가로수는 모두 77그루이다.", encoding="utf-8")
    upload(page, file)
    opened(page, "소나무")
    page.get_by_role("button", name="문서 삭제").click()
    expect(page.locator("#chosen")).not_to_contain_text("소나무.txt")
    ask(page, "소나무길의 가로수는 몇 그루인가요?")
    expect(page.locator(".talk .a.refused")).to_be_visible()


def test_files_that_are_dropped_anywhere_come_in_row_by_row(page: Page) -> None:
    settled(page)
    dropped = page.evaluate_handle(
        """() => {
          const given = new DataTransfer();
          const text = '오리나무 보고서\\n\\n오리나무길의 가로수는 모두 63그루이다.';
          given.items.add(new File([text], '오리나무.txt', {type: 'text/plain'}));
          given.items.add(new File(['x'], 'run.exe'));
          return given;
        }"""
    )
    page.dispatch_event("#centre", "dragover", {"dataTransfer": dropped})
    expect(page.locator("html[data-drop]")).to_be_attached()
    page.dispatch_event("#centre", "drop", {"dataTransfer": dropped})
    expect(page.locator("html[data-drop]")).to_have_count(0)
    rows = page.locator("#arriving li")
    expect(rows.filter(has_text="오리나무.txt")).to_contain_text("추가됨")
    expect(rows.filter(has_text="run.exe")).to_contain_text("올릴 수 없는")
    expect(page.locator("#chosen")).to_contain_text("오리나무.txt")
    ask(page, "오리나무길의 가로수는 몇 그루인가요?")
    answered(page, "63그루")


def test_a_running_page_sees_what_another_process_ingests(
    page: Page, served: Path, tmp_path: Path
) -> None:
    file = tmp_path / "밤나무.txt"
    file.write_text("밤나무 보고서\n\n밤나무길의 가로수는 모두 91그루이다.", encoding="utf-8")
    command = [sys.executable, "-m", "geungeo", "ingest", str(file), "--store", str(served)]
    subprocess.run(command, check=True, capture_output=True)
    page.get_by_role("tab", name="문서").click()
    expect(page.locator("#documents")).to_contain_text("밤나무.txt")
    ask(page, "밤나무길의 가로수는 몇 그루인가요?")
    answered(page, "91그루")


def test_a_page_of_a_pdf_is_shown_with_the_quote_marked(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "연차보고.pdf"
    file.write_bytes(a_pdf())
    upload(page, file)
    ask(page, "3쪽의 2번째 이야기는 도시 몇 곳을 다루나요?")
    answered(page, "32곳")
    source = touch(page)
    source.get_by_text("원본 페이지 보기").click()
    picture = source.locator("img[data-page='3']")
    expect(picture).to_be_in_viewport()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("(one) => one.naturalWidth") > 500
    expect(source.locator("mark").first).to_be_hidden()
    for key, page_number in (("Home", 1), ("End", 4)):
        page.locator("#sources .cards").press(key)
        page.wait_for_timeout(500)
        page.locator("#sources .cards").press(key)
        expect(source.locator(f"img[data-page='{page_number}']")).to_be_in_viewport()
    expect(source.locator("img")).to_have_count(4)


def test_settings_hold_and_are_remembered(page: Page) -> None:
    settled(page)
    page.get_by_role("tab", name="설정").click()
    expect(page.locator("#state")).to_contain_text("use-multilingual-v3")
    gate = page.get_by_label("거절 기준").locator("visible=true").first
    gate.fill("1")
    gate.press("Tab")
    ask(page, "베세토 연극제는 언제 처음 열렸나요?")
    expect(page.locator(".talk .a.refused")).to_be_visible()
    settled(page)
    page.reload()
    settled(page)
    page.get_by_role("tab", name="설정").click()
    expect(gate).to_have_value("1")
    page.get_by_role("button", name="기본값으로").click()
    ask(page, "베세토 연극제는 언제 처음 열렸나요?")
    answered(page, "1994년")


def test_the_evals_run_and_show_each_failure(page: Page, golds: Path) -> None:
    cases = [
        {"id": "1", "lang": "ko", "question": "베세토 연극제는 언제 처음 열렸나요?",
         "answers": ["1994"]},
        {"id": "2", "lang": "ko", "question": "베세토 연극제는 언제 처음 열렸나요?",
         "answers": ["1871"]},
        {"id": "3", "lang": "ko", "question": "제주도의 감귤 생산량은?", "answerable": False},
    ]  # fmt: skip
    (golds / "gold.jsonl").write_text("\n".join(map(json.dumps, cases)), encoding="utf-8")
    (golds / "none.jsonl").write_text("[", encoding="utf-8")

    def choose(name: str) -> None:
        page.get_by_label("문제 파일").click()
        page.get_by_role("option", name=name).click()

    page.get_by_role("tab", name="평가").click()
    choose("gold.jsonl")
    page.get_by_role("button", name="평가 실행").click()
    report = page.frame_locator("#report iframe")
    expect(report.get_by_text("wanted: 1871")).to_be_attached()
    report.locator("summary").first.click()
    expect(report.get_by_text("wanted: 1871")).to_be_visible()
    expect(report.locator("svg").first).to_be_visible()
    choose("none.jsonl")
    page.get_by_role("button", name="평가 실행").click()
    message = page.locator(".toast-body").filter(has_text="none.jsonl")
    expect(message).to_be_visible()
    expect(message).to_contain_text("오류")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_serious_is_found_by_axe(page: Page, colours: str) -> None:
    axe = Axe()

    def check() -> None:
        found = axe.run(page).response["violations"]
        grave = [one for one in found if one["impact"] in ("serious", "critical")]
        assert not grave, [(one["id"], one["nodes"][0]["html"]) for one in grave]

    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    settled(page)
    page.reload()
    settled(page)
    check()
    ask(page, "베세토 연극제는 언제 처음 열렸나요?")
    answered(page, "1994년")
    touch(page)
    check()
    opened(page, "베세토, 세 수도의 오래된 약속")
    for folded in page.locator("#document summary").all():
        folded.click()
    check()
    for tab in ("문서", "평가", "설정"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(700)
        check()
    page.get_by_role("tab", name="질문").click()
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(500)
    check()
