"""Claims and credit memos as lists, for our own people and for the partner whose they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject
from django_filters import FilterSet

from channel_inventory.choices import ClaimLineState
from channel_inventory.filters.claims import ClaimFilter, CreditFilter
from channel_inventory.models import Claim, ClaimCredit, ClaimLine
from channel_inventory.tables.claims import ClaimTable, CreditTable
from ui.views import EXPORT_SELECTED, ListPage
from values.money import format_minor

SUMS = {"amount": "This page", "approved": "= approved", "denied": "+ denied", "pending": "+ pending"}


class ClaimsView:
    """Reading for insiders with the right, and for partners: row-level security leaves them their own rows."""

    member: Any

    def required_right(self) -> str:
        return "partner.files" if self.member.is_outsider else "channel.view"


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


class ClaimList(ClaimsView, ListPage):
    permission = "channel.view"
    model = Claim
    heading = "Claims"
    table_class = ClaimTable
    filterset_class = ClaimFilter
    empty_title = "No claims yet"
    empty_text = "Sales that a partner reports, to a certified end buyer under a ship-and-debit agreement, claim here."
    saved_views = (
        ("All", ""),
        ("To decide", "waits=yes"),
        ("Longer than 14 days", "waits=long"),
        ("Credited", "state=credited"),
    )
    bulk_actions = (EXPORT_SELECTED,)

    def list_context(self, filterset: FilterSet | None, queryset: QuerySet[Claim]) -> dict[str, Any]:
        context = super().list_context(filterset, queryset)
        return {**context, "totals": totals_of(context["page"].rows), "totals_template": "ui/_totals.html"}

    def get_queryset(self) -> QuerySet[Claim]:
        found = figures_of_claim(OuterRef("pk")).values("figures")
        return Claim.objects.select_related("partner").annotate(figures=Subquery(found))


class CreditList(ClaimsView, ListPage):
    permission = "channel.view"
    model = ClaimCredit
    heading = "Credit memos"
    table_class = CreditTable
    filterset_class = CreditFilter
    related = ("partner",)
    empty_title = "No credit memos yet"
    empty_text = "Approved claim lines are settled by one from the page of their claim."
