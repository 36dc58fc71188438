"""Lists are read by index in their own order: nothing is sorted to show a page of it.

On a table of a few rows PostgreSQL would rather read it whole, or sort it, so both are switched off: it then sorts
only where no index gives the order.
"""

import datetime as dt

import pytest
from django.db import connection
from django.test import RequestFactory

from orders.filters.orders import OrderFilter
from orders.models import Order
from orders.views.lists import OrderList, ScheduleList
from orders.worklists import open_schedules
from tests.factories.parties import make_end_buyer
from ui.keyset import Ordering

SWITCHED_OFF = ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort", "incremental_sort")


@pytest.fixture
def by_index(inside):
    with connection.cursor() as cursor:
        for way in SWITCHED_OFF:
            cursor.execute(f"SET LOCAL enable_{way} = off")


def plan_of(view_class, queryset, query):
    view = view_class()
    view.request = RequestFactory().get("/", query)
    return view.ordering().applied_to(queryset)[:51].explain()


def filtered(query):
    return OrderFilter(query, queryset=Order.objects.all(), request=None).qs


@pytest.mark.parametrize(
    "query", [{"requested_after": "2027-01-01", "requested_before": "2027-01-07"}, {"requested_after": "2027-01-01"}]
)
def test_a_span_of_requests_is_read_by_date(by_index, query):
    plan = plan_of(OrderList, filtered(query), query)
    assert "Index Scan using order_next_request" in plan
    assert "Sort" not in plan


def test_the_orders_of_an_end_buyer_are_named_once_and_newest_first(inside):
    # so line_by_end_buyer is walked backward, and no further than the page is long
    asked = str(filtered({"end_buyer": make_end_buyer("PLANT").code}).query)
    assert 'IN (SELECT DISTINCT ON (U0."order_id") U0."order_id"' in asked
    assert "ORDER BY 1 DESC)" in asked


def test_open_schedules_are_read_by_request_date(by_index):
    plan = plan_of(ScheduleList, open_schedules(), {})
    assert "Index Scan using schedule_by_request" in plan
    assert "Sort" not in plan


def test_a_deep_page_within_a_span_is_entered_at_its_key(by_index):
    ordering = OrderList.orderings["ordered"]
    found = filtered({"ordered_before": "2026-06-30"})
    plan = Ordering(ordering, descending=True).after(found, (dt.date(2025, 1, 2), 7)).explain()
    assert "(order_date <= '2026-06-30'::date)" in plan
    assert "(order_date <= '2025-01-02'::date)" in plan
