from pricing.models.agreement import Agreement
from pricing.models.agreement_line import AgreementLine
from pricing.models.fx_rate import FxRate
from pricing.models.price_list import PriceList, PriceListAssignment, PriceListItem

__all__ = ["Agreement", "AgreementLine", "FxRate", "PriceList", "PriceListAssignment", "PriceListItem"]
