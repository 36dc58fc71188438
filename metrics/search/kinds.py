"""What can be searched: who may find it, how its rows are read, how a hit is shown and where it leads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from catalog.models import Product
from fulfilment.models import Shipment, ShipRequest
from orders.models import Invoice, Order
from parties.models import Party
from pricing.models import Agreement
from ui.figures import EMPTY
from values.money import format_money


@dataclass(frozen=True)
class Shown:
    """A hit in words: its number or name, and what tells it from another."""

    title: str
    about: str


@dataclass(frozen=True)
class SearchKind:
    """`rows` are of the tenant in scope, under its policies. `target` gives the arguments of `url_name`."""

    name: str
    label: str
    icon: str
    right: str
    url_name: str
    rows: Callable[[], QuerySet[Any]]
    shown: Callable[[Any], Shown]
    target: Callable[[Any], int] = lambda row: row.pk


def order_shown(order: Order) -> Shown:
    return Shown(order.number, f"PO {order.customer_po} · {order.sell_to.name} · {order.get_status_display()}")


def party_shown(party: Party) -> Shown:
    return Shown(party.name, f"{party.code} · {party.country}")


def product_shown(product: Product) -> Shown:
    return Shown(product.sku, product.description)


def agreement_shown(agreement: Agreement) -> Shown:
    buyer = agreement.end_buyer or agreement.sell_to
    who = EMPTY if buyer is None else buyer.name
    return Shown(f"{agreement.number} rev {agreement.revision}", f"{who} · {agreement.get_status_display()}")


def request_shown(request: ShipRequest) -> Shown:
    return Shown(str(request), f"{request.site.name} · {request.get_status_display()}")


def dock_request_shown(request: ShipRequest) -> Shown:
    return Shown(str(request), request.get_status_display())


def shipment_shown(shipment: Shipment) -> Shown:
    parts = (shipment.order.number, f"{shipment.ship_date:%d %b %Y}", shipment.carrier_code, shipment.tracking)
    return Shown(shipment.number, " · ".join(filter(None, parts)))


def invoice_shown(invoice: Invoice) -> Shown:
    total = format_money(invoice.total, invoice.currency)
    return Shown(invoice.number, f"{invoice.get_kind_display()} of {invoice.order.number} · {total}")


KINDS = (
    SearchKind(
        "order", "Orders", "queue-list", "orders.view", "orders:order_detail",
        lambda: Order.objects.select_related("sell_to"), order_shown,
    ),
    SearchKind(
        "order", "Your orders", "queue-list", "partner.orders", "orders:order_detail",
        lambda: Order.objects.select_related("sell_to"), order_shown,
    ),
    SearchKind(
        "party", "Parties", "building-office-2", "master.view", "parties:party_detail",
        lambda: Party.objects.all(), party_shown,
    ),
    SearchKind(
        "product", "Parts", "cpu-chip", "master.view", "catalog:product_detail",
        lambda: Product.objects.all(), product_shown,
    ),
    SearchKind(
        "agreement", "Agreements", "document-check", "master.view", "pricing:agreement_detail",
        lambda: Agreement.objects.select_related("end_buyer", "sell_to"), agreement_shown,
    ),
    SearchKind(
        "ship_request", "Ship requests", "clipboard-document-list", "shipping.view",
        "fulfilment:ship_request_detail", lambda: ShipRequest.objects.select_related("site"), request_shown,
    ),
    SearchKind(
        "ship_request", "To ship", "truck", "dock.view", "fulfilment:dock_confirm",
        lambda: ShipRequest.objects.all(), dock_request_shown,
    ),
    SearchKind(
        "shipment", "Shipments", "truck", "shipping.view", "fulfilment:shipment_detail",
        lambda: Shipment.objects.select_related("order"), shipment_shown,
    ),
    SearchKind(
        "invoice", "Invoices and credit memos", "document-text", "orders.view", "orders:order_detail",
        lambda: Invoice.objects.select_related("order"), invoice_shown, lambda invoice: invoice.order_id,
    ),
)  # fmt: skip
