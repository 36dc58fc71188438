"""Locks of the fulfilment floor: the order first, then the request, as everywhere."""

from fulfilment.errors import FulfilmentRefused
from fulfilment.models import Shipment, ShipRequest
from orders.locks import lock_order


def lock_request(ship_request_id: int) -> ShipRequest:
    found = ShipRequest.objects.filter(pk=ship_request_id).values_list("order_id", flat=True).first()
    if found is None:
        raise FulfilmentRefused("There is no such ship request.", "ship_request")
    lock_order(found)
    return ShipRequest.objects.select_for_update().get(pk=ship_request_id)


def lock_shipment(shipment_id: int) -> Shipment:
    found = Shipment.objects.filter(pk=shipment_id).values_list("order_id", flat=True).first()
    if found is None:
        raise FulfilmentRefused("There is no such shipment.", "shipment")
    lock_order(found)
    return Shipment.objects.select_for_update().get(pk=shipment_id)
