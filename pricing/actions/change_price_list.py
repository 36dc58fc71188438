import datetime as dt

from pricing.choices import PriceListKind
from pricing.errors import NumberTaken, PricingRefusal
from pricing.models import PriceList
from tenancy.models import Member


def change_price_list(*, price_list_id: int, code: str, kind: str, by: Member | None, at: dt.datetime) -> PriceList:
    """Give a list another code or kind; its currency stays, as its prices are in it.

    Raises NumberTaken, PricingRefusal.
    """
    found = PriceList.objects.select_for_update().get(pk=price_list_id)
    others = PriceList.objects.exclude(pk=price_list_id)
    if others.filter(code=code).exists():
        raise NumberTaken(f"There is a price list {code} already.", "code")
    base = others.filter(kind=PriceListKind.BASE, currency=found.currency).first()
    if kind == PriceListKind.BASE and base is not None:
        raise PricingRefusal(f"The base list in {found.currency} is {base.code}; there is only one.", "kind")
    found.code, found.kind = code, kind
    found.save(update_fields=["code", "kind"])
    return found
