from datetime import date

from fulfilment.choices import ShipmentStatus
from fulfilment.errors import FulfilmentRefused
from fulfilment.locks import lock_shipment
from fulfilment.models import Shipment, ShipmentLine
from orders.actions.context import Occasion
from orders.actions.issue_invoice import InvoicePart, issue_invoice
from orders.documents.invoice import Shipped
from orders.models import Invoice
from values.incoterms import title_passes_at


def bill_shipment(*, shipment_id: int, occasion: Occasion, number: str | None = None) -> Invoice:
    """Bill what a shipment took out of backlog, on the day title passed.

    Raises FulfilmentRefused: billed already, undone, or title has not passed yet.
    """
    shipment = lock_shipment(shipment_id)
    if shipment.status == ShipmentStatus.UNDONE:
        raise FulfilmentRefused("The shipment is undone.")
    if shipment.invoice:
        raise FulfilmentRefused(f"The shipment is billed on {shipment.invoice.number} already.")
    parts = [
        InvoicePart(line.schedule_id, line.quantity, line.value)
        for line in ShipmentLine.objects.filter(shipment=shipment).order_by("pk")
    ]
    billing = Occasion(occasion.by, occasion.at, billing_date(shipment), occasion.because)
    invoice = issue_invoice(
        order_id=shipment.order_id, parts=parts, occasion=billing, number=number, shipped=told(shipment)
    )
    shipment.invoice = invoice
    shipment.save(update_fields=["invoice"])
    return invoice


def told(shipment: Shipment) -> Shipped:
    """The shipment as the invoice prints it."""
    frozen = shipment.ship_request.frozen if shipment.ship_request else {}
    place = f" {frozen['named_place']}" if frozen.get("named_place") else ""
    return Shipped(
        number=shipment.number,
        on=shipment.ship_date,
        term=f"{frozen.get('incoterm') or shipment.incoterm}{place}",
        carrier=str(frozen.get("carrier_name") or shipment.carrier_code),
        tracking=shipment.tracking,
    )


def billing_date(shipment: Shipment) -> date:
    """The day title passes: shipping or delivery, as the Incoterm says; handing over to a re-shipper is delivery."""
    frozen = shipment.ship_request.frozen if shipment.ship_request else {}
    incoterm = str(frozen.get("incoterm") or shipment.incoterm)
    if not incoterm or title_passes_at(incoterm) == "shipment":
        return shipment.ship_date
    if shipment.delivered_date:
        return shipment.delivered_date
    where = "the re-shipper has signed" if frozen.get("re_shipper_name") else "it is delivered"
    raise FulfilmentRefused(f"Under {incoterm} title passes when {where}: record the delivery first.", "delivered")
