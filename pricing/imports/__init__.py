"""The kinds of files about prices and rates."""

from pricing.imports.agreements import AGREEMENTS
from pricing.imports.assignments import PRICE_LIST_ASSIGNMENTS
from pricing.imports.fx_rates import FX_RATES
from pricing.imports.price_lists import PRICE_LISTS

__all__ = ["AGREEMENTS", "FX_RATES", "PRICE_LISTS", "PRICE_LIST_ASSIGNMENTS"]
