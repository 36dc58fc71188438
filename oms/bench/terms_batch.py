"""Shipping terms of 100,000 lines at once, as a file asks for them, against the plain join on the rules' keys.

The demo routes by few rules. For the while of the measure there are hundreds: two by weight for each sell-to, one for
each of the end buyers that order most, some for a family or a country.
"""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count

from catalog.models import ProductFamily
from oms.bench.bench import Bench
from oms.bench.clock import medians
from oms.bench.result import Result, at_most
from oms.bench.statements import fetch_limit
from orders.models import Order, OrderLine
from parties.models import Location
from shipping.models import ShippingRule, ShippingTerms
from shipping.resolver import TermsQuestion, resolve_terms
from tenancy.prepared import fetch_planned
from tenancy.scope import current_tenant_id, tenant_scope
from values.rows import as_array
from values.sql import load

LINES = 100_000
END_BUYERS = 200
HEAVY_KG = Decimal(25)


def measure(bench: Bench) -> list[Result]:
    with tenant_scope(bench.tenant.pk), transaction.atomic():
        write_rules()
        rules = ShippingRule.objects.filter(is_active=True).count()
        asked = [TermsQuestion(key, *row) for key, row in enumerate(fetch_limit("terms_questions", count=LINES))]
        answer, joined = medians(
            lambda: resolve_terms(asked), lambda: plain_join(asked), times=bench.fewer(5), warm_up=1
        )
        transaction.set_rollback(True)
    note = f"resolve_terms of {len(asked):,} lines by {rules:,} rules; limit: join of the same lines on the rules' keys"
    return [Result("terms_batch", answer * 1000, "ms", joined * 1000, at_most(3), note)]


def write_rules() -> None:
    terms = list(ShippingTerms.objects.order_by("pk"))
    wanted: list[dict[str, Any]] = []
    for sell_to in Order.objects.order_by("sell_to").values_list("sell_to", flat=True).distinct():
        wanted += [
            {"sell_to_id": sell_to, "max_weight_kg": HEAVY_KG},
            {"sell_to_id": sell_to, "min_weight_kg": HEAVY_KG, "priority": 1},
        ]
    wanted += [{"end_buyer_id": pk} for pk in largest_end_buyers()]
    wanted += [{"family_id": pk, "min_value": 10_000} for pk in ProductFamily.objects.values_list("pk", flat=True)]
    wanted += [{"ship_to_country": code} for code in Location.objects.values_list("country", flat=True).distinct()]
    ShippingRule.objects.bulk_create(
        ShippingRule(code=f"BENCH-{number}", terms=terms[number % len(terms)], **each)
        for number, each in enumerate(wanted)
    )


def largest_end_buyers() -> list[int]:
    found = OrderLine.objects.filter(end_buyer__isnull=False).values("end_buyer").annotate(lines=Count("pk"))
    return list(found.order_by("-lines", "end_buyer").values_list("end_buyer", flat=True)[:END_BUYERS])


def plain_join(asked: list[TermsQuestion]) -> None:
    """Planned for its values and with arrays as text, which of the ways to ask is the fastest."""
    names = ("sell_to", "end_buyer", "ship_to", "ship_from", "family")
    arrays = {name: as_array(getattr(each, f"{name}_id") for each in asked) for name in names}
    fetch_planned(load("oms.bench", "plain_terms_join"), {"tenant": current_tenant_id(), **arrays})
