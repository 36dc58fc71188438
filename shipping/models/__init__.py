from shipping.models.carrier import Carrier
from shipping.models.freight_account import FreightAccount
from shipping.models.rule import ShippingRule
from shipping.models.terms import ShippingTerms

__all__ = ["Carrier", "FreightAccount", "ShippingRule", "ShippingTerms"]
