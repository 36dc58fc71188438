from fulfilment.actions.cancel_ship_request import give_back
from fulfilment.choices import LIVE, ShipmentStatus, ShipRequestStatus
from fulfilment.errors import FulfilmentRefused
from fulfilment.locks import lock_shipment
from fulfilment.models import Shipment, ShipmentLine, ShipRequest
from orders.actions.context import Occasion
from orders.actions.ship_schedules import ShippedPart
from orders.actions.unship_schedules import unship_schedules


def undo_shipment(*, shipment_id: int, occasion: Occasion) -> Shipment:
    """The goods came back before they were billed, or never left: exactly what was taken returns to backlog.

    The request is closed; what is open again can be released anew. Raises FulfilmentRefused.
    """
    if not occasion.because.note.strip():
        raise FulfilmentRefused("Say why the shipment is undone.", "reason")
    shipment = lock_shipment(shipment_id)
    if shipment.status == ShipmentStatus.UNDONE:
        raise FulfilmentRefused("The shipment is undone already.")
    if shipment.invoice_id:
        raise FulfilmentRefused("The shipment is billed: credit the invoice instead.")
    lines = list(ShipmentLine.objects.filter(shipment=shipment).order_by("pk"))
    parts = [ShippedPart(line.schedule_id, line.quantity, line.value, line.reporting) for line in lines]
    unship_schedules(order_id=shipment.order_id, parts=parts, occasion=occasion)
    shipment.status = ShipmentStatus.UNDONE
    shipment.save(update_fields=["status"])
    if shipment.ship_request_id:
        reopen(ShipRequest.objects.select_for_update().get(pk=shipment.ship_request_id), lines)
    return shipment


def reopen(request: ShipRequest, lines: list[ShipmentLine]) -> None:
    if request.status in LIVE:
        give_back(request)
    for line in lines:
        asked = line.ship_request_line
        if asked:
            asked.shipped_qty -= line.quantity
            asked.save(update_fields=["shipped_qty"])
    request.status = ShipRequestStatus.CANCELLED
    request.save(update_fields=["status"])
