"""Credits by their page: part of an invoice, never more than is left of it, by who may."""

import uuid

import pytest

from orders.actions.issue_invoice import InvoicePart, issue_invoice
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.choices import Verb
from orders.models import Invoice, OrderLedger
from tenancy.choices import Role
from tests.factories.orders import book, line_entry, occasion
from tests.factories.tenancy import make_member
from tests.orders.pages import PATH, body

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def order(world):
    """One booked line of 1,000 at 1.20."""
    line = line_entry(world.product, 1000, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    return book(world.by, world.sell_to, line, customer_po="PO 77")


@pytest.fixture
def invoice(world, order):
    """400 shipped and billed at 480.00."""
    schedule = order.schedules.get()
    [shipped] = ship_schedules(order_id=order.pk, parts=[ShipPart(schedule.pk, 400, "k")], occasion=occasion(world.by))
    parts = [InvoicePart(schedule.pk, 400, shipped.value)]
    return issue_invoice(order_id=order.pk, parts=parts, occasion=occasion(world.by))


def credit(invoice):
    return f"{PATH}{invoice.order_id}/invoices/{invoice.pk}/credit/"


def test_credit_part_of_an_invoice(desk_client, world, order, invoice):
    schedule = order.schedules.get()
    page = body(desk_client.get(credit(invoice)))
    assert "Schedule 1.1: quantity 400 left" in page
    assert "Schedule 1.1: value USD 480.00 left" in page
    click = str(uuid.uuid4())
    sent = {"credit_kind": "price", "reason": "late", f"value_{schedule.pk}": "480.00", "click": click}
    response = desk_client.post(credit(invoice), sent)
    memo = Invoice.objects.get(kind="credit_memo")
    assert (memo.total, memo.reason, memo.corrects) == (-48_000, "late", invoice)
    assert OrderLedger.objects.filter(order=order).latest("id").verb == Verb.CREDITED
    assert f"Credit memo {memo.number} issued." in body(desk_client.get(response["Location"]))
    assert desk_client.post(credit(invoice), sent).status_code == 302
    assert Invoice.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Say what is credited: at least one value."),
        ({"value": "480.01"}, "More than what is left of the invoice cannot be credited."),
        ({"value": "1.005"}, "Ensure that there are no more than 2 decimal places."),
        ({"quantity": "401", "value": "1"}, "More than what is left of the invoice cannot be credited."),
        ({"quantity": "1"}, "A quantity is credited with its value."),
        ({"value": "1e70"}, "Ensure this value is less than or equal to 1000000000000000."),
        ({"value": "-1"}, "Ensure this value is greater than or equal to 0."),
        ({"value": "1", "reason": ""}, "This field is required."),
    ],
)
def test_a_credit_that_does_not_fit_its_invoice_is_refused(desk_client, order, invoice, typed, message):
    schedule = order.schedules.get().pk
    named = {f"{name}_{schedule}" if name in ("value", "quantity") else name: value for name, value in typed.items()}
    response = desk_client.post(credit(invoice), {"credit_kind": "price", "reason": "late", **named})
    assert response.status_code == 422
    assert message in body(response)
    assert Invoice.objects.count() == 1


@pytest.mark.parametrize("role", [Role.SALES_OPS, Role.MANAGER])
def test_credits_are_for_those_who_issue_invoices(client, world, invoice, role):
    client.force_login(make_member(role).user)
    assert client.get(credit(invoice)).status_code == 403
