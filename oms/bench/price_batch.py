"""Ten thousand prices at once, as a file asks for them, against the plain join of the same rows."""

from typing import Any

from oms.bench.bench import Bench
from oms.bench.clock import medians
from oms.bench.questions import price_questions
from oms.bench.result import Result, at_most
from pricing.resolver import PriceQuestion, resolve_prices
from tenancy.prepared import fetch_planned
from tenancy.scope import current_tenant_id, tenant_scope
from values.sql import load

LINES = 10_000


def measure(bench: Bench) -> list[Result]:
    with tenant_scope(bench.tenant.pk):
        asked = price_questions(LINES, bench.world.today)
        answer, joined = medians(
            lambda: resolve_prices(asked), lambda: plain_join(asked), times=bench.fewer(3), warm_up=1
        )
    note = f"resolve_prices of {len(asked):,} lines; limit: join of the same lines on products, agreements, price lists"
    return [Result("price_batch", answer * 1000, "ms", joined * 1000, at_most(1.2), note)]


def plain_join(asked: list[PriceQuestion]) -> None:
    """Planned for its values and with arrays as text, which of the ways to ask is the fastest."""
    columns: dict[str, list[Any]] = {
        "sell_to": [each.sell_to_id for each in asked],
        "end_buyer": [each.end_buyer_id for each in asked],
        "product": [each.product_id for each in asked],
        "quantity": [each.quantity for each in asked],
        "currency": [each.currency for each in asked],
        "on": [each.on for each in asked],
    }
    arrays = {name: "{" + ",".join(map(str, values)) + "}" for name, values in columns.items()}
    fetch_planned(load("oms.bench", "plain_price_join"), {"tenant": current_tenant_id(), **arrays})
