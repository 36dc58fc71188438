import datetime as dt
from decimal import Decimal

import pytest

from channel_inventory.actions.catch_up_sell_in import CaughtUp, catch_up_sell_in
from channel_inventory.actions.post_stock import PostedStock, post_stock
from channel_inventory.choices import StockKind
from channel_inventory.models import CostLayer, StockLedger, StockPosition
from orders.choices import CreditKind
from tests.channel_inventory.stock.pieces import layer_pieces
from tests.factories.catalog import make_product
from tests.factories.channel_stock import credit_on, invoice_to, reported, sold
from tests.factories.parties import make_end_buyer, make_location, make_party, make_sell_to
from tests.factories.pricing import make_price_list
from tests.fixtures import NOW, TODAY

pytestmark = pytest.mark.usefixtures("inside")
DAY = dt.timedelta(days=1)


@pytest.fixture
def partner():
    return make_sell_to("NORTH")


@pytest.fixture
def product():
    return make_product("AUR-1")


def stocked(partner, product, *arrivals):
    """(quantity, price), a day apart, the last one a week ago."""
    first = TODAY - DAY * (6 + len(arrivals))
    lines = [
        invoice_to(partner, product, quantity, price, on=first + DAY * place)
        for place, (quantity, price) in enumerate(arrivals)
    ]
    catch_up_sell_in(at=NOW)
    return lines


def post(*lines):
    return post_stock(pos_line_ids=[line.pk for line in lines], by=None, at=NOW)


def layers():
    return [(each.remaining, f"{each.unit_cost:.0f}") for each in CostLayer.objects.order_by("received_on", "pk")]


def pieces(line):
    found = layer_pieces([line.pk])[line.pk]
    return [(piece.quantity, None if piece.unit_cost is None else f"{piece.unit_cost:.0f}") for piece in found]


def told():
    return list(StockLedger.objects.order_by("pk").values_list("kind", "quantity"))


def test_the_known_answer(partner, product):
    stocked(partner, product, (1000, "120"), (5000, "115"), (3000, "122"))
    line = sold(partner, product, 2500)
    assert post(line) == PostedStock(1, 0)
    assert layers() == [(0, "120"), (3500, "115"), (3000, "122")]
    assert pieces(line) == [(1000, "120"), (1500, "115")]
    reported(make_location(partner), product, 7000)
    post(line)
    position = StockPosition.objects.get()
    assert (position.on_hand, position.reported, position.computed, position.gap) == (6500, 7000, 6500, 500)
    assert position.gap_class == "unexplained"
    assert position.weeks == Decimal("33.8")  # 6,500 over 2,500 in thirteen weeks


def test_asked_twice_nothing_is_written_again(partner, product):
    stocked(partner, product, (10, "120"))
    line = sold(partner, product, 4)
    post(line)
    assert post(line) == PostedStock(0, 0)
    assert catch_up_sell_in(at=NOW) == CaughtUp(0, 0)
    assert told() == [("sell_in", 10), ("pos", -4)]
    assert layers() == [(6, "120")]


def test_a_correction_gives_back_exactly_what_was_taken_and_takes_anew(partner, product):
    stocked(partner, product, (10, "120"), (10, "115"))
    first, second = sold(partner, product, 8), sold(partner, product, 6)
    post(first, second)
    assert pieces(second) == [(2, "120"), (4, "115")]
    corrected = sold(partner, product, 5, corrects=first)
    post(corrected)
    assert pieces(first) == []
    assert pieces(corrected) == [(5, "120")]
    assert pieces(second) == [(2, "120"), (4, "115")]
    assert layers() == [(3, "120"), (6, "115")]
    row = StockLedger.objects.get(pos_line=first, quantity=8)
    assert (row.kind, row.reverses.quantity) == (StockKind.POS, -8)


def test_late_sales_do_not_reshuffle_what_is_settled(partner, product):
    stocked(partner, product, (10, "120"), (10, "115"))
    newer = sold(partner, product, 10, on=TODAY)
    post(newer)
    late = sold(partner, product, 5, on=TODAY - DAY * 30)
    post(late)
    assert pieces(newer) == [(10, "120")]
    assert pieces(late) == [(5, "115")]


def test_within_one_report_the_older_sale_takes_first(partner, product):
    stocked(partner, product, (5, "120"), (10, "115"))
    newer, older = sold(partner, product, 5, on=TODAY), sold(partner, product, 5, on=TODAY - DAY)
    post(newer, older)
    assert (pieces(older), pieces(newer)) == ([(5, "120")], [(5, "115")])


def test_a_return_gives_back_what_its_sale_took_last(partner, product):
    stocked(partner, product, (5, "120"), (10, "115"))
    sale = sold(partner, product, 8)
    post(sale)
    back = sold(partner, product, -4, returns=sale)
    post(back)
    assert layers() == [(1, "120"), (10, "115")]
    assert pieces(back) == [(-1, "120"), (-3, "115")]
    assert pieces(sale) == [(5, "120"), (3, "115")]
    assert told()[-1] == ("end_return", 4)


def test_a_sale_corrected_below_its_return_gives_back_no_more_than_it_took(partner, product):
    stocked(partner, product, (10, "120"))
    sale = sold(partner, product, 8)
    back = sold(partner, product, -4, returns=sale)
    post(sale, back)
    corrected = sold(partner, product, 3, corrects=sale)
    post(corrected)
    assert layers() == [(10, "120")]
    assert (pieces(corrected), pieces(back)) == ([(3, "120")], [(-3, "120")])
    again = sold(partner, product, 9, corrects=corrected)
    post(again)
    assert layers() == [(5, "120")]
    assert (pieces(again), pieces(back)) == ([(9, "120")], [(-4, "120")])
    assert sum(quantity for _, quantity in told()) == 5


def test_a_correction_to_another_part_moves_the_stock_of_both(partner, product):
    other = make_product("AUR-2")
    stocked(partner, product, (10, "120"))
    stocked(partner, other, (10, "50"))
    wrong = sold(partner, product, 4)
    post(wrong)
    right = sold(partner, other, 4, corrects=wrong)
    post(right)
    assert pieces(right) == [(4, "50")]
    found = dict(StockPosition.objects.values_list("product__sku", "on_hand"))
    assert found == {"AUR-1": 10, "AUR-2": 6}


def test_beyond_stock_a_shortage_is_held_at_book_and_trued_up_by_the_next_arrival(partner, product):
    make_price_list(product, "130", party=partner)
    stocked(partner, product, (5, "120"))
    sale = sold(partner, product, 12)
    assert post(sale) == PostedStock(1, 7)
    assert pieces(sale) == [(5, "120"), (7, "130")]
    assert StockPosition.objects.get().shortage == 7
    invoice_to(partner, product, 4, "118")
    invoice_to(partner, product, 10, "117")
    catch_up_sell_in(at=NOW)
    assert pieces(sale) == [(5, "120"), (4, "118"), (3, "117")]
    assert layers() == [(0, "120"), (0, "118"), (7, "117")]
    assert StockPosition.objects.get().shortage == 0


def test_a_shortage_without_a_book_price_names_none(partner, product):
    sale = sold(partner, product, 2)
    post(sale)
    assert pieces(sale) == [(2, None)]


def test_shortages_are_trued_up_by_resale_date(partner, product):
    newer, older = sold(partner, product, 5), sold(partner, product, 5, on=TODAY - DAY * 3)
    post(newer)
    post(older)
    invoice_to(partner, product, 7, "118")
    catch_up_sell_in(at=NOW)
    assert (pieces(older), pieces(newer)) == ([(5, "118")], [(2, "118"), (3, None)])


def test_what_is_returned_of_a_shortage_is_not_trued_up(partner, product):
    sale = sold(partner, product, 5)
    back = sold(partner, product, -3, returns=sale)
    post(sale, back)
    invoice_to(partner, product, 10, "118")
    catch_up_sell_in(at=NOW)
    assert layers() == [(8, "118")]
    assert pieces(sale) == [(2, "118"), (3, None)]


def test_goods_that_come_back_to_us_are_taken_from_the_layer_of_their_invoice_first(partner, product):
    older, newer = stocked(partner, product, (10, "120"), (10, "115"))
    post(sold(partner, product, 4))
    credit_on(newer, 3)
    credit_on(older, 8)
    assert catch_up_sell_in(at=NOW) == CaughtUp(0, 2)
    # 6 were left of the older; the rest is taken by age
    assert layers() == [(0, "120"), (5, "115")]
    assert told()[-2:] == [("return_to_us", -3), ("return_to_us", -8)]


def test_goods_that_come_back_beyond_stock_are_short_at_their_credited_price(partner, product):
    (billed,) = stocked(partner, product, (10, "120"))
    post(sold(partner, product, 8))
    credit_on(billed, 5)
    catch_up_sell_in(at=NOW)
    assert layers() == [(0, "120")]
    assert StockPosition.objects.get().shortage == 3
    invoice_to(partner, product, 10, "118")
    catch_up_sell_in(at=NOW)
    assert layers() == [(0, "120"), (7, "118")]


def test_a_price_credit_moves_no_stock(partner, product):
    (billed,) = stocked(partner, product, (10, "120"))
    credit_on(billed, 0, kind=CreditKind.PRICE)
    assert catch_up_sell_in(at=NOW) == CaughtUp(0, 0)


def test_only_partners_hold_channel_stock(product):
    customer = make_party("OEM", "sell_to")
    invoice_to(customer, product, 10, "120")
    assert catch_up_sell_in(at=NOW) == CaughtUp(0, 0)


def test_one_partner_is_caught_up_with_alone(partner, product):
    other = make_sell_to("SOUTH")
    for each in (partner, other):
        invoice_to(each, product, 10, "120")
    assert catch_up_sell_in(at=NOW, partner_ids=[other.pk]) == CaughtUp(1, 0)
    assert StockLedger.objects.get().partner == other


def test_samples_open_layers_at_no_cost(partner, product):
    invoice_to(partner, product, 10, "0", order_type="sample")
    catch_up_sell_in(at=NOW)
    assert layers() == [(10, "0")]


def test_sell_in_names_the_location_only_where_it_is_the_partners(partner, product):
    ours, theirs = make_location(make_end_buyer()), make_location(partner)
    for place in (ours, theirs):
        line = invoice_to(partner, product, 10, "120")
        line.order_line.ship_to = place
        line.order_line.save()
    catch_up_sell_in(at=NOW)
    assert list(StockLedger.objects.order_by("pk").values_list("location", flat=True)) == [None, theirs.pk]


def test_rows_of_a_closed_period_count_on_its_first_open_day(inside, partner, product):
    inside.closed_through = TODAY - DAY * 2
    inside.save()
    post(sold(partner, product, 1, on=TODAY - DAY * 9))
    row = StockLedger.objects.get()
    assert (row.event_date, row.business_date) == (TODAY - DAY * 9, TODAY - DAY)
