"""What reports over orders are asked alike: which days, whose, and of what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catalog.models import Product
from metrics import statements
from tenancy.fiscal import calendar_of
from tenancy.models import Tenant


class BadQuestion(ValueError):
    """The report cannot be asked for like this; the text says why, `field` where."""

    def __init__(self, message: str, field: str = ""):
        super().__init__(message)
        self.message, self.field = message, field


@dataclass(frozen=True)
class OrdersQuestion:
    """The days from `first` to `as_of`, whose and of what; None where nothing is narrowed.

    A sell-to or end buyer stands for its whole group: its branches, and parties that were merged into them. With
    `is_sell_to_alone` the sell-to's branches are left out.
    """

    first: date
    as_of: date
    sell_to_id: int | None = None
    end_buyer_id: int | None = None
    product_id: int | None = None
    family_id: int | None = None
    is_sell_to_alone: bool = False

    def __post_init__(self) -> None:
        if self.first > self.as_of:
            raise BadQuestion(f"The first day {self.first} is after the as-of date {self.as_of}.", "from")

    def filters(self) -> dict[str, Sequence[int] | None]:
        """Ids as rows carry them; None where nothing is filtered."""
        return {
            "sell_tos": group_of(self.sell_to_id, is_alone=self.is_sell_to_alone),
            "end_buyers": group_of(self.end_buyer_id),
            "products": products_of(self.product_id, self.family_id),
        }


def group_of(party_id: int | None, *, is_alone: bool = False) -> list[int] | None:
    """A party with its branches, unless it stands alone, and what was merged into them."""
    if party_id is None:
        return None
    return [row["id"] for row in statements.rows("party_and_all_below", party=party_id, is_alone=is_alone)]


def products_of(product_id: int | None, family_id: int | None) -> list[int] | None:
    if family_id is None:
        return None if product_id is None else [product_id]
    found = Product.objects.filter(family_id=family_id)
    return list((found.filter(pk=product_id) if product_id else found).values_list("pk", flat=True))


def period_start(tenant: Tenant, as_of: date) -> date:
    """First day of the fiscal period that the as-of date lies in: where a report begins when nobody says."""
    return calendar_of(tenant).period_of(as_of).start


def quarter_start(tenant: Tenant, as_of: date) -> date:
    return calendar_of(tenant).quarter_of(as_of).start


def year_start(tenant: Tenant, as_of: date) -> date:
    return calendar_of(tenant).year_of(as_of).start
