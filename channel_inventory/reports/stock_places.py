"""One product at one partner, place by place."""

from dataclasses import dataclass

from channel_inventory import statements
from channel_inventory.models import StockPosition


@dataclass(frozen=True)
class StockPlace:
    """A location of the partner; without a code, what named no place. `reported` is None where it reported none."""

    code: str
    name: str
    reported: int | None
    in_transit: int | None
    computed: int

    @property
    def gap(self) -> int | None:
        return None if self.reported is None else self.reported - self.computed


def places_of(position: StockPosition) -> list[StockPlace]:
    """As of the newest stock report, or of now where there is none."""
    found = statements.rows("stock_by_location", partner=position.partner_id, product=position.product_id)
    return [StockPlace(*row) for row in found]
