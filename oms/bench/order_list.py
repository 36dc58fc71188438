"""The first 50 of the orders under any filter and at any depth, against the lookup of 50 orders by primary key.

The lookup reads the same columns, the sell-to's name and those of the end buyers with them: what is left is the price
of filtering, ordering and turning pages. How the bare rows of the order table compare is said on the screen.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import QuerySet
from django.test import RequestFactory

from oms.bench.bench import Bench
from oms.bench.clock import medians
from oms.bench.result import Result, at_most
from oms.bench.statements import fetch
from orders.filters.orders import OrderFilter
from orders.models import Order, OrderLine
from orders.views.lists import OrderList
from parties.models import Party
from tenancy.scope import tenant_scope
from ui.views.list import PAGE_ROWS

DEPTHS = (0, 0.5, 0.99)


@dataclass(frozen=True)
class Case:
    name: str
    filters: dict[str, str]


@dataclass(frozen=True)
class Timed:
    """Median seconds of a page and, taken in turns with it, of both lookups."""

    page_name: str
    page: float
    lookup: float
    bare: float


def measure(bench: Bench) -> list[Result]:
    with tenant_scope(bench.tenant.pk):
        orders = Order.objects.order_by("-pk").values_list("pk", flat=True)
        middle = orders.count() // 2
        ids = list(orders[middle : middle + PAGE_ROWS])
        lookup = statement(OrderList().get_queryset().filter(pk__in=ids))
        bare = statement(Order.objects.filter(pk__in=ids))
        found = [Timed(name, *medians(run, lookup, bare, times=bench.times)) for name, run in pages()]
    limit = median(each.lookup for each in found)
    for each in found:
        bench.say(f"  {each.page_name}: {each.page * 1000:.2f} ms, {each.page / limit:.2f} × the lookup")
    rows = median(each.bare for each in found)
    bench.say(f"  the same columns by key: {limit * 1000:.2f} ms; the bare order rows by key: {rows * 1000:.2f} ms")
    slowest = max(found, key=lambda each: each.page)
    note = f"slowest of {len(found)} filters and depths: {slowest.page_name}; limit: the same 50 orders' columns by key"
    return [Result("order_list", slowest.page * 1000, "ms", limit * 1000, at_most(2), note)]


def pages() -> Iterator[tuple[str, Callable[[], object]]]:
    """Name and statement of each page: every filter at every depth it has, in the order the list itself takes."""
    for case in cases():
        view = OrderList()
        view.request = RequestFactory().get("/", case.filters)
        ordering = view.ordering()
        queryset = OrderFilter(case.filters, queryset=view.get_queryset(), request=None).qs
        size = queryset.order_by().count()
        for depth in DEPTHS if size > PAGE_ROWS else DEPTHS[:1]:
            page = ordering.applied_to(queryset)
            if depth:
                key = page.values_list(*ordering.fields)[int(size * depth)]
                page = ordering.after(page, key)
            yield f"{case.name} of {size:,}, {depth:.0%} down", statement(page[: PAGE_ROWS + 1])


def cases() -> list[Case]:
    """Every filter of the list, with values that leave many rows and few, old and new."""
    orders = Order.objects.order_by("pk")
    oldest, order, newest = (orders[int((orders.count() - 1) * part)] for part in (0, 0.5, 1))
    buyers = OrderLine.objects.filter(order=order, end_buyer__isnull=False).values("end_buyer_id")
    end_buyer = Party.objects.filter(pk__in=buyers).order_by("pk")[0]
    day, year = order.order_date.isoformat(), oldest.order_date + dt.timedelta(days=365)
    week = newest.order_date + dt.timedelta(days=7)
    return [
        Case("all", {}),
        Case("open", {"status": "open"}),
        Case("shipped", {"status": "shipped"}),
        Case("cancelled", {"status": "cancelled"}),
        Case("one sell-to", {"sell_to": order.sell_to.code}),
        Case("one end buyer", {"end_buyer": end_buyer.code}),
        Case("on hold", {"held": "yes"}),
        Case("not on hold", {"held": "no"}),
        Case("without commit", {"commit": "none"}),
        Case("one PO", {"q": order.customer_po}),
        Case("POs that begin alike", {"q": order.customer_po[:-3]}),
        Case("PO date of one day", {"ordered_after": day, "ordered_before": day}),
        Case("PO date in the first year", {"ordered_before": year.isoformat()}),
        Case("request from a day on", {"requested_after": day}),
        Case("request within a week", {"requested_after": str(newest.order_date), "requested_before": str(week)}),
    ]


def statement(queryset: QuerySet[Any]) -> Callable[[], object]:
    text, params = queryset.query.sql_with_params()
    return lambda: fetch(text, params)
