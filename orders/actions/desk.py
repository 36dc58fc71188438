"""The order on the desk: locked, read into plain values, changed by a verb of the engine, written back with its rows.

Every verb goes this way, so a change without its ledger row cannot be written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from orders.actions.append import append_rows
from orders.actions.context import Occasion
from orders.engine.state import Event, LineState, OrderState, ScheduleState
from orders.locks import check_line_version, lock_order
from orders.models import Order, OrderLine, Schedule
from tenancy.models import Tenant
from tenancy.prepared import fetch_prepared
from tenancy.scope import current_tenant_id
from values.currencies import minor_digits
from values.rows import as_json
from values.sql import load

# as refresh_order returns them
ORDER_FIGURES = (
    "version", "status", "line_count", "hold_count", "value", "open_value", "next_request_date", "next_commit_date",
    "has_uncommitted",
)  # fmt: skip

SCHEDULE_COLUMNS = (
    "id", "quantity", "open_qty", "open_value", "open_reporting", "released_qty", "shipped_qty", "request_date",
    "first_commit", "current_commit", "ship_date",
)  # fmt: skip
LINE_COLUMNS = (
    "id", "quantity", "open_qty", "open_value", "status", "end_buyer_id", "unit_price", "booking_rate",
)  # fmt: skip


@dataclass
class Desk:
    """A locked order: the rows as read and the state that verbs change."""

    order: Order
    tenant: Tenant
    state: OrderState
    rows: dict[int, OrderLine] = field(default_factory=dict)

    def line(self, line_id: int, version: int | None = None) -> LineState:
        state = self.state.line(line_id)
        check_line_version(self.rows[line_id], version)
        return state


def open_desk(order_id: int, version: int | None = None) -> Desk:
    """Lock an order and read all of it. Raises NoSuchOrder, StaleVersion."""
    order = lock_order(order_id, version)
    tenant = Tenant.objects.get(pk=current_tenant_id())
    lines = OrderLine.objects.filter(order_id=order_id).order_by("line_no")
    return lay_out(order, tenant, lines, Schedule.objects.filter(order_id=order_id).order_by("line_id", "number"))


def lay_out(order: Order, tenant: Tenant, lines: Iterable[OrderLine], schedules: Iterable[Schedule]) -> Desk:
    """The desk of an order whose rows are at hand and locked."""
    state = OrderState(
        id=order.pk,
        sell_to_id=order.sell_to_id,
        currency=order.currency,
        reporting_currency=tenant.currency,
        order_type=order.order_type,
        version=order.version,
    )
    desk = Desk(order=order, tenant=tenant, state=state)
    for row in lines:
        desk.rows[row.pk] = row
        state.lines.append(line_state(row))
    by_id = {line.id: line for line in state.lines}
    for schedule in schedules:
        by_id[schedule.line_id].schedules.append(schedule_state(schedule))
    return desk


def line_state(row: OrderLine) -> LineState:
    return LineState(
        id=row.pk,
        line_no=row.line_no,
        product_id=row.product_id,
        end_buyer_id=row.end_buyer_id,
        unit_price=row.unit_price,
        status=row.status,
        booking_rate=row.booking_rate,
        version=row.version,
    )


def schedule_state(row: Schedule) -> ScheduleState:
    return ScheduleState(
        id=row.pk,
        number=row.number,
        quantity=row.quantity,
        request_date=row.request_date,
        open_qty=row.open_qty,
        open_value=row.open_value,
        open_reporting=row.open_reporting,
        released_qty=row.released_qty,
        shipped_qty=row.shipped_qty,
        first_commit=row.first_commit,
        current_commit=row.current_commit,
        ship_date=row.ship_date,
        split_from=row.split_from_id,
        date_basis=row.date_basis,
    )


def put_back(desk: Desk, schedules: Iterable[Schedule], booked_date: date) -> None:
    """Copy the state onto rows that are not written yet."""
    for line in desk.state.lines:
        row = desk.rows[line.id]
        copy(line, row, LINE_COLUMNS)
        row.booked_date = booked_date if line.is_booked else None
    states = {each.id: each for line in desk.state.lines for each in line.schedules}
    for schedule in schedules:
        copy(states[schedule.pk], schedule, SCHEDULE_COLUMNS)


def copy(state: LineState | ScheduleState, row: OrderLine | Schedule, columns: Iterable[str]) -> None:
    for name in columns:
        setattr(row, name, getattr(state, name))


def write(
    desk: Desk,
    events: Sequence[Event],
    occasion: Occasion,
    *,
    source_keys: Sequence[str | None] | None = None,
    invoice_lines: Sequence[int | None] | None = None,
    refresh: bool = True,
) -> list[int]:
    """Append the events and bring rows and figures up to the state. Returns the ids of the ledger rows."""
    if not events:
        return []
    insert_new_schedules(desk.state, events)
    ids = append_rows(desk.order, desk.tenant, events, occasion, source_keys=source_keys, invoice_lines=invoice_lines)
    write_schedules({id(event.schedule): event.schedule for event in events}.values())
    lines = list({event.line.id: event.line for event in events}.values())
    write_lines(lines, occasion.on)
    if refresh:
        refresh_order(desk.order)
    return ids


def insert_new_schedules(state: OrderState, events: Sequence[Event]) -> None:
    """Split children get their ids before the rows that name them."""
    for event in events:
        child = event.schedule
        if child.id is not None:
            continue
        row = Schedule.objects.create(
            order_id=state.id,
            line_id=event.line.id,
            number=child.number,
            split_from_id=child.split_from,
            quantity=child.quantity,
            request_date=child.request_date,
            date_basis=child.date_basis,
        )
        child.id = row.pk


def write_schedules(schedules: Iterable[ScheduleState]) -> None:
    found = [{name: getattr(schedule, name) for name in SCHEDULE_COLUMNS} for schedule in schedules]
    fetch_prepared(load("orders", "write_schedules"), {"tenant_id": current_tenant_id(), "schedules": as_json(found)})


def write_lines(lines: Sequence[LineState], booked_date: date | None) -> None:
    found = [
        {name: getattr(line, name) for name in LINE_COLUMNS} | {"booked_date": booked_date if line.is_booked else None}
        for line in lines
    ]
    fetch_prepared(load("orders", "write_lines"), {"tenant_id": current_tenant_id(), "lines": as_json(found)})


def refresh_order(order: Order) -> None:
    """Recompute the order's own figures, on the row and on `order`; its version rises by one."""
    factor = Decimal(10) ** minor_digits(order.currency)
    figures = fetch_prepared(
        load("orders", "refresh_order"),
        {"tenant_id": current_tenant_id(), "order_id": order.pk, "minor_factor": factor},
    )
    for name, value in zip(ORDER_FIGURES, figures[0], strict=True):
        setattr(order, name, value)
