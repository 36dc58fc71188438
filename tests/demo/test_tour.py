"""The orders of `docs/examples` do in the demo's world what `docs/tour.md` tells of them.

Worked out by hand: 1,600 × 3.2128 = 5,140.48; 1,600 × 3.51 = 5,616.00, twice; together 16,372.48.
"""

import datetime as dt
from decimal import Decimal

import pytest

from deploy.paths import ROOT
from exchange.actions.import_file import import_file
from oms.demo.agreements import make_agreements
from oms.demo.masters import make_masters
from oms.demo.scale import SCALES
from oms.demo.terms import make_terms
from orders.choices import LineStatus
from orders.models import Order
from tests.fixtures import NOW, TODAY

EXAMPLES = ROOT / "docs" / "examples"
TOUR = (ROOT / "docs" / "tour.md").read_text()


@pytest.fixture
def demo(inside, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = make_masters(SCALES["small"], "AUR", "USD", TODAY)
    make_terms(made)
    make_agreements(SCALES["small"], TODAY, NOW)


def imported(name, at=NOW):
    content = (EXAMPLES / name).read_bytes()
    return import_file(kind="orders", name=name, content=content, accept_warnings=True, by=None, at=at)


@pytest.mark.parametrize(("name", "po"), [("orders.csv", "TOUR-1"), ("850.edi", "TOUR-2")])
def test_the_example_is_priced_and_booked_as_told(demo, name, po):
    assert imported(name).accepted_count == 3
    order = Order.objects.get(customer_po=po)
    lines = list(order.lines.select_related("end_buyer", "terms_rule").order_by("line_no"))
    assert [
        (line.end_buyer.code, line.unit_price, line.agreed_cost, line.price_reason.split(":")[0]) for line in lines
    ] == [
        ("BRIGHTW", Decimal("3.212800"), None, "SPA-1001 rev 1"),
        ("HALDEN", Decimal("3.510000"), Decimal("3.212800"), "SPA-1000 rev 1 (ship and debit)"),
        ("ORLO", Decimal("3.510000"), None, "Price list DIST-USD, from 1,000"),
    ]
    assert [(line.status, line.open_value) for line in lines] == [
        (LineStatus.BOOKED, 514_048),
        (LineStatus.BOOKED, 561_600),
        (LineStatus.BOOKED, 561_600),
    ]
    assert {line.terms_rule.code for line in lines} == {"NGC-01-LIGHT"}
    assert order.value == 1_637_248
    for figure in ("3.2128", "3.51 ", "5,140.48", "5,616.00", "16,372.48", "11,232.00"):
        assert figure in TOUR


def test_the_same_file_again_changes_nothing(demo):
    imported("orders.csv")
    again = imported("orders.csv")
    assert (again.accepted_count, again.unchanged_count) == (0, 3)


def test_old_dates_wait_for_an_accept(demo):
    content = (EXAMPLES / "orders.csv").read_bytes()
    later = NOW + dt.timedelta(days=90)
    batch = import_file(kind="orders", name="orders.csv", content=content, by=None, at=later)
    assert (batch.accepted_count, batch.warning_count) == (0, 3)
    assert imported("orders.csv", later).accepted_count == 3
