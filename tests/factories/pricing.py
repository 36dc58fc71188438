import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from catalog.models import Product
from parties.models import Party
from pricing.choices import AgreementStatus, Mechanism
from pricing.models import Agreement, AgreementLine, PriceList, PriceListAssignment, PriceListItem

_serial = count(1)
START, END = dt.date(2026, 1, 1), dt.date(2027, 12, 31)


def make_price_list(
    product: Product, price: str, *, party: Party | None = None, code: str | None = None, **values: Any
) -> PriceList:
    """A list with one price from quantity 1 on; assigned to `party` when given."""
    currency = values.pop("currency", "USD")
    price_list = PriceList.objects.create(code=code or f"LIST{next(_serial)}", currency=currency, **values)
    PriceListItem.objects.create(
        price_list=price_list, product=product, min_qty=1, price=Decimal(price), valid_from=START
    )
    if party:
        PriceListAssignment.objects.create(price_list=price_list, party=party, currency=currency, valid_from=START)
    return price_list


def make_agreement(
    product: Product,
    price: str,
    *,
    mechanism: str = Mechanism.DIRECT,
    end_buyer: Party | None = None,
    sell_to: Party | None = None,
    cap_qty: int | None = None,
    min_qty: int = 1,
    **values: Any,
) -> AgreementLine:
    """An approved agreement of one line and one tier."""
    header = {
        "mechanism": mechanism,
        "end_buyer": end_buyer,
        "sell_to": sell_to,
        "project": values.pop("project", ""),
        "currency": values.pop("currency", "USD"),
        "valid_from": values.pop("valid_from", START),
        "valid_to": values.pop("valid_to", END),
    }
    status = values.pop("status", AgreementStatus.APPROVED)
    number = values.pop("number", None) or f"SPA-{next(_serial)}"
    agreement = Agreement.objects.create(number=number, status=status, **header)
    return AgreementLine.objects.create(
        agreement=agreement,
        product=product,
        min_qtys=[min_qty],
        prices=[Decimal(price)],
        cap_qty=cap_qty,
        is_in_force=status == AgreementStatus.APPROVED,
        **header,
        **values,
    )
