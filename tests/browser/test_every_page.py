"""Every page of the access matrix in a real browser, light and dark: axe finds nothing, the console stays silent.

Outsiders look at all of theirs, and the house's pages are looked at by who may do most on them: the others see the same
with less. An administrator's pages are taken in parts, so that processes share them.
"""

import pytest
from django.conf import settings as configured

from tenancy.choices import OUTSIDERS, Role
from tests.architecture.access_matrix import PAGES
from tests.architecture.test_access import address
from tests.architecture.world import World
from tests.browser.axe import violations
from tests.jobs.kinds import HANDLERS

# the one who may least first
ROLES = (Role.DOCK, Role.PARTNER, Role.FINANCE, Role.MANAGER, Role.SALES_OPS, Role.ADMIN)
PARTS = [(role, 0, 1) for role in ROLES[:-1]] + [(Role.ADMIN, part, 4) for part in range(4)]
# files and data, not pages
DOWNLOADS = {
    "exchange:batch_errors",
    "jobs:download",
    "metrics:waiting",
    "orders:attachment_download",
    "orders:order_look_up",
    "fulfilment:ship_request_csv",
    "fulfilment:ship_request_x12",
}
BESIDE = ("/", "/accounts/password/change/", "/accounts/2fa/", "/aurora/orders/?q=nothing", "/aurora/nowhere/")
WHOLE = {"resultTypes": ["violations"]}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
DARK = "document.documentElement.dataset.bsTheme = 'dark'"


def pages_of(role):
    """Names of the pages that this role looks at."""
    found = []
    for name, page in PAGES.items():
        able = [each for each in ROLES if each in page.roles and page.but.get(each, page.get) == 200]
        if able and name not in DOWNLOADS and (role == able[-1] or role in OUTSIDERS.intersection(able)):
            found.append(name)
    return found


def test_no_page_is_left_out():
    opened = {name for name, page in PAGES.items() if page.get == 200} - DOWNLOADS
    assert set().union(*(pages_of(role) for role in ROLES)) == opened
    assert set(PAGES) >= DOWNLOADS


@pytest.fixture
def world(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.JOB_HANDLERS = {**settings.JOB_HANDLERS, **HANDLERS}
    return World("aurora")


@pytest.fixture
def sign_in(client, browser_page, live_server):
    def sign_in(member):
        client.force_login(member.user)
        name = configured.SESSION_COOKIE_NAME
        browser_page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return browser_page

    return sign_in


def is_complaint(message):
    """A browser asks for /favicon.ico where a document names no icon."""
    return message.type == "error" and not message.location["url"].endswith("/favicon.ico")


def complaints_about(page, url):
    said = []

    def listen(message):
        if is_complaint(message):
            said.append(message.text)

    page.on("console", listen)
    answer = page.goto(url)
    found = violations(page, WHOLE)
    page.evaluate(DARK)
    found += [("dark", *each) for each in violations(page, COLOURS)]
    page.remove_listener("console", listen)
    # of a page that is meant to be missing the browser itself logs the status
    return [*found, *(text for text in said if answer.status < 400)]


@pytest.mark.slow
@pytest.mark.parametrize(("role", "part", "parts"), PARTS)
def test_nobody_meets_a_barrier(world, sign_in, role, part, parts):
    names = pages_of(role)[part::parts]
    if not names:
        return
    page = sign_in(world.member(role))
    urls = {name: address(name, world) for name in names}
    if (role, part) == (Role.ADMIN, 0):
        urls |= {url: url for url in BESIDE}
    found = {name: complaints_about(page, url) for name, url in urls.items()}
    assert not any(found.values()), "\n".join(f"{name}: {said}" for name, said in found.items() if said)
