"""Logging in, asking and logging out in a browser, and what each role is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from geungeo.vectorstore import Store
from tests.browser.steps import answered, ask, box, new_page, settled
from tests.integration.test_accounts import PASSWORD, started

QUESTION = "이좡의 자율주행 버스는 몇 대가 다니나요?"


@pytest.fixture(scope="module")
def guarded(sample_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = started(sample_store, tmp_path_factory.mktemp("login"))
    yield f"http://127.0.0.1:{server.port}"
    server.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complains of."""
    return []


@pytest.fixture
def visitor(browser: Browser, guarded: str, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1360, "height": 900}, locale="ko-KR")
    page = new_page(context)
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{guarded}/?from=link")
    page.set_default_timeout(60_000)
    expect.set_options(timeout=30_000)
    yield page
    context.close()


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("아이디").fill(name)
    page.get_by_label("비밀번호").fill(password)
    page.get_by_role("button", name="로그인").click()


def tabs(page: Page) -> list[str]:
    return [one.inner_text() for one in page.locator("#tabs [role=tab]:visible").all()]


def test_a_reader_logs_in_asks_and_logs_out(visitor: Page, complaints: list[str]) -> None:
    log_in(visitor, "the-reader", "not this one")
    expect(visitor.get_by_role("alert")).to_contain_text("맞지 않습니다")
    log_in(visitor, "the-reader")
    expect(visitor).to_have_url(visitor.url.split("?")[0] + "?from=link")
    settled(visitor)
    assert tabs(visitor) == ["질문", "문서", "설정"]
    expect(visitor.locator("#log-out")).to_contain_text("the-reader")
    ask(visitor, QUESTION)
    answered(visitor, "18대")
    visitor.get_by_role("tab", name="문서").click()
    expect(visitor.locator("#documents li").first).to_be_visible()
    expect(visitor.locator("#upload")).to_have_count(0)
    # The browser notes an answer of 401, which the wrong password got. What comes after this is
    # of Gradio's own streams, which it ends where a page is left.
    assert [text for text in complaints if "401" not in text] == []
    visitor.get_by_role("button", name="로그아웃").click()
    expect(visitor.get_by_label("비밀번호")).to_be_visible()
    visitor.go_back()
    expect(visitor.get_by_label("비밀번호")).to_be_visible()


def test_an_administrator_is_shown_all_of_it(visitor: Page, complaints: list[str]) -> None:
    log_in(visitor, "the-admin")
    settled(visitor)
    assert tabs(visitor) == ["질문", "문서", "평가", "설정"]
    expect(visitor.locator("#history label")).to_have_count(0)
    visitor.get_by_role("tab", name="문서").click()
    expect(visitor.locator("#upload")).to_be_visible()
    visitor.get_by_role("tab", name="설정").click()
    expect(visitor.locator("#state")).to_contain_text("store")
    visitor.get_by_role("tab", name="평가").click()
    expect(visitor.locator("#run-evals")).to_be_visible()
    visitor.get_by_role("tab", name="질문").click()
    expect(box(visitor)).to_be_visible()
    assert complaints == []
