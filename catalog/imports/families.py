from collections.abc import Iterator, Sequence
from typing import Any

from catalog.actions.save_families import save_families
from catalog.models import ProductFamily
from exchange.columns import code, text
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from exchange.upsert import given, propose


def check(rows: Sequence[Row], context: Context) -> None:
    found = ProductFamily.objects.filter(code__in={row.values["code"] for row in rows}).order_by("pk")
    known = {family.code: family for family in (found.select_for_update() if context.is_final else found)}
    for row in rows:
        key = row.values["code"]
        propose(row, known.get(key), ProductFamily, {"code": key}, given(row, texts=("name",)))


def accept(rows: Sequence[Row], context: Context) -> None:
    save_families(families=[row.subject for row in rows], by=context.by, at=context.at)


def export() -> Iterator[Sequence[Any]]:
    yield from ProductFamily.objects.order_by("code").values_list("code", "name")


PRODUCT_FAMILIES = ImportKind(
    name="product_families",
    title="Product families",
    right="master.edit",
    key=("code",),
    columns=(code("code", required=True), text("name", max_length=120)),
    check=check,
    accept=accept,
    export=export,
)
