"""A partner that is merged into another: what it held is the survivor's, and the ledger says how."""

import datetime as dt
from decimal import Decimal

import pytest

from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.post_stock import post_stock
from channel_inventory.actions.refresh_positions import refresh_positions
from channel_inventory.models import CostLayer, LayerConsumption, StockLedger, StockPosition
from metrics.verification import verify_tenant
from parties.actions.merge_party import merge_party
from tests.factories.catalog import make_product
from tests.factories.channel_stock import credit_on, invoice_to, sold
from tests.factories.parties import make_location, make_sell_to
from tests.fixtures import NOW, TODAY

DAY = dt.timedelta(days=1)


@pytest.fixture
def two(inside):
    """OLD got 100 at 10 and 50 at 12 and sold 30; NEW got 20 at 11, dated between the two."""

    class Two:
        old, new, product = make_sell_to("OLD"), make_sell_to("NEW"), make_product()

        def sell(self, partner, units, **values):
            line = sold(partner, self.product, units, **values)
            post_stock(pos_line_ids=[line.pk], by=None, at=NOW)
            return line

        def merge(self):
            merge_party(loser_id=self.old.pk, survivor_id=self.new.pk, by=None, at=NOW)

    two = Two()
    two.first = invoice_to(two.old, two.product, 100, "10", on=TODAY - 9 * DAY)
    invoice_to(two.new, two.product, 20, "11", on=TODAY - 8 * DAY)
    invoice_to(two.old, two.product, 50, "12", on=TODAY - 7 * DAY)
    catch_up_sell_in(at=NOW)
    two.sell(two.old, 30, on=TODAY - 2 * DAY)
    return two


def on_hand(partner):
    return sum(StockLedger.objects.filter(partner=partner).values_list("quantity", flat=True))


def layers(partner):
    held = CostLayer.objects.filter(partner=partner, remaining__gt=0).order_by("received_on", "pk")
    return [(layer.remaining, layer.unit_cost) for layer in held]


def assert_foots():
    assert [each for each in verify_tenant() if not each.ok and each.name in ("layers", "channel_stock")] == []


def test_layers_move_with_their_cost_and_age_and_are_sold_first_in_first_out(two):
    before = StockLedger.objects.count()
    two.merge()
    assert (on_hand(two.old), on_hand(two.new)) == (0, 140)
    assert layers(two.old) == []
    assert layers(two.new) == [(70, Decimal(10)), (20, Decimal(11)), (50, Decimal(12))]
    moved = StockLedger.objects.order_by("pk")[before:]
    assert [(row.kind, row.partner, row.quantity, row.event_date) for row in moved] == [
        ("transfer_out", two.old, -70, TODAY), ("transfer_in", two.new, 70, TODAY),
        ("transfer_out", two.old, -50, TODAY), ("transfer_in", two.new, 50, TODAY),
    ]  # fmt: skip
    line = two.sell(two.new, 80)
    taken = LayerConsumption.objects.filter(pos_line=line).order_by("pk").values_list("quantity", "unit_cost")
    assert list(taken) == [(70, Decimal(10)), (10, Decimal(11))]
    assert_foots()


def test_positions_are_the_survivors_and_its_weeks_know_what_the_other_sold(two):
    two.merge()
    for _ in range(2):
        position = StockPosition.objects.get()
        assert (position.partner, position.on_hand, position.shortage, position.sold) == (two.new, 140, 0, 30)
        # 140 on hand, 30 in thirteen weeks
        assert position.weeks == Decimal("60.7")
        refresh_positions(at=NOW)


def test_what_was_sold_without_a_layer_is_filled_by_the_survivors_goods(two):
    """OLD sold 150 of the 120 it had: 30 are short, and NEW's 20 fill some of them at once, the next 15 the rest."""
    line = two.sell(two.old, 150)
    two.merge()
    assert (on_hand(two.old), on_hand(two.new)) == (0, -10)
    assert layers(two.new) == []
    assert StockPosition.objects.get().shortage == 10
    assert_foots()
    invoice_to(two.new, two.product, 15, "13")
    catch_up_sell_in(at=NOW)
    assert layers(two.new) == [(5, Decimal(13))]
    filled = LayerConsumption.objects.filter(pos_line=line, kind="true_up").order_by("pk")
    assert list(filled.values_list("quantity", "unit_cost")) == [(20, Decimal(11)), (10, Decimal(13))]
    assert_foots()


def test_what_is_invoiced_to_the_old_name_and_comes_back_from_it_later_moves_too(two):
    two.merge()
    invoice_to(two.old, two.product, 40, "14")
    # a report of the survivor catches up for both
    catch_up_sell_in(at=NOW, partner_ids=[two.new.pk])
    assert (on_hand(two.old), layers(two.new)[-1]) == (0, (40, Decimal(14)))
    credit_on(two.first, 5)
    catch_up_sell_in(at=NOW)
    assert (on_hand(two.old), on_hand(two.new)) == (0, 175)
    assert sum(units for units, _ in layers(two.new)) == 175
    assert_foots()
    count = StockLedger.objects.count()
    catch_up_sell_in(at=NOW)
    assert StockLedger.objects.count() == count


def test_each_place_of_the_old_partner_is_left_empty(two):
    shop = make_location(two.old, "SHOP")
    two.sell(two.old, 10, location=shop)
    two.merge()
    places = StockLedger.objects.filter(partner=two.old).values_list("location_id", "quantity")
    assert {place: sum(units for where, units in places if where == place) for place, _ in places} == {
        None: 0, shop.pk: 0,
    }  # fmt: skip
    assert_foots()


def test_parties_that_are_no_partners_are_merged_without_a_trace(inside):
    one, other = make_sell_to("A"), make_sell_to("B")
    merge_party(loser_id=one.pk, survivor_id=other.pk, by=None, at=NOW)
    assert not StockLedger.objects.exists()
