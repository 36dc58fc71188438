"""Lines for the page of an order, with those columns alone that it shows; any other is read when it is asked for."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models

from catalog.models import Product
from orders.models import Order, OrderLine
from parties.models import Location, Party
from shipping.models import Carrier, ShippingTerms
from tenancy.prepared import fetch_prepared
from tenancy.scope import current_tenant_id
from values.sql import load

ALL = (0, 2**31 - 1)

# as shown_lines.sql has them
OF_LINE = (
    "id", "order_id", "line_no", "product_id", "customer_part", "end_buyer_id", "ship_to_id", "ship_from_id",
    "quantity", "open_qty", "status", "unit_price", "price_source", "price_reason", "price_trail", "book_price",
    "agreed_cost", "agreement_line_id", "terms_id", "terms_reason", "terms_trail",
)  # fmt: skip
OF_TERMS = ("incoterm", "named_place", "freight_payer", "service", "carrier_id", "re_shipper_id")


def shown_lines(order: Order, numbers: tuple[int, int] = ALL) -> list[OrderLine]:
    """For insiders. `numbers`: the first and the last of the lines wanted."""
    asked = {"tenant": current_tenant_id(), "order": order.pk, "first": numbers[0], "last": numbers[1]}
    lines: list[OrderLine] = fetch_prepared(load("orders", "shown_lines"), asked, make=line_of)
    return lines


def line_of(row: Sequence[Any]) -> OrderLine:
    own, rest = row[: len(OF_LINE)], row[len(OF_LINE) :]
    line: OrderLine = loaded(OrderLine, OF_LINE, own)
    sku, end_buyer, ship_to, country, *terms, carrier, re_shipper = rest
    line.product = loaded(Product, ("id", "sku"), (line.product_id, sku))
    if line.end_buyer_id:
        line.end_buyer = loaded(Party, ("id", "name"), (line.end_buyer_id, end_buyer))
    if line.ship_to_id:
        line.ship_to = loaded(Location, ("id", "name"), (line.ship_to_id, ship_to))
    if line.ship_from_id:
        line.ship_from = loaded(Location, ("id", "country"), (line.ship_from_id, country))
    if line.terms_id:
        line.terms = terms_of(line.terms_id, terms, carrier, re_shipper)
    return line


def terms_of(pk: int, row: Sequence[Any], carrier: str, re_shipper: str) -> ShippingTerms:
    terms: ShippingTerms = loaded(ShippingTerms, ("id", *OF_TERMS), (pk, *row))
    if terms.carrier_id:
        terms.carrier = loaded(Carrier, ("id", "name"), (terms.carrier_id, carrier))
    if terms.re_shipper_id:
        terms.re_shipper = loaded(Location, ("id", "name"), (terms.re_shipper_id, re_shipper))
    return terms


def loaded(model: type[models.Model], names: Sequence[str], values: Sequence[Any]) -> Any:
    """A row of which only these columns are known."""
    known = dict(zip(names, values, strict=True))
    ordered = [field.attname for field in model._meta.concrete_fields if field.attname in known]
    return model.from_db(DEFAULT_DB_ALIAS, ordered, [known[name] for name in ordered])
