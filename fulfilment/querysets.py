"""Reads of ship requests."""

from django.db.models import QuerySet

from fulfilment.models import ShipRequest, ShipRequestLine


def lines_of(request: ShipRequest) -> QuerySet[ShipRequestLine]:
    """The lines in the order in which they are printed."""
    return ShipRequestLine.objects.filter(ship_request=request).order_by("position")
