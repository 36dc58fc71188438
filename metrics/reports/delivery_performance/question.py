from collections.abc import Sequence
from dataclasses import dataclass

from metrics.reports.delivery_performance.suppliers import sites_of
from metrics.reports.question import OrdersQuestion


@dataclass(frozen=True)
class Question(OrdersQuestion):
    """Schedules due from `first` to `as_of`, as they stood at the close of that day; whose, and from which site.

    A site is one place goods leave from, a supplier all places of a party that commits dates to us, 0 those of all
    such parties.
    """

    site_id: int | None = None
    supplier_id: int | None = None

    def filters(self) -> dict[str, Sequence[int] | None]:
        return {**super().filters(), "sites": sites_of(self.site_id, self.supplier_id)}
