"""What partners say they hold: stock files and X12 852."""

import pytest

from catalog.models import UnitFactor
from channel_inventory.models import ReportedStock
from exchange.downloads import export_bytes
from exchange.kinds import kind_named
from tests.exchange.files import codes, counts, take
from tests.exchange.x12.texts import envelope
from tests.factories.catalog import make_product
from tests.factories.parties import make_location, make_sell_to

QUANTITIES = ("on_hand", "in_transit", "on_order")
HEAD = "location,as_of,sku,on_hand,in_transit,on_order"


def stock(world, *lines, head=HEAD):
    return take("stock", "\n".join([head, *lines, ""]), party_id=world.sell_to.pk)


def test_a_report_is_kept_and_a_newer_one_of_the_day_counts(world):
    assert counts(stock(world, "MAIN,2026-11-20,AUR-1,7000,300,")) == (1, 0, 0, 0)
    held = ReportedStock.objects.get()
    assert (held.location_id, held.on_hand, held.in_transit, held.on_order) == (world.ship_to.pk, 7000, 300, None)
    assert counts(stock(world, "MAIN,2026-11-20,AUR-1,7000,300,")) == (0, 0, 1, 0)
    assert counts(stock(world, "MAIN,2026-11-20,AUR-1,6900,300,")) == (1, 0, 0, 0)
    assert counts(stock(world, "MAIN,2026-11-21,AUR-1,6800,,")) == (1, 0, 0, 0)
    rows = ReportedStock.objects.order_by("pk").values_list("on_hand", "is_current")
    assert list(rows) == [(7000, False), (6900, True), (6800, True)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("ELSEWHERE,2026-11-20,AUR-1,5,,", [(2, "location", "unknown_location")]),
        ("MAIN,2026-11-24,AUR-1,5,,", [(2, "as_of", "future_date")]),
        ("MAIN,20.11.2026,AUR-1,5,,", [(2, "as_of", "bad_date")]),
        ("MAIN,2026-11-20,GONE,5,,", [(2, "sku", "unknown_product")]),
        ("MAIN,2026-11-20,AUR-1,-5,,", [(2, "on_hand", "too_small")]),
    ],
)
def test_what_is_wrong_is_said_by_its_code(world, line, found):
    assert codes(stock(world, line)) == found


def test_the_same_part_place_and_day_twice_is_refused(world):
    batch = stock(world, "MAIN,2026-11-20,AUR-1,5,,", "MAIN,2026-11-20,AUR-1,6,,")
    assert codes(batch) == [(3, "sku", "duplicate")]


def test_boxes_are_counted_in_pieces(world):
    UnitFactor.objects.create(unit="BX", base_unit="EA", factor=50)
    stock(world, "MAIN,2026-11-20,AUR-1,4,1,BX", head="location,as_of,sku,on_hand,in_transit,unit")
    held = ReportedStock.objects.get()
    assert (held.on_hand, held.in_transit) == (200, 50)


def test_what_is_exported_and_uploaded_again_changes_nothing(world):
    stock(world, "MAIN,2026-11-20,AUR-1,7000,300,5")
    assert counts(take("stock", export_bytes(kind_named("stock"), "csv"))) == (0, 0, 1, 0)


def test_an_852_says_what_each_place_holds(world):
    make_location(world.sell_to, "WEST")
    make_product("AUR-2")
    segments = (
        "XQ*G*20261114*20261120", "N1*RL**92*MAIN", "LIN**VP*AUR-1", "ZA*QA*10*EA", "ZA*QP*6*EA", "LIN**VP*AUR-2",
        "ZA*QE*77*EA", "ZA*QI*3*EA", "N1*RL**92*WEST", "LIN**VP*AUR-2", "ZA*QO*4*EA", "CTT*3",
    )  # fmt: skip
    batch = take("stock", envelope(("852", segments), group="PD"), party_id=world.sell_to.pk)
    assert (counts(batch), codes(batch)) == ((3, 0, 0, 0), [])
    rows = ReportedStock.objects.order_by("pk").values_list("location__code", "product__sku", *QUANTITIES)
    expected = [("MAIN", "AUR-1", 10, None, 6), ("MAIN", "AUR-2", 77, 3, None), ("WEST", "AUR-2", 0, None, None)]
    assert list(rows) == expected
    assert str(ReportedStock.objects.first().as_of) == "2026-11-20"


@pytest.mark.x12_samples
def test_the_sample_comes_in(inside, sample):
    partner = make_sell_to("RETAIL")
    for code in ("007061617", "007061618"):
        make_location(partner, code)
    for sku in ("P96A", "P99A"):
        make_product(sku)
    batch = take("stock", sample("852_product_activity"), party_id=partner.pk, accept_warnings=True)
    assert (counts(batch), codes(batch)) == ((3, 0, 0, 0), [])
    rows = ReportedStock.objects.order_by("pk").values_list("location__code", "product__sku", "on_hand", "on_order")
    assert list(rows) == [("007061617", "P96A", 10, 6), ("007061617", "P99A", 77, None), ("007061618", "P99A", 0, None)]
