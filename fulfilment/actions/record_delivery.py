from datetime import date

from fulfilment.choices import ShipmentStatus
from fulfilment.errors import FulfilmentRefused
from fulfilment.locks import lock_shipment
from fulfilment.models import Shipment, ShipmentLine
from orders.actions.context import Occasion
from orders.models import Schedule


def record_delivery(*, shipment_id: int, delivered: date, occasion: Occasion) -> Shipment:
    """The goods arrived (with a re-shipper: were handed over to it). Raises FulfilmentRefused."""
    shipment = lock_shipment(shipment_id)
    if shipment.status == ShipmentStatus.UNDONE:
        raise FulfilmentRefused("The shipment is undone.")
    if delivered < shipment.ship_date:
        raise FulfilmentRefused(f"It left on {shipment.ship_date}: it cannot arrive before.", "delivered")
    if delivered > occasion.on:
        raise FulfilmentRefused("The delivery is in the future.", "delivered")
    shipment.delivered_date = delivered
    shipment.save(update_fields=["delivered_date"])
    schedules = ShipmentLine.objects.filter(shipment=shipment).values("schedule_id")
    Schedule.objects.filter(pk__in=schedules).update(delivery_date=delivered)
    return shipment
