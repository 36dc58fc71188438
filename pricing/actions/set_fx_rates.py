import datetime as dt
from collections.abc import Sequence

from pricing.actions.raising import raise_first
from pricing.actions.upsert_fx_rates import upsert_fx_rates
from pricing.rows import FxRow
from tenancy.models import Member


def set_fx_rates(*, rates: Sequence[FxRow], by: Member | None, at: dt.datetime) -> None:
    """Set the rates of days, all or none. Raises PricingRefusal for the first that cannot be."""
    raise_first(upsert_fx_rates(rows=rates, by=by, at=at, is_dry=True))
    upsert_fx_rates(rows=rates, by=by, at=at)
