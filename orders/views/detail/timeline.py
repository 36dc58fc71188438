"""The ledger of one order as a person reads it: one sentence for what was done at once, not a row each."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orders.choices import Initiator, Verb
from orders.forms.reasons import reason_label
from orders.story import Asked, Told, sentences
from orders.views.detail.ledger import LedgerRow, ledger_rows
from ui.figures import signed
from values.money import format_minor, format_price

NEWEST = 100
# verbs that are told for the whole order at once
WHOLE = (Verb.BOOKED, Verb.COMMIT_SET)
SILENT_VALUE = (Verb.SPLIT, Verb.TRANSFERRED, Verb.INVOICED, Verb.CREDITED)

Rows = Sequence[LedgerRow]


@dataclass(frozen=True)
class Ledger:
    """`rows` oldest first. `is_cut`: older ones were left out; `is_whole`: these are all rows of the order."""

    rows: Rows
    is_cut: bool
    is_whole: bool


def read_ledger(asked: Asked, *, limit: int | None = NEWEST) -> Ledger:
    """The newest `limit` rows of the order, or of the line asked for."""
    found = ledger_rows(asked.order, line_no=asked.line_no, most=limit + 1 if limit else None)
    rows = found[:limit][::-1]
    is_cut = len(found) > len(rows)
    return Ledger(rows, is_cut, is_whole=not is_cut and asked.line_no is None)


def told_ledger(rows: Rows) -> list[Told]:
    """A sentence for what was done at once."""
    groups: dict[tuple[object, ...], list[LedgerRow]] = {}
    for row in rows:
        groups.setdefault(key_of(row), []).append(row)
    return [tell(group) for group in groups.values()]


def key_of(row: LedgerRow) -> tuple[object, ...]:
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
        rows=tuple(row.id for row in rows),
    )


def because(row: LedgerRow) -> str:
    """Who, at whose wish, and why."""
    who = row.actor or "the program"
    wish = "" if row.initiator == Initiator.US else f" for the {Initiator(row.initiator).label.lower()}"
    why = ": ".join(filter(None, [reason_label(row.reason_code), row.note]))
    return f"By {who}{wish}" + (f": {why}" if why else "")


def posted(row: LedgerRow) -> str:
    return "" if row.business_date == row.event_date else f"Counts on {row.business_date:%d %b %Y}: a closed period"


def names(rows: Rows) -> str:
    return rows[0].name if len(rows) == 1 else f"line {rows[0].line_no}"


def moved(rows: Rows) -> int:
    return abs(sum(row.quantity_delta for row in rows))


def booked(rows: Rows) -> str:
    lines = {row.line_id: row.line_no for row in rows}
    return f"Booked line {rows[0].line_no}" if len(lines) == 1 else f"Booked {len(lines)} lines"


def commits(rows: Rows) -> str:
    if len(rows) > 1:
        return f"Commits set on {len(rows)} schedules"
    return f"Commit set, {rows[0].name} to {day(rows[0].to_date)}"


def date_moved(word: str) -> Callable[[Rows], str]:
    return lambda rows: f"{word}, {names(rows)} to {day(rows[-1].to_date)}"


def quantity_moved(word: str) -> Callable[[Rows], str]:
    return lambda rows: f"{word} {names(rows)}, {moved(rows):,}"


def split(rows: Rows) -> str:
    into = [row for row in rows if row.quantity_delta > 0] or list(rows)
    return f"Split {moved(into):,} of line {rows[0].line_no} off into {', '.join(row.name for row in into)}"


def transferred(rows: Rows) -> str:
    old, new = ends(rows)
    if old.sell_to_id != new.sell_to_id:
        return f"Transferred line {old.line_no} from {old.sell_to} to {new.sell_to}"
    buyers = [row.end_buyer or "no end buyer" for row in (old, new)]
    return f"Transferred line {old.line_no} from {buyers[0]} to {buyers[1]}"


def ends(rows: Rows) -> tuple[LedgerRow, LedgerRow]:
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
    was = rows[0].was_price
    return f"from {format_price(was, rows[0].currency)}" if was is not None else ""


def commit_days(rows: Rows) -> str:
    return ", ".join(f"{row.name} to {day(row.to_date)}" for row in rows[:6]) if len(rows) > 1 else ""


def whole_value(rows: Rows) -> str:
    given = [row for row in rows if row.quantity_delta > 0]
    value = format_minor(sum(row.value_delta for row in given), rows[0].currency)
    return f"{moved(given):,} for {value}" if given else ""


def billed(rows: Rows) -> str:
    documents = {row.invoice for row in rows if row.invoice}
    value = format_minor(sum(row.value_delta for row in rows), rows[0].currency)
    return " ".join([*sorted(documents), value])


def day(value: dt.date | None) -> str:
    return f"{value:%d %b %Y}" if value else "none"


TITLES: dict[Verb, Callable[[Rows], str]] = {
    Verb.BOOKED: booked,
    Verb.QTY_INCREASED: quantity_moved("Quantity up,"),
    Verb.QTY_DECREASED: quantity_moved("Quantity down,"),
    Verb.PRICE_CHANGED: lambda rows: (
        f"Price of line {rows[0].line_no} to {format_price(rows[0].unit_price, rows[0].currency)}"
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
