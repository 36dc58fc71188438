"""Random sequences of sales, returns, corrections, decisions and credits, while prices fall. After each step the books
hold.

Some sales are for more than we knew of; what arrives for them later costs less each time.
"""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.decide_lines import Decision, decide_lines
from channel_inventory.actions.issue_credit import NothingToCredit, issue_credit
from channel_inventory.engine.claims import replay
from channel_inventory.models import ClaimLine, LayerConsumption, LiabilityLedger
from pricing.models import AgreementLine
from tests.channel_inventory.claims.shop import Shop, buckets, expected, value
from tests.factories.channel_stock import invoice_to
from tests.fixtures import NOW

PRICES = ("101.37", "105", "112.333333", "119.5")
STEP = st.tuples(
    st.sampled_from(
        ["sell", "sell", "short", "arrive", "return", "correct", "approve", "approve", "deny", "pend", "credit"]
    ),
    st.integers(0, 9),
    st.integers(1, 40),
)


class Books:
    def __init__(self, by, price, cap):
        self.shop, self.by = Shop(), by
        self.cap = self.shop.agree(price, cap_qty=cap)
        self.sales, self.back, self.price = [], {}, Decimal(121)

    def run(self, verb, which, quantity):
        if verb == "sell":
            parts = (quantity + 1) // 2, quantity // 2
            taken = [(units, cost) for units, cost in zip(parts, ("120", "111.11"), strict=True) if units]
            self.sales.append(self.shop.sell(quantity, *taken))
            value(self.sales[-1])
        elif verb == "short":
            self.sales.append(self.shop.line(quantity))
            self.shop.short(self.sales[-1], quantity, "120")
            value(self.sales[-1])
        elif verb == "arrive":
            self.price -= Decimal("7.25")
            invoice_to(self.shop.partner, self.shop.product, quantity, str(self.price))
            catch_up_sell_in(at=NOW)
        elif verb == "credit":
            self.credit()
        elif verb == "return" and self.sales:
            self.give_back(self.sales[which % len(self.sales)], quantity)
        elif verb == "correct" and self.sales:
            self.correct(which % len(self.sales), quantity)
        elif verb in ("approve", "deny", "pend"):
            self.decide(verb, which)

    def give_back(self, sale, quantity):
        gone = self.back.get(sale.line_key, 0)
        units = min(sale.quantity - gone, quantity)
        if units:
            self.back[sale.line_key] = gone + units
            value(self.shop.give_back(sale, units))

    def correct(self, which, quantity):
        """Never below what has come back: that would be a file with an error."""
        old = self.sales[which]
        quantity = max(quantity, self.back.get(old.line_key, 0), 1)
        self.sales[which] = self.shop.correct(old, quantity)
        value(self.sales[which])

    def credit(self):
        try:
            issue_credit(partner_id=self.shop.partner.pk, currency="USD", by=self.by, at=NOW)
        except NothingToCredit:
            return

    def decide(self, verb, which):
        lines = list(ClaimLine.objects.order_by("pk"))[which::3]
        seen = {line.pk: line.version for line in lines}
        decide_lines(seen=seen, decision=Decision(verb, "25", "looked at"), by=self.by, at=NOW)

    def check(self):
        lines = list(ClaimLine.objects.order_by("pk"))
        assert buckets() == expected(lines)
        for line in lines:
            ledger = LiabilityLedger.objects.filter(claim_line=line)
            assert (sum(row.estimated for row in ledger), sum(row.claimed for row in ledger)) == expected([line])
        live = [line for line in lines if line.state != "reversed"]
        assert all(replay(line.receipt) == line.amount for line in live)
        cap = AgreementLine.objects.get(pk=self.cap.pk)
        assert cap.consumed_qty == sum(line.consumed_qty for line in lines)
        assert 0 <= cap.consumed_qty <= cap.cap_qty
        self.check_units(live)

    def check_units(self, live):
        """What is credited for one sale, returns taken off, is never negative, nor more than its units cost."""
        for sale in self.sales:
            of_it = [line for line in live if line.pos_line_id == sale.pk and line.reverses_id is None]
            own = [line for line in of_it if line.state != "denied"]
            of_sale = own + [line for line in live if line.reverses_id in {each.pk for each in own}]
            left = sale.quantity - self.back.get(sale.line_key, 0)
            assert 0 <= sum(line.amount for line in of_sale) <= cost_of(sale)
            assert left or sum(line.amount for line in of_sale) == 0


def cost_of(sale):
    """What its units cost by now, in cents; nothing is credited beyond that."""
    return sum(row.quantity * row.unit_cost for row in LayerConsumption.objects.filter(pos_line=sale)) * 100


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=14), price=st.sampled_from(PRICES), cap=st.integers(1, 120))
@pytest.mark.django_db
def test_whatever_happens_the_books_hold(desk, steps, price, cap):
    with transaction.atomic():
        books = Books(desk, price, cap)
        for step in steps:
            books.run(*step)
            books.check()
        transaction.set_rollback(True)
