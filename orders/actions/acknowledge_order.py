import hashlib
import json
from dataclasses import asdict
from typing import Any

from orders.actions.context import Occasion
from orders.choices import LineStatus
from orders.documents.acknowledgement import content_of
from orders.documents.changes import changes_between
from orders.documents.stored import stored
from orders.engine.state import VerbRefused
from orders.locks import lock_order
from orders.models import Acknowledgement, Order, OrderLine
from tenancy.models import Tenant
from tenancy.scope import current_tenant_id
from ui.documents.order_acknowledgement import OrderAcknowledgement
from ui.documents.thaw import thaw


class NothingBooked(VerbRefused):
    """No line of the order is booked: there is nothing to acknowledge."""


def acknowledge_order(*, order_id: int, occasion: Occasion) -> Acknowledgement:
    """The acknowledgement of the order as it is now: a new revision when something that is printed has changed.

    Raises NothingBooked, NoSuchOrder.
    """
    order = lock_order(order_id)
    check_booked(order)
    content = as_json(content_of(order, Tenant.objects.get(pk=current_tenant_id()), occasion.on))
    digest = fingerprint(content)
    last = Acknowledgement.objects.filter(order=order).order_by("-revision").first()
    if last and (last.fingerprint, last.sell_to_id) == (digest, order.sell_to_id):
        last.order_version = order.version
        last.save(update_fields=["order_version"])
        return last
    return Acknowledgement.objects.create(
        order=order,
        sell_to_id=order.sell_to_id,
        revision=last.revision + 1 if last else 1,
        content=content,
        fingerprint=digest,
        changes=list(changes_between(stored(last), thaw(OrderAcknowledgement, content))) if last else [],
        order_version=order.version,
        made_by=occasion.by,
        made_at=occasion.at,
    )


def check_booked(order: Order) -> None:
    booked = (LineStatus.BOOKED, LineStatus.SHIPPED)
    if not OrderLine.objects.filter(order=order, status__in=booked).exists():
        raise NothingBooked(f"{order.number}: no line is booked, there is nothing to acknowledge.")


def as_json(content: OrderAcknowledgement) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(asdict(content)))
    return found


def fingerprint(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
