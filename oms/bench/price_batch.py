"""Ten thousand prices at once, as a file asks for them, against the plain join of the same rows."""

from oms.bench.bench import Bench
from oms.bench.clock import medians
from oms.bench.questions import price_questions
from oms.bench.result import Result, at_most
from oms.bench.statements import fetch_limit
from pricing.resolver import PriceQuestion, resolve_prices
from tenancy.scope import tenant_scope

LINES = 10_000


def measure(bench: Bench) -> list[Result]:
    with tenant_scope(bench.tenant.pk):
        asked = price_questions(LINES, bench.world.today)
        answer, joined = medians(
            lambda: resolve_prices(asked), lambda: plain_join(asked), times=bench.fewer(3), warm_up=1
        )
    note = f"resolve_prices of {len(asked):,} lines; limit: join of the same lines on agreements and price lists"
    return [Result("price_batch", answer * 1000, "ms", joined * 1000, at_most(1.2), note)]


def plain_join(asked: list[PriceQuestion]) -> None:
    fetch_limit(
        "plain_price_join",
        sell_to=[each.sell_to_id for each in asked],
        end_buyer=[each.end_buyer_id for each in asked],
        product=[each.product_id for each in asked],
        quantity=[each.quantity for each in asked],
        currency=[each.currency for each in asked],
        on=[each.on for each in asked],
    )
