from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from fulfilment.actions.request_packet import request_packet
from fulfilment.choices import Channel
from fulfilment.errors import FulfilmentRefused
from fulfilment.freezing import fingerprint, freeze_line
from fulfilment.models import ShipRequest, ShipRequestLine
from fulfilment.sites import only_site
from orders.actions.context import Occasion
from orders.choices import HoldScope, LineStatus, OrderType
from orders.locks import lock_order
from orders.models import Hold, Order, OrderLine, Schedule
from parties.models import Location, Party
from shipping.freeze import freeze, missing_fields
from shipping.models import ShippingTerms
from tenancy.numbering import next_numbers


@dataclass(frozen=True)
class ReleasePart:
    """A schedule to release; without `quantity` all that is open and not yet released."""

    schedule_id: int
    quantity: int | None = None


@dataclass(frozen=True)
class Chosen:
    schedule: Schedule
    line: OrderLine
    quantity: int
    site: Location
    terms: ShippingTerms


def release_schedules(
    *,
    order_id: int,
    parts: Sequence[ReleasePart],
    occasion: Occasion,
    version: int | None = None,
    ship_by: date | None = None,
    channel: str = Channel.SCREEN,
    print_packet: bool = True,
) -> list[ShipRequest]:
    """Release open schedules of one order to ship requests, one for each site, ship-to, end buyer and terms.

    The terms of the order lines are frozen into the request: later edits of rules, terms and parties do not reach it.
    The reason of the occasion stands on each request.
    Raises FulfilmentRefused (nothing open, on hold, no site, a required term missing, ship-complete in part),
    StaleVersion, NoSuchOrder. Nothing is written then.
    """
    order = lock_order(order_id, version)
    chosen = choose(order, parts)
    check_holds(order, chosen)
    groups: dict[tuple, list[Chosen]] = defaultdict(list)
    for each in chosen:
        groups[each.site.pk, each.line.ship_to_id, each.line.end_buyer_id, each.line.terms_id].append(each)
    numbers = next_numbers("ship_request", len(groups))
    made = [
        make_request(f"SR-{number}", order, group, occasion, ship_by, channel)
        for number, group in zip(numbers, groups.values(), strict=True)
    ]
    if print_packet:
        for request in made:
            request_packet(request, occasion)
    return made


def choose(order: Order, parts: Sequence[ReleasePart]) -> list[Chosen]:
    if order.order_type == OrderType.BLANKET:
        raise FulfilmentRefused("A blanket order does not ship: its releases do.")
    if not parts:
        raise FulfilmentRefused("Choose at least one schedule.", "schedules")
    wanted = {part.schedule_id: part.quantity for part in parts}
    schedules = Schedule.objects.select_for_update().filter(order_id=order.pk, pk__in=wanted).order_by("pk")
    related = ("product", "ship_to", "ship_from", "end_buyer", "terms")
    lines = {row.pk: row for row in OrderLine.objects.filter(order_id=order.pk).select_related(*related)}
    found = list(schedules)
    if len(found) < len(wanted):
        raise FulfilmentRefused("A schedule is not on this order any more.", "schedules")
    default = only_site() if any(lines[each.line_id].ship_from_id is None for each in found) else None
    return [choose_one(each, lines[each.line_id], wanted[each.pk], default) for each in found]


def choose_one(schedule: Schedule, line: OrderLine, wanted: int | None, default: Location | None) -> Chosen:
    free = schedule.open_qty - schedule.released_qty
    quantity = free if wanted is None else wanted
    where = f"Line {line.line_no}.{schedule.number}"
    if line.status != LineStatus.BOOKED:
        raise FulfilmentRefused(f"{where} is not booked.", "schedules")
    if quantity <= 0 or quantity > free:
        raise FulfilmentRefused(f"{where}: {free:,} are open and not yet released.", "schedules")
    site = line.ship_from or default
    if site is None:
        raise FulfilmentRefused(f"{where} names no site to ship from, and there is not exactly one.", "ship_from")
    if line.ship_to_id is None:
        raise FulfilmentRefused(f"{where} has no ship-to.", "ship_to")
    if line.terms is None:
        raise FulfilmentRefused(f"{where} has no shipping terms.", "terms")
    return Chosen(schedule, line, quantity, site, line.terms)


def check_holds(order: Order, chosen: Sequence[Chosen]) -> None:
    lines = {each.line.pk: each.line for each in chosen}
    holds = Hold.objects.filter(
        order_id=order.pk, line_id__in=lines, scope=HoldScope.SHIPPING, released_at__isnull=True
    )
    found = [f"line {lines[hold.line_id].line_no}: {hold.get_kind_display()}. {hold.message}" for hold in holds]
    if found:
        raise FulfilmentRefused("On hold: " + " ".join(found), "schedules")


def make_request(
    number: str, order: Order, group: Sequence[Chosen], occasion: Occasion, ship_by: date | None, channel: str
) -> ShipRequest:
    terms = group[0].terms
    frozen = freeze_terms(order, group[0].line, terms, occasion.on, group[0].site)
    if frozen["ship_complete"]:
        check_complete(order, group)
    rows = [
        freeze_line(position, each.line, each.quantity, order=order, end_buyer_name=name_of(each.line.end_buyer))
        for position, each in enumerate(group, start=1)
    ]
    site = group[0].site
    request = ShipRequest.objects.create(
        number=number,
        order=order,
        site_party_id=site.party_id,
        site=site,
        channel=channel,
        ship_by_date=ship_by or min(each.schedule.current_commit or each.schedule.request_date for each in group),
        terms=terms,
        frozen=frozen,
        fingerprint=fingerprint(frozen, rows),
        released_by=occasion.by,
        released_at=occasion.at,
        reason=occasion.because.note,
    )
    ShipRequestLine.objects.bulk_create(
        ShipRequestLine(
            ship_request=request,
            position=position,
            order_line=each.line,
            schedule=each.schedule,
            quantity=each.quantity,
            frozen=row,
        )
        for position, (each, row) in enumerate(zip(group, rows, strict=True), start=1)
    )
    for each in group:
        Schedule.objects.filter(pk=each.schedule.pk).update(released_qty=F("released_qty") + each.quantity)
    return request


def freeze_terms(order: Order, line: OrderLine, terms: ShippingTerms, on: date, site: Location) -> dict[str, Any]:
    sell_to = Party.objects.get(pk=order.sell_to_id)
    if line.ship_to is None:
        raise FulfilmentRefused(f"Line {line.line_no} has no ship-to.", "ship_to")
    frozen = freeze(terms, sell_to=sell_to, ship_to=line.ship_to, end_buyer=line.end_buyer, on=on)
    missing = missing_fields(frozen)
    if missing:
        raise FulfilmentRefused(f"The shipping terms {terms.code} lack: {', '.join(missing)}.", "terms")
    return {**frozen.as_json(), "site_code": site.code, "site_name": site.name}


def check_complete(order: Order, group: Sequence[Chosen]) -> None:
    """Ship-complete terms: all that is open of the order for these terms leaves together."""
    chosen = {each.schedule.pk: each.quantity for each in group}
    open_schedules = Schedule.objects.filter(
        order_id=order.pk,
        open_qty__gt=0,
        line__terms_id=group[0].line.terms_id,
        line__ship_to_id=group[0].line.ship_to_id,
    )
    if any(chosen.get(each.pk) != each.open_qty for each in open_schedules):
        raise FulfilmentRefused("These terms ship complete: release everything that is open, or nothing.", "schedules")


def name_of(party: Party | None) -> str:
    return party.name if party else ""
