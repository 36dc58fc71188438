from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from channel_inventory.imports import POS, STOCK
from channel_inventory.tables.pos import ReportTable
from exchange.models import ImportBatch
from exchange.views import BatchList
from parties.models import Party
from ui.views import EmptyAction

KINDS = (POS, STOCK)


class ReportList(BatchList):
    """Files in which partners report what they sold and hold; a partner sees its own."""

    heading = "Reports in"
    heading_of_own = "Your reports"
    table_class = ReportTable
    template_name = "channel_inventory/reports.html"
    empty_title = "No reports yet"
    empty_text = "Partners report what they sold and what they hold, as a table or as X12 867 and 852."

    def get_heading(self) -> str:
        return self.heading_of_own if self.member.is_outsider else self.heading

    def get_queryset(self) -> QuerySet[ImportBatch]:
        name = Party.objects.filter(pk=OuterRef("party_id")).values("short_name")
        found = self.batches().filter(kind__in=[kind.name for kind in KINDS])
        return found.annotate(partner_name=Subquery(name))

    def get_context(self) -> dict[str, Any]:
        return {"uploads": [(kind.title, self.upload_url(kind.name)) for kind in KINDS if kind.is_open_to(self.member)]}

    def get_empty_actions(self) -> list[EmptyAction]:
        return [EmptyAction(f"Upload: {title.lower()}", url) for title, url in self.get_context()["uploads"]]

    def upload_url(self, kind: str) -> str:
        return f"{self.url('exchange:upload')}?kind={kind}"
