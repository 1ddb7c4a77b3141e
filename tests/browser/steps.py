"""What readers do on the page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def settled(page: Page) -> None:
    """Wait for what the page fetches when it opens; leaving before is an error in its console."""
    expect(page.locator("#examples button, #next button").first).to_be_visible()
    page.wait_for_timeout(1000)


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="질문 · 问题 · Question")


def ask(page: Page, question: str) -> None:
    field = box(page)
    field.fill(question)
    field.press("Enter")


def answered(page: Page, text: str) -> None:
    """Wait until the newest answer is there, with what follows it."""
    expect(page.locator(".talk .a").last).to_contain_text(text, timeout=60_000)
    expect(page.locator("#history label").first).to_be_attached()
    page.wait_for_timeout(300)


def side(page: Page) -> None:
    """Open the list of conversations."""
    page.locator(".sidebar .toggle-button").click()
    expect(page.locator("#new")).to_be_in_viewport()
