"""Every verb by its page: done, refused with what was typed, in conflict, by the wrong hands."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from orders.actions.change_quantity import change_quantity
from orders.actions.enter_and_book import enter_and_book
from orders.actions.enter_order import enter_order
from orders.choices import LineStatus, OrderStatus, Verb
from orders.models import Hold, Order, OrderLedger
from pricing.choices import PriceListKind
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.orders import book, line_entry, occasion, order_entry
from tests.factories.parties import make_party, make_sell_to
from tests.factories.pricing import make_price_list
from tests.factories.tenancy import make_member, make_tenant
from tests.fixtures import NOW
from tests.orders.pages import PATH, body, hidden

pytestmark = pytest.mark.usefixtures("noon")

WHY = {"initiator": "customer", "reason_code": "demand", "reason": "called"}


@pytest.fixture
def order(world):
    """One booked line of 1,000 at 1.20."""
    line = line_entry(world.product, 1000, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    return book(world.by, world.sell_to, line, customer_po="PO 77")


@pytest.fixture
def entered(world):
    """An order of one line, not booked."""
    line = line_entry(world.product, 1000, end_buyer_id=world.c.pk, ship_to_id=world.ship_to.pk)
    return enter_order(entry=order_entry(world.sell_to, line), by=world.by, at=NOW)


def of_line(order, verb):
    return f"{PATH}{order.pk}/lines/{order.lines.get().pk}/{verb}/"


def of_schedule(order, verb):
    return f"{PATH}{order.pk}/schedules/{order.schedules.order_by('pk').first().pk}/{verb}/"


def of_order(order, verb):
    return f"{PATH}{order.pk}/{verb}/"


def version(order):
    return order.lines.get().version


def last(order):
    return OrderLedger.objects.filter(order=order).order_by("-id").first()


BOOKED_VERBS = [
    (of_schedule, "commit", {"commit_date": "2027-01-20"}),
    (of_schedule, "request", {"request_date": "2027-02-01"}),
    (of_schedule, "quantity", {"quantity": "1,500"}),
    (of_schedule, "split", {"quantity": "400"}),
    (of_schedule, "cancel", {"quantity": "250"}),
    (of_line, "price", {"price": "1.15"}),
    (of_line, "end-buyer", {"end_buyer": "A"}),
    (of_line, "cancel", {}),
]
each_booked_verb = pytest.mark.parametrize(("where", "verb", "typed"), BOOKED_VERBS, ids=lambda each: str(each)[:20])


@each_booked_verb
def test_pages_start_with_what_is_now(desk_client, order, where, verb, typed):
    response = desk_client.get(where(order, verb))
    assert response.status_code == 200
    assert f'name="version" value="{version(order)}"' in response.content.decode()
    assert order.number in body(response)


@pytest.mark.parametrize(
    ("where", "verb", "typed", "told"),
    [
        (*BOOKED_VERBS[0], (Verb.COMMIT_SET, 0, 0, dt.date(2027, 1, 20))),
        (*BOOKED_VERBS[1], (Verb.REQUEST_MOVED, 0, 0, dt.date(2027, 2, 1))),
        (*BOOKED_VERBS[2], (Verb.QTY_INCREASED, 500, 60_000, None)),
        (*BOOKED_VERBS[3], (Verb.SPLIT, 400, 48_000, dt.date(2027, 1, 14))),
        (*BOOKED_VERBS[4], (Verb.CANCELLED, -250, -30_000, None)),
        (*BOOKED_VERBS[5], (Verb.PRICE_CHANGED, 0, -5_000, None)),
        (*BOOKED_VERBS[6], (Verb.TRANSFERRED, 1000, 120_000, None)),
        (*BOOKED_VERBS[7], (Verb.CANCELLED, -1000, -120_000, None)),
    ],
)
def test_verbs_write_their_row_with_who_and_why(desk_client, world, order, where, verb, typed, told):
    response = desk_client.post(where(order, verb), {**typed, **WHY, "version": version(order)})
    assert response.status_code == 302, body(response)
    assert response["Location"] == f"{PATH}{order.pk}/"
    row = last(order)
    assert (row.verb, row.quantity_delta, row.value_delta, row.to_date) == told
    assert (row.initiator, row.reason_code, row.note, row.actor) == ("customer", "demand", "called", world.by)


@each_booked_verb
def test_an_older_version_is_a_conflict_that_loses_nothing(desk_client, world, order, where, verb, typed):
    seen = version(order)
    schedule = order.schedules.get()
    change_quantity(order_id=order.pk, schedule_id=schedule.pk, quantity=1200, occasion=occasion(world.by))
    rows = OrderLedger.objects.count()
    response = desk_client.post(where(order, verb), {**typed, **WHY, "version": seen})
    assert response.status_code == 409
    assert OrderLedger.objects.count() == rows
    assert f"Quantity increased by {world.by.user.email}, 23 Nov 12:00" in body(response)
    for name, value in {**typed, **WHY}.items():
        assert hidden(response, name) == value
    again = {name: hidden(response, name) for name in (*typed, *WHY, "version", "click")}
    assert desk_client.post(where(order, verb), again).status_code == 302
    assert OrderLedger.objects.count() > rows


def test_a_conflict_shows_mine_beside_theirs(desk_client, world, order):
    seen, schedule = version(order), order.schedules.get()
    change_quantity(order_id=order.pk, schedule_id=schedule.pk, quantity=4000, occasion=occasion(world.by))
    typed = {"quantity": "5000", **WHY, "version": seen}
    page = desk_client.post(of_schedule(order, "quantity"), typed).content.decode()
    assert '<span class="is-changed">5,000</span><span class="is-changed">4,000</span>' in page


@pytest.mark.parametrize(
    ("where", "verb", "typed", "field", "message"),
    [
        (of_schedule, "commit", {"commit_date": "2026-11-22"}, "commit_date",
         "A commit before the order date 2026-11-23 cannot be."),
        (of_schedule, "commit", {"commit_date": "2027-02-30"}, "commit_date",
         "No such day. Write 2027-01-14, 14 Jan 2027 or 14.01.2027."),
        (of_schedule, "request", {"request_date": "2027-01-14"}, "request_date",
         "That is the request date already."),
        (of_schedule, "request", {"request_date": "2026-11-01"}, "request_date",
         "A request before the order date 2026-11-23 cannot be."),
        (of_schedule, "quantity", {"quantity": "0"}, "quantity", "The quantity must be more than 0."),
        (of_schedule, "quantity", {"quantity": "1000"}, "quantity", "That is the quantity already."),
        (of_schedule, "split", {"quantity": "1000"}, "quantity", "A split leaves something behind: at most 999."),
        (of_schedule, "split", {"quantity": "9999"}, "quantity", "Only 1,000 are open."),
        (of_schedule, "cancel", {"quantity": "1001"}, "quantity", "Only 1,000 are open."),
        (of_schedule, "cancel", {"quantity": "5", "reason_code": ""}, "reason_code", "This field is required."),
        (of_line, "cancel", {"reason_code": ""}, "reason_code", "This field is required."),
        (of_line, "price", {"price": "1.15", "reason": ""}, "reason", "This field is required."),
        (of_line, "price", {"price": "-1"}, "price", "A price cannot be negative."),
        (of_line, "price", {"price": "1.2"}, "price", "That is the price already."),
        (of_line, "end-buyer", {"end_buyer": "Nobody"}, "end_buyer", "“Nobody” is not known."),
        (of_line, "end-buyer", {"end_buyer": "C"}, "end_buyer", "The line belongs to this party already."),
        (of_line, "price", {"price": "1", "initiator": "them"}, "initiator",
         "Select a valid choice. them is not one of the available choices."),
    ],
)  # fmt: skip
def test_refusals_stand_beside_their_field_and_keep_what_was_typed(
    desk_client, order, where, verb, typed, field, message
):
    rows = OrderLedger.objects.count()
    sent = {**WHY, **typed, "version": version(order)}
    response = desk_client.post(where(order, verb), sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors[field]) == [message]
    assert OrderLedger.objects.count() == rows
    page = response.content.decode()
    for name, value in typed.items():
        assert name == "initiator" or not value or f'value="{value}"' in page


@each_booked_verb
def test_a_page_without_its_version_is_refused(desk_client, order, where, verb, typed):
    response = desk_client.post(where(order, verb), {**typed, **WHY})
    assert response.status_code == 422
    assert "This page is incomplete: open it anew." in body(response)
    assert OrderLedger.objects.count() == 1


@each_booked_verb
def test_a_double_click_is_done_once(desk_client, order, where, verb, typed):
    sent = {**typed, **WHY, "version": version(order), "click": str(uuid.uuid4())}
    first = desk_client.post(where(order, verb), sent)
    rows = OrderLedger.objects.count()
    second = desk_client.post(where(order, verb), sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert OrderLedger.objects.count() == rows


@each_booked_verb
@pytest.mark.parametrize("role", [Role.FINANCE, Role.DOCK, Role.PARTNER])
def test_verbs_are_refused_to_other_roles(client, world, order, where, verb, typed, role):
    party = world.sell_to.pk if role in (Role.DOCK, Role.PARTNER) else None
    client.force_login(make_member(role, party_id=party).user)
    assert client.get(where(order, verb)).status_code == 403
    assert client.post(where(order, verb), {**typed, **WHY, "version": version(order)}).status_code == 403
    assert OrderLedger.objects.count() == 1


def test_a_line_and_a_schedule_belong_to_the_order_of_the_address(desk_client, world, order):
    other = book(world.by, world.sell_to, line_entry(world.product, 5, ship_to_id=world.ship_to.pk))
    assert desk_client.get(f"{PATH}{other.pk}/lines/{order.lines.get().pk}/price/").status_code == 404
    assert desk_client.get(f"{PATH}{other.pk}/schedules/{order.schedules.get().pk}/commit/").status_code == 404


def test_orders_of_another_tenant_do_not_exist(client, order):
    other = make_tenant("other")
    with tenant_scope(other.pk):
        client.force_login(make_member(Role.ADMIN).user)
    for address in (of_line(order, "price"), of_schedule(order, "commit"), of_order(order, "book")):
        theirs = address.replace("/aurora/", "/other/")
        assert client.get(theirs).status_code == 404
        assert client.post(theirs, {"version": 1, **WHY}).status_code == 404


# the whole order ----------------------------------------------------------------------------------------------------


def test_book_an_entered_order(desk_client, entered):
    page = desk_client.get(of_order(entered, "book"))
    sent = {"version": hidden(page, "version")}
    response = desk_client.post(of_order(entered, "book"), sent)
    assert f"{entered.number}: 1 line booked." in body(desk_client.get(response["Location"]))
    assert Order.objects.get().status == OrderStatus.BOOKED
    stale = desk_client.post(of_order(entered, "book"), sent)
    assert stale.status_code == 409


def test_check_again_asks_the_resolvers_anew(desk_client, world):
    bare = make_product("BARE")
    entry = order_entry(world.sell_to, line_entry(bare, 10, ship_to_id=world.ship_to.pk))
    order = enter_and_book(entry=entry, occasion=occasion(world.by)).order
    make_price_list(bare, "3.00", party=make_party("ANY"), code="BASE", kind=PriceListKind.BASE)
    response = desk_client.post(of_order(order, "check"), {"version": order.version})
    assert response.status_code == 302
    assert (order.lines.get().unit_price, order.lines.get().status) == (Decimal(3), LineStatus.ENTERED)
    assert not Hold.objects.filter(released_at__isnull=True).exists()
    stale = desk_client.post(of_order(order, "check"), {"version": order.version})
    assert stale.status_code == 409


def test_transfer_to_another_sell_to(desk_client, order):
    south = make_sell_to("SOUTH")
    sent = {"sell_to": "south", **WHY, "version": order.version}
    assert desk_client.post(of_order(order, "sell-to"), sent).status_code == 302
    assert Order.objects.get().sell_to == south
    assert desk_client.post(of_order(order, "sell-to"), sent).status_code == 409
    fresh = {**sent, "version": Order.objects.get().version}
    response = desk_client.post(of_order(order, "sell-to"), fresh)
    assert response.context["form"].errors["sell_to"] == ["The order belongs to this sell-to already."]


# unbooked lines -----------------------------------------------------------------------------------------------------


def entered_form(order, **changed):
    line = order.lines.get()
    now = {
        "quantity": "1000", "request_date": "2027-01-14", "end_buyer": "C", "ship_to": "NORTH/MAIN",
        "override_price": "", "version": line.version,
    }  # fmt: skip
    return {**now, **WHY, **changed}


def test_change_an_unbooked_line(desk_client, world, entered):
    page = desk_client.get(of_line(entered, "change")).content.decode()
    assert 'value="NORTH/MAIN"' in page
    sent = entered_form(entered, quantity="2,000", end_buyer="A", request_date="2027-03-01")
    assert desk_client.post(of_line(entered, "change"), sent).status_code == 302
    line = entered.lines.get()
    assert (line.quantity, line.end_buyer, line.unit_price) == (2000, world.a, Decimal("0.95"))
    assert line.schedules.get().request_date == dt.date(2027, 3, 1)
    assert not OrderLedger.objects.exists()
    stale = desk_client.post(of_line(entered, "change"), sent)
    assert stale.status_code == 409
    assert hidden(stale, "quantity") == "2,000"


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({}, "__all__", "Nothing was changed."),
        ({"end_buyer": ""}, "end_buyer", "A value cannot be taken away here: cancel the line and enter it anew."),
        ({"ship_to": "Nowhere"}, "ship_to", "“Nowhere” is not known."),
        ({"override_price": "1", "reason": ""}, "reason", "A manual price needs a reason."),
        ({"quantity": "x"}, "quantity", "A whole number is wanted, like 2500 or 2,500."),
    ],
)
def test_refused_changes_of_an_unbooked_line(desk_client, entered, changed, field, message):
    response = desk_client.post(of_line(entered, "change"), entered_form(entered, **changed))
    assert response.status_code == 422
    assert list(response.context["form"].errors[field]) == [message]


def test_a_booked_line_is_not_changed_as_an_unbooked_one(desk_client, order):
    response = desk_client.post(of_line(order, "change"), entered_form(order, quantity="5"))
    assert response.status_code == 422
    assert "The line is booked: use the verbs for booked lines." in body(response)


def test_take_off_an_unbooked_line(desk_client, entered):
    sent = {**WHY, "version": version(entered)}
    assert desk_client.post(of_line(entered, "cancel"), sent).status_code == 302
    assert entered.lines.get().status == LineStatus.CANCELLED
    assert not OrderLedger.objects.exists()
