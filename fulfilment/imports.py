"""The kind of file that brings shipments after the fact."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Sum

from exchange.choices import RowChange
from exchange.columns import code, date, integer, refers
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from fulfilment.actions.ship_history import known_keys, ship_history
from fulfilment.choices import ShipmentStatus
from fulfilment.models import ShipmentLine
from fulfilment.rows import HistoryRow
from fulfilment.sites import only_site
from orders.actions.context import Occasion
from orders.choices import LineStatus, OrderStatus
from orders.entry import po_key
from orders.models import Order, OrderLine
from parties.choices import LocationPurpose
from parties.matching import match_parties
from parties.places import match_places
from parties.references import NAMED_PARTY

SHIPPABLE = (LineStatus.BOOKED, LineStatus.SHIPPED)
Parcel = tuple[int, int, dt.date, str, int]
SITES = (LocationPurpose.SHIP_FROM, LocationPurpose.HUB)


def check(rows: Sequence[Row], context: Context) -> None:
    name_sites(rows)
    find_orders(rows)
    for row in rows:
        check_dates(row, context)
    told = [row for row in rows if not row.is_bad]
    from_files = known_keys([history_row(row) for row in told])
    shipped = shipped_already({row.ids["order"] for row in told})
    first: dict[str, int] = {}
    for row in told:
        key, parcel = history_row(row).source_key, parcel_of(row)
        row.change = RowChange.CREATE
        if shipped[parcel]:
            shipped[parcel] -= 1
            row.change = RowChange.UNCHANGED
        elif key in from_files:
            row.change = RowChange.UNCHANGED
        elif first.setdefault(key, row.number) != row.number:
            message = f"Row {first[key]} says the same: tell two parcels apart by their tracking."
            row.error("tracking", "repeated_row", message)


def shipped_already(order_ids: set[int]) -> Counter[Parcel]:
    """What left before, however it was told: by a file, by the dock."""
    lines = ShipmentLine.objects.filter(shipment__order_id__in=order_ids)
    lines = lines.exclude(shipment__status=ShipmentStatus.UNDONE)
    names = ("shipment__order_id", "order_line__line_no", "shipment__ship_date", "shipment__tracking")
    found = lines.values_list("shipment_id", *names).annotate(left=Sum("quantity")).order_by()
    return Counter((order_id, line_no, day, tracking, left) for _, order_id, line_no, day, tracking, left in found)


def parcel_of(row: Row) -> Parcel:
    values = row.values
    return row.ids["order"], values["line"], values["ship_date"], row.get("tracking", ""), values["quantity"]


def name_sites(rows: Sequence[Row]) -> None:
    """A site is named by one of its places or by its party; a row that names none left from the only one there is."""
    texts = {row.values["site"] for row in rows if row.get("site")}
    places, parties = match_places(texts, purposes=SITES) if texts else {}, match_parties(texts, by_name=False)
    for row in rows:
        text = row.get("site")
        if text is None:
            continue
        named = places.get(text, [])
        owners = {place.owner_id for place in named}
        if len(owners) == 1:
            row.ids["site"] = owners.pop()
        elif (match := parties.get(text)) and match.party_id:
            row.ids["site"] = match.party_id
        else:
            row.error("site", "unknown_site", f"There is no one site “{text}”.")
        if len(named) == 1:
            row.ids["place"] = named[0].pk
    name_only_places([row for row in rows if "place" not in row.ids])


def name_only_places(rows: Sequence[Row]) -> None:
    """Where no place is named, or several are: the only one of the site, or of all sites."""
    only = {party_id: only_site(party_id) for party_id in {row.ids.get("site") for row in rows}}
    for row in rows:
        if place := only[row.ids.get("site")]:
            row.ids["place"] = place.pk


def find_orders(rows: Sequence[Row]) -> None:
    keys = {(row.ids["sell_to"], po_key(row.values["customer_po"])) for row in rows}
    orders = Order.objects.filter(
        sell_to_id__in={sell_to for sell_to, _ in keys}, customer_po_key__in={po for _, po in keys}
    ).exclude(status=OrderStatus.CANCELLED)
    # of several orders with one PO the oldest is the order, the others are on hold as its duplicates
    by_key = {(order.sell_to_id, order.customer_po_key): order for order in orders.order_by("-pk")}
    lines = OrderLine.objects.filter(order_id__in=[order.pk for order in by_key.values()])
    found = {(order_id, line_no): status for order_id, line_no, status in lines.values_list(*LINE_FACTS)}
    for row in rows:
        order = by_key.get((row.ids["sell_to"], po_key(row.values["customer_po"])))
        if order is None:
            row.error("customer_po", "unknown_order", f"There is no order for PO “{row.values['customer_po']}”.")
        else:
            check_line(row, order, found.get((order.pk, row.values["line"])))


LINE_FACTS = ("order_id", "line_no", "status")


def check_line(row: Row, order: Order, status: str | None) -> None:
    row.ids["order"] = order.pk
    if status is None:
        row.error("line", "unknown_line", f"{order.number} has no line {row.values['line']}.")
    elif status not in SHIPPABLE:
        label = LineStatus(status).label.lower()
        row.error("line", "not_booked", f"Line {row.values['line']} of {order.number} is {label}.")
    if row.values["ship_date"] < order.order_date:
        row.error("ship_date", "before_order", f"{order.number} is of {order.order_date}.")


def check_dates(row: Row, context: Context) -> None:
    shipped = row.values["ship_date"]
    oldest = context.today - dt.timedelta(days=context.tenant.back_date_days)
    for name in ("ship_date", "delivered_date", "invoice_date"):
        day = row.get(name)
        if day is None:
            continue
        if day > context.today:
            row.error(name, "future_date", f"{day} is in the future.")
        elif day < shipped:
            row.error(name, "before_shipping", f"{day} is before the ship date {shipped}.")
        elif day < oldest:
            row.warn(name, "old_date", f"{day} is before {oldest}: it would count for the past.")


def history_row(row: Row) -> HistoryRow:
    return HistoryRow(
        number=row.number,
        order_id=row.ids["order"],
        line_no=row.values["line"],
        quantity=row.values["quantity"],
        ship_date=row.values["ship_date"],
        site_party_id=row.ids.get("site"),
        site_id=row.ids.get("place"),
        tracking=row.get("tracking", ""),
        delivered_date=row.get("delivered_date"),
        invoice_number=row.get("invoice_number", ""),
        invoice_date=row.get("invoice_date"),
    )


def accept(rows: Sequence[Row], context: Context) -> None:
    occasion = Occasion(by=context.by, at=context.at, on=context.today)
    by_number = {row.number: row for row in rows}
    for outcome in ship_history(rows=[history_row(row) for row in rows], occasion=occasion):
        row = by_number[outcome.number]
        if outcome.result == "error":
            row.error(outcome.field, outcome.code, outcome.message)
        elif outcome.result == "unchanged":
            row.change = RowChange.UNCHANGED


def export() -> Iterator[Sequence[Any]]:
    lines = ShipmentLine.objects.exclude(shipment__status=ShipmentStatus.UNDONE)
    facts = lines.values_list(
        "shipment__order__sell_to__code", "shipment__order__customer_po", "order_line__line_no", "shipment__ship_date",
        "shipment__site_party__code", "shipment__tracking", "shipment__delivered_date", "shipment__invoice__number",
        "shipment__invoice__invoice_date", "shipment_id",
    )  # fmt: skip
    parcels = facts.annotate(left=Sum("quantity")).order_by("shipment_id", "order_line__line_no")
    for sell_to, po, line_no, *rest, _, left in parcels.iterator(chunk_size=2_000):
        yield (sell_to, po, line_no, left, *rest)


SHIPMENTS = ImportKind(
    name="shipments",
    title="Shipments",
    right="orders.release",
    is_document=True,
    columns=(
        refers("sell_to", NAMED_PARTY, required=True, max_length=200),
        code("customer_po", required=True, max_length=60),
        integer("line", required=True, minimum=1, maximum=999_999),
        integer("quantity", required=True, minimum=1),
        date("ship_date", required=True),
        code("site", help="Location or party that shipped"),
        code("tracking", max_length=80),
        date("delivered_date"),
        code("invoice_number", max_length=30, help="Bills the shipment under this number"),
        date("invoice_date", help="Bills the shipment on this day"),
    ),
    check=check,
    accept=accept,
    export=export,
)
