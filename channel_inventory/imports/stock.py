"""The kind of file in which a partner reports what it holds: as a table, or as X12 852."""

from collections.abc import Iterator, Sequence
from typing import Any

from channel_inventory.actions.lock_partners import lock_partners
from channel_inventory.actions.post_stock_report import post_stock_report
from channel_inventory.imports.activity import ACTIVITY_READER
from channel_inventory.imports.partners import fill_partner, settle_partners
from channel_inventory.imports.parts import count_in_own_unit, name_parts, name_places
from channel_inventory.models import ReportedStock
from exchange.choices import RowChange
from exchange.columns import code, date, integer, refers
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from parties.references import NAMED_PARTY

QUANTITIES = ("on_hand", "in_transit", "on_order")
Key = tuple[int, int, int, Any]


def look_up(rows: Sequence[Row], context: Context) -> None:
    settle_partners(rows, context)
    reported = [row for row in rows if "partner" in row.ids]
    name_parts(reported)
    count_in_own_unit(reported, QUANTITIES)
    name_places(reported, "location")


def check(rows: Sequence[Row], context: Context) -> None:
    if context.is_final:
        lock_partners({row.ids["partner"] for row in rows})
    known = known_stock(rows)
    first: dict[Key, int] = {}
    for row in rows:
        key = key_of(row)
        if row.values["as_of"] > context.today:
            day = row.values["as_of"]
            row.error("as_of", "future_date", f"{day} is in the future: today is {context.today}.")
        elif key in first:
            row.error("sku", "duplicate", f"The same part, place and day as row {first[key]} of this file.")
        else:
            first[key] = row.number
            compare(row, known.get(key))


def key_of(row: Row) -> Key:
    return row.ids["partner"], row.ids["location"], row.ids["product"], row.values["as_of"]


def known_stock(rows: Sequence[Row]) -> dict[Key, ReportedStock]:
    stored = ReportedStock.objects.filter(
        is_current=True,
        partner_id__in={row.ids["partner"] for row in rows},
        location_id__in={row.ids["location"] for row in rows},
        as_of__in={row.values["as_of"] for row in rows},
    )
    return {(each.partner_id, each.location_id, each.product_id, each.as_of): each for each in stored}


def compare(row: Row, known: ReportedStock | None) -> None:
    _, factor = row.subject
    told = {name: in_own_unit(row.get(name), factor) for name in QUANTITIES}
    row.subject = ReportedStock(
        partner_id=row.ids["partner"],
        location_id=row.ids["location"],
        product_id=row.ids["product"],
        as_of=row.values["as_of"],
        **told,
    )
    if known is None:
        row.change = RowChange.CREATE
    elif all(getattr(known, name) == value for name, value in told.items()):
        row.change = RowChange.UNCHANGED
    else:
        row.change = RowChange.UPDATE


def in_own_unit(quantity: int | None, factor: int) -> int | None:
    return None if quantity is None else quantity * factor


def accept(rows: Sequence[Row], context: Context) -> None:
    if rows and context.batch_id:
        post_stock_report(lines=[row.subject for row in rows], batch_id=context.batch_id, by=context.by, at=context.at)


def export() -> Iterator[Sequence[Any]]:
    """What counts now, in our own unit."""
    columns = ("partner__code", "location__party__code", "location__code", "as_of", "product__sku", "product__unit")
    stored = ReportedStock.objects.filter(is_current=True).order_by("pk").values_list(*columns, *QUANTITIES)
    for partner, owner, place, *rest in stored.iterator(chunk_size=2_000):
        yield (partner, f"{owner}/{place}", *rest)


STOCK = ImportKind(
    name="stock",
    title="Stock of partners",
    right="files.import",
    is_open_to_partners=True,
    partner_column="partner",
    prepare=fill_partner,
    readers=(ACTIVITY_READER,),
    columns=(
        refers("partner", NAMED_PARTY, required=True, max_length=200, help="Who holds it; empty: whose file it is"),
        code("location", required=True, help="Location code, or PARTY/CODE"),
        date("as_of", required=True),
        code("sku", required=True, max_length=80, help="Ours, or the partner's own number"),
        code("unit", max_length=10, help="Empty: the part's own"),
        integer("on_hand", required=True, minimum=0),
        integer("in_transit", minimum=0),
        integer("on_order", minimum=0),
    ),
    look_up=look_up,
    check=check,
    accept=accept,
    export=export,
)
