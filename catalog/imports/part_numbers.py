from collections.abc import Iterator, Sequence
from typing import Any

from catalog.actions.save_part_numbers import save_part_numbers
from catalog.models import PartNumber
from catalog.references import PRODUCT
from exchange.columns import code, refers
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from exchange.upsert import propose
from parties.references import PARTY


def check(rows: Sequence[Row], context: Context) -> None:
    known = known_numbers(rows, context)
    for row in rows:
        key = row.ids["party"], row.values["number"]
        fresh = {"party_id": key[0], "number": key[1]}
        propose(row, known.get(key), PartNumber, fresh, {"product_id": row.ids["sku"]})


def known_numbers(rows: Sequence[Row], context: Context) -> dict[tuple[int, str], PartNumber]:
    found = PartNumber.objects.filter(
        party_id__in={row.ids["party"] for row in rows}, number__in={row.values["number"] for row in rows}
    ).order_by("pk")
    if context.is_final:
        found = found.select_for_update()
    return {(each.party_id, each.number): each for each in found}


def accept(rows: Sequence[Row], context: Context) -> None:
    save_part_numbers(part_numbers=[row.subject for row in rows], by=context.by, at=context.at)


def export() -> Iterator[Sequence[Any]]:
    numbers = PartNumber.objects.select_related("product", "party").order_by("party__code", "number")
    for each in numbers:
        yield each.product.sku, each.party.code, each.number


PART_NUMBERS = ImportKind(
    name="part_numbers",
    title="Part numbers of customers",
    right="master.edit",
    key=("party", "number"),
    columns=(
        refers("sku", PRODUCT, required=True, max_length=60),
        refers("party", PARTY, required=True),
        code("number", required=True, max_length=80),
    ),
    check=check,
    accept=accept,
    export=export,
)
