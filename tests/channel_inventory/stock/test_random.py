"""Random lives of one product at one partner, against an oracle that moves single units."""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.post_stock import post_stock
from channel_inventory.models import CostLayer, LayerConsumption, PosLine, StockLedger, StockPosition
from metrics.verification import Check, outcome_of
from orders.models import InvoiceLine
from tenancy.scope import current_tenant_id
from tests.channel_inventory.stock.oracle import Change, Oracle
from tests.channel_inventory.stock.pieces import layer_pieces
from tests.factories.catalog import make_product
from tests.factories.channel_stock import credit_on, invoice_to, report_file, sold
from tests.factories.parties import make_sell_to
from tests.fixtures import NOW, TODAY

pytestmark = pytest.mark.usefixtures("inside")

day = st.integers(1, 20).map(lambda days: TODAY - dt.timedelta(days=days))
small = st.integers(1, 9)
index = st.integers(0, 9)
line = st.one_of(
    st.tuples(st.just("sale"), day, small),
    st.tuples(st.just("return"), day, small, index),
    st.tuples(st.just("correct"), day, small, index),
)
event = st.one_of(
    st.tuples(st.just("arrive"), day, st.integers(1, 25)),
    st.tuples(st.just("credit"), day, small, index),
    st.tuples(st.just("report"), st.lists(line, min_size=1, max_size=4)),
)
tried = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@dataclass
class Life:
    """The same events in the database and in the oracle."""

    partner: object
    product: object
    oracle: Oracle = field(default_factory=Oracle)
    invoices: list[InvoiceLine] = field(default_factory=list)
    credited: dict[int, int] = field(default_factory=dict)
    lines: dict[str, PosLine] = field(default_factory=dict)

    def arrive(self, on, quantity):
        self.invoices.append(invoice_to(self.partner, self.product, quantity, f"{100 + len(self.invoices)}", on=on))
        catch_up_sell_in(at=NOW)
        self.oracle.arrive(on, quantity)

    def credit(self, on, quantity, which):
        if not self.invoices:
            return
        place = which % len(self.invoices)
        quantity = min(quantity, self.invoices[place].quantity - self.credited.get(place, 0))
        if quantity:
            self.credited[place] = self.credited.get(place, 0) + quantity
            memo = credit_on(self.invoices[place], quantity, on=on)
            catch_up_sell_in(at=NOW)
            self.oracle.go_back_to_us(f"invoice_line:{memo.pk}", on, quantity, place)

    def report(self, wanted):
        batch, written, changes = report_file(self.partner), [], []
        for what, on, quantity, *which in wanted:
            if change := self.change_of(what, on, quantity, which, {each.key for each in changes}):
                changes.append(change)
                written.append(self.write(change, batch))
        post_stock(pos_line_ids=[each.pk for each in written], by=None, at=NOW)
        if changes:
            self.oracle.post(changes)

    def change_of(self, what, on, quantity, which, told):
        fresh = f"P-{len(self.lines):04d}"
        sales = sorted(key for key, each in self.lines.items() if each.quantity > 0)
        if what == "sale" or not sales:
            return Change(fresh, on, quantity)
        if what == "return":
            return Change(fresh, on, quantity, sale=sales[which[0] % len(sales)])
        keys = sorted(self.lines.keys() - told)
        if not keys:
            return None
        key = keys[which[0] % len(keys)]
        back = self.oracle.returns.get(key)
        return Change(key, on, quantity, sale=back.sale if back else "")

    def write(self, change, batch):
        values = {"batch": batch, "line_key": change.key, "on": change.day}
        if change.key in self.lines:
            values["corrects"] = self.lines[change.key]
        if change.sale:
            values["returns"] = self.lines[change.sale]
        quantity = -change.quantity if change.sale else change.quantity
        self.lines[change.key] = sold(self.partner, self.product, quantity, **values)
        return self.lines[change.key]

    def check(self):
        layers = list(CostLayer.objects.filter(partner=self.partner).order_by("pk"))
        numbers = {layer.pk: number for number, layer in enumerate(layers)} | {None: None}
        assert [layer.remaining for layer in layers] == self.oracle.remaining()
        found = layer_pieces([each.pk for each in self.lines.values()])
        for key, each in self.lines.items():
            pieces = {numbers[piece.layer_id]: piece.quantity for piece in found[each.pk]}
            assert pieces == {layer: count for layer, count in self.oracle.pieces(key).items() if count}, key
        moved = sum(StockLedger.objects.filter(partner=self.partner).values_list("quantity", flat=True))
        assert moved == sum(self.oracle.remaining()) - self.oracle.short()
        assert feet() == []

    def rows(self):
        return (
            StockLedger.objects.filter(partner=self.partner).count(),
            LayerConsumption.objects.count(),
            list(CostLayer.objects.filter(partner=self.partner).order_by("pk").values_list("pk", "remaining")),
        )


def feet():
    values = {"tenant": current_tenant_id(), "limit": 100}
    outcomes = [outcome_of(Check(name, "channel_inventory"), values) for name in ("layers", "channel_stock")]
    return [row for outcome in outcomes for row in outcome.rows]


@tried
@given(events=st.lists(event, min_size=1, max_size=9))
def test_whatever_happens_is_what_moving_single_units_gives(events):
    with transaction.atomic():
        life = Life(make_sell_to(), make_product())
        for what, *values in events:
            getattr(life, what)(*values)
            life.check()
        written = life.rows()
        post_stock(pos_line_ids=[each.pk for each in life.lines.values()], by=None, at=NOW)
        catch_up_sell_in(at=NOW)
        assert life.rows() == written
        transaction.set_rollback(True)


@tried
@given(
    arrivals=st.lists(st.tuples(day, st.integers(1, 25)), max_size=4),
    sales=st.lists(st.tuples(day, small), min_size=1, max_size=8),
    order=st.randoms(use_true_random=False),
)
def test_the_order_of_rows_within_a_report_changes_no_cent(arrivals, sales, order):
    with transaction.atomic():
        seen = []
        for is_shuffled in (False, True):
            partner, product = make_sell_to(), make_product()
            for number, (on, quantity) in enumerate(arrivals):
                invoice_to(partner, product, quantity, f"{100 + number}", on=on)
            catch_up_sell_in(at=NOW)
            keyed = list(enumerate(sales))
            if is_shuffled:
                order.shuffle(keyed)
            batch = report_file(partner)
            lines = [
                sold(partner, product, quantity, on=on, line_key=f"P-{number}", batch=batch)
                for number, (on, quantity) in keyed
            ]
            post_stock(pos_line_ids=[each.pk for each in lines], by=None, at=NOW)
            found = layer_pieces([each.pk for each in lines])
            seen.append({each.line_key: [(p.quantity, p.unit_cost) for p in found[each.pk]] for each in lines})
            assert feet() == []
            assert sum(StockPosition.objects.filter(partner=partner).values_list("on_hand", flat=True)) == sum(
                quantity for _, quantity in arrivals
            ) - sum(quantity for _, quantity in sales)
        assert seen[0] == seen[1]
        transaction.set_rollback(True)
