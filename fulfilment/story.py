"""Releases, shipments and deliveries in the story of an order."""

from fulfilment.choices import ShipmentStatus
from fulfilment.models import Shipment, ShipRequest
from orders.story import Asked, Told, by, sentences
from tenancy.prepared import fetch_prepared
from tenancy.scope import current_tenant_id
from values.sql import load


def tell(asked: Asked) -> list[Told]:
    """Most orders wait: what is not there is not read."""
    values = {"tenant": current_tenant_id(), "order": asked.order.pk}
    ((was_released, has_left),) = fetch_prepared(load("fulfilment", "what_left"), values)
    return [*(released(asked) if was_released else []), *(shipped(asked) if has_left else [])]


def released(asked: Asked) -> list[Told]:
    requests = ShipRequest.objects.filter(order=asked.order)
    if asked.line_no is not None:
        requests = requests.filter(lines__order_line__line_no=asked.line_no).distinct()
    return [request_told(asked, each) for each in requests.select_related("site", "released_by__user")]


def request_told(asked: Asked, request: ShipRequest) -> Told:
    terms = f"Terms frozen: {request.frozen['incoterm']} {request.frozen['named_place']}".strip()
    what = f"Released {request.number} to {request.site.name}"
    if request.revision > 1:
        what = f"Revised {request.number}, now revision {request.revision}"
    changed = f"Changed: {', '.join(request.changes)}" if request.changes else ""
    return Told(
        day=asked.day(request.released_at),
        at=request.released_at,
        title=what,
        note=sentences(changed or terms, by(request.released_by and request.released_by.user), request.reason),
        page=("fulfilment:ship_request_detail", (request.pk,)),
    )


def shipped(asked: Asked) -> list[Told]:
    shipments = Shipment.objects.filter(order=asked.order)
    if asked.line_no is not None:
        shipments = shipments.filter(lines__order_line__line_no=asked.line_no).distinct()
    found = []
    for shipment in shipments.select_related("confirmed_by__user"):
        found.append(shipment_told(asked, shipment))
        if day := shipment.delivered_date:
            page = ("fulfilment:shipment_detail", (shipment.pk,))
            found.append(Told(day, shipment.confirmed_at, f"Delivered {shipment.number}", page=page))
    return found


def shipment_told(asked: Asked, shipment: Shipment) -> Told:
    carried = " ".join(filter(None, [shipment.carrier_code, shipment.service, shipment.tracking]))
    undone = "Undone since" if shipment.status == ShipmentStatus.UNDONE else ""
    return Told(
        day=shipment.ship_date,
        at=shipment.confirmed_at,
        title=f"Shipment {shipment.number} confirmed",
        note=sentences(carried, undone, by(shipment.confirmed_by and shipment.confirmed_by.user)),
        page=("fulfilment:shipment_detail", (shipment.pk,)),
    )
