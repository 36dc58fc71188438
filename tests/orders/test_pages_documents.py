"""Papers on the order's page: listed with their state, seen by whom they are for, printed once."""

import pytest

from jobs.models import JobRequest
from orders.actions.acknowledge_order import acknowledge_order
from orders.actions.change_quantity import change_quantity
from orders.actions.enter_order import enter_order
from orders.actions.issue_invoice import InvoicePart, issue_invoice
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.actions.transfer_order import transfer_order
from orders.handlers import acknowledge, print_invoice
from orders.models import Acknowledgement, Invoice
from tenancy.choices import Role
from tenancy.scope import as_house, tenant_scope
from tests.factories.orders import book, line_entry, occasion, order_entry
from tests.factories.parties import make_sell_to
from tests.factories.tenancy import make_member, make_tenant
from tests.fixtures import NOW
from tests.orders.pages import PATH, body
from tests.orders.test_documents import job

pytestmark = pytest.mark.usefixtures("noon", "own_files")


@pytest.fixture
def partner(world):
    return make_member(Role.PARTNER, party_id=world.sell_to.pk)


@pytest.fixture
def order(world):
    line = line_entry(world.product, 1000, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    return book(world.by, world.sell_to, line, customer_po="PO 77")


@pytest.fixture
def invoice(world, order):
    schedule = order.schedules.get()
    [gone] = ship_schedules(order_id=order.pk, parts=[ShipPart(schedule.pk, 400)], occasion=occasion(world.by))
    parts = [InvoicePart(schedule.pk, 400, gone.value)]
    return issue_invoice(order_id=order.pk, parts=parts, occasion=occasion(world.by))


def address(order, *parts):
    return f"{PATH}{order.pk}/" + "".join(f"{part}/" for part in parts)


def fetched(client, path):
    """The answer at the end of all redirects, read to its end: its status, or the first letters of a file."""
    response = client.get(path, follow=True)
    if not response.streaming:
        return response.status_code
    return b"".join(response.streaming_content)[:4].decode()


def test_an_order_without_papers_says_so(desk_client, order):
    text = body(desk_client.get(address(order)))
    assert "Not acknowledged yet. Acknowledge…" in text
    assert "Nothing is billed yet." in text


def test_an_acknowledgement_is_asked_for_printed_and_listed(desk_client, order):
    response = desk_client.post(address(order, "acknowledge"))
    asked = JobRequest.objects.get(kind="order_acknowledgement")
    assert response["Location"] == f"/aurora/jobs/{asked.pk}/"
    assert "The acknowledgement is being printed." in body(desk_client.get(address(order)))
    acknowledge(job(**asked.payload))
    JobRequest.objects.update(state="done")
    page = desk_client.get(address(order)).content.decode()
    assert address(order, "acknowledgements", 1, "pdf") in page
    assert f'src="{address(order, "acknowledgements", 1)}"' in page
    assert "was changed since" not in page
    assert fetched(desk_client, address(order, "acknowledgements", 1, "pdf")) == "%PDF"


def test_a_changed_order_offers_a_revision_and_keeps_the_earlier(desk_client, world, order):
    acknowledge(job(order_id=order.pk))
    change_quantity(order_id=order.pk, schedule_id=order.schedules.get().pk, quantity=1500, occasion=occasion(world.by))
    assert "the order was changed since" in body(desk_client.get(address(order)))
    acknowledge(job(order_id=order.pk))
    text = body(desk_client.get(address(order)))
    assert "revision 2" in text
    assert "1 earlier" in text
    first = body(desk_client.get(address(order, "acknowledgements", 1)))
    assert "1,200.00" in first
    assert "1,800.00" in body(desk_client.get(address(order, "acknowledgements", 2)))


def test_asking_twice_for_the_same_order_is_one_job(desk_client, order):
    first, second = (desk_client.post(address(order, "acknowledge")) for _ in range(2))
    assert first["Location"] == second["Location"]


def test_booking_by_hand_asks_for_the_acknowledgement(desk_client, world):
    line = line_entry(world.product, 10, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    entered = enter_order(entry=order_entry(world.sell_to, line), by=world.by, at=NOW)
    refused = desk_client.post(address(entered, "acknowledge"))
    assert refused.status_code == 422
    assert "there is nothing to acknowledge" in body(refused)
    assert "Nothing is booked yet that could be acknowledged." in body(desk_client.get(address(entered)))
    desk_client.post(address(entered, "book"), {"version": entered.version})
    assert JobRequest.objects.get().payload == {"order_id": entered.pk}


def test_an_invoice_is_printed_when_somebody_wants_it(desk_client, order, invoice):
    wanted = address(order, "invoices", invoice.pk, "pdf")
    assert wanted in desk_client.get(address(order)).content.decode()
    response = desk_client.get(wanted)
    asked = JobRequest.objects.get(kind="invoice_document")
    assert response["Location"] == f"/aurora/jobs/{asked.pk}/"
    print_invoice(job(**asked.payload))
    assert fetched(desk_client, wanted) == "%PDF"
    assert JobRequest.objects.count() == 1


def test_previews_stand_in_frames_of_our_own_pages_only(desk_client, order, invoice):
    acknowledge_order(order_id=order.pk, occasion=occasion(None))
    for path in (address(order, "acknowledgements", 1), address(order, "invoices", invoice.pk)):
        response = desk_client.get(path)
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        policy = response["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in policy
        assert "object-src 'none'" in policy
        assert "style=" not in response.content.decode()
    assert desk_client.get(address(order))["X-Frame-Options"] == "DENY"


def test_a_preview_that_does_not_foot_says_so(desk_client, order, invoice):
    Invoice.objects.update(total=1)
    response = desk_client.get(address(order, "invoices", invoice.pk))
    assert response.status_code == 409
    assert "lines 48000, ledger 48000" in response.content.decode()


def test_a_partner_gets_its_own_papers(client, world, order, invoice, partner):
    acknowledge(job(order_id=order.pk))
    client.force_login(partner.user)
    text = body(client.get(address(order)))
    assert "Acknowledgement revision 1" in text
    assert invoice.number in text
    assert "Credit…" not in text
    assert "Order total, USD" in body(client.get(address(order, "acknowledgements", 1)))
    assert "Invoice total, USD" in body(client.get(address(order, "invoices", invoice.pk)))
    assert fetched(client, address(order, "acknowledgements", 1, "pdf")) == "%PDF"
    asked = client.get(address(order, "invoices", invoice.pk, "pdf"))
    found = JobRequest.objects.get(kind="invoice_document")
    assert (asked["Location"], found.party_id) == (f"/aurora/jobs/{found.pk}/", world.sell_to.pk)
    with tenant_scope(world.by.tenant_id, party_id=world.sell_to.pk, member_id=partner.pk):
        print_invoice(job(**found.payload))
    assert fetched(client, address(order, "invoices", invoice.pk, "pdf")) == "%PDF"
    assert client.get(address(order, "acknowledge")).status_code == 403


def every_paper(order, invoice):
    return [
        *(address(order, "acknowledgements", 1, *end) for end in ([], ["pdf"])),
        *(address(order, "invoices", invoice.pk, *end) for end in ([], ["pdf"])),
    ]


def test_another_partner_and_another_tenant_find_nothing(client, world, order, invoice):
    acknowledge(job(order_id=order.pk))
    print_invoice(job(invoice_id=invoice.pk))
    files = [Acknowledgement.objects.get().file_id, Invoice.objects.get().file_id]
    other = make_member(Role.PARTNER, party_id=make_sell_to().pk)
    rival = make_tenant("rival")
    with as_house(), tenant_scope(rival.pk):
        stranger = make_member(Role.ADMIN)
    for member, slug in ((other, "aurora"), (stranger, "aurora"), (stranger, "rival")):
        client.force_login(member.user)
        for path in [*every_paper(order, invoice), *(f"/aurora/downloads/{file}/" for file in files)]:
            response = client.get(path.replace("/aurora/", f"/{slug}/"))
            assert response.status_code == 404, (path, slug)


def test_papers_stay_with_the_sell_to_they_were_made_for(client, world, order, invoice, partner):
    acknowledge(job(order_id=order.pk))
    heir = make_sell_to("HEIR")
    transfer_order(order_id=order.pk, sell_to_id=heir.pk, occasion=occasion(world.by))
    acknowledge(job(order_id=order.pk))
    client.force_login(make_member(Role.PARTNER, party_id=heir.pk).user)
    assert client.get(address(order, "acknowledgements", 1)).status_code == 404
    assert "HEIR Company" in body(client.get(address(order, "acknowledgements", 2)))
    assert client.get(address(order, "invoices", invoice.pk)).status_code == 404
    client.force_login(partner.user)
    assert client.get(address(order, "acknowledgements", 1)).status_code == 200
    assert client.get(address(order, "acknowledgements", 2)).status_code == 404


@pytest.mark.parametrize(
    ("role", "found"),
    [(Role.FINANCE, [200, "%PDF"] * 2), (Role.MANAGER, [200, "%PDF"] * 2), (Role.DOCK, [403] * 4)],
)
def test_who_reads_orders_reads_their_papers(client, world, order, invoice, role, found):
    acknowledge(job(order_id=order.pk))
    print_invoice(job(invoice_id=invoice.pk))
    party = {"party_id": world.dock.pk} if role == Role.DOCK else {}
    client.force_login(make_member(role, **party).user)
    assert [fetched(client, path) for path in every_paper(order, invoice)] == found
