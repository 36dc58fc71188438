"""The pages of one order, side by side."""

from dataclasses import dataclass
from typing import Any

from orders.models import Order


@dataclass(frozen=True)
class Tab:
    label: str
    href: str
    is_current: bool


def tabs_of(order: Order, view: Any) -> list[Tab]:
    """`view` names pages, and knows which of them it is."""
    pages = [("Order", "order_detail"), ("Compare versions", "order_compare"), ("Ledger", "order_ledger")]
    if order.import_batch_id is not None:
        pages.append(("Source file", "order_source"))
    links = [(label, view.url(f"orders:{name}", order.pk)) for label, name in pages]
    return [Tab(label, href, href == view.request.path) for label, href in links]
