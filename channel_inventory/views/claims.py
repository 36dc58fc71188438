"""Claims and credit memos as lists, for our own people and for the partner whose they are."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django_filters import FilterSet

from channel_inventory.claiming.sums import figures_of_claim, totals_of
from channel_inventory.filters.claims import ClaimFilter, CreditFilter
from channel_inventory.models import Claim, ClaimCredit
from channel_inventory.tables.claims import ClaimTable, CreditTable
from ui.views import EXPORT_SELECTED, ListPage


class ClaimsView:
    """Reading for insiders with the right, and for partners: row-level security leaves them their own rows."""

    member: Any

    def required_right(self) -> str:
        return "partner.files" if self.member.is_outsider else "channel.view"


class ClaimList(ClaimsView, ListPage):
    permission = "channel.view"
    model = Claim
    heading = "Claims"
    table_class = ClaimTable
    filterset_class = ClaimFilter
    empty_title = "No claims yet"
    empty_text = "A sale that is reported, to a certified end buyer under a ship-and-debit agreement, is claimed here."
    saved_views = (
        ("All", ""),
        ("To decide", "waits=yes"),
        ("Longer than 14 days", "waits=long"),
        ("Credited", "state=credited"),
    )
    bulk_actions = (EXPORT_SELECTED,)

    def get_heading(self) -> str:
        return "Your claims" if self.member.is_outsider else self.heading

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
    empty_text = "Each settles lines of a claim that were approved."

    def get_heading(self) -> str:
        return "Your credit memos" if self.member.is_outsider else self.heading
