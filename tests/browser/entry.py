"""What the tests of the entry grid share: a desk signed in on the page, and a keyboard that counts."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from catalog.models import PartNumber
from pricing.choices import Mechanism
from pricing.models import PriceListItem
from tenancy.choices import Role
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_location, make_sell_to
from tests.factories.pricing import START, make_agreement, make_price_list
from tests.factories.shipping import make_rule, make_terms
from tests.factories.tenancy import make_member

NEW = "/aurora/orders/new/"


def make_scene() -> SimpleNamespace:
    """AUR-1 at 1.20 (A direct at 0.95, B ship and debit at 0.98), AUR-2 at 2.50 in packages of 500, AUR-3 at 0.333333,
    which the sell-to calls 48-1. In the tenant in scope."""
    sell_to = make_sell_to("NORTH", name="Northgate Components")
    one = make_product("AUR-1", description="Regulator")
    two = make_product("AUR-2", description="Coil", minimum_qty=1000, multiple_qty=500)
    three = make_product("AUR-3", description="Resistor")
    book = make_price_list(one, "1.20", party=sell_to, code="BOOK")
    for product, price in ((two, "2.50"), (three, "0.333333")):
        PriceListItem.objects.create(
            price_list=book, product=product, min_qty=1, price=Decimal(price), valid_from=START
        )
    PartNumber.objects.create(product=three, party=sell_to, number="48-1")
    a, b, _ = (make_end_buyer(code) for code in ("A", "B", "C"))
    make_agreement(one, "0.95", end_buyer=a, sell_to=sell_to, number="SPA-A")
    debit = Mechanism.SHIP_AND_DEBIT
    make_agreement(one, "0.98", end_buyer=b, sell_to=sell_to, mechanism=debit, number="SPA-B")
    make_location(sell_to)
    make_rule(make_terms())
    return SimpleNamespace(desk=make_member(Role.ADMIN, sees_cost=True), sell_to=sell_to)


def sign_in(page: Page, user: Any, url: str) -> None:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


def settle(page: Page) -> None:
    """Until nothing is asked of the server any more: it must be quiet before the database is emptied."""
    if page.locator("#totals").count():
        expect(page.locator("#totals")).not_to_have_attribute("aria-busy", "true")


class Keyboard:
    """Every character and every chord counts as one stroke."""

    def __init__(self, page: Page):
        self.page = page
        self.strokes = 0

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.strokes += len(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.strokes += len(keys)

    def fields(self, *texts: str) -> None:
        """Each text into its field, then on to the next; an empty one is passed by."""
        for text in texts:
            self.type(text)
            self.press("Tab")


def type_header(keys: Keyboard, *, end_buyer: str = "", ship_to: str = "MAIN", day: str = "14 Jan 2027") -> None:
    """The cursor stands in the first field, and then on the first line."""
    keys.fields("NORTH", "PO 4711", "", "", "", "", end_buyer, ship_to)
    keys.type(day)
    keys.press("Control+Enter")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
