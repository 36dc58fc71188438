import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Min, Sum

from catalog.references import PRODUCT
from exchange.choices import RowChange
from exchange.columns import code, currency, date, decimal, integer, refers, text
from exchange.kinds import ImportKind
from exchange.rows import Context, Row
from orders.choices import LineStatus, OrderSource, OrderStatus
from orders.entry.checks import check_entry
from orders.entry.facts import Facts, found, gather_ids
from orders.imports.drafts import KnownLine, PoDraft, entry_of, group_rows
from orders.imports.edi import EDI_READER
from orders.imports.naming import name_end_buyers, name_parts, name_ship_tos, product_of
from orders.imports.releases import check_releases, order_type_of
from orders.imports.schedules import by_line, check_schedules, refuse_parts, refuse_rest
from orders.imports.senders import check_purpose, fill_from_profile
from orders.imports.taking import accept, refuse
from orders.models import Order, OrderLine, Schedule
from parties.models import Location, Party
from parties.references import NAMED_PARTY
from parties.tree import ancestors

HEADER = ("order_date", "currency", "bill_to")


def look_up(rows: Sequence[Row], context: Context) -> None:
    """What the sell-to's words mean."""
    known = [row for row in rows if "sell_to" in row.ids]
    name_end_buyers(known)
    name_parts(known)
    name_ship_tos(known)
    refuse_parts(known)


def check(rows: Sequence[Row], context: Context) -> None:
    refuse_other_partners(rows, context)
    drafts = group_rows(good(rows))
    find_known(drafts)
    facts = facts_of(good(rows), context)
    for draft in drafts:
        same_header(draft)
        check_schedules(good(draft.rows))
    check_releases(drafts)
    for draft in drafts:
        compare(draft)
        check_purpose(draft)
        check_new(draft, facts, context)
        for group in by_line(draft.rows):
            refuse_rest(group)
        warn_of_old_dates(draft, context)
        wait_together(draft)


def good(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if not row.is_bad]


def refuse_other_partners(rows: Sequence[Row], context: Context) -> None:
    """A partner's file speaks for the partner and its branches."""
    if context.party_id is None:
        return
    parent_of = dict(Party.objects.filter(parent__isnull=False).values_list("pk", "parent_id"))
    for row in rows:
        sell_to = row.ids["sell_to"]
        if sell_to != context.party_id and context.party_id not in ancestors(sell_to, parent_of):
            row.error("sell_to", "other_party", "The file belongs to another partner than this sell-to.")


def find_known(drafts: Sequence[PoDraft]) -> None:
    """The orders that have these POs already, and their lines."""
    by_key = {draft.key: draft for draft in drafts}
    orders = Order.objects.filter(
        sell_to_id__in={sell_to for sell_to, _ in by_key}, customer_po_key__in={po for _, po in by_key}
    ).exclude(status=OrderStatus.CANCELLED)
    drafts_of = {}
    for order in orders.order_by("-pk"):
        draft = by_key.get((order.sell_to_id, order.customer_po_key))
        if draft is not None:
            # the oldest one is the order; a later one with the same PO is on hold as its duplicate
            draft.order_id, draft.order_number = order.pk, order.number
            draft.is_typed = order.source == OrderSource.FORM
            drafts_of[order.pk] = (draft, order.number)
    lines = OrderLine.objects.filter(order_id__in=drafts_of).exclude(status=LineStatus.CANCELLED)
    dated = lines.annotate(first_request=Min("schedules__request_date")).order_by("-order_id")
    for line in dated:
        draft, number = drafts_of[line.order_id]
        draft.known[line.line_no] = KnownLine(line.order_id, number, line.product_id, line.quantity, line.first_request)


def same_header(draft: PoDraft) -> None:
    """Rows of one PO agree about the order; the later one that does not is refused."""
    first = draft.rows[0]
    for row in draft.rows[1:]:
        for name in HEADER:
            theirs, ours = row.ids.get(name) or row.get(name), first.ids.get(name) or first.get(name)
            if theirs != ours:
                problem = "mixed_currency" if name == "currency" else "mixed_order"
                row.error(name, problem, f"Row {first.number} says another {name} for the same PO.")


def compare(draft: PoDraft) -> None:
    for group in by_line(good(draft.rows)):
        known = draft.known.get(group[0].values["line"])
        is_same = known is not None and asked(group) == (known.product_id, known.quantity, known.request_date)
        for row in group:
            if known is None:
                row.change = RowChange.UPDATE if draft.order_id else RowChange.CREATE
                warn_of_typed(row, draft)
            elif is_same:
                row.change = RowChange.UNCHANGED
            else:
                message = f"The line is on {known.order_number} already, and not like this: change it there."
                row.error("line", "already_entered", message)


def asked(group: Sequence[Row]) -> tuple[int | None, int, dt.date]:
    """Part, quantity and first request date of a line."""
    quantity = sum(row.values["quantity"] for row in group)
    return product_of(group[0]), quantity, min(row.values["request_date"] for row in group)


def warn_of_typed(row: Row, draft: PoDraft) -> None:
    if draft.is_typed:
        row.warn("customer_po", "adds_to_order", f"The PO is {draft.order_number}, typed by hand: a line more.")


def facts_of(rows: Sequence[Row], context: Context) -> Facts:
    locations = found(Location, [row.ids.get("ship_to") for row in rows])
    parties = [row.ids.get(name) for row in rows for name in ("sell_to", "bill_to", "end_buyer")]
    return gather_ids(
        parties=[*parties, *(place.party_id for place in locations.values())],
        products=[product_of(row) for row in rows],
        locations=locations,
    )


def new_rows(draft: PoDraft) -> list[Row]:
    return [row for row in good(draft.rows) if row.change != RowChange.UNCHANGED]


def check_new(draft: PoDraft, facts: Facts, context: Context) -> None:
    rows = new_rows(draft)
    if rows:
        entry = entry_of(rows, facts.parties[draft.key[0]], context, order_type_of(rows[0]))
        refuse(rows, check_entry(entry, facts, context.today))


def warn_of_old_dates(draft: PoDraft, context: Context) -> None:
    oldest = context.today - dt.timedelta(days=context.tenant.back_date_days)
    for row in new_rows(draft):
        for name in ("order_date", "request_date", "commit_date"):
            day = row.get(name)
            if day is not None and day < oldest:
                row.warn(name, "old_date", f"{day} is before {oldest}: the order would count for the past.")


def wait_together(draft: PoDraft) -> None:
    """An order is taken as one: a row without a warning waits for its neighbours that have one."""
    rows = new_rows(draft)
    doubtful = next((row for row in rows if row.findings), None)
    if doubtful is None:
        return
    for row in rows:
        if not row.findings:
            row.warn("customer_po", "order_waits", f"It waits with row {doubtful.number} of the same order.")


EXPORTED = (
    "order__sell_to__code", "order__customer_po", "order__order_date", "order__currency", "order__bill_to__code",
    "line__line_no", "line__product__sku", "line__customer_part", "line__customer_price", "line__end_buyer__code",
    "line__ship_to__party__code", "line__ship_to__code", "request_date", "current_commit",
)  # fmt: skip


def export() -> Iterator[Sequence[Any]]:
    """A row for each date of a line, so that the file brings the same schedules."""
    dated = Schedule.objects.filter(quantity__gt=0).exclude(line__status=LineStatus.CANCELLED)
    sums = dated.values_list("order_id", *EXPORTED).annotate(asked=Sum("quantity"))
    in_order = sums.order_by("order_id", "line__line_no", "request_date", "current_commit")
    for _, *header, price, buyer, owner, place, request, commit, quantity in in_order.iterator(chunk_size=2_000):
        yield (*header, quantity, price, buyer, f"{owner}/{place}" if place else None, request, commit)


ORDERS = ImportKind(
    name="orders",
    title="Orders",
    right="orders.enter",
    one_of=(("sku", "customer_part"),),
    is_document=True,
    is_open_to_partners=True,
    partner_column="sell_to",
    prepare=fill_from_profile,
    readers=(EDI_READER,),
    columns=(
        refers("sell_to", NAMED_PARTY, required=True, max_length=200),
        code("customer_po", required=True, max_length=60),
        date("order_date", required=True),
        currency("currency", help="Empty: the sell-to's, or ours"),
        refers("bill_to", NAMED_PARTY, max_length=200, help="Empty: the sell-to"),
        integer("line", required=True, minimum=1, maximum=999_999),
        refers("sku", PRODUCT, max_length=60),
        code("customer_part", max_length=80, help="The customer's own number, instead of the sku"),
        integer("quantity", required=True, minimum=1),
        decimal("unit_price", minimum=0, maximum=10**9, help="As on the customer's PO; compared with ours"),
        text("end_buyer", help="Code, name, or what the sell-to calls it"),
        code("ship_to", help="Location code, or PARTY/CODE"),
        date("request_date", required=True),
        date("commit_date", help="Sets the commit"),
    ),
    look_up=look_up,
    check=check,
    accept=accept,
    export=export,
)
