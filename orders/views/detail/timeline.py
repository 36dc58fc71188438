"""The ledger of one order as a person reads it: one sentence for what was done at once, not a row each."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

from django.db.models import QuerySet, Window
from django.db.models.functions import Lag

from orders.choices import Initiator, Verb
from orders.forms.reasons import reason_label
from orders.models import Order, OrderLedger
from orders.story import Asked, Told, sentences
from ui.figures import signed
from values.money import format_minor, format_price

NEWEST = 100
# verbs that are told for the whole order at once
WHOLE = (Verb.BOOKED, Verb.COMMIT_SET)
SILENT_VALUE = (Verb.SPLIT, Verb.TRANSFERRED, Verb.INVOICED, Verb.CREDITED)

Rows = Sequence[OrderLedger]

# a line carries its trails, which a sentence needs as little as most of a party
TOLD_FROM = (
    "order_id", "line__line_no", "schedule__number", "verb", "business_date", "event_date", "recorded_at",
    "quantity_delta", "value_delta", "open_qty", "open_value", "unit_price", "currency", "from_date", "to_date", "days",
    "initiator", "reason_code", "note", "actor__user__name", "actor__user__email", "sell_to__name", "end_buyer__name",
    "invoice_line__invoice__number",
)  # fmt: skip


def told_ledger(asked: Asked, *, limit: int | None = NEWEST) -> tuple[list[Told], bool]:
    """What the newest `limit` rows say, and whether older ones were left out."""
    rows = ledger_told_from(asked.order)
    if asked.line_no is not None:
        rows = rows.filter(line__line_no=asked.line_no)
    found = list(rows.order_by("-id")[: limit + 1 if limit else None])
    newest = found[:limit]
    groups: dict[tuple[object, ...], list[OrderLedger]] = {}
    for row in reversed(newest):
        groups.setdefault(key_of(row), []).append(row)
    return [tell(group) for group in groups.values()], len(found) > len(newest)


def ledger_told_from(order: Order, *more: str) -> QuerySet[OrderLedger]:
    """Ledger rows with what a sentence needs, and `more` columns."""
    rows = OrderLedger.objects.filter(order=order).annotate(
        was_price=Window(Lag("unit_price"), partition_by="schedule_id", order_by="id")
    )
    related = {name.rpartition("__")[0] for name in TOLD_FROM if "__" in name}
    return rows.select_related(*related).only(*TOLD_FROM, *more)


def key_of(row: OrderLedger) -> tuple[object, ...]:
    done = (row.recorded_at, row.event_date, row.verb, row.actor_id, row.initiator, row.reason_code, row.note)
    return done if row.verb in WHOLE else (*done, row.line_id)


def tell(rows: Rows) -> Told:
    first = rows[0]
    verb = Verb(first.verb)
    value = None if verb in SILENT_VALUE else sum(row.value_delta for row in rows)
    detail = DETAILS[verb](rows) if verb in DETAILS else ""
    return Told(
        day=first.event_date,
        at=first.recorded_at,
        title=TITLES[verb](rows),
        value=value or None,
        note=sentences(detail, because(first), posted(first)),
        rows=tuple(row.pk for row in rows),
    )


def because(row: OrderLedger) -> str:
    """Who, at whose wish, and why."""
    who = str(row.actor.user) if row.actor else "the program"
    wish = "" if row.initiator == Initiator.US else f" for the {Initiator(row.initiator).label.lower()}"
    why = ": ".join(filter(None, [reason_label(row.reason_code), row.note]))
    return f"By {who}{wish}" + (f": {why}" if why else "")


def posted(row: OrderLedger) -> str:
    return "" if row.business_date == row.event_date else f"Counts on {row.business_date:%d %b %Y}: a closed period"


def name(row: OrderLedger) -> str:
    return f"{row.line.line_no}.{row.schedule.number}"


def names(rows: Rows) -> str:
    return name(rows[0]) if len(rows) == 1 else f"line {rows[0].line.line_no}"


def moved(rows: Rows) -> int:
    return abs(sum(row.quantity_delta for row in rows))


def booked(rows: Rows) -> str:
    lines = {row.line_id: row.line.line_no for row in rows}
    return f"Booked line {rows[0].line.line_no}" if len(lines) == 1 else f"Booked {len(lines)} lines"


def commits(rows: Rows) -> str:
    if len(rows) > 1:
        return f"Commits set on {len(rows)} schedules"
    return f"Commit set, {name(rows[0])} to {day(rows[0].to_date)}"


def date_moved(word: str) -> Callable[[Rows], str]:
    return lambda rows: f"{word}, {names(rows)} to {day(rows[-1].to_date)}"


def quantity_moved(word: str) -> Callable[[Rows], str]:
    return lambda rows: f"{word} {names(rows)}, {moved(rows):,}"


def split(rows: Rows) -> str:
    into = [row for row in rows if row.quantity_delta > 0] or list(rows)
    return f"Split {moved(into):,} of line {rows[0].line.line_no} off into {', '.join(name(row) for row in into)}"


def transferred(rows: Rows) -> str:
    old, new = ends(rows)
    if old.sell_to_id != new.sell_to_id:
        return f"Transferred line {old.line.line_no} from {old.sell_to.name} to {new.sell_to.name}"
    buyers = [row.end_buyer.name if row.end_buyer else "no end buyer" for row in (old, new)]
    return f"Transferred line {old.line.line_no} from {buyers[0]} to {buyers[1]}"


def ends(rows: Rows) -> tuple[OrderLedger, OrderLedger]:
    """A row that takes away and one that gives; a page that cuts a pair shows the one it has."""
    taken = [row for row in rows if row.quantity_delta < 0] or list(rows)
    given = [row for row in rows if row.quantity_delta > 0] or list(rows)
    return taken[0], given[0]


def days_moved(rows: Rows) -> str:
    row = rows[-1]
    was = f"from {day(row.from_date)}, " if row.from_date else ""
    return sentences(f"{was}{signed(row.days)} days" if row.days is not None else "", crossing(rows))


def crossing(rows: Rows) -> str:
    """Open value that leaves a month for another one."""
    first = rows[0]
    start, end = first.from_date, first.to_date
    if start is None or end is None or (start.year, start.month) == (end.year, end.month):
        return ""
    value = format_minor(sum(row.open_value for row in rows), first.currency)
    return f"{value} leaves {start:%B %Y} for {end:%B %Y}"


def open_moved(rows: Rows) -> str:
    """The open quantity of one schedule before and after."""
    if len(rows) > 1:
        return ""
    return f"open {rows[0].open_qty - rows[0].quantity_delta:,} to {rows[0].open_qty:,}"


def price_moved(rows: Rows) -> str:
    was: Decimal | None = rows[0].was_price  # type: ignore[attr-defined]  # annotated by told_ledger
    return f"from {format_price(was, rows[0].currency)}" if was is not None else ""


def commit_days(rows: Rows) -> str:
    return ", ".join(f"{name(row)} to {day(row.to_date)}" for row in rows[:6]) if len(rows) > 1 else ""


def whole_value(rows: Rows) -> str:
    given = [row for row in rows if row.quantity_delta > 0]
    value = format_minor(sum(row.value_delta for row in given), rows[0].currency)
    return f"{moved(given):,} for {value}" if given else ""


def billed(rows: Rows) -> str:
    documents = {row.invoice_line.invoice.number for row in rows if row.invoice_line}
    value = format_minor(sum(row.value_delta for row in rows), rows[0].currency)
    return " ".join([*sorted(documents), value])


def day(value: dt.date | None) -> str:
    return f"{value:%d %b %Y}" if value else "none"


TITLES: dict[Verb, Callable[[Rows], str]] = {
    Verb.BOOKED: booked,
    Verb.QTY_INCREASED: quantity_moved("Quantity up,"),
    Verb.QTY_DECREASED: quantity_moved("Quantity down,"),
    Verb.PRICE_CHANGED: lambda rows: (
        f"Price of line {rows[0].line.line_no} to {format_price(rows[0].unit_price, rows[0].currency)}"
    ),
    Verb.CANCELLED: quantity_moved("Cancelled"),
    Verb.REQUEST_MOVED: date_moved("Request moved"),
    Verb.COMMIT_SET: commits,
    Verb.COMMIT_MOVED: date_moved("Commit moved"),
    Verb.SPLIT: split,
    Verb.TRANSFERRED: transferred,
    Verb.SHIPPED: quantity_moved("Shipped"),
    Verb.UNSHIPPED: quantity_moved("Shipment undone,"),
    Verb.INVOICED: quantity_moved("Invoiced"),
    Verb.CREDITED: lambda rows: f"Credited {names(rows)}",
}
DETAILS: dict[Verb, Callable[[Rows], str]] = {
    Verb.QTY_INCREASED: open_moved,
    Verb.QTY_DECREASED: open_moved,
    Verb.CANCELLED: open_moved,
    Verb.PRICE_CHANGED: price_moved,
    Verb.COMMIT_SET: commit_days,
    Verb.REQUEST_MOVED: days_moved,
    Verb.COMMIT_MOVED: days_moved,
    Verb.TRANSFERRED: whole_value,
    Verb.INVOICED: billed,
    Verb.CREDITED: billed,
}
