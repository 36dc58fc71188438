"""A real browser on a real server. What it complains about fails the test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=15_000)
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS, timeout=60_000)
        yield browser
        browser.close()


@pytest.fixture
def browser_page(browser: Browser, live_server) -> Iterator[Page]:
    """A page of its own session at the live server; addresses may be given as paths."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            complaints.append(message.text)

    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "response", lambda answer: complaints.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
    )
    under_way: set[Request] = set()
    context.on("request", lambda asked: under_way.add(asked))
    context.on("requestfinished", lambda asked: under_way.discard(asked))
    context.on("requestfailed", lambda asked: under_way.discard(asked))
    yield page
    wait_for_answers(context, under_way)
    context.close()
    assert complaints == []


def wait_for_answers(context: BrowserContext, under_way: set[Request]) -> None:
    """A page that reads on behind the last click holds locks, and the tables are emptied next: that deadlocks."""
    for _ in range(50):
        if not under_way or not context.pages:
            return
        context.pages[0].wait_for_timeout(100)
