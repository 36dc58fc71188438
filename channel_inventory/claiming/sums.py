"""What the lines of claims come to, claim by claim and together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, JSONObject

from channel_inventory.choices import ClaimLineState
from channel_inventory.models import ClaimLine
from values.money import format_minor

SUMS = {"amount": "This page", "approved": "= approved", "denied": "+ denied", "pending": "+ pending"}


def figures_of_claim(claim: Any) -> QuerySet[Any, Any]:
    """Lines and sums of one claim, as one JSON value: what was reversed does not count."""
    lines = ClaimLine.objects.filter(claim=claim).exclude(state=ClaimLineState.REVERSED).order_by()
    return lines.values("claim").annotate(
        figures=JSONObject(
            lines=Count("pk"),
            waiting=Count("pk", filter=Q(state=ClaimLineState.PENDING)),
            amount=Coalesce(Sum("amount"), 0),
            approved=in_state(ClaimLineState.APPROVED),
            denied=in_state(ClaimLineState.DENIED),
            pending=in_state(ClaimLineState.PENDING),
            to_credit=Coalesce(Sum("amount", filter=Q(state=ClaimLineState.APPROVED, credit__isnull=True)), 0),
        )
    )


def in_state(state: str) -> Any:
    return Coalesce(Sum("amount", filter=Q(state=state)), 0)


@dataclass(frozen=True)
class Total:
    label: str
    text: str


def totals_of(claims: Sequence[Any]) -> list[Total]:
    """What the claims of this page come to, each currency by itself."""
    sums: dict[str, Counter[str]] = {}
    for claim in claims:
        sums.setdefault(claim.currency, Counter()).update({name: (claim.figures or {}).get(name, 0) for name in SUMS})
    return [
        Total(f"{label}, {currency}", format_minor(found[name], currency))
        for currency, found in sorted(sums.items())
        for name, label in SUMS.items()
    ]
