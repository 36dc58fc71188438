from collections.abc import Iterator, Sequence
from typing import Any

from catalog.actions.save_products import ProductDraft, save_products
from catalog.choices import Lifecycle
from catalog.models import Product
from exchange.choices import RowChange
from exchange.columns import choice, code, country, decimal, integer, text
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from exchange.upsert import given, propose

SMALL = 32_767


def check(rows: Sequence[Row], context: Context) -> None:
    known = known_products(rows, context)
    for row in rows:
        found = known.get(row.values["sku"]) or known.get(row.values["sku"].upper())
        wanted = {
            "description": row.values["description"],
            "unit": row.values["unit"].upper(),
            **given(
                row,
                texts=("hts", "eccn", "country_of_origin"),
                nullables=("unit_weight_g", "lead_time_days"),
                kept=("minimum_qty", "multiple_qty", "lifecycle"),
            ),
        }
        product = propose(row, found, Product, {"sku": row.values["sku"]}, wanted)
        if found is not None and found.family.code != row.values["family"]:
            row.change = RowChange.UPDATE
        row.subject = ProductDraft(product, row.values["family"])


def known_products(rows: Sequence[Row], context: Context) -> dict[str, Product]:
    skus = {row.values["sku"] for row in rows}
    found = Product.objects.filter(sku__in=skus | {sku.upper() for sku in skus}).select_related("family")
    if context.is_final:
        found = found.select_for_update(of=("self",))
    return {product.sku: product for product in found.order_by("pk")}


def accept(rows: Sequence[Row], context: Context) -> None:
    save_products(drafts=[row.subject for row in rows], by=context.by, at=context.at)


def export() -> Iterator[Sequence[Any]]:
    for product in Product.objects.select_related("family").order_by("sku"):
        yield (
            product.sku, product.description, product.family.code, product.unit, product.minimum_qty,
            product.multiple_qty, product.unit_weight_g, product.lead_time_days, product.lifecycle, product.hts,
            product.eccn, product.country_of_origin,
        )  # fmt: skip


PRODUCTS = ImportKind(
    name="products",
    title="Products",
    right="master.edit",
    key=("sku",),
    columns=(
        code("sku", required=True, max_length=60),
        text("description", required=True, max_length=300),
        code("family", required=True, help="A new code makes the family"),
        code("unit", required=True, max_length=10, help="What one of it is: EA, M, KG"),
        integer("minimum_qty", minimum=1),
        integer("multiple_qty", minimum=1, help="Package quantity: orders are whole packages"),
        decimal("unit_weight_g", minimum=0, places=4, maximum=10**9),
        integer("lead_time_days", minimum=0, maximum=SMALL),
        choice("lifecycle", Lifecycle),
        code("hts", max_length=16, help="Harmonised tariff number"),
        code("eccn", max_length=16, help="Export control classification"),
        country("country_of_origin"),
    ),
    check=check,
    accept=accept,
    export=export,
)
