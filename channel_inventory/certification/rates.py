"""Rates that bring sums of many currencies into an order. No sum that is shown is made with them."""

import datetime as dt
from decimal import Decimal

from pricing.models import FxRate
from pricing.rates import rates_on


def rates_into(currency: str, on: dt.date) -> dict[str, Decimal]:
    """One unit of each currency that has a rate on the day, in this one. Two statements."""
    pairs = FxRate.objects.order_by().values_list("from_currency", "to_currency").distinct()
    rates = rates_on({(each, currency, on) for pair in pairs for each in pair})
    return {each: rate for (each, _, _), rate in rates.items() if rate is not None}
