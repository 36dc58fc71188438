"""From release to bill, with the terms frozen on the way."""

import datetime as dt

import pytest

from fulfilment.actions.bill_shipment import bill_shipment
from fulfilment.actions.cancel_ship_request import cancel_ship_request
from fulfilment.actions.clear_exception import clear_exception
from fulfilment.actions.confirm_shipment import AnswerLine, DockAnswer, confirm_shipment
from fulfilment.actions.record_delivery import record_delivery
from fulfilment.actions.release_schedules import ReleasePart, release_schedules
from fulfilment.actions.revise_ship_request import revise_ship_request
from fulfilment.actions.undo_shipment import undo_shipment
from fulfilment.choices import ShipRequestStatus
from fulfilment.errors import FulfilmentRefused
from fulfilment.models import Shipment, ShipmentException
from orders.models import Hold, Order, Schedule
from shipping.models import FreightAccount, ShippingRule, ShippingTerms
from tenancy.scope import tenant_scope
from tests.factories.orders import occasion, told
from tests.factories.parties import make_party
from tests.fixtures import TODAY
from tests.fulfilment.walk import answer, heavy_world, release, some_order


def test_a_release_freezes_terms_and_takes_the_quantity(world):
    order = some_order(world)
    request = release(world, order)
    assert request.number.startswith("SR-")
    assert (request.revision, request.status) == (1, ShipRequestStatus.RELEASED)
    frozen = request.frozen
    assert (frozen["incoterm"], frozen["carrier_code"], frozen["account_number"]) == ("DAP", "DHL", "9602")
    assert frozen["receiver_name"] == "Northgate Components"
    assert request.lines.get().frozen["sku"] == "AUR-1"
    assert "price" not in str(request.lines.get().frozen)
    assert order.schedules.get().released_qty == 100
    with pytest.raises(FulfilmentRefused, match="0 are open"):
        release(world, order)


def test_above_30_kg_goes_by_the_customers_account_and_stays_frozen(world):
    heavy_world(world)
    light = release(world, some_order(world, 2_000))  # 10 g each: 20 kg
    heavy = release(world, some_order(world, 4_000))  # 40 kg
    assert light.frozen["carrier_code"] == "DHL"
    assert heavy.frozen["carrier_code"] == "TRANSVIA"
    assert heavy.frozen["account_number"] == "7N-448-2201"
    assert heavy.frozen["account_owner"] == heavy.frozen["freight_payer_name"] == "Northgate Components"
    assert (heavy.frozen["payer_country"], heavy.frozen["payer_postcode"]) == ("US", "78701")
    assert heavy.frozen["re_shipper_name"] == "Kaskade Spedition"
    before, mark = dict(heavy.frozen), heavy.fingerprint
    ShippingTerms.objects.filter(pk=world.heavy_terms.pk).update(service="Priority", named_place="Elsewhere")
    FreightAccount.objects.filter(number="7N-448-2201").update(number="CHANGED")
    ShippingRule.objects.filter(code="HEAVY").update(is_active=False)
    heavy.refresh_from_db()
    assert (heavy.frozen, heavy.fingerprint) == (before, mark)


def test_a_shipping_hold_blocks_the_release(world):
    order = some_order(world)
    Hold.objects.create(
        order=order,
        line=order.lines.get(),
        kind="credit",
        scope="shipping",
        message="Over the limit",
        placed_at=order.entered_at,
    )
    with pytest.raises(FulfilmentRefused, match="Over the limit"):
        release(world, order)


def test_terms_that_lack_something_name_it(world):
    order = some_order(world)
    ShippingTerms.objects.filter(code="PREPAID").update(carrier=None)
    with pytest.raises(FulfilmentRefused, match="carrier"):
        release(world, order)


def test_ship_complete_refuses_a_part(world):
    ShippingTerms.objects.filter(code="PREPAID").update(ship_complete=True, partials_allowed=False)
    order = some_order(world)
    part = ReleasePart(order.schedules.get().pk, 60)
    with pytest.raises(FulfilmentRefused, match="ship complete"):
        release_schedules(order_id=order.pk, parts=[part], occasion=occasion(world.by))


def test_confirm_ships_and_differences_become_exceptions(world):
    order = some_order(world)
    request = release(world, order)
    said = answer(request, 90, account_number="1111", carrier_code="dhl", incoterm="FCA")
    shipment = confirm_shipment(answer=said, occasion=occasion(world.by))
    found = set(ShipmentException.objects.values_list("field", "requested", "answered"))
    assert found == {("account", "9602", "1111"), ("incoterm", "DAP", "FCA"), ("quantity", "100", "90")}
    assert told(order)[-1] == ("shipped", -90, -10800)
    schedule = order.schedules.get()
    assert (schedule.open_qty, schedule.released_qty, schedule.shipped_qty) == (10, 0, 90)
    assert shipment.lines.get().value == 10800
    exception = ShipmentException.objects.get(field="account")
    with pytest.raises(FulfilmentRefused, match="how the mismatch"):
        clear_exception(exception_id=exception.pk, occasion=occasion(world.by))
    clear_exception(exception_id=exception.pk, occasion=occasion(world.by, note="Carrier re-billed"))
    with pytest.raises(FulfilmentRefused, match="already"):
        clear_exception(exception_id=exception.pk, occasion=occasion(world.by, note="again"))


def test_an_over_shipment_books_the_excess_first(world):
    order = some_order(world)
    confirm_shipment(answer=answer(release(world, order), 110), occasion=occasion(world.by))
    assert told(order)[1:] == [("qty_increased", 10, 1200), ("shipped", -110, -13200)]


def test_the_same_answer_twice_is_one_shipment(world):
    request = release(world, some_order(world))
    said = answer(request, 100, source_key="form:1")
    first = confirm_shipment(answer=said, occasion=occasion(world.by))
    again = confirm_shipment(answer=said, occasion=occasion(world.by))
    assert first.pk == again.pk
    assert Shipment.objects.count() == 1


def test_a_dock_answers_its_own_site_and_no_other(world, inside):
    request = release(world, some_order(world))
    stranger = make_party("OTHERDOCK").pk
    said = DockAnswer(request.pk, TODAY, (AnswerLine(1, 1),))
    with tenant_scope(inside.pk, party_id=stranger), pytest.raises(FulfilmentRefused, match="no such ship request"):
        confirm_shipment(answer=said, occasion=occasion(None))
    with tenant_scope(inside.pk, party_id=request.site_party_id):
        assert Order.objects.count() == 0
        confirm_shipment(answer=answer(request, 100), occasion=occasion(None))
        assert Shipment.objects.count() == 1
    assert Schedule.objects.get().shipped_qty == 100


def test_an_undone_shipment_brings_back_the_very_cents(world):
    order = some_order(world, 7)
    before = order.open_value
    shipment = confirm_shipment(answer=answer(release(world, order), 7), occasion=occasion(world.by))
    undo_shipment(shipment_id=shipment.pk, occasion=occasion(world.by, note="Never left"))
    order.refresh_from_db()
    schedule = order.schedules.get()
    assert (order.open_value, schedule.open_qty, schedule.released_qty) == (before, 7, 0)
    assert release(world, order).status == ShipRequestStatus.RELEASED


def test_title_decides_the_billing_day(world):
    shipment = confirm_shipment(answer=answer(release(world, some_order(world)), 100), occasion=occasion(world.by))
    with pytest.raises(FulfilmentRefused, match="delivered"):
        bill_shipment(shipment_id=shipment.pk, occasion=occasion(world.by))
    later = TODAY + dt.timedelta(days=3)
    with pytest.raises(FulfilmentRefused, match="future"):
        record_delivery(shipment_id=shipment.pk, delivered=later, occasion=occasion(world.by))
    record_delivery(shipment_id=shipment.pk, delivered=later, occasion=occasion(world.by, on=later))
    invoice = bill_shipment(shipment_id=shipment.pk, occasion=occasion(world.by, on=later))
    assert (invoice.invoice_date, invoice.total) == (later, 12000)
    with pytest.raises(FulfilmentRefused, match="billed on"):
        bill_shipment(shipment_id=shipment.pk, occasion=occasion(world.by))
    with pytest.raises(FulfilmentRefused, match="credit the invoice"):
        undo_shipment(shipment_id=shipment.pk, occasion=occasion(world.by, note="x"))


def test_a_free_carrier_shipment_bills_on_the_ship_date(world):
    ShippingTerms.objects.filter(code="PREPAID").update(incoterm="FCA", freight_payer="receiver")
    request = release(world, some_order(world))
    shipment = confirm_shipment(answer=answer(request, 100), occasion=occasion(world.by))
    assert bill_shipment(shipment_id=shipment.pk, occasion=occasion(world.by)).invoice_date == TODAY


def test_a_revision_supersedes_and_leaves_the_old_as_it_was(world):
    order = some_order(world)
    first = release(world, order)
    before = (dict(first.frozen), first.fingerprint, first.lines.get().quantity)
    second = revise_ship_request(
        ship_request_id=first.pk, quantities={first.lines.get().pk: 60}, ship_by=TODAY, occasion=occasion(world.by)
    )
    first.refresh_from_db()
    assert (second.number, second.revision, second.supersedes_id) == (first.number, 2, first.pk)
    assert first.status == ShipRequestStatus.SUPERSEDED
    assert (first.frozen, first.fingerprint, first.lines.get().quantity) == before
    assert second.changes == [f"ship by {TODAY:%d %b %Y} instead of 14 Jan 2027", "line 1: 60 instead of 100"]
    assert order.schedules.get().released_qty == 60
    with pytest.raises(FulfilmentRefused, match="newer revision"):
        confirm_shipment(answer=answer(first, 100), occasion=occasion(world.by))


def test_a_cancelled_request_gives_its_quantity_back(world):
    order = some_order(world)
    request = release(world, order)
    cancel_ship_request(ship_request_id=request.pk, occasion=occasion(world.by, note="Customer asked"))
    assert order.schedules.get().released_qty == 0
    with pytest.raises(FulfilmentRefused, match="cancelled"):
        confirm_shipment(answer=answer(request, 100), occasion=occasion(world.by))
