"""Releasing, confirming and billing keep the reason that was given."""

import time_machine

from fulfilment.models import Shipment, ShipRequest
from orders.models import OrderLedger
from tests.fixtures import NOW
from tests.fulfilment.walk import answer, release, some_order
from tests.orders.pages import PATH, body


def test_release_confirm_and_bill_keep_their_reason(client, world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(world.by.user)
    with time_machine.travel(NOW):
        order = some_order(world)
        schedule = order.schedules.get()
        released = client.post(
            f"{PATH}{order.pk}/release/",
            {f"schedule_{schedule.pk}": schedule.open_qty, "channel": "screen", "reason": "customer called"},
        )
        assert released.status_code == 302, body(released)
        request = ShipRequest.objects.get()
        assert request.reason == "customer called"
        line = request.lines.get()
        client.post(
            f"/aurora/ship-requests/{request.pk}/confirm/",
            {f"line_{line.pk}": line.quantity, "ship_date": "2026-11-23", "is_final": "on", "reason": "by phone"},
        )
        shipment = Shipment.objects.get()
        Shipment.objects.update(incoterm="FCA", delivered_date="2026-11-23")
        client.post(f"/aurora/shipments/{shipment.pk}/bill/", {"reason": "asked for today"})
        notes = dict(OrderLedger.objects.filter(order=order).values_list("verb", "note"))
        story = body(client.get(f"{PATH}{order.pk}/"))
    assert (notes["shipped"], notes["invoiced"]) == ("by phone", "asked for today")
    for said in ("customer called", "by phone", "asked for today"):
        assert said in story


def test_none_of_them_needs_a_reason(world):
    order = some_order(world)
    assert release(world, order).reason == ""
    assert answer(ShipRequest.objects.get(), 1).lines
