"""Steps of the walk that several tests take."""

from decimal import Decimal

from fulfilment.actions.confirm_shipment import AnswerLine, DockAnswer
from fulfilment.actions.release_schedules import ReleasePart, release_schedules
from fulfilment.models import ShipRequest
from orders.models import Order
from shipping.choices import Incoterm, Payer
from shipping.models import Carrier, FreightAccount, ShippingRule, ShippingTerms
from tests.factories.orders import book, line_entry, occasion
from tests.factories.parties import make_location, make_party
from tests.fixtures import TODAY


def release(world, order: Order, **values) -> ShipRequest:
    parts = [ReleasePart(each.pk) for each in order.schedules.order_by("pk")]
    (request,) = release_schedules(order_id=order.pk, parts=parts, occasion=occasion(world.by), **values)
    return request


def some_order(world, quantity: int = 100) -> Order:
    return book(world.by, world.sell_to, line_entry(world.product, quantity, ship_to_id=world.ship_to.pk))


def answer(request: ShipRequest, quantity: int, **values) -> DockAnswer:
    line = request.lines.get()
    lines = (AnswerLine(line.pk, quantity),)
    return DockAnswer(ship_request_id=request.pk, ship_date=values.pop("ship_date", TODAY), lines=lines, **values)


def heavy_world(world) -> None:
    """Above 30 kg: another carrier, on the customer's own account, through a re-shipper."""
    carrier = Carrier.objects.create(code="TRANSVIA", name="Transvia Air Freight")
    FreightAccount.objects.create(
        party=world.sell_to, carrier=carrier, number="7N-448-2201", payer_country="US", payer_postcode="78701"
    )
    hall = make_location(
        make_party("KASKADE", "forwarder", name="Kaskade Spedition", country="DE"), "CGN", purpose="hub"
    )
    terms = ShippingTerms.objects.create(
        code="HEAVY", incoterm=Incoterm.FCA, named_place="Penang", freight_payer=Payer.RECEIVER, carrier=carrier,
        service="Economy Air", duty_payer=Payer.RECEIVER, re_shipper=hall,
    )  # fmt: skip
    ShippingRule.objects.create(code="HEAVY", terms=terms, sell_to=world.sell_to, min_weight_kg=Decimal(30))
    world.heavy_terms = terms
