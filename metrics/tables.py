from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from metrics.models import SnapshotRun
from metrics.schedule_rows import ScheduleRow
from orders.choices import DATE_VERBS
from orders.models import OrderLedger
from ui.cells import escaped
from ui.columns import Chip, Column, Date, Figure, Instant, Link, Place, ShortDate, read
from ui.figures import EMPTY
from ui.tables import Table
from values.money import convert, from_minor


@dataclass(frozen=True)
class PartyName(Column):
    """The short name on the page, the full one in a file. `path` leads to a `Name`."""

    def value(self, row: Any) -> str:
        return read(row, self.path).name

    def cell(self, row: Any, place: Place) -> str:
        name = read(row, self.path)
        return escaped(name.short or name.name) or EMPTY


def value_of(row: OrderLedger) -> Decimal:
    return from_minor(row.value_delta, row.currency)


def reporting_value_of(row: OrderLedger) -> Decimal | None:
    """In the tenant's currency; of a date move what its open value is worth there."""
    currency = row.tenant.currency
    minor = row.reporting_delta
    if row.verb in DATE_VERBS:
        rate = row.line.booking_rate
        minor = None if rate is None else convert(row.open_value, row.currency, currency, rate)
    return None if minor is None else from_minor(minor, currency)


def open_value_of(row: OrderLedger) -> Decimal:
    return from_minor(row.open_value, row.currency)


class LedgerRowTable(Table):
    caption = "Order ledger rows"
    columns = (
        Column("Row", "pk", css="num", sort="number", is_wide_only=True),
        ShortDate("Business date", "business_date"),
        Column("What", "get_verb_display"),
        Link("Order", "order.number", url_name="orders:order_detail", args=("order_id",)),
        Column("Line", "line.line_no", css="num"),
        Column("Sell-to", "sell_to.short_name", css="name", is_wide_only=True),
        Column("End buyer", "end_buyer.short_name", css="name"),
        Column("Product", "product.sku"),
        Figure("Quantity", "quantity_delta"),
        Figure("Value", value_of),
        Column("Currency", "currency"),
        Figure("Reporting value", reporting_value_of),
        Figure("Open quantity after", "open_qty", is_extra=True),
        Figure("Open value after", open_value_of),
        ShortDate("From", "from_date"),
        ShortDate("To", "to_date"),
        Figure("Days", "days", is_extra=True),
        Column("By", "get_initiator_display", is_extra=True),
        Column("Reason", "reason_code", is_extra=True),
        Column("Note", "note", css="wrapped", is_extra=True),
        Instant("Recorded", "recorded_at", is_extra=True),
    )


class BacklogTable(Table):
    caption = "Open schedules"
    columns: tuple[Column, ...] = (
        Link("Order", "order_number", url_name="orders:order_detail", args=("order_id",)),
        Column("Line", "place", css="num"),
        PartyName("Sell-to", "sell_to", css="name"),
        PartyName("End buyer", "end_buyer", css="name"),
        Column("Product", "product.code"),
        ShortDate("Request date", "request_date"),
        ShortDate("Current commit", "commit_date"),
        Chip("State", "state", tones={"Late": "bad", "Unscheduled": "warn"}),
        Figure("Open quantity", "quantity"),
        Figure("Value", "value"),
        Column("Currency", "currency"),
        Figure("Reporting value", "reporting_value"),
    )

    def row_css(self, row: ScheduleRow) -> str:
        return "is-bad" if row.is_late else ""


class UnbilledTable(Table):
    caption = "Schedules shipped and not billed"
    columns = (
        Link("Order", "order_number", url_name="orders:order_detail", args=("order_id",)),
        Column("Line", "place", css="num"),
        PartyName("Sell-to", "sell_to"),
        PartyName("End buyer", "end_buyer"),
        Column("Product", "product.code"),
        ShortDate("Last shipped or billed", "sort_date"),
        Figure("Quantity not billed", "quantity"),
        Figure("Value", "value"),
        Column("Currency", "currency"),
    )


def duration_of(run: SnapshotRun) -> Decimal | None:
    if run.finished_at is None:
        return None
    return Decimal(str((run.finished_at - run.started_at).total_seconds())).quantize(Decimal("0.1"))


def verdict_of(run: SnapshotRun) -> str:
    if run.finished_at is None:
        return "Not finished"
    return "To the cent" if run.is_reconciled else "Differs"


def differences_of(run: SnapshotRun) -> str:
    """Minor units by currency; nothing where both agree."""
    found = [
        f"{currency} {amounts['difference']:+,}"
        for currency, amounts in sorted(run.reconciliation.items())
        if amounts["difference"]
    ]
    return ", ".join(found)


class RunTable(Table):
    caption = "Snapshots"
    columns = (
        Column("Run", "pk", css="num", sort="number"),
        Column("Kind", "get_kind_display"),
        Date("Closes", "night"),
        Instant("Started", "started_at", is_wide_only=True),
        Figure("Seconds", duration_of),
        Instant("Knows rows recorded to", "recorded_through"),
        Figure("Days made anew", lambda run: len(run.days), is_extra=True),
        Figure("Ledger rows", "ledger_rows"),
        Figure("Flows", "flow_rows", is_wide_only=True),
        Figure("Positions", "position_rows", is_wide_only=True),
        Chip("Reconciles", verdict_of, tones={"To the cent": "good", "Differs": "bad", "Not finished": "warn"}),
        Column("Difference, minor units", differences_of),
    )
