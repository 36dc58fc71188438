"""Orders of a file that release from a blanket: which one, which of its lines, and whether so much is left.

X12 850, BEG02: BK and BE are blanket orders, RL is a release. A release names its blanket in BEG03 and itself in
BEG04, or itself in BEG03 and the blanket as its contract in BEG06.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from exchange.rows import Row
from exchange.x12.order_values import PurchaseOrder850
from orders.actions.blankets import NotReleasable, check_releasable
from orders.actions.release_from_blanket import line_from
from orders.choices import LineStatus, OrderStatus, OrderType
from orders.entry import LineEntry, po_key
from orders.imports.drafts import PoDraft
from orders.imports.naming import product_of
from orders.imports.schedules import by_line
from orders.models import Order, OrderLine, Schedule

EDI_TYPE, EDI_BLANKET = "edi_type", "edi_blanket"
BLANKETS, RELEASE = ("BK", "BE"), "RL"


def order_numbers(order: PurchaseOrder850) -> dict[str, str]:
    """The order's own PO number, its type, and the PO number of the blanket it releases from."""
    own, blanket = order.po_number, ""
    if order.type == RELEASE and order.release_number:
        own, blanket = f"{order.po_number}/{order.release_number}", order.po_number
    elif order.type == RELEASE:
        blanket = order.contract_number
    return {"customer_po": own, EDI_TYPE: order.type, EDI_BLANKET: blanket}


def order_type_of(row: Row) -> str:
    return OrderType.BLANKET if row.source.get(EDI_TYPE) in BLANKETS else OrderType.STANDARD


def is_release(row: Row) -> bool:
    return row.source.get(EDI_TYPE) == RELEASE


def check_releases(drafts: Sequence[PoDraft]) -> None:
    """Find the blanket of every release, and the line of it that each of its lines takes from."""
    releases = [draft for draft in drafts if is_release(draft.rows[0])]
    blankets = blankets_of(releases)
    lines = lines_of([order.pk for order in blankets.values()])
    for draft in releases:
        named = draft.rows[0].source.get(EDI_BLANKET, "")
        blanket = blankets.get((draft.key[0], po_key(named)))
        if draft.order_id and named:
            refuse_more(draft)
        elif blanket is None:
            told = f"It releases from a blanket we do not have: {named or 'no number'}."
            refuse(draft.rows, "customer_po", "unknown_blanket", told)
        elif problem := not_releasable(blanket, draft):
            refuse(draft.rows, "customer_po", "blanket_closed", problem)
        else:
            draft.blanket_id = blanket.pk
            choose_lines(draft, lines[blanket.pk])


def blankets_of(releases: Sequence[PoDraft]) -> dict[tuple[int, str], Order]:
    named = {(draft.key[0], po_key(draft.rows[0].source.get(EDI_BLANKET, ""))) for draft in releases}
    if not named:
        return {}
    found = Order.objects.filter(
        order_type=OrderType.BLANKET,
        sell_to_id__in={sell_to for sell_to, _ in named},
        customer_po_key__in={po for _, po in named},
    ).exclude(status=OrderStatus.CANCELLED)
    return {(order.sell_to_id, order.customer_po_key): order for order in found.order_by("-pk")}


def lines_of(order_ids: Sequence[int]) -> dict[int, list[tuple[OrderLine, int]]]:
    """Booked lines of the blankets with what each has left."""
    left: defaultdict[int, int] = defaultdict(int)
    for schedule in Schedule.objects.filter(order_id__in=order_ids):
        left[schedule.line_id] += schedule.open_qty - schedule.released_qty
    found: defaultdict[int, list[tuple[OrderLine, int]]] = defaultdict(list)
    for line in OrderLine.objects.filter(order_id__in=order_ids, status=LineStatus.BOOKED).order_by("line_no"):
        found[line.order_id].append((line, left[line.pk]))
    return found


def not_releasable(blanket: Order, draft: PoDraft) -> str:
    try:
        check_releasable(blanket, draft.rows[0].values["order_date"])
    except NotReleasable as refused:
        return str(refused)
    return ""


def choose_lines(draft: PoDraft, lines: Sequence[tuple[OrderLine, int]]) -> None:
    """The blanket's line for the same part, that of the same end buyer first; what is taken counts for the next."""
    left = {line.pk: free for line, free in lines}
    for group in by_line(row for row in draft.rows if not row.is_bad):
        first, quantity = group[0], sum(row.values["quantity"] for row in group)
        fitting = [line for line, _ in lines if line.product_id == product_of(first)]
        fitting.sort(key=lambda line: (line.end_buyer_id != first.ids.get("end_buyer"), left[line.pk] < quantity))
        if not fitting:
            refuse(group, "sku", "not_on_blanket", "The blanket has no line for this part.")
        elif left[fitting[0].pk] < quantity:
            told = f"The blanket has {left[fitting[0].pk]:,} left to release."
            refuse(group, "quantity", "over_blanket", told)
        else:
            left[fitting[0].pk] -= quantity
            draft.blanket_lines[first.values["line"]] = fitting[0]


def refuse_more(draft: PoDraft) -> None:
    for row in draft.rows:
        if not row.is_bad and row.values["line"] not in draft.known:
            message = f"{draft.order_number} is a release: enter another release for more lines."
            row.error("line", "adds_to_release", message)


def refuse(rows: Sequence[Row], column: str, code: str, message: str) -> None:
    for row in rows:
        if not row.is_bad:
            row.error(column, code, message)


def release_of(entry: LineEntry, blanket_line: OrderLine) -> LineEntry:
    """What the file says goes before what the blanket's line says."""
    base = line_from(blanket_line, entry.quantity, entry.request_date)
    said = {
        name: value
        for name in ("end_buyer_id", "ship_to_id", "customer_part", "reported_end_buyer", "reported_ship_to")
        if (value := getattr(entry, name))
    }
    price = base.customer_price if entry.customer_price is None else entry.customer_price
    return replace(
        base,
        line_no=entry.line_no,
        schedules=entry.schedules,
        commit_date=entry.commit_date,
        customer_price=price,
        **said,
    )
