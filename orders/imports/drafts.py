"""Rows of one purchase order, and the entries they make."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from exchange.rows import Context, Row
from orders.choices import OrderSource, OrderType
from orders.entry import LineEntry, OrderEntry, po_key
from orders.imports.naming import product_of
from orders.imports.schedules import by_line, parts_of
from orders.models import OrderLine
from parties.models import Party

EDI_END_BUYER, EDI_SHIP_TO = "edi_end_buyer", "edi_ship_to"
PoKey = tuple[int, str]


@dataclass(slots=True)
class KnownLine:
    """A line that is in our tables, as far as a row can say anything about it."""

    order_id: int
    order_number: str
    product_id: int
    quantity: int
    request_date: dt.date | None


@dataclass(slots=True)
class PoDraft:
    """One purchase order of the file. `order_id` when we have it already, `known` its lines by number."""

    key: PoKey
    rows: list[Row] = field(default_factory=list)
    order_id: int | None = None
    order_number: str = ""
    is_typed: bool = False
    known: dict[int, KnownLine] = field(default_factory=dict)
    blanket_id: int | None = None
    # the line of the blanket that each line number takes from
    blanket_lines: dict[int, OrderLine] = field(default_factory=dict)


def key_of(row: Row) -> PoKey:
    return row.ids["sell_to"], po_key(row.values["customer_po"])


def group_rows(rows: Iterable[Row]) -> list[PoDraft]:
    drafts: dict[PoKey, PoDraft] = {}
    for row in rows:
        key = key_of(row)
        drafts.setdefault(key, PoDraft(key)).rows.append(row)
        row.subject = drafts[key]
    return list(drafts.values())


def wanted_drafts(rows: Iterable[Row]) -> dict[PoKey, list[Row]]:
    found: defaultdict[PoKey, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.subject.key].append(row)
    return found


def entry_of(rows: Sequence[Row], sell_to: Party, context: Context, order_type: str = OrderType.STANDARD) -> OrderEntry:
    """Dates of a file are the past's own: what is older than the window was accepted, or the rows would wait."""
    first = rows[0]
    return OrderEntry(
        sell_to_id=first.ids["sell_to"],
        customer_po=first.values["customer_po"],
        order_date=first.values["order_date"],
        currency=currency_of(first, sell_to, context),
        bill_to_id=first.ids.get("bill_to"),
        order_type=order_type,
        source=OrderSource.X12 if context.source == "x12" else OrderSource.FILE,
        import_batch_id=context.batch_id,
        lines=tuple(line_of(group) for group in by_line(rows)),
        accept_old_dates=True,
    )


def currency_of(row: Row, sell_to: Party, context: Context) -> str:
    return row.get("currency") or sell_to.currency or context.tenant.currency


def line_of(rows: Sequence[Row]) -> LineEntry:
    """What the rows of one line ask for: they agree about all but dates and quantity."""
    row, parts = rows[0], parts_of(rows)
    product_id = product_of(row)
    assert product_id is not None  # noqa: S101  rows without a part are refused before
    return LineEntry(
        line_no=row.values["line"],
        product_id=product_id,
        quantity=sum(each.values["quantity"] for each in rows),
        request_date=min(each.values["request_date"] for each in rows),
        commit_date=row.get("commit_date") if len(parts) == 1 else None,
        end_buyer_id=row.ids.get("end_buyer"),
        ship_to_id=row.ids.get("ship_to"),
        customer_part=row.get("customer_part", ""),
        customer_price=row.get("unit_price"),
        reported_end_buyer=(row.source.get(EDI_END_BUYER) or row.get("end_buyer", ""))[:200],
        reported_ship_to=row.source.get(EDI_SHIP_TO) or row.get("ship_to", ""),
        schedules=parts if len(parts) > 1 else (),
    )
