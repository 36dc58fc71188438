"""The page of one order: its reasons, its ledger in words, figures that foot, and what partners do not see."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from orders.actions.cancel_line import SHORT_CLOSE, cancel_line
from orders.actions.change_price import change_price
from orders.actions.change_quantity import change_quantity
from orders.actions.enter_and_book import enter_and_book
from orders.actions.issue_invoice import InvoicePart, issue_invoice
from orders.actions.move_request import move_request
from orders.actions.set_commit import set_commit
from orders.actions.ship_schedules import ShipPart, ship_schedules
from orders.actions.split_schedule import split_schedule
from orders.actions.transfer_line import transfer_line
from orders.models import Hold, Order
from tenancy.choices import Role
from tests.factories.catalog import make_product
from tests.factories.orders import book, line_entry, occasion, order_entry
from tests.factories.parties import make_location, make_party
from tests.factories.tenancy import make_member
from tests.fixtures import NOW
from tests.orders.pages import PATH, body

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def order(world):
    lines = [
        line_entry(world.product, 1000, end_buyer_id=each.pk, ship_to_id=world.ship_to.pk, customer_part="48-1")
        for each in (world.a, world.b, world.c)
    ]
    return book(world.by, world.sell_to, *lines, customer_po="PO 77")


def page_of(client, order, query=""):
    response = client.get(f"{PATH}{order.pk}/{query}")
    assert response.status_code == 200
    return body(response)


def test_lines_show_arithmetic_reasons_and_dates(desk_client, order):
    text = page_of(desk_client, order)
    assert "AUR-1 48-1 A Company to Northgate Components MAIN 1,000 × 0.95 = 950.00 Booked" in text
    assert "1.1 1,000 14 Jan 2027 – none – 1,000 – – No commit" in text
    assert "SPA-A rev 1 Why this price" in text
    assert "Agreement for this end buyer and sell-to: SPA-A rev 1 0.95 USD" in text
    assert "It is for B Company, not for this line's end buyer." in text
    assert "Agreed cost 0.98" in text
    assert "Expected claim 0.22 each, 220.00 USD" in text
    assert "DAP dock · DHL Express Express · shipper pays" in text
    assert "Rule DEFAULT v1" in text


def test_agreed_prices_are_for_those_who_may_see_them(client, world, order):
    client.force_login(make_member(Role.SALES_OPS, sees_cost=False).user)
    text = page_of(client, order)
    assert "It is for B Company, not for this line's end buyer." in text
    assert "1,000 × 0.95 = 950.00" in text
    for secret in ("0.98", "Agreed cost", "Expected claim", "Book price"):
        assert secret not in text


def test_everything_that_happened_is_told_and_foots(desk_client, world, order):
    hour = iter(range(1, 20))

    def by(**why):
        return occasion(world.by, at=NOW + dt.timedelta(hours=next(hour)), **why)

    first, _, third = order.lines.order_by("line_no")
    one, two, three = order.schedules.order_by("line_id")
    key = {"order_id": order.pk}
    set_commit(**key, schedule_id=one.pk, to=dt.date(2027, 1, 20), occasion=by())
    set_commit(
        **key, schedule_id=one.pk, to=dt.date(2027, 2, 3),
        occasion=by(initiator="supplier", reason_code="capacity", note="line down"),
    )  # fmt: skip
    move_request(**key, schedule_id=one.pk, to=dt.date(2027, 1, 4), occasion=by(initiator="customer"))
    split_schedule(**key, schedule_id=two.pk, quantity=600, occasion=by())
    change_quantity(**key, schedule_id=one.pk, quantity=1500, occasion=by())
    change_quantity(**key, schedule_id=one.pk, quantity=1400, occasion=by())
    change_price(**key, line_id=third.pk, unit_price=Decimal("1.15"), occasion=by(note="matched"))
    [shipped] = ship_schedules(**key, parts=[ShipPart(two.pk, 400, "k")], occasion=by())
    issue_invoice(**key, parts=[InvoicePart(two.pk, 400, shipped.value)], occasion=by())
    cancel_line(**key, line_id=third.pk, schedule_id=three.pk, quantity=250, occasion=by(reason_code=SHORT_CLOSE))
    transfer_line(**key, line_id=first.pk, end_buyer_id=world.c.pk, occasion=by())
    text = page_of(desk_client, order)
    who = world.by.user.email
    for sentence in (
        f"Booked 3 lines +3,350.00 By {who}",
        f"Commit set, 1.1 to 20 Jan 2027 By {who}",
        f"Commit moved, 1.1 to 03 Feb 2027 from 20 Jan 2027, +14 days. 950.00 leaves January 2027 for "
        f"February 2027. By {who} for the supplier: Capacity at the supplier: line down",
        f"Request moved, 1.1 to 04 Jan 2027 from 14 Jan 2027, −10 days. By {who} for the customer",
        "Split 600 of line 2 off into 2.2",
        "Quantity up, 1.1, 500 +475.00 open 1,000 to 1,500",
        "Quantity down, 1.1, 100 −95.00",
        f"Price of line 3 to 1.15 −50.00 from 1.20. By {who}: matched",
        "Shipped 2.1, 400 −480.00",
        "Invoiced 2.1, 400 INV-000001 480.00",
        f"Cancelled 3.1, 250 −287.50 open 1,000 to 750. By {who}: Short close: the rest is not wanted",
        "Transferred line 1 from A Company to C Company 1,400 for 1,330.00",
    ):
        assert sentence in text, sentence
    # 3,350.00 + 475.00 − 95.00 − 287.50 − 50.00 − 480.00
    assert (
        "Gross bookings 3,825.00 Decreased −95.00 Cancelled −287.50 Price changes −50.00 Shipped −480.00 "
        "Open backlog 2,912.50" in text
    )
    assert "does not foot" not in text
    assert "Ordered 3,392.50 USD Shipped 480.00 14.1 % Billed 480.00 Open backlog 2,912.50 2 no date" in text


def test_an_order_that_does_not_foot_says_so(desk_client, order):
    Order.objects.filter(pk=order.pk).update(open_value=1)
    assert "The ledger sums to 3,350.00, the lines to 0.01: this order does not foot." in page_of(desk_client, order)


def test_a_long_ledger_shows_the_newest_and_a_way_to_all(desk_client, world, order):
    schedule = order.schedules.first()
    for day in range(1, 103):
        to = dt.date(2027, 1, 1) + dt.timedelta(days=day)
        set_commit(
            order_id=order.pk,
            schedule_id=schedule.pk,
            to=to,
            occasion=occasion(world.by, at=NOW + dt.timedelta(hours=day)),
        )
    text = page_of(desk_client, order)
    assert "Everything since the booking" in text
    assert "Booked 3 lines" not in text
    assert "Booked 3 lines" in page_of(desk_client, order, "?ledger=all")


def test_holds_say_who_may_release_them(client, world):
    bare = make_product("BARE", eccn="3A991")
    abroad = make_location(make_party("FAR", country="DE"), "FAR")
    entry = order_entry(
        world.sell_to,
        line_entry(bare, 10),
        line_entry(world.product, 1, customer_price=Decimal("1.00"), ship_to_id=abroad.pk),
    )
    order = enter_and_book(entry=entry, occasion=occasion(world.by)).order
    differs = Hold.objects.get(order=order, kind="price_differs")
    release = f"{PATH}{order.pk}/holds/{differs.pk}/release/"
    client.force_login(world.by.user)
    text = page_of(client, order)
    assert "No price, line 1. No price in USD: none of the rules applies." in text
    assert "Mend its cause, then check the order again." in text
    assert "Price differs from the customer's PO, line 2. The PO says 1.00, ours is 1.20." in text
    assert "Released by: sales operations, manager, administrator." in text
    assert release in client.get(f"{PATH}{order.pk}/").content.decode()
    client.force_login(make_member(Role.FINANCE).user)
    assert release not in client.get(f"{PATH}{order.pk}/").content.decode()


def test_verbs_are_offered_to_those_who_may(client, world, order):
    address = f"{PATH}{order.pk}/"
    client.force_login(world.by.user)
    page = client.get(address).content.decode()
    schedule, line = order.schedules.first(), order.lines.first()
    for verb in ("commit", "request", "quantity", "split", "cancel"):
        assert f"{address}schedules/{schedule.pk}/{verb}/" in page
    for verb in ("price", "end-buyer", "cancel"):
        assert f"{address}lines/{line.pk}/{verb}/" in page
    client.force_login(make_member(Role.FINANCE).user)
    page = client.get(address).content.decode()
    assert "/schedules/" not in page.partition("<main")[2]
    assert "/lines/" not in page


def test_a_partner_sees_its_own_order_and_nothing_of_ours(client, world, order):
    client.force_login(make_member(Role.PARTNER, party_id=world.sell_to.pk).user)
    text = page_of(client, order)
    assert "1,000 × 0.95 = 950.00" in text
    assert "A Company" in text
    assert "1.1 1,000 14 Jan 2027" in text
    for inside in ("Why this price", "SPA-", "Ledger", "Holds", "Change…", "Book…", "0.98", "DHL", "Transfer"):
        assert inside not in text, inside
    listed = body(client.get(PATH))
    assert order.number in listed
    for inside in ("Enter order", "Holds", "Entered ↓", "1 hold"):
        assert inside not in listed, inside


def test_a_partner_sees_no_other_partys_order(client, world, order):
    client.force_login(make_member(Role.PARTNER, party_id=world.b.pk).user)
    assert client.get(f"{PATH}{order.pk}/").status_code == 404
    assert order.number not in body(client.get(PATH))


def test_a_partner_sees_its_order_billed_to_somebody_it_cannot_see(client, world, order):
    finance = make_party("FINANCE")
    Order.objects.filter(pk=order.pk).update(bill_to=finance)
    client.force_login(make_member(Role.PARTNER, party_id=world.sell_to.pk).user)
    assert "FINANCE" not in page_of(client, order)


def test_the_page_takes_as_many_queries_for_ten_lines_as_for_three(
    desk_client, world, order, django_assert_num_queries
):
    lines = [line_entry(world.product, 10, end_buyer_id=world.a.pk, ship_to_id=world.ship_to.pk)] * 10
    other = book(world.by, world.sell_to, *lines)
    desk_client.get(f"{PATH}{order.pk}/")
    counts = []
    for each in (order, other):
        with django_assert_num_queries(30, exact=False) as captured:
            desk_client.get(f"{PATH}{each.pk}/")
        counts.append(len(captured))
    assert counts[0] == counts[1] == 15


@pytest.mark.parametrize(
    ("role", "letters"), [(Role.ADMIN, "M ↑ ↓ R W"), (Role.MANAGER, "M ↑ ↓ W"), (Role.FINANCE, "W")]
)
def test_the_help_lists_the_keys_that_one_may_use_here(client, world, role, letters):
    order = book(world.by, world.sell_to, line_entry(world.product, 10, ship_to_id=world.ship_to.pk))
    client.force_login(make_member(role).user)
    page = client.get(f"{PATH}{order.pk}/").text
    own = page.partition("<h3>Keys of this page</h3>")[2].partition("<hr>")[0]
    assert " ".join(re.findall(r"<kbd>([^<]+)</kbd>", own)) == letters
