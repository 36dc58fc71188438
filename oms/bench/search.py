"""Text in a PO number among all orders: by the search function and under the policies, against the same by the owner.

The owner's policy lets every row through, so that its LIKE uses the trigram index directly: what row-level security
forbids the application role. Both read the orders found, with the name of the sell-to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connections

from metrics.search.find import ids_of
from metrics.search.kinds import KINDS
from oms.bench.bench import Bench
from oms.bench.clock import medians
from oms.bench.result import Result, at_most
from orders.entry import po_key
from orders.models import Order
from tenancy.scope import tenant_scope
from values.sql import load

MOST = 6
ORDERS = [kind for kind in KINDS if kind.name == "order"][:1]


@dataclass(frozen=True)
class Timed:
    text: str
    found: int
    search: float
    plain: float

    @property
    def ratio(self) -> float:
        return self.search / self.plain


def measure(bench: Bench) -> list[Result]:
    with tenant_scope(bench.tenant.pk):
        texts = texts_of(Order.objects.order_by("-pk"))
        found = [timed(text, bench) for text in texts]
    for each in found:
        bench.say(
            f"  “{each.text}”, {each.found} found: {each.search * 1000:.2f} ms, {each.ratio:.2f} × without policies"
        )
    worst = max(found, key=lambda each: each.ratio)
    note = f"worst of {len(found)} texts: “{worst.text}”; limit: the same as the owner, whom no policy binds"
    return [Result("search", worst.search * 1000, "ms", worst.plain * 1000, at_most(1.3), note)]


def texts_of(orders: Any) -> list[str]:
    """A text that few PO numbers contain, one that many do, and one that none does."""
    po = po_key(orders[orders.count() // 2].customer_po)
    return [po[-5:], po[:3], "QQQZZZ"]


def timed(text: str, bench: Bench) -> Timed:
    search, plain = searched(text), plainly(text, bench.tenant.pk)
    seconds = medians(search, plain, times=bench.times)
    return Timed(text, len(search()), *seconds)


def searched(text: str) -> Callable[[], list[Any]]:
    def run() -> list[Any]:
        found = ids_of(text, ORDERS, MOST)["order"]
        return list(Order.objects.filter(pk__in=found).select_related("sell_to"))

    return run


def plainly(text: str, tenant_id: int) -> Callable[[], list[Any]]:
    values: dict[str, str | int] = {"tenant": tenant_id, "text": text, "most": MOST}

    def run() -> list[Any]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(load("oms.bench", "text_in_po"), values)
            ids = [row[0] for row in cursor.fetchall()]
        return list(Order.objects.using("owner").filter(pk__in=ids).select_related("sell_to"))

    return run
