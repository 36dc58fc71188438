"""The price of one line, as the entry screen asks for it, against the lookup of the very rows that it rests on.

The lookup knows every key beforehand: the product, the list price and the base price with their lists, and the
agreement lines that the answer tells of with their agreements and end buyers. What is left is the price of finding
them and of saying which goes first.
"""

from itertools import cycle
from typing import Any

from django.db.models import QuerySet

from oms.bench.bench import Bench
from oms.bench.clock import medians
from oms.bench.questions import price_questions
from oms.bench.result import Result, at_most
from pricing.models import PriceList, PriceListAssignment, PriceListItem
from pricing.resolver import resolve_prices
from pricing.resolver.answer import PriceAnswer
from tenancy.prepared import fetch_prepared
from tenancy.scope import current_tenant_id, tenant_scope
from values.sql import load

QUESTIONS = 200


def measure(bench: Bench) -> list[Result]:
    with tenant_scope(bench.tenant.pk):
        questions = price_questions(QUESTIONS, bench.world.today)
        asked = cycle(questions)
        keys = cycle([keys_of(resolve_prices([question])[0]) for question in questions])
        lookup = load("oms.bench", "price_rows")
        fetch_prepared(lookup, next(keys), is_planned_once=True)
        answer, found = medians(
            lambda: resolve_prices([next(asked)]),
            lambda: fetch_prepared(lookup, next(keys)),
            times=10 * bench.times,
            warm_up=10,
        )
    note = "resolve_prices of 1 line with all that its trail tells, p50; limit: the same rows by their keys, prepared"
    return [Result("price_one", answer * 1000, "ms", found * 1000, at_most(2), note)]


def keys_of(answer: PriceAnswer) -> dict[str, str]:
    """As PostgreSQL writes them; 0 for a row that the answer does without."""
    question, head = answer.question, answer.rows[0]
    items = PriceListItem.objects.filter(product_id=question.product_id, valid_from__lte=question.on)
    assigned, base = head.list_code or "", head.base_code or ""
    return {
        "tenant": str(current_tenant_id()),
        "product": str(question.product_id),
        "assignment": key_of(PriceListAssignment.objects.filter(party=question.sell_to_id, price_list__code=assigned)),
        "list": key_of(PriceList.objects.filter(code=assigned)),
        "item": key_of(items.filter(price_list__code=assigned, min_qty=head.list_qty or 0)),
        "base": key_of(PriceList.objects.filter(code=base)),
        "base_item": key_of(items.filter(price_list__code=base, min_qty=head.base_qty or 0)),
        "lines": "{" + ",".join(str(row.line_id) for row in answer.rows if row.line_id) + "}",
    }


def key_of(rows: QuerySet[Any]) -> str:
    return str(rows.values_list("pk", flat=True).first() or 0)
