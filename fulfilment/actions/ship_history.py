"""Shipments that a file tells after the fact, without a ship request: how history is loaded."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from fulfilment.models import Shipment, ShipmentLine
from fulfilment.rows import HistoryRow, RowOutcome
from fulfilment.sites import leave_from
from orders.actions.context import Occasion
from orders.actions.issue_invoice import InvoicePart, issue_invoice
from orders.actions.ship_schedules import ShipPart, ShippedPart, ship_schedules
from orders.choices import LineStatus
from orders.engine.state import VerbRefused
from orders.models import OrderLedger, OrderLine, Schedule
from tenancy.numbering import next_number


def ship_history(*, rows: Sequence[HistoryRow], occasion: Occasion) -> list[RowOutcome]:
    """Ship each row on its own ship date and bill it where it names an invoice.

    A row that came in before changes nothing. Rows of one order on one day with one tracking and invoice number are one
    shipment; when one of them is refused, that shipment is left out whole and its rows say why.
    """
    known = known_keys(rows)
    outcomes = {row.number: RowOutcome(row.number, "unchanged") for row in rows}
    groups: dict[tuple, list[HistoryRow]] = defaultdict(list)
    seen: set[str] = set()
    for row in sorted(rows, key=lambda each: (each.order_id, each.ship_date, each.number)):
        if row.source_key not in known and row.source_key not in seen:
            groups[row.order_id, *row.shipment_key].append(row)
        seen.add(row.source_key)
    for group in groups.values():
        for outcome in ship_group(group, occasion):
            outcomes[outcome.number] = outcome
    return [outcomes[row.number] for row in rows]


def known_keys(rows: Sequence[HistoryRow]) -> set[str]:
    keys = [row.source_key for row in rows]
    found = OrderLedger.objects.filter(source_key__in=keys).values_list("source_key", flat=True)
    return {key for key in found if key}


def ship_group(group: Sequence[HistoryRow], occasion: Occasion) -> list[RowOutcome]:
    try:
        with transaction.atomic():
            ship_together(group, occasion)
    except VerbRefused as refused:
        field = refused.field or "line"
        return [RowOutcome(row.number, "error", field, "refused", refused.message) for row in group]
    return [RowOutcome(row.number, "created") for row in group]


def ship_together(group: Sequence[HistoryRow], occasion: Occasion) -> Shipment:
    first = group[0]
    parts = allot(group)
    shipped = ship_schedules(
        order_id=first.order_id, parts=parts, occasion=Occasion(occasion.by, occasion.at, first.ship_date)
    )
    shipment = Shipment.objects.create(
        number=f"SH-{next_number('shipment')}",
        order_id=first.order_id,
        site_party_id=first.site_party_id,
        ship_date=first.ship_date,
        tracking=first.tracking,
        delivered_date=first.delivered_date,
        confirmed_by=occasion.by,
        confirmed_at=occasion.at,
    )
    write_lines(shipment, shipped)
    name_sites(group)
    if first.delivered_date:
        ids = [part.schedule_id for part in parts]
        Schedule.objects.filter(pk__in=ids).update(delivery_date=first.delivered_date)
    if first.invoice_number or first.invoice_date:
        bill(shipment, shipped, first, occasion)
    return shipment


def allot(group: Sequence[HistoryRow]) -> list[ShipPart]:
    """Rows to the open schedules of their lines, the earliest date first; what exceeds them goes on the last one."""
    numbers = {row.line_no for row in group}
    lines = {row.line_no: row for row in OrderLine.objects.filter(order_id=group[0].order_id, line_no__in=numbers)}
    open_: dict[int, list[Schedule]] = defaultdict(list)
    for schedule in Schedule.objects.filter(order_id=group[0].order_id, line_id__in=[e.pk for e in lines.values()]):
        open_[schedule.line_id].append(schedule)
    parts: list[ShipPart] = []
    for row in group:
        line = lines.get(row.line_no)
        if line is None:
            raise VerbRefused(f"The order has no line {row.line_no}.", "line")
        if line.status not in (LineStatus.BOOKED, LineStatus.SHIPPED):
            raise VerbRefused(f"Line {row.line_no} is {line.get_status_display().lower()}.", "line")
        parts += allot_row(row, sorted(open_[line.pk], key=due))
    return parts


def due(schedule: Schedule) -> tuple[date, int]:
    return (schedule.current_commit or schedule.request_date, schedule.pk)


def allot_row(row: HistoryRow, schedules: Sequence[Schedule]) -> list[ShipPart]:
    left, parts = row.quantity, []
    for schedule in schedules:
        taken = min(left, schedule.open_qty)
        if taken:
            parts.append([schedule.pk, taken])
            schedule.open_qty -= taken
            left -= taken
    if left and parts:
        parts[-1][1] += left
    elif left:
        parts.append([schedules[-1].pk, left])
    keys = [row.source_key, *(f"{row.source_key}#{n}" for n in range(2, len(parts) + 1))]
    return [ShipPart(pk, quantity, key) for (pk, quantity), key in zip(parts, keys, strict=True)]


def write_lines(shipment: Shipment, shipped: Sequence[ShippedPart]) -> None:
    lines = dict(Schedule.objects.filter(pk__in=[part.schedule_id for part in shipped]).values_list("pk", "line_id"))
    ShipmentLine.objects.bulk_create(
        ShipmentLine(
            shipment=shipment,
            order_line_id=lines[part.schedule_id],
            schedule_id=part.schedule_id,
            quantity=part.quantity,
            value=part.value,
            reporting=part.reporting,
        )
        for part in shipped
    )


def name_sites(group: Sequence[HistoryRow]) -> None:
    for site_id in {row.site_id for row in group if row.site_id}:
        numbers = [row.line_no for row in group if row.site_id == site_id]
        lines = OrderLine.objects.filter(order_id=group[0].order_id, line_no__in=numbers)
        leave_from(site_id, lines.values_list("pk", flat=True))


def bill(shipment: Shipment, shipped: Sequence[ShippedPart], first: HistoryRow, occasion: Occasion) -> None:
    on = first.invoice_date or first.ship_date
    shipment.invoice = issue_invoice(
        order_id=shipment.order_id,
        parts=[InvoicePart(part.schedule_id, part.quantity, part.value) for part in shipped],
        occasion=Occasion(occasion.by, occasion.at, on),
        number=first.invoice_number or None,
    )
    shipment.save(update_fields=["invoice"])
