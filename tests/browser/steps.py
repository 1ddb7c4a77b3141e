"""What readers do on the page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def settled(page: Page) -> None:
    """Wait for what the page fetches when it opens; leaving before is an error in its console."""
    expect(page.locator("html[data-loaded]")).to_be_attached()
    expect(page.locator("#examples button, #next button").first).to_be_visible()
    page.wait_for_timeout(1000)


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="질문 · 问题 · Question")


def ask(page: Page, question: str) -> None:
    page.locator("#tabs [role=tab]").first.click()
    field = box(page)
    field.fill(question)
    field.press("Enter")


def touch(page: Page, number: int = 1) -> Locator:
    """Touch a citation of the newest answer; returns the card of its source."""
    page.locator(".talk .a").last.locator(".chip").nth(number - 1).click()
    return page.locator(f"#source-{number}")


def opened(page: Page, title: str) -> Locator:
    """Open the document of a row at the left; returns what is told of it at the right."""
    page.locator("#tabs [role=tab]").first.click()
    page.locator("#chosen").get_by_role("button", name=title).click()
    view = page.locator("#document .about")
    expect(view).to_contain_text(title)
    return view


def answered(page: Page, text: str) -> None:
    """Wait until the newest answer is there, with what follows it."""
    expect(page.locator(".talk .a").last).to_contain_text(text, timeout=60_000)
    expect(page.locator("#history label").first).to_be_attached()
    page.wait_for_timeout(300)


def act(page: Page, name: str) -> None:
    """What can be done with the newest answer."""
    page.locator(".talk .actions").last.get_by_role("button", name=name, exact=True).click()
