"""The set-based world is one that the actions could have made: its ledger rebuilds its orders, row by row."""

import datetime as dt

import pytest

from oms.demo.agreements import fill_agreements
from oms.demo.bulk import fill_orders
from oms.demo.masters import make_masters
from oms.demo.scale import Scale
from orders.choices import BACKLOG_VERBS, BILLING_VERBS
from orders.engine.replay import replay
from orders.models import InvoiceLine, Order, OrderLedger, OrderLine, Schedule
from pricing.choices import Mechanism
from tenancy.scope import tenant_scope
from tests.factories.tenancy import make_tenant
from tests.fixtures import NOW

TODAY = dt.date(2026, 11, 23)
TINY = Scale("tiny", orders=400, products=30, sell_tos=8, end_buyers=20, agreement_lines=40, days=200)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_ledger_of_bulk_orders_rebuilds_them():
    tenant = make_tenant("bulk")
    with tenant_scope(tenant.pk):
        make_masters(TINY, "BLK", "USD", TODAY)
    fill_agreements(tenant, TINY, TODAY, NOW, say=lambda text: None)
    fill_orders(tenant, TINY, seed=7, today=TODAY, say=lambda text: None)
    with tenant_scope(tenant.pk):
        assert Order.objects.count() == 400
        assert OrderLine.objects.count() == Schedule.objects.count() > 2000
        rows = list(OrderLedger.objects.order_by("id"))
        verbs = {row.verb for row in rows}
        assert verbs == {
            "booked", "commit_set", "commit_moved", "qty_increased", "qty_decreased", "price_changed", "cancelled",
            "shipped", "invoiced",
        }  # fmt: skip
        rebuilt = replay(rows)
        fields = (
            "quantity open_qty open_value open_reporting shipped_qty request_date first_commit current_commit ship_date"
        )
        for schedule in Schedule.objects.all():
            again = rebuilt[schedule.pk]
            assert again.problems == []
            for name in fields.split():
                assert getattr(again, name) == getattr(schedule, name), (schedule.pk, name)
        open_value = sum(row.value_delta for row in rows if row.verb in BACKLOG_VERBS)
        assert open_value == sum(Order.objects.values_list("open_value", flat=True)) > 0
        billed = sum(row.value_delta for row in rows if row.verb in BILLING_VERBS)
        assert billed == sum(InvoiceLine.objects.values_list("value", flat=True)) > 0
        assert {row.business_date for row in rows} <= {TODAY - dt.timedelta(days=n) for n in range(202)}
        check_prices()


def check_prices():
    """Lines with an agreement have its price of their quantity; ship and debit is charged at list."""
    agreed = OrderLine.objects.filter(agreement_line__isnull=False).select_related("agreement_line")
    assert 0 < agreed.count() < OrderLine.objects.count()
    booked = {row.line_id: row for row in OrderLedger.objects.filter(verb="booked")}
    for line in agreed:
        deal, first = line.agreement_line, booked[line.pk]
        assert (deal.end_buyer_id, deal.product_id, deal.currency) == (
            line.end_buyer_id, line.product_id, first.currency,
        )  # fmt: skip
        price = deal.prices[sum(quantity <= first.quantity_delta for quantity in deal.min_qtys) - 1]
        assert deal.cap_qty is None
        if deal.mechanism == Mechanism.DIRECT:
            assert (first.unit_price, line.agreed_cost) == (price, None)
        else:
            assert (first.unit_price, line.agreed_cost) == (line.book_price, price)
