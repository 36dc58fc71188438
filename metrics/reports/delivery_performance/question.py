from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.reports.bookings_billings_backlog import BadQuestion
from metrics.reports.bookings_billings_backlog.question import group_of, products_of
from metrics.reports.delivery_performance.suppliers import sites_of


@dataclass(frozen=True)
class Question:
    """Schedules due from `first` to `as_of`, as they stood at the close of that day; whose, and from which site.

    A sell-to or end buyer stands for its whole group, as in every report. A site is one place goods leave from, a
    supplier all places of a party that commits dates to us, 0 those of all such parties.
    """

    first: date
    as_of: date
    sell_to_id: int | None = None
    end_buyer_id: int | None = None
    product_id: int | None = None
    family_id: int | None = None
    site_id: int | None = None
    supplier_id: int | None = None
    is_sell_to_alone: bool = False

    def __post_init__(self) -> None:
        if self.first > self.as_of:
            raise BadQuestion(f"The first day {self.first} is after the as-of date {self.as_of}.", "from")

    def filters(self) -> dict[str, Sequence[int] | None]:
        """Ids as orders carry them; None where nothing is filtered."""
        return {
            "sell_tos": group_of(self.sell_to_id, is_alone=self.is_sell_to_alone),
            "end_buyers": group_of(self.end_buyer_id),
            "products": products_of(self.product_id, self.family_id),
            "sites": sites_of(self.site_id, self.supplier_id),
        }
