"""What changed between two versions of an order, as its ledger tells it."""

from typing import Any

from orders.models import Order
from orders.views.detail.tabs import tabs_of
from orders.views.detail.versions import Version, compare, versions_of
from ui.views import DetailPage


class CompareVersions(DetailPage):
    permission = "orders.view"
    model = Order
    template_name = "orders/compare.html"

    def get_context(self, found: Order) -> dict[str, Any]:
        versions = versions_of(found, self.tenant.zone)
        shown = {"order": found, "tabs": tabs_of(found, self), "versions": versions, "zone": self.tenant.zone}
        if not versions:
            return shown
        first, second = sorted(
            (self.asked("from", versions, otherwise=1), self.asked("to", versions, otherwise=len(versions)))
        )
        return {**shown, "first": first, "second": second, "found": compare(found, versions, first, second)}

    def asked(self, name: str, versions: list[Version], *, otherwise: int) -> int:
        text = self.request.GET.get(name, "")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        return number if 0 < number <= len(versions) else otherwise
