"""End buyers as partners report them: the list of all texts, and the way into the queue."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from channel_inventory.certification.queue import queue_around
from channel_inventory.certification.sums import figures_of_text
from channel_inventory.filters.texts import TextFilter
from channel_inventory.models import ReportedEndBuyer
from channel_inventory.tables.texts import TextTable
from ui.views import ListPage, PermittedView

LIST, TEXT = "channel_inventory:text_list", "channel_inventory:text_detail"


class TextList(ListPage):
    permission = "channel.view"
    model = ReportedEndBuyer
    heading = "Certification"
    template_name = "channel_inventory/texts.html"
    table_class = TextTable
    filterset_class = TextFilter
    saved_views = (
        ("To certify", "state=open"),
        ("Put off", "state=later"),
        ("Certified", "state=certified"),
        ("Rejected", "state=rejected"),
        ("All", ""),
    )
    empty_title = "Nothing waits for certification"
    empty_text = "End buyers that neither code, alias nor name tell for certain come here with the next report."

    def get_queryset(self) -> QuerySet[ReportedEndBuyer]:
        return ReportedEndBuyer.objects.annotate(sold=Subquery(figures_of_text(OuterRef("pk")).values("figures")))


class WorkQueue(PermittedView):
    """To the text with the most money behind it; to the list when none waits."""

    permission = "channel.certify"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        now = self.now()
        queue = queue_around(None, reporting_currency=self.tenant.currency, on=self.tenant.today(now))
        first = queue.following
        return redirect(self.url(TEXT, first.pk) if first else self.url(LIST))
