from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F

from fulfilment.actions.cancel_ship_request import give_back
from fulfilment.actions.release_schedules import freeze_terms
from fulfilment.actions.request_packet import request_packet
from fulfilment.choices import ShipRequestStatus
from fulfilment.errors import FulfilmentRefused
from fulfilment.freezing import fingerprint
from fulfilment.locks import lock_request
from fulfilment.models import ShipRequest, ShipRequestLine
from fulfilment.querysets import lines_of
from orders.actions.context import Occasion
from orders.models import OrderLine, Schedule
from shipping.models import ShippingTerms


def revise_ship_request(
    *,
    ship_request_id: int,
    occasion: Occasion,
    quantities: Mapping[int, int] | None = None,
    ship_by: date | None = None,
    terms_id: int | None = None,
) -> ShipRequest:
    """Change a request by a new revision that supersedes it; the old one stays as the dock has read it.

    `quantities` maps ship request lines to what they ask for now (0 takes a line off). With `terms_id` the terms are
    frozen anew; without it they stay as they were, whatever has been edited since. Raises FulfilmentRefused.
    """
    old = lock_request(ship_request_id)
    if old.status != ShipRequestStatus.RELEASED:
        raise FulfilmentRefused(f"The request is {old.get_status_display().lower()}: it cannot be revised.")
    lines = list(lines_of(old))
    wanted = {line.pk: (quantities or {}).get(line.pk, line.quantity) for line in lines}
    frozen = new_terms(old, lines, terms_id, occasion.on) if terms_id else old.frozen
    changes = tell_changes(old, lines, wanted, ship_by, frozen)
    if not changes:
        raise FulfilmentRefused("Nothing would change.")
    give_back(old)
    old.status = ShipRequestStatus.SUPERSEDED
    old.save(update_fields=["status"])
    new = write_revision(old, lines, wanted, ship_by, frozen, changes, terms_id, occasion)
    request_packet(new, occasion)
    return new


def new_terms(old: ShipRequest, lines: list[ShipRequestLine], terms_id: int, on: date) -> dict[str, Any]:
    terms = ShippingTerms.objects.filter(pk=terms_id, is_active=True).first()
    if terms is None:
        raise FulfilmentRefused("These terms are not known.", "terms")
    line = OrderLine.objects.select_related("ship_to", "end_buyer").get(pk=lines[0].order_line_id)
    return freeze_terms(old.order, line, terms, on, old.site)


def tell_changes(
    old: ShipRequest,
    lines: list[ShipRequestLine],
    wanted: Mapping[int, int],
    ship_by: date | None,
    frozen: dict[str, Any],
) -> list[str]:
    changes = []
    if ship_by and ship_by != old.ship_by_date:
        changes.append(f"ship by {ship_by:%d %b %Y} instead of {old.ship_by_date:%d %b %Y}")
    for line in lines:
        now = wanted[line.pk]
        if now == 0:
            changes.append(f"line {line.position} taken off")
        elif now != line.quantity:
            changes.append(f"line {line.position}: {now:,} instead of {line.quantity:,}")
    fields = sorted(set(old.frozen) | set(frozen))
    return changes + [
        f"{field.replace('_', ' ')} changed" for field in fields if old.frozen.get(field) != frozen.get(field)
    ]


def write_revision(
    old: ShipRequest,
    lines: list[ShipRequestLine],
    wanted: Mapping[int, int],
    ship_by: date | None,
    frozen: dict[str, Any],
    changes: list[str],
    terms_id: int | None,
    occasion: Occasion,
) -> ShipRequest:
    kept = [line for line in lines if wanted[line.pk] > 0]
    if not kept:
        raise FulfilmentRefused("Nothing would be left: cancel the request instead.", "quantities")
    rows = [{**line.frozen, "quantity": wanted[line.pk]} for line in kept]
    new = ShipRequest.objects.create(
        number=old.number,
        revision=old.revision + 1,
        supersedes=old,
        changes=changes,
        order_id=old.order_id,
        site_party_id=old.site_party_id,
        site_id=old.site_id,
        channel=old.channel,
        ship_by_date=ship_by or old.ship_by_date,
        terms_id=terms_id or old.terms_id,
        frozen=frozen,
        fingerprint=fingerprint(frozen, rows),
        released_by=occasion.by,
        released_at=occasion.at,
    )
    for line, row in zip(kept, rows, strict=True):
        carry_over(line, new, wanted[line.pk], row)
    return new


def carry_over(line: ShipRequestLine, new: ShipRequest, quantity: int, frozen: dict[str, Any]) -> None:
    take(line, quantity)
    ShipRequestLine.objects.create(
        ship_request=new,
        position=line.position,
        order_line_id=line.order_line_id,
        schedule_id=line.schedule_id,
        quantity=quantity,
        frozen=frozen,
    )


def take(line: ShipRequestLine, quantity: int) -> None:
    schedule = Schedule.objects.select_for_update().get(pk=line.schedule_id)
    if quantity > schedule.open_qty - schedule.released_qty:
        free = schedule.open_qty - schedule.released_qty
        raise FulfilmentRefused(f"Line {line.position}: only {free:,} are open.", "quantities")
    Schedule.objects.filter(pk=schedule.pk).update(released_qty=F("released_qty") + quantity)
