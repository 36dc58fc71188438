from orders.actions.context import Occasion
from orders.actions.desk import Desk, open_desk, refresh_order
from orders.actions.enter_order import same_po
from orders.actions.holds import place_holds
from orders.choices import UNBOOKED, HoldKind, HoldScope, LineStatus
from orders.entry.facts import Facts, found, gather_ids
from orders.entry.hold_rules import find_holds
from orders.entry.resolve import resolve_lines, route_lines
from orders.models import Hold, Order, OrderLine
from parties.models import Location

MENDED = "Checked again: the cause is gone."
PRICE_FIELDS = [
    "unit_price",
    "price_source",
    "price_reason",
    "price_trail",
    "book_price",
    "agreed_cost",
    "agreement_line",
]
TERMS_FIELDS = ["terms", "terms_rule", "terms_reason", "terms_trail"]


def recheck_order(*, order_id: int, occasion: Occasion, version: int | None = None) -> Order:
    """Ask the resolvers again for what is not booked, and for booked lines whose terms were missing.

    Holds whose cause is gone are released by the program, new ones are placed. Prices of booked lines stay.
    """
    desk = open_desk(order_id, version)
    facts = facts_of(desk)
    unbooked = [desk.rows[line.id] for line in desk.state.lines if line.status in UNBOOKED]
    if unbooked:
        recheck_unbooked(desk, unbooked, facts, occasion)
    recheck_terms(desk, facts, occasion)
    refresh_order(desk.order)
    desk.order.refresh_from_db()
    return desk.order


def facts_of(desk: Desk) -> Facts:
    rows = list(desk.rows.values())
    locations = found(Location, [each for row in rows for each in (row.ship_to_id, row.ship_from_id)])
    parties = [desk.order.sell_to_id, desk.order.bill_to_id, *(row.end_buyer_id for row in rows)]
    return gather_ids(
        parties=[*parties, *(place.party_id for place in locations.values())],
        products=[row.product_id for row in rows],
        locations=locations,
    )


def recheck_unbooked(desk: Desk, rows: list[OrderLine], facts: Facts, occasion: Occasion) -> None:
    requests = [min(each.request_date for each in desk.state.line(row.pk).schedules) for row in rows]
    answers = resolve_lines(desk.order, rows, requests, facts)
    OrderLine.objects.bulk_update(rows, [*PRICE_FIELDS, *TERMS_FIELDS])
    first_order = same_po(desk.order)
    released = by_hand(rows)
    for row, price, terms in zip(rows, answers.prices, answers.terms, strict=True):
        findings = [
            each
            for each in find_holds(desk.order, row, price, terms, facts, first_order)
            if (row.pk, each.kind) not in released
        ]
        gone = Hold.objects.filter(line_id=row.pk, released_at__isnull=True)
        gone = gone.exclude(kind__in=[finding.kind for finding in findings])
        gone.update(released_at=occasion.at, release_reason=MENDED)
        place_holds([(row, finding) for finding in findings], occasion.at)
        open_holds = Hold.objects.filter(line_id=row.pk, scope=HoldScope.BOOKING, released_at__isnull=True)
        status = LineStatus.HELD if open_holds.exists() else LineStatus.ENTERED
        OrderLine.objects.filter(pk=row.pk).update(status=status, version=row.version + 1)


def by_hand(rows: list[OrderLine]) -> set[tuple[int, str]]:
    """(line, kind) that a person has released: the program does not place them anew."""
    holds = Hold.objects.filter(line_id__in=[row.pk for row in rows], released_by__isnull=False)
    return set(holds.values_list("line_id", "kind"))


def recheck_terms(desk: Desk, facts: Facts, occasion: Occasion) -> None:
    holds = Hold.objects.filter(order_id=desk.order.pk, kind=HoldKind.TERMS, released_at__isnull=True)
    lacking = {hold.line_id: hold for hold in holds}
    rows = [desk.rows[line.id] for line in desk.state.lines if line.is_booked and line.id in lacking]
    if not rows:
        return
    for row, answer in zip(rows, route_lines(desk.order, rows, facts), strict=True):
        if answer.terms_id and not answer.missing:
            hold = lacking[row.pk]
            hold.released_at, hold.release_reason = occasion.at, MENDED
            hold.save(update_fields=["released_at", "release_reason"])
    OrderLine.objects.bulk_update(rows, TERMS_FIELDS)
