"""Whole pages, from the request to the last byte: the newest orders, and one order of ten lines.

The list is measured beside a bare view: it reads the same rows with one query and writes the same bytes, cell by cell,
with one template of Django's; who asks, which columns, which filters and how many there are it does not want to know.
Both are asked by the same client through Django's handler, the bare view without any middleware.
The page of an order is measured beside the list.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from oms.bench.bench import Bench
from oms.bench.clock import WARM_UP, Run, seconds
from oms.bench.result import Result, at_most
from orders.models import Order
from orders.views.lists import OrderList
from tenancy.choices import Role
from tenancy.models import Member
from tenancy.scope import tenant_scope
from ui.views.list import PAGE_ROWS

LINES = 10
PATIENCE = 0.06
"""Seconds that nineteen of twenty lists have to be done in."""

View = Callable[[HttpRequest], HttpResponse]

BARE = "{{ head }}{% for row in rows %}{% for cell in row %}{{ cell }}{% endfor %}{% endfor %}{{ tail }}"


class NotThePage(RuntimeError):
    """What was measured is not what was meant."""


def measure(bench: Bench) -> list[Result]:
    with tenant_scope(bench.tenant.pk):
        user = Member.objects.get(role=Role.SALES_OPS).user
        order = Order.objects.filter(line_count__lte=LINES).order_by("-line_count", "pk")[0]
    client = Client(SERVER_NAME="localhost")
    with unlogged():
        client.force_login(user)
        newest = page(client, reverse("orders:order_list", args=[bench.tenant.slug]))
        one = page(client, reverse("orders:order_detail", args=[bench.tenant.slug, order.pk]))
        bare = bare_page(newest().content.decode(), bench.tenant.pk)
        listed, barely, shown = taken(newest, bare, one, times=4 * bench.times)
    return [of_list(listed, barely), of_slowest(listed), of_order(shown, listed, order.line_count)]


@contextmanager
def unlogged() -> Iterator[None]:
    """Each request would be told on the screen."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def of_list(listed: list[float], bare: list[float]) -> Result:
    note = f"the newest {PAGE_ROWS} orders as a page, p50; limit: a bare view that reads the rows and writes the bytes"
    return Result("order_list_page", median(listed) * 1000, "ms", median(bare) * 1000, at_most(3), note)


def of_slowest(listed: list[float]) -> Result:
    p95 = quantiles(listed, n=20)[-1] if len(listed) > 1 else listed[0]
    return Result(
        "order_list_page_p95", p95 * 1000, "ms", PATIENCE * 1000, at_most(1), "the same page, p95; limit: 60 ms"
    )


def of_order(shown: list[float], listed: list[float], lines: int) -> Result:
    note = f"an order of {lines} lines with its timeline as a page, p50; limit: the list page of {PAGE_ROWS}"
    return Result("order_detail_page", median(shown) * 1000, "ms", median(listed) * 1000, at_most(1.5), note)


def taken(*runs: Run, times: int) -> list[list[float]]:
    """Seconds of each time; they take turns."""
    for _ in range(WARM_UP):
        for run in runs:
            run()
    rounds = [[seconds(run) for run in runs] for _ in range(times)]
    return [list(column) for column in zip(*rounds, strict=True)]


def page(client: Client, path: str) -> Callable[[], Any]:
    def run() -> Any:
        response = client.get(path)
        if response.status_code != 200:
            raise NotThePage(f"{path} answered {response.status_code}.")
        return response

    return run


class BareHandler(ClientHandler):
    """Django's handler with one view and nothing around it."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: FBT001, FBT002  Django's own signature
        self._middleware_chain = convert_exception_to_response(self.view)


def bare_page(html: str, tenant_id: int) -> Callable[[], Any]:
    """Asks for a bare view that answers with this page."""
    client = Client(SERVER_NAME="localhost")
    client.handler = BareHandler(bare_view(html, tenant_id))
    ask = page(client, "/")
    if ask().content.decode() != html:
        raise NotThePage("The bare view writes another page.")
    return ask


def bare_view(html: str, tenant_id: int) -> View:
    template = Engine().from_string(BARE)
    head, body, tail = parts_of(html)
    cells = [[mark_safe(cell) for cell in cells_of(row)] for row in body]  # noqa: S308  our own page's

    def view(_request: HttpRequest) -> HttpResponse:
        with tenant_scope(tenant_id):
            rows = list(OrderList().get_queryset().select_related("sell_to").order_by("-pk")[: PAGE_ROWS + 1])
            known = {"head": head, "rows": cells[: len(rows)], "tail": tail}
            return HttpResponse(template.render(Context(known)))

    return view


def parts_of(html: str) -> tuple[SafeString, list[str], SafeString]:
    """What stands before the rows of the table, the rows, and what stands behind."""
    head, opened, rest = html.partition("<tbody>")
    body, closed, tail = rest.partition("</tbody>")
    return mark_safe(head + opened), list(pieces(body, "<tr")), mark_safe(closed + tail)  # noqa: S308  our own page's


def cells_of(row: str) -> Iterator[str]:
    return pieces(row, "<t[dh]")


def pieces(text: str, start: str) -> Iterator[str]:
    """The text, cut before each start."""
    return iter(piece for piece in re.split(f"(?={start}[ >])", text) if piece)
