"""A session that ends in the middle of work: what was sent is still there after signing in."""

import re
from html import unescape

import pytest
from django.test import Client

from orders.models import OrderNote
from tests.factories.orders import book, line_entry
from tests.orders.pages import PATH

UNSENT = "/accounts/unsent/"
TEXT = "Buyer <called>: half in January."


@pytest.fixture
def address(world):
    line = line_entry(world.product, 1000, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    return f"{PATH}{book(world.by, world.sell_to, line, customer_po='PO 77').pk}/notes/add/"


def fields_of(page, action):
    form = page.split(f'action="{action}"')[1].split("</form>")[0]
    pairs = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in pairs}


def test_what_was_sent_is_shown_after_signing_in_and_sent_once(client, world, address):
    sent = {"text": TEXT, "click": "0b0e1c2e-94a5-4f0c-a1d5-46a3b6c50001"}
    answer = client.post(address, sent, headers={"X-In-Place": "1"})
    assert answer.url == f"/accounts/login/?next={UNSENT}"
    client.force_login(world.by.user)
    page = client.get(UNSENT).text
    assert "Buyer &lt;called&gt;: half in January." in page
    fields = fields_of(page, address)
    assert {name: fields[name] for name in sent} == sent
    for _ in range(2):
        client.post(address, fields)
    assert [note.text for note in OrderNote.objects.all()] == [TEXT]


def test_it_can_be_dropped(client, world, address):
    client.post(address, {"text": TEXT})
    client.force_login(world.by.user)
    assert client.post(UNSENT).url == "/"
    assert client.get(UNSENT).url == "/"


def old_form(member, address, **headers):
    """A form opened before its member signed in again, sent with the token of then."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member.user)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(address).text)[1]
    browser.cookies["csrftoken"] = "n" * 32
    return browser, browser.post(address, {"text": TEXT, "csrfmiddlewaretoken": token}, headers=headers)


def test_what_an_old_page_sends_is_shown_and_not_done(world, address):
    browser, answer = old_form(world.by, address, origin="http://testserver")
    assert (answer.status_code, answer.url) == (302, UNSENT)
    page = browser.get(UNSENT).text
    assert "opened before somebody signed in" in page
    assert "Buyer &lt;called&gt;: half in January." in page
    assert not OrderNote.objects.exists()
    fresh = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    browser.post(address, {**fields_of(page, address), "csrfmiddlewaretoken": fresh})
    assert [note.text for note in OrderNote.objects.all()] == [TEXT]


@pytest.mark.parametrize("headers", [{}, {"origin": "null"}, {"origin": "http://evil.example"}])
def test_without_a_word_from_the_browser_that_it_is_ours_nothing_is_kept(world, address, headers):
    browser, answer = old_form(world.by, address, **headers)
    assert answer.status_code == 403
    assert "out of date" in answer.text
    assert "unsent" not in browser.session


def test_a_form_of_another_site_is_not_kept(world, address):
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(address, {"text": TEXT})
    assert answer.url == f"/accounts/login/?next={address}"
    assert "unsent" not in stranger.session


@pytest.mark.parametrize("sent", [{}, {"text": "x" * 200_001}])
def test_nothing_and_too_much_are_not_kept(client, address, sent):
    assert client.post(address, sent).url == f"/accounts/login/?next={address}"
