"""The kinds of files about shipping."""

from shipping.imports.carrier_file import CARRIERS
from shipping.imports.freight_accounts import FREIGHT_ACCOUNTS
from shipping.imports.rules import SHIPPING_RULES
from shipping.imports.terms import SHIPPING_TERMS

__all__ = ["CARRIERS", "FREIGHT_ACCOUNTS", "SHIPPING_RULES", "SHIPPING_TERMS"]
