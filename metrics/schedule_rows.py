"""The schedules behind a figure of backlog, or of what has shipped and is not billed, a page at a time."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from metrics import statements
from metrics.ledger_sums import Total, money
from metrics.reports.bookings_billings_backlog.names import Name, Names, names_of
from values.money import from_minor

Row = Mapping[str, Any]
START = (dt.date.min, 0)


@dataclass(frozen=True)
class ScheduleRow:
    """One schedule as it was on the day asked for. Amounts in whole currency units; `sort_date` orders the pages."""

    schedule_id: int
    order_id: int
    order_number: str
    place: str
    sell_to: Name
    end_buyer: Name
    product: Name
    request_date: dt.date
    commit_date: dt.date | None
    sort_date: dt.date
    quantity: int
    value: Decimal
    currency: str
    reporting_value: Decimal | None
    is_late: bool

    @property
    def state(self) -> str:
        if self.commit_date is None:
            return "Unscheduled"
        return "Late" if self.is_late else ""


@dataclass(frozen=True)
class Asked:
    """Which statement, of which day, narrowed how; `values` are the statement's own further parameters."""

    statement: str
    as_of: dt.date
    currency: str
    filters: Mapping[str, Sequence[int] | None]
    values: Mapping[str, Any]
    reporting_currency: str


@dataclass(frozen=True)
class Slice:
    """One page of the rows, whether more follow it, and the number and sums of all of them."""

    rows: list[ScheduleRow]
    has_more: bool
    count: int
    totals: list[Total]


def rows_after(asked: Asked, after: tuple[dt.date, int] = START, size: int | None = None) -> Slice:
    """The page behind a sort date and schedule; everything when no size is given."""
    found = statements.rows(
        asked.statement,
        as_of=asked.as_of,
        verbs=statements.backlog_verbs(),
        currency=asked.currency or None,
        after_date=after[0],
        after_id=after[1],
        size=None if size is None else size + 1,
        **asked.filters,
        **asked.values,
    )
    sums = json.loads(found[0]["sums"])
    rows = [row for row in found if row["schedule_id"] is not None]
    shown = rows if size is None else rows[:size]
    names = names_of(
        [row[name] for row in shown for name in ("sell_to_id", "end_buyer_id")], [row["product_id"] for row in shown]
    )
    return Slice(
        [schedule_row(row, names, asked) for row in shown],
        len(rows) > len(shown),
        sum(each["schedules"] for each in sums),
        totals_of(sums, asked.reporting_currency),
    )


def schedule_row(row: Row, names: Names, asked: Asked) -> ScheduleRow:
    reporting, commit = row["reporting_value"], row["commit_date"]
    return ScheduleRow(
        row["schedule_id"],
        row["order_id"],
        row["order_number"],
        f"{row['line_no']}.{row['schedule_no']}",
        names.party(row["sell_to_id"]),
        names.party(row["end_buyer_id"]),
        names.product(row["product_id"]),
        row["request_date"],
        commit,
        row["sort_date"],
        row["quantity"],
        from_minor(row["value"], row["currency"]),
        row["currency"],
        None if reporting is None else from_minor(reporting, asked.reporting_currency),
        commit is not None and commit < asked.as_of,
    )


def totals_of(sums: Sequence[Row], reporting_currency: str) -> list[Total]:
    found = [Total(f"Sum, {each['currency']}", money(each["value"], each["currency"])) for each in sums]
    currencies = [each["currency"] for each in sums]
    if currencies == [reporting_currency] or any(each["reporting_value"] is None for each in sums):
        return found
    total = sum(each["reporting_value"] for each in sums)
    return [*found, Total(f"All in {reporting_currency}", money(total, reporting_currency))] if sums else found
