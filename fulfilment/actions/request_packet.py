from fulfilment.models import ShipRequest
from jobs.actions.request_job import request_job
from jobs.models import JobRequest
from orders.actions.context import Occasion

KIND = "ship_request_packet"


def request_packet(request: ShipRequest, occasion: Occasion) -> JobRequest:
    """Ask for the instruction PDF. Once for a revision: its terms never change, so neither does its packet."""
    return request_job(
        kind=KIND,
        unique_key=f"{request.number}/{request.revision}",
        payload={"ship_request_id": request.pk},
        by=occasion.by,
        at=occasion.at,
    )
