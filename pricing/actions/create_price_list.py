import datetime as dt

from pricing.choices import PriceListKind
from pricing.errors import NumberTaken, PricingRefusal
from pricing.models import PriceList
from tenancy.models import Member
from values.currencies import MINOR_UNITS


def create_price_list(*, code: str, kind: str, currency: str, by: Member | None, at: dt.datetime) -> PriceList:
    """An empty list. Raises NumberTaken; PricingRefusal for a second base list in one currency."""
    if currency not in MINOR_UNITS:
        raise PricingRefusal(f"“{currency}” is not a currency.", "currency")
    if PriceList.objects.filter(code=code).exists():
        raise NumberTaken(f"There is a price list {code} already.", "code")
    base = PriceList.objects.filter(kind=PriceListKind.BASE, currency=currency).first()
    if kind == PriceListKind.BASE and base is not None:
        raise PricingRefusal(f"The base list in {currency} is {base.code}; there is only one.", "kind")
    return PriceList.objects.create(code=code, kind=kind, currency=currency)
