"""Does the page add up? What does not is named on the page itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ui.documents.bookings_billings_backlog.context import CurrencySection
from ui.figures import figure


@dataclass(frozen=True)
class Difference:
    """Something that should have been zero."""

    what: str
    amount: Decimal
    places: int

    @property
    def words(self) -> str:
        return f"{self.what} differs by {figure(self.amount, self.places)}"


def differences(section: CurrencySection) -> tuple[Difference, ...]:
    """Every identity of the section that does not hold: bridge, net bookings, buckets and rows against totals."""
    total = section.totals
    bridge = summed(driver.amount for driver in section.drivers)
    net = total.gross_bookings - total.quantity_decreases - total.cancels + total.price_changes
    moved = total.net_bookings - total.shipped + total.unshipped + total.transfers
    rows = section.all_slices
    gaps = {
        "The bridge": total.closing_backlog - total.opening_backlog - bridge,
        "The backlog identity": total.closing_backlog - total.opening_backlog - moved,
        "Net bookings": total.net_bookings - net,
        "Backlog by due date": total.closing_backlog - summed(bucket.value for bucket in section.due),
        "Closing backlog by row": total.closing_backlog - summed(row.closing for row in rows),
        "Net bookings by row": total.net_bookings - summed(row.net_bookings for row in rows),
        "Billings by row": total.billings - summed(row.billings for row in rows),
    }
    for top in section.tops:
        gaps[f"Closing backlog by {top.heading.lower()}"] = total.closing_backlog - summed(r.closing for r in top.rows)
        gaps[f"Net bookings by {top.heading.lower()}"] = total.net_bookings - summed(r.net_bookings for r in top.rows)
    return tuple(Difference(what, gap, section.places) for what, gap in gaps.items() if gap)


def summed(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))
