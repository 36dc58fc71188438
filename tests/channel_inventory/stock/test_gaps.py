"""Why a partner reports another stock than we compute."""

import datetime as dt
from decimal import Decimal

import pytest

from catalog.models import UnitFactor
from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.post_stock import post_stock
from channel_inventory.actions.refresh_positions import refresh_positions
from channel_inventory.models import StockPosition
from channel_inventory.reports.stock_places import StockPlace, places_of
from tests.factories.catalog import make_product
from tests.factories.channel_stock import invoice_to, reported, sold
from tests.factories.parties import make_location, make_sell_to
from tests.fixtures import NOW, TODAY

pytestmark = pytest.mark.usefixtures("inside")
DAY = dt.timedelta(days=1)


@pytest.fixture
def partner():
    return make_sell_to("NORTH")


@pytest.fixture
def product():
    return make_product("AUR-1")


def arrive(partner, product, quantity, *, days_ago=60, place=None):
    line = invoice_to(partner, product, quantity, "120", on=TODAY - DAY * days_ago)
    if place:
        line.order_line.ship_to = place
        line.order_line.save()
    catch_up_sell_in(at=NOW)


def sell(partner, product, quantity, *, days_ago=0, **values):
    line = sold(partner, product, quantity, on=TODAY - DAY * days_ago, **values)
    post_stock(pos_line_ids=[line.pk], by=None, at=NOW)
    return line


def sell_every_week(partner, product, *, but=()):
    for week in range(14):
        if week not in but:
            sell(partner, product, 1, days_ago=7 * week + 1)


def position():
    refresh_positions(at=NOW)
    return StockPosition.objects.get()


def found():
    now = position()
    return now.gap, now.gap_class


def test_a_report_that_agrees(partner, product):
    arrive(partner, product, 100)
    reported(make_location(partner), product, 100)
    assert found() == (0, "none")


def test_without_a_report_there_is_no_gap(partner, product):
    arrive(partner, product, 100)
    assert found() == (None, "")


def test_the_report_is_compared_with_the_stock_of_its_own_day(partner, product):
    arrive(partner, product, 100)
    reported(make_location(partner), product, 100, on=TODAY - DAY * 5)
    sell(partner, product, 30, days_ago=2)
    assert found() == (0, "none")
    assert position().on_hand == 70


def test_a_newer_report_takes_the_place_of_an_older_one(partner, product):
    arrive(partner, product, 100)
    place = make_location(partner)
    reported(place, product, 90, on=TODAY - DAY)
    reported(place, product, 95)
    reported(place, product, 1, on=TODAY, is_current=False)
    assert found()[0] == -5


def test_what_arrived_in_the_last_two_weeks_may_be_on_its_way(partner, product):
    arrive(partner, product, 100)
    arrive(partner, product, 40, days_ago=3)
    reported(make_location(partner), product, 100)
    sell_every_week(partner, product)
    assert found() == (-26, "unexplained")
    reported(make_location(partner, "B"), product, 0)
    reported(make_location(partner, "C"), product, 0, in_transit=26)
    assert found() == (-26, "in_transit")


def test_a_whole_arrival_that_is_not_reported_yet_is_in_transit(partner, product):
    arrive(partner, product, 100)
    arrive(partner, product, 40, days_ago=3)
    reported(make_location(partner), product, 100)
    assert found() == (-40, "in_transit")


def test_a_week_without_any_sale_is_missing(partner, product):
    arrive(partner, product, 100, days_ago=200)
    sell_every_week(partner, product, but=[3])
    reported(make_location(partner), product, 80)
    assert found() == (-7, "missing_week")


def test_a_report_in_boxes_differs_by_the_factor(partner, product):
    UnitFactor.objects.create(unit="BX", base_unit="EA", factor=50)
    arrive(partner, product, 5000)
    reported(make_location(partner), product, 100)
    assert found() == (-4900, "unit_factor")


def test_the_same_sales_in_two_files_are_a_duplicate(partner, product):
    arrive(partner, product, 100)
    for _ in range(2):
        sell(partner, product, 20, days_ago=9)
    reported(make_location(partner), product, 80)
    assert found() == (20, "duplicate")


def test_what_one_branch_lacks_and_another_has_too_many_of(partner, product):
    east, west = make_location(partner, "EAST"), make_location(partner, "WEST")
    arrive(partner, product, 60, place=east)
    arrive(partner, product, 40, place=west)
    reported(east, product, 50)
    reported(west, product, 50)
    assert found() == (0, "wrong_branch")
    assert places_of(StockPosition.objects.get()) == [
        StockPlace("EAST", east.name, 50, None, 60),
        StockPlace("WEST", west.name, 50, None, 40),
    ]
    assert [place.gap for place in places_of(StockPosition.objects.get())] == [-10, 10]


def test_weeks_of_supply_are_counted_from_thirteen_weeks(partner, product):
    arrive(partner, product, 1000, days_ago=200)
    sell(partner, product, 500, days_ago=91)  # the day before the thirteen weeks
    sell(partner, product, 130, days_ago=90)
    now = position()
    # 370 left, 10 a week
    assert (now.on_hand, now.sold, now.weeks) == (370, 130, Decimal("37.0"))


def test_without_sales_there_is_no_demand(partner, product):
    arrive(partner, product, 10)
    now = position()
    assert (now.weeks, now.is_building_up) == (None, False)


def test_stock_that_grows_faster_than_it_sells_builds_up(partner, product):
    arrive(partner, product, 200, days_ago=100)
    for days in (10, 40, 60):
        sell(partner, product, 10, days_ago=days)
    # four weeks ago 180 left of 20 in thirteen weeks; today 170 of 30
    assert not position().is_building_up
    arrive(partner, product, 400, days_ago=5)
    now = position()
    # 570 × 13 ÷ 30 against 180 × 13 ÷ 20
    assert (now.weeks, now.weeks_before, now.is_building_up) == (Decimal("247.0"), Decimal("117.0"), True)


def test_what_no_longer_sells_builds_up(partner, product):
    arrive(partner, product, 200, days_ago=130)
    sell(partner, product, 10, days_ago=100)
    now = position()
    assert (now.weeks, now.is_building_up) == (None, True)
