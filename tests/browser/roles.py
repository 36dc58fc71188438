"""What the journeys of the roles share: the sign-in page, and a console that must stay silent."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, expect

PASSWORD = "channel-oms-demo"
MISSING = 404


@contextmanager
def silent_console(page: Page) -> Iterator[Page]:
    """The page; the browser's own line about a missing page is no complaint."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and f"status of {MISSING}" not in message.text:
            said.append(message.text)

    page.on("console", listen)
    yield page
    assert said == []


def enter(page: Page, user: Any) -> None:
    """By keyboard through the sign-in page, to the first place that is open to this person."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").focus()
    page.keyboard.type(user.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign in")).to_have_count(0)


def pass_the_door(page: Page) -> None:
    """Through the sign-in page that stands before the page asked for."""
    page.get_by_label("Email").fill("desk@aurora.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def is_missing(page: Page, path: str) -> bool:
    answer = page.goto(path)
    return answer is not None and answer.status == MISSING
