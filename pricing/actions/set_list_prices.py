import datetime as dt
from collections.abc import Sequence

from pricing.actions.raising import raise_first
from pricing.actions.upsert_price_list_rows import upsert_price_list_rows
from pricing.rows import PriceListRow
from tenancy.models import Member


def set_list_prices(*, prices: Sequence[PriceListRow], by: Member | None, at: dt.datetime) -> None:
    """Set prices of lists, all or none. Raises ValidityOverlap, PricingRefusal for the first that cannot be."""
    raise_first(upsert_price_list_rows(rows=prices, by=by, at=at, is_dry=True))
    upsert_price_list_rows(rows=prices, by=by, at=at)
