"""The price of one line, as the entry screen asks for it, against the lookup of one row by its primary key."""

from itertools import cycle

from oms.bench.bench import Bench
from oms.bench.clock import medians
from oms.bench.questions import price_questions
from oms.bench.result import Result, at_most
from pricing.resolver import resolve_prices
from tenancy.prepared import fetch_prepared
from tenancy.scope import current_tenant_id, tenant_scope
from values.sql import load

QUESTIONS = 200


def measure(bench: Bench) -> list[Result]:
    with tenant_scope(bench.tenant.pk):
        asked = cycle(price_questions(QUESTIONS, bench.world.today))
        lookup, values = load("oms.bench", "one_price_row"), {"tenant": str(current_tenant_id()), "id": "1"}
        answer, found = medians(
            lambda: resolve_prices([next(asked)]),
            lambda: fetch_prepared(lookup, values),
            times=10 * bench.times,
            warm_up=10,
        )
    note = "resolve_prices of 1 line with its trail, p50; limit: one row by primary key, prepared like it"
    return [Result("price_one", answer * 1000, "ms", found * 1000, at_most(2), note)]
