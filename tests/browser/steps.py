"""What readers do on the page."""

from __future__ import annotations

import time

from playwright.sync_api import BrowserContext, Locator, Page, expect

# Seconds for all events of the page to end, and milliseconds between two looks at them: the next
# event of several begins between two of these.
_PATIENCE, _LOOK = 60.0, 100.0
_QUIET = 5


def new_page(context: BrowserContext) -> Page:
    """A page of which is known how its requests end: where nobody listens, that is not told."""
    page = context.new_page()
    page.on("requestfinished", lambda _: None)
    page.on("requestfailed", lambda _: None)
    return page


def settled(page: Page) -> None:
    """Wait until the page has opened and no event of it runs; leaving before is an error in its
    console."""
    expect(page.locator("html[data-loaded]")).to_be_attached()
    expect(page.locator("#examples button, #next button").first).to_be_visible()
    until = time.monotonic() + _PATIENCE
    quiet = 0
    while quiet < _QUIET:
        assert time.monotonic() < until, "events of the page still run"
        page.wait_for_timeout(_LOOK)
        quiet = 0 if _is_busy(page) else quiet + 1


def _is_busy(page: Page) -> bool:
    """Whether an event is on its way, or what it answers."""
    return any(
        "/gradio_api/queue/" in one.url and one.timing["responseEnd"] < 0 and not one.failure
        for one in page.requests()
    )


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
