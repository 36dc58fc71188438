"""The file that an order came from: its rows as received, beside what became of them."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from exchange.kinds import kind_named
from orders.models import Order
from orders.views.detail.source import received_of
from orders.views.detail.tabs import tabs_of
from ui.views import DetailPage


class SourceFile(DetailPage):
    permission = "orders.view"
    model = Order
    template_name = "orders/source.html"

    def get_queryset(self) -> QuerySet[Order]:
        return Order.objects.select_related("import_batch__uploaded_by__user")

    def get_context(self, found: Order) -> dict[str, Any]:
        batch = found.import_batch
        if batch is None:
            raise Http404
        return {
            "order": found,
            "tabs": tabs_of(found, self),
            "batch": batch,
            "received": received_of(found, batch),
            "zone": self.tenant.zone,
            # the file speaks of other orders too: whoever may see files may open it
            "may_open": self.member.may("files.import") and kind_named(batch.kind).is_visible_to(self.member),
        }
