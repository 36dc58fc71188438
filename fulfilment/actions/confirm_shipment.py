from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fulfilment.choices import LIVE, ShipRequestStatus
from fulfilment.comparison import Mismatch, compare_quantities, compare_terms
from fulfilment.errors import FulfilmentRefused
from fulfilment.locks import lock_request
from fulfilment.models import Shipment, ShipmentException, ShipmentLine, ShipRequest, ShipRequestLine
from fulfilment.querysets import lines_of
from fulfilment.sites import leave_from
from orders.actions.context import Occasion
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.models import Schedule
from tenancy.numbering import next_number
from tenancy.scope import as_house


@dataclass(frozen=True)
class AnswerLine:
    ship_request_line_id: int
    quantity: int
    lot: str = ""


@dataclass(frozen=True)
class DockAnswer:
    """What a site says really left. `is_final`: nothing more of this request will come.

    `source_key` names the message (form key, file and row): the same answer sent twice is one shipment.
    """

    ship_request_id: int
    ship_date: date
    lines: tuple[AnswerLine, ...]
    carrier_code: str = ""
    service: str = ""
    account_number: str = ""
    incoterm: str = ""
    tracking: str = ""
    is_final: bool = True
    source_key: str | None = None


def confirm_shipment(*, answer: DockAnswer, occasion: Occasion) -> Shipment:
    """Take the dock's answer: a shipment, its mismatches as exceptions, the goods out of backlog.

    The caller has checked that the member may answer; an outsider reaches only its own site's requests. The rest is
    done as the house. Raises FulfilmentRefused; StaleVersion never (the newest revision is what counts).
    """
    request = ShipRequest.objects.filter(pk=answer.ship_request_id).first()
    if request is None:
        raise FulfilmentRefused("There is no such ship request.", "ship_request")
    with as_house():
        repeated = same_answer(answer)
        return repeated or post(lock_request(request.pk), answer, occasion)


def same_answer(answer: DockAnswer) -> Shipment | None:
    if answer.source_key is None:
        return None
    return Shipment.objects.filter(source_key=answer.source_key).first()


def post(request: ShipRequest, answer: DockAnswer, occasion: Occasion) -> Shipment:
    repeated = same_answer(answer)
    if repeated:
        return repeated
    check(request, answer, occasion)
    lines = {line.pk: line for line in lines_of(request)}
    said = [each for each in answer.lines if each.quantity]
    if any(each.ship_request_line_id not in lines for each in said) or not said:
        raise FulfilmentRefused("Say how many of which line have left.", "lines")
    mismatches = [
        *compare_terms(request.frozen, terms_of(answer)),
        *compare_quantities(
            {line.pk: line.quantity - line.shipped_qty for line in lines.values()},
            {each.ship_request_line_id: each.quantity for each in said},
            is_final=answer.is_final,
        ),
    ]
    shipment = write_shipment(request, answer, occasion)
    move_goods(shipment, request, said, lines, occasion, answer.ship_date)
    raise_exceptions(shipment, mismatches, occasion)
    close(request, lines.values(), is_final=answer.is_final)
    return shipment


def check(request: ShipRequest, answer: DockAnswer, occasion: Occasion) -> None:
    if request.status == ShipRequestStatus.SUPERSEDED:
        raise FulfilmentRefused(f"{request} was replaced by a newer revision: answer that one.", "ship_request")
    if request.status not in LIVE:
        raise FulfilmentRefused(f"The request is {request.get_status_display().lower()}.", "ship_request")
    if answer.ship_date > occasion.on:
        raise FulfilmentRefused("The ship date is in the future.", "ship_date")
    if answer.ship_date < request.order.order_date:
        raise FulfilmentRefused("The ship date is before the order.", "ship_date")
    if any(each.quantity < 0 for each in answer.lines):
        raise FulfilmentRefused("A quantity cannot be negative.", "lines")


def terms_of(answer: DockAnswer) -> dict[str, str]:
    return {name: getattr(answer, name) for name in ("carrier_code", "service", "account_number", "incoterm")}


def write_shipment(request: ShipRequest, answer: DockAnswer, occasion: Occasion) -> Shipment:
    told = {name: value or str(request.frozen.get(name) or "") for name, value in terms_of(answer).items()}
    return Shipment.objects.create(
        number=f"SH-{next_number('shipment')}",
        order_id=request.order_id,
        ship_request=request,
        site_party_id=request.site_party_id,
        ship_date=answer.ship_date,
        tracking=answer.tracking,
        source_key=answer.source_key,
        confirmed_by=occasion.by,
        confirmed_at=occasion.at,
        **told,
    )


def move_goods(
    shipment: Shipment,
    request: ShipRequest,
    said: Sequence[AnswerLine],
    lines: dict[int, ShipRequestLine],
    occasion: Occasion,
    on: date,
) -> None:
    parts = [
        ShipPart(
            lines[each.ship_request_line_id].schedule_id,
            each.quantity,
            f"shipment:{shipment.pk}:{each.ship_request_line_id}",
        )
        for each in said
    ]
    gone = ship_schedules(
        order_id=request.order_id, parts=parts, occasion=Occasion(occasion.by, occasion.at, on, occasion.because)
    )
    rows = []
    for each, part in zip(said, gone, strict=True):
        line = lines[each.ship_request_line_id]
        line.shipped_qty += each.quantity
        rows.append(
            ShipmentLine(
                shipment=shipment,
                ship_request_line=line,
                order_line_id=line.order_line_id,
                schedule_id=line.schedule_id,
                quantity=each.quantity,
                value=part.value,
                reporting=part.reporting,
                lot=each.lot,
            )
        )
    ShipmentLine.objects.bulk_create(rows)
    leave_from(request.site_id, {row.order_line_id for row in rows})
    ShipRequestLine.objects.bulk_update(lines.values(), ["shipped_qty"])


def raise_exceptions(shipment: Shipment, mismatches: Iterable[Mismatch], occasion: Occasion) -> None:
    ShipmentException.objects.bulk_create(
        ShipmentException(
            shipment=shipment,
            ship_request_line_id=each.line_id,
            field=each.field,
            requested=each.requested,
            answered=each.answered,
            raised_at=occasion.at,
        )
        for each in mismatches
    )


def close(request: ShipRequest, lines: Iterable[ShipRequestLine], *, is_final: bool) -> None:
    """The request is done when all has left, or when the site says that nothing more will come."""
    left = {line.schedule_id: line.quantity - line.shipped_qty for line in lines if line.shipped_qty < line.quantity}
    request.status = ShipRequestStatus.SHIPPED if is_final or not left else ShipRequestStatus.PART_SHIPPED
    request.save(update_fields=["status"])
    if is_final:
        for schedule in Schedule.objects.filter(pk__in=left):
            schedule.released_qty = max(0, schedule.released_qty - left[schedule.pk])
            schedule.save(update_fields=["released_qty"])
