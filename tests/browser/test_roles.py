"""One journey for each role but the order desk, whose own stand in test_entry_journey.py and test_order_detail.py."""

import re
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from fulfilment.actions.confirm_shipment import confirm_shipment
from fulfilment.actions.record_delivery import record_delivery
from fulfilment.models import Shipment
from orders.actions.add_note import add_note
from orders.actions.enter_and_book import enter_and_book
from orders.models import Invoice
from parties.choices import PartyRole
from parties.models import Party
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.browser.entry import sign_in
from tests.browser.roles import enter, is_missing, silent_console
from tests.factories.orders import book, line_entry, occasion, order_entry
from tests.factories.parties import make_location, make_party, make_sell_to
from tests.factories.pricing import make_price_list
from tests.factories.tenancy import make_member
from tests.fixtures import TODAY
from tests.fulfilment.walk import answer, release, some_order
from tests.world import make_world


@pytest.fixture
def page(browser_page):
    with silent_console(browser_page):
        yield browser_page
        # the server must be quiet before the database is emptied
        browser_page.wait_for_load_state("networkidle")


@pytest.fixture
def world(aurora):
    """AUR-1 for Northgate: book 1.20, end buyer A 0.95, B 0.98 by ship and debit. Committed, as the server sees it."""
    with tenant_scope(aurora.pk):
        return make_world(make_member(Role.ADMIN, sees_cost=True))


def member(tenant, role, party=None):
    with tenant_scope(tenant.pk):
        return make_member(role, party_id=party.pk if party else None)


def fact(page, label):
    """The value beside a label in a list of facts."""
    return page.locator("dl div").filter(has=page.locator("dt", has_text=re.compile(f"^{label}$"))).locator("dd").first


def open_order(page, order):
    """By its link, until the page's scripts run: before that a verb opens as a page of its own."""
    page.get_by_role("link", name=order.number).click()
    page.wait_for_url(re.compile(f"/orders/{order.pk}/$"))


@pytest.fixture
def held(aurora, world):
    """1,000 for A at 0.95, then 1,000 for C at 1.20, both due soon: the second passes the credit limit of 1,000.00."""
    at = timezone.now()
    today = aurora.today(at)
    with tenant_scope(aurora.pk):
        Party.objects.filter(pk=world.sell_to.pk).update(credit_limit=Decimal(1000))
        for buyer in (world.a, world.c):
            line = line_entry(
                world.product, 1000, end_buyer_id=buyer.pk, ship_to_id=world.ship_to.pk, request_date=today
            )
            entry = order_entry(world.sell_to, line, order_date=today)
            order = enter_and_book(entry=entry, occasion=occasion(world.by, on=today, at=at)).order
    return order


def test_a_manager_checks_a_figure_against_its_rows_and_lets_an_order_go_on(page, aurora, held):
    enter(page, member(aurora, Role.MANAGER).user)
    page.get_by_role("link", name="Bookings", exact=False).first.click()
    expect(page.get_by_role("heading", name="Bookings, billings, backlog")).to_be_visible()
    # 1,000 × 0.95 + 1,000 × 1.20
    tile = page.locator(".tile").filter(has=page.locator("dt", has_text=re.compile("^Net bookings$")))
    tile.get_by_role("link", name="2,150.00").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Order ledger rows")).to_be_visible()
    expect(page.locator("#list tbody tr")).to_have_count(2)
    expect(fact(page, "Sum, USD")).to_contain_text("2,150.00")
    for value in ("950.00", "1,200.00"):
        expect(page.get_by_role("cell", name=value, exact=True).first).to_be_visible()

    open_order(page, held)
    holds = page.get_by_role("region", name="Holds")
    expect(holds).to_contain_text("Credit, line 1.")
    expect(holds).to_contain_text("2,150.00 is over the limit of USD\u00a01,000.00")
    holds.get_by_role("link", name="Release…").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Why may it go on?")).to_be_focused()
    page.keyboard.type("Paid by wire")
    page.keyboard.press("Enter")
    expect(holds).to_contain_text("Nothing is on hold.")
    holds.get_by_text("1 released").click()
    expect(holds).to_contain_text("Paid by wire")


@pytest.fixture
def delivered(aurora, world):
    """Order and shipment of 100 at 1.20, delivered: under DAP title has passed."""
    with tenant_scope(aurora.pk):
        order = some_order(world)
        shipment = confirm_shipment(answer=answer(release(world, order), 100), occasion=occasion(world.by))
        record_delivery(shipment_id=shipment.pk, delivered=TODAY, occasion=occasion(world.by))
    return order, shipment


def test_finance_bills_a_shipment_and_credits_part_of_the_invoice(page, aurora, delivered):
    order, shipment = delivered
    enter(page, member(aurora, Role.FINANCE).user)
    page.goto(f"/aurora/shipments/{shipment.pk}/")
    expect(page.get_by_role("row", name="Left the backlog")).to_contain_text("120.00")
    page.get_by_role("link", name="Bill", exact=True).click()
    page.get_by_role("button", name="Issue the invoice").click()
    expect(page.locator("#flashes")).to_contain_text("Invoice ")
    with tenant_scope(aurora.pk):
        invoice = Invoice.objects.get()
    expect(fact(page, "Invoice")).to_contain_text(invoice.number)

    open_order(page, order)
    papers = page.get_by_role("region", name="Documents")
    expect(papers.locator(f"#invoice-{invoice.pk}")).to_contain_text("120.00")
    papers.get_by_role("link", name="Credit…").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Kind")).to_be_focused()
    page.get_by_label("Kind").select_option(label="Price credit")
    page.keyboard.press("Tab")
    page.keyboard.type("Agreed 1.00 on the telephone")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    # 100 × (1.20 − 1.00)
    page.keyboard.type("20.00")
    page.keyboard.press("Enter")
    expect(papers).to_contain_text("Price credit: Agreed 1.00 on the telephone")
    with tenant_scope(aurora.pk):
        memo = Invoice.objects.get(corrects=invoice)
    assert memo.number != invoice.number
    row = papers.locator(f"#invoice-{memo.pk}")
    expect(row).to_contain_text(memo.number)
    expect(row).to_contain_text("20.00")
    expect(fact(page, "Billed")).to_contain_text("100.00")
    papers.get_by_text(f"Look at {memo.number}").click()
    paper = page.frame_locator(f"iframe[title='{memo.number}']")
    expect(paper.locator("body")).to_contain_text(memo.number)
    expect(paper.locator("body")).to_contain_text("Agreed 1.00 on the telephone")


@pytest.fixture
def requests(aurora, world):
    """A request of 100 at Penang, and one of 100 at another site."""
    with tenant_scope(aurora.pk):
        other = make_location(make_party("OTHER", PartyRole.FULFILMENT_SITE), "CLJ", purpose="ship_from")
        mine, theirs = (
            release(
                world,
                book(
                    world.by,
                    world.sell_to,
                    line_entry(world.product, 100, ship_to_id=world.ship_to.pk, ship_from_id=site.pk),
                ),
            )
            for site in (world.site, other)
        )
    return mine, theirs


def test_a_dock_ships_what_its_own_queue_holds(page, aurora, world, requests, live_server):
    mine, theirs = requests
    enter(page, member(aurora, Role.DOCK, world.dock).user)
    queue = page.get_by_role("region", name="Requests to ship")
    expect(queue).to_contain_text("1 request, the earliest first")
    assert theirs.number not in page.content()
    queue.get_by_role("link", name=mine.number).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=mine.number)).to_be_visible()
    assert "1.20" not in page.locator("main").inner_text()
    shipped = page.get_by_label("Line 1, AUR-1, shipped")
    expect(shipped).to_have_value("100")
    shipped.fill("60")
    page.get_by_label("Tracking or airway bill").fill("157-4471")
    page.get_by_label("Nothing more of this request will come").uncheck()
    page.get_by_label("Tracking or airway bill").press("Enter")
    expect(page.locator("#flashes")).to_contain_text("confirmed")
    with tenant_scope(aurora.pk):
        shipment = Shipment.objects.get()
    expect(page.locator("#flashes")).to_contain_text(shipment.number)
    # the 40 left stay in the queue
    expect(queue.get_by_role("link", name=mine.number)).to_be_visible()
    assert is_missing(page, f"/aurora/dock/{theirs.pk}/")

    sign_in(page, world.by.user, live_server.url)
    page.goto(f"/aurora/orders/{mine.order_id}/")
    # 60 × 1.20 of 120.00
    expect(fact(page, "Shipped")).to_contain_text("72.00")
    expect(fact(page, "Open backlog")).to_contain_text("48.00")
    expect(page.locator("#deliveries")).to_contain_text(shipment.number)
    expect(page.locator("#deliveries")).to_contain_text("157-4471")


@pytest.fixture
def orders(aurora, world):
    """Northgate's 1,000 for B, with a shared and an internal note; Eastgate's order beside it."""
    with tenant_scope(aurora.pk):
        east = make_sell_to("EAST", name="Eastgate Components")
        make_price_list(world.product, "1.30", party=east)
        place = make_location(east)
        own = book(
            world.by,
            world.sell_to,
            line_entry(world.product, 1000, end_buyer_id=world.b.pk, ship_to_id=world.ship_to.pk),
            customer_po="NG-1",
        )
        foreign = book(world.by, east, line_entry(world.product, 10, ship_to_id=place.pk), customer_po="EG-1")
        told = occasion(world.by)
        add_note(order_id=own.pk, text="Half will come in January.", is_shared=True, occasion=told)
        add_note(order_id=own.pk, text="Watch the margin.", occasion=told)
    return own, foreign


def test_a_partner_sees_its_own_order_and_no_cost(page, aurora, world, orders, live_server):
    own, foreign = orders
    enter(page, member(aurora, Role.PARTNER, world.sell_to).user)
    expect(page.get_by_role("heading", level=1, name="Orders")).to_be_visible()
    expect(page.locator("#list tbody tr")).to_have_count(1)
    page.get_by_role("link", name=own.number).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=own.number)).to_be_visible()
    expect(fact(page, "Customer PO")).to_have_text("NG-1")
    expect(page.get_by_role("cell", name=re.compile("1,000 × 1.20 = 1,200.00"))).to_be_visible()
    notes = page.get_by_role("region", name="Notes")
    expect(notes).to_contain_text("Half will come in January.")
    secrets = ("Watch the margin.", "0.98", "SPA-B", world.by.user.email)
    assert [each for each in secrets if each in page.content()] == []
    assert is_missing(page, f"/aurora/orders/{foreign.pk}/")

    sign_in(page, world.by.user, live_server.url)
    page.goto(f"/aurora/orders/{own.pk}/")
    assert [each for each in secrets if each not in page.content()] == []


def test_an_administrator_invites_somebody_and_changes_a_party_with_its_history(page, aurora, world):
    chief = member(aurora, Role.ADMIN)
    enter(page, chief.user)
    page.goto("/aurora/people/")
    page.get_by_role("link", name="Invite somebody").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="E-mail").fill("ledger@example.com")
    page.get_by_label("Role").select_option(label="Finance")
    page.get_by_label("Reason for the change").fill("Starts in December")
    page.keyboard.press("Enter")
    expect(page.locator("#flashes")).to_contain_text("Invited ledger@example.com")
    row = page.get_by_role("row").filter(has_text="ledger@example.com")
    expect(row).to_contain_text("Finance")
    expect(row).to_contain_text("Open")
    assert [letter.to for letter in mail.outbox] == [["ledger@example.com"]]

    page.goto(f"/aurora/parties/{world.sell_to.pk}/")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Payment terms days").fill("45")
    page.get_by_label("Reason for the change").fill("Contract of November")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Northgate Components")).to_be_visible()
    page.get_by_role("link", name="History", exact=True).click()
    newest = page.get_by_role("row").nth(1).get_by_role("cell")
    told = ["Changed: party", "payment terms days", "30", "45", "Contract of November"]
    expect(newest).to_have_text([re.compile(r"^\d"), str(chief.user), *told])
