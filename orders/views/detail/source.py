"""Rows of the file that an order came from, each beside the line it became."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Func, Min, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Upper

from exchange.choices import RowState
from exchange.models import ImportBatch, ImportRow
from orders.imports.drafts import EDI_END_BUYER, EDI_SHIP_TO
from orders.models import Order, OrderLine
from ui.figures import EMPTY, figure
from values.money import format_price

# of one order; a file of more rows is read in the file itself
MOST_ROWS = 500
# what an X12 850 says of a party or place stands in columns of its own
SPOKEN = {"end_buyer": EDI_END_BUYER, "ship_to": EDI_SHIP_TO}


@dataclass(frozen=True)
class Pair:
    """One thing as received and as it stands now; `differs` when the two do not say the same."""

    received: str
    now: str
    differs: bool = False


@dataclass(frozen=True)
class ReceivedRow:
    number: int
    line_no: int
    part: Pair
    quantity: Pair
    price: Pair
    end_buyer: Pair
    ship_to: Pair
    request: Pair
    is_gone: bool
    cells: list[tuple[str, str]]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        return self.part, self.quantity, self.price, self.end_buyer, self.ship_to, self.request


def received_of(order: Order, batch: ImportBatch) -> list[ReceivedRow]:
    headings = batch.mapping.get("found", {})
    lines = {
        line.line_no: line
        for line in OrderLine.objects.filter(order=order)
        .select_related("product", "end_buyer", "ship_to__party")
        .defer("price_trail", "terms_trail")
        .annotate(first_request=Min("schedules__request_date"))
    }
    rows = rows_of(order, batch)
    shared = shared_lines(rows)
    return [received(row, lines.get(row.values["line"]), headings, order.currency, shared) for row in rows]


def rows_of(order: Order, batch: ImportBatch) -> Sequence[ImportRow]:
    """Taken rows with the order's PO; of several sell-tos with the same PO, those of the order's own."""
    key = Upper(
        Func(
            KeyTextTransform("customer_po", "values"),
            Value(r"\s"),
            Value(""),
            Value("g"),
            function="regexp_replace",
            output_field=TextField(),
        )
    )
    taken = ImportRow.objects.filter(batch=batch, state=RowState.TAKEN).annotate(po_key=key)
    rows = list(taken.filter(po_key=order.customer_po_key).order_by(F("number"))[:MOST_ROWS])
    own = [row for row in rows if row.values.get("sell_to_id") == order.sell_to_id]
    return own or rows


def shared_lines(rows: Iterable[ImportRow]) -> set[int]:
    """Lines that several rows asked for, a date each: quantity and date of one row are then a part of the line."""
    counts = Counter(row.values["line"] for row in rows)
    return {line_no for line_no, count in counts.items() if count > 1}


def received(
    row: ImportRow, line: OrderLine | None, headings: dict[str, str], currency: str, shared: set[int]
) -> ReceivedRow:
    def text(*names: str) -> str:
        return next(filter(None, (row.source.get(headings.get(name, name), "") for name in names)), "") or EMPTY

    def spoken(name: str) -> str:
        return row.source.get(SPOKEN[name]) or text(name)

    line_no = row.values["line"]
    is_part = line_no in shared
    return ReceivedRow(
        number=row.number,
        line_no=line_no,
        part=Pair(text("customer_part", "sku"), line.product.sku if line else EMPTY),
        quantity=pair(text("quantity"), row.values.get("quantity"), None if is_part or not line else line.quantity),
        price=pair(text("unit_price"), as_decimal(row.values.get("unit_price")), line and line.unit_price, currency),
        end_buyer=Pair(spoken("end_buyer"), line.end_buyer.name if line and line.end_buyer else EMPTY),
        ship_to=Pair(spoken("ship_to"), str(line.ship_to) if line and line.ship_to else EMPTY),
        request=pair(
            text("request_date"),
            as_day(row.values.get("request_date")),
            None if is_part or not line else line.first_request,  # type: ignore[attr-defined]  # annotated above
        ),
        is_gone=line is None or not line.quantity,
        cells=[(heading, said) for heading, said in row.source.items() if said],
    )


def pair(text: str, asked: Any, now: Any, currency: str = "") -> Pair:
    return Pair(text, spelled(now, currency), asked is not None and now is not None and asked != now)


def spelled(value: Any, currency: str) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, dt.date):
        return f"{value:%d %b %Y}"
    return format_price(value, currency) if isinstance(value, Decimal) else figure(value)


def as_decimal(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def as_day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value[:10]) if value else None
