from collections.abc import Iterator, Sequence
from typing import Any

from catalog.actions.save_units import save_units
from catalog.models import Product, UnitFactor
from catalog.references import PRODUCT
from exchange.columns import code, integer, refers
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from exchange.upsert import propose

Key = tuple[str, str, int | None]


def check(rows: Sequence[Row], context: Context) -> None:
    known = known_units(rows, context)
    counted = dict(Product.objects.filter(pk__in={row.ids.get("sku") for row in rows}).values_list("pk", "unit"))
    for row in rows:
        key = key_of(row)
        unit, base, product_id = key
        if unit == base:
            row.error("unit", "same_unit", "A unit is one of itself: name two.")
        elif product_id is not None and counted[product_id] != base:
            row.error("base_unit", "other_unit", f"The part is counted in {counted[product_id]}.")
        else:
            fresh = {"unit": unit, "base_unit": base, "product_id": product_id}
            propose(row, known.get(key), UnitFactor, fresh, {"factor": row.values["factor"]})


def key_of(row: Row) -> Key:
    return row.values["unit"].upper(), row.values["base_unit"].upper(), row.ids.get("sku")


def known_units(rows: Sequence[Row], context: Context) -> dict[Key, UnitFactor]:
    found = UnitFactor.objects.filter(unit__in={key_of(row)[0] for row in rows}).order_by("pk")
    if context.is_final:
        found = found.select_for_update()
    return {(each.unit, each.base_unit, each.product_id): each for each in found}


def accept(rows: Sequence[Row], context: Context) -> None:
    save_units(units=[row.subject for row in rows], by=context.by, at=context.at)


def export() -> Iterator[Sequence[Any]]:
    units = UnitFactor.objects.order_by("unit", "base_unit", "product__sku")
    yield from units.values_list("unit", "factor", "base_unit", "product__sku")


UNITS = ImportKind(
    name="units",
    title="Units",
    right="master.edit",
    key=("unit", "base_unit", "sku"),
    columns=(
        code("unit", required=True, max_length=10, help="As files say it: BX, RL"),
        integer("factor", required=True, minimum=1, help="How many of the base unit one holds"),
        code("base_unit", required=True, max_length=10, help="The unit parts are counted in"),
        refers("sku", PRODUCT, max_length=60, help="Only for this part; empty: for all"),
    ),
    check=check,
    accept=accept,
    export=export,
)
