from collections.abc import Iterator, Sequence
from typing import Any

from catalog.references import PRODUCT
from exchange.columns import code, currency, date, decimal, integer, refers
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from pricing.actions.upsert_price_list_rows import upsert_price_list_rows
from pricing.imports.outcomes import judge, write
from pricing.models import PriceListItem
from pricing.rows import PriceListRow
from tenancy.rights import SEE_COST

COLUMNS = {"list_code": "list", "product": "sku"}
LARGEST_PRICE = 10**11


def check(rows: Sequence[Row], context: Context) -> None:
    for row in rows:
        values = row.values
        row.subject = PriceListRow(
            list_code=values["list"],
            currency=values["currency"],
            product_id=row.ids["sku"],
            min_qty=values["min_qty"],
            price=values["price"],
            valid_from=values["valid_from"],
            valid_to=row.get("valid_to"),
        )
    judge(rows, upsert_price_list_rows, context, COLUMNS)


def accept(rows: Sequence[Row], context: Context) -> None:
    write(rows, upsert_price_list_rows, context, COLUMNS)


def export() -> Iterator[Sequence[Any]]:
    items = PriceListItem.objects.order_by("price_list__code", "product__sku", "min_qty", "valid_from")
    yield from items.values_list(
        "price_list__code", "price_list__currency", "product__sku", "min_qty", "price", "valid_from", "valid_to"
    ).iterator(chunk_size=2_000)


PRICE_LISTS = ImportKind(
    name="price_lists",
    title="Price lists",
    right="prices.edit",
    view_right=SEE_COST,
    columns=(
        code("list", required=True, help="A new code makes the list; BASE, or BASE-EUR, is for everybody"),
        currency("currency", required=True),
        refers("sku", PRODUCT, required=True, max_length=60),
        integer("min_qty", required=True, minimum=1),
        decimal("price", required=True, minimum=0, maximum=LARGEST_PRICE),
        date("valid_from", required=True),
        date("valid_to", help="The last day; empty: open"),
    ),
    check=check,
    accept=accept,
    export=export,
)
