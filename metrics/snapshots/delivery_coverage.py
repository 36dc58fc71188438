"""How far the outcomes of schedules reach, and whether they may be read."""

from dataclasses import dataclass
from datetime import datetime

import holidays

from metrics import statements
from metrics.models import DeliveryRun
from metrics.snapshots.watermark import OVERLAP

CALENDARS = f"holidays {holidays.__version__}"


@dataclass(frozen=True)
class DeliveryCoverage:
    """Without a run everything is classed from orders and ledger."""

    run: DeliveryRun | None

    @property
    def known_since(self) -> datetime | None:
        """Orders of which anything was recorded after this are read from orders and ledger."""
        return self.run.recorded_through - OVERLAP if self.run else None


def delivery_coverage() -> DeliveryCoverage:
    """The newest run, if business days are still counted as they were then."""
    run = DeliveryRun.objects.order_by("-id").first()
    if run is None or run.calendars != CALENDARS or run.places != places_up_to(run.last_place):
        return DeliveryCoverage(None)
    return DeliveryCoverage(run)


def places_up_to(last_place: int) -> str:
    """In which countries the places lie, as a digest. New ones change nothing: no shipment went there before."""
    return statements.row("delivery_countries", last_place=last_place)["places"]
