from django.db.models import F

from fulfilment.choices import LIVE, ShipRequestStatus
from fulfilment.errors import FulfilmentRefused
from fulfilment.locks import lock_request
from fulfilment.models import ShipRequest, ShipRequestLine
from orders.actions.context import Occasion
from orders.models import Schedule


def cancel_ship_request(*, ship_request_id: int, occasion: Occasion) -> ShipRequest:
    """Take a request back: what has not shipped is free to release again. Raises FulfilmentRefused."""
    if not occasion.because.note.strip():
        raise FulfilmentRefused("Say why the request is cancelled.", "reason")
    request = lock_request(ship_request_id)
    if request.status not in LIVE:
        raise FulfilmentRefused(f"The request is {request.get_status_display().lower()}.", "ship_request")
    give_back(request)
    request.status = ShipRequestStatus.CANCELLED
    request.save(update_fields=["status"])
    return request


def give_back(request: ShipRequest) -> None:
    """Free the quantities of a request that have not shipped."""
    for line in ShipRequestLine.objects.filter(ship_request=request).order_by("schedule_id"):
        left = line.quantity - line.shipped_qty
        if left > 0:
            Schedule.objects.filter(pk=line.schedule_id).update(released_qty=F("released_qty") - left)
