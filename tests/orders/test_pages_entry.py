"""Order entry over HTTP: what is typed is checked, kept, entered once."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from catalog.models import PartNumber
from orders.choices import HoldKind, OrderStatus
from orders.models import Hold, Order, OrderLedger, OrderLine
from parties.models import Location, Party, PartyAlias
from tenancy.choices import Role
from tenancy.scope import tenant_scope
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_location, make_sell_to
from tests.factories.tenancy import make_member
from tests.orders.pages import PATH, body, hidden, three_lines, typed

pytestmark = pytest.mark.usefixtures("noon")

NEW = PATH + "new/"


def field_errors(response):
    """{(row or None, field): messages} of the page."""
    header, lines = response.context["header"], response.context["lines"]
    found = {(None, name): list(errors) for name, errors in header.errors.items()}
    for place, form in enumerate(lines.forms):
        found |= {(place, name): list(errors) for name, errors in form.errors.items()}
    return found


def test_the_page_starts_with_five_rows_and_todays_date(desk_client):
    response = desk_client.get(NEW)
    assert len(response.context["lines"].forms) == 5
    assert 'value="23 Nov 2026"' in response.content.decode()
    assert '<option value="NORTH">Northgate Components</option>' in response.content.decode()


def test_the_po_of_three_end_buyers_books_as_agreed(desk_client):
    response = desk_client.post(NEW, typed(*three_lines()))
    order = Order.objects.get()
    assert response["Location"] == f"{PATH}{order.pk}/"
    prices = list(order.lines.order_by("line_no").values_list("unit_price", "agreed_cost", "end_buyer__code"))
    assert prices == [
        (Decimal("0.95"), None, "A"),
        (Decimal("1.20"), Decimal("0.98"), "B"),
        (Decimal("1.20"), None, "C"),
    ]
    assert (order.status, order.value, order.currency) == (OrderStatus.BOOKED, 335_000, "USD")
    assert order.entered_by.role == Role.ADMIN
    assert f"{order.number}: 3 lines booked." in body(desk_client.get(response["Location"]))


def test_check_shows_prices_terms_and_holds_and_writes_nothing(desk_client):
    bare = make_product("BARE")
    rows = [*three_lines(), {"part": bare.sku, "quantity": "10"}]
    response = desk_client.post(NEW, typed(*rows, do="check"))
    text = body(response)
    assert response.status_code == 200
    assert "4, 1 will be on hold" in text
    assert "Value USD 3,350.00" in text
    assert "0.95 950.00" in text
    assert "SPA-B rev 1 (ship and debit)" in text
    assert "Agreed cost 0.98" in text
    assert "Expected claim 0.22 each, 220.00 USD" in text
    assert "It is for B Company, not for this line's end buyer." in text
    assert "DAP dock" in text
    assert "No price: No price in USD" in text
    assert not Order.objects.exists()
    assert not OrderLine.objects.exists()
    assert not Hold.objects.exists()
    desk_client.post(NEW, typed(*rows))
    assert Order.objects.get().number == "SO-26-100001"


def test_agreed_cost_is_for_those_who_may_see_it(client, world):
    client.force_login(make_member(Role.SALES_OPS, sees_cost=False).user)
    text = body(client.post(NEW, typed(*three_lines(), do="check")))
    assert "Why this price" in text
    assert "SPA-B rev 1" in text
    for secret in ("0.98", "Agreed cost", "Expected claim"):
        assert secret not in text


def test_save_enters_without_booking(desk_client):
    desk_client.post(NEW, typed(*three_lines(), do="save"))
    order = Order.objects.get()
    assert order.status == OrderStatus.ENTERED
    assert not OrderLedger.objects.exists()


def test_the_same_click_twice_is_one_order(desk_client):
    click = hidden(desk_client.get(NEW), "click")
    first = desk_client.post(NEW, typed(*three_lines(), click=click))
    second = desk_client.post(NEW, typed(*three_lines(), click=click))
    assert Order.objects.count() == 1
    assert first["Location"] == second["Location"] == f"{PATH}{Order.objects.get().pk}/"


def test_a_refused_click_can_be_used_again(desk_client):
    click = str(uuid.uuid4())
    refused = desk_client.post(NEW, typed(*three_lines(), click=click, sell_to="SOUTH"))
    assert refused.status_code == 422
    assert hidden(refused, "click") == click
    assert desk_client.post(NEW, typed(*three_lines(), click=click)).status_code == 302
    assert Order.objects.count() == 1


def test_a_second_po_of_the_same_number_needs_a_tick_and_waits_on_hold(desk_client):
    desk_client.post(NEW, typed(*three_lines()))
    first = Order.objects.get()
    again = typed(*three_lines(), customer_po="po4711")
    response = desk_client.post(NEW, again)
    assert response.status_code == 422
    assert f'<a href="{PATH}{first.pk}/">{first.number}</a>' in response.content.decode()
    assert list(field_errors(response)) == [(None, "customer_po")]
    assert Order.objects.count() == 1
    desk_client.post(NEW, {**again, "accept_duplicate": "on"})
    second = Order.objects.exclude(pk=first.pk).get()
    assert set(second.holds.values_list("kind", flat=True)) == {HoldKind.DUPLICATE_PO}
    assert second.open_value == 0


def test_more_rows_keep_what_was_typed_and_complain_of_nothing(desk_client):
    rows = [{"part": "half", "quantity": "oops", "request_date": "29 Feb 2027"}]
    response = desk_client.post(NEW, typed(*rows, do="more", sell_to=""))
    page = response.content.decode()
    assert response.status_code == 200
    assert len(response.context["lines"].forms) == 10
    assert 'value="half"' in page
    assert 'value="oops"' in page
    assert "is-invalid" not in page
    assert "to correct" not in page


def test_rows_beyond_the_most_are_refused_not_dropped(desk_client):
    row = {"part": "AUR-1", "quantity": "1"}
    response = desk_client.post(NEW, typed(*[row] * 201))
    assert response.status_code == 422
    assert "At most 200 rows: bring a longer order as a file." in body(response)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        ({"part": "AUR-2"}, "part", "“AUR-2” is not known. Nearest: AUR-1."),
        ({"part": ""}, "part", "The part is missing."),
        ({"quantity": "0"}, "quantity", "The quantity must be more than 0."),
        ({"quantity": "-5"}, "quantity", "The quantity must be more than 0."),
        ({"quantity": "1.000"}, "quantity", "A whole number is wanted, like 2500 or 2,500."),
        ({"quantity": "1,5"}, "quantity", "A whole number is wanted, like 2500 or 2,500."),
        ({"quantity": "1000000001"}, "quantity", "More than 1,000,000,000 is not a quantity."),
        ({"quantity": "9" * 400}, "quantity", "More than 1,000,000,000 is not a quantity."),
        ({"quantity": ""}, "quantity", "The quantity is missing."),
        ({"request_date": "29 Feb 2027"}, "request_date", "No such day. Write 2027-01-14, 14 Jan 2027 or 14.01.2027."),
        ({"request_date": "01/02/2027"}, "request_date", "No such day. Write 2027-01-14, 14 Jan 2027 or 14.01.2027."),
        ({"request_date": "2026-11-22"}, "request_date", "The request date 2026-11-22 is before 2026-11-23."),
        ({"end_buyer": "Z"}, "end_buyer", "“Z” is not known."),
        ({"ship_to": "Nowhere"}, "ship_to", "“Nowhere” is not known."),
        ({"override_price": "1.10"}, "override_reason", "A manual price needs a reason."),
        ({"override_price": "-1"}, "override_price", "A price cannot be negative."),
        ({"override_price": "1e999"}, "override_price", "More than 1,000,000 is not a unit price."),
        ({"override_price": "0.1234567"}, "override_price", "A unit price has at most six decimals."),
        ({"part": "A\0"}, "part", "Null characters are not allowed."),
        ({"override_price": "NaN"}, "override_price", "A price is wanted, like 1.85 or 0.333333."),
        ({"parts": "400@2027-01-14 500@2027-02-11"}, "parts", "The dates add up to 900, the quantity is 1,000."),
        ({"parts": "400@2027-02-30"}, "parts", "No such day. Write 2027-01-14, 14 Jan 2027 or 14.01.2027."),
        ({"parts": "400 later"}, "parts", "“400” is not quantity@date, like 400@2027-01-14."),
        ({"line_no": "zero"}, "line_no", "Enter a whole number."),
    ],
)
def test_bad_lines_are_refused_beside_the_field_and_kept(desk_client, row, field, message):
    good = {"part": "AUR-1", "quantity": "1,000", "end_buyer": "A"}
    response = desk_client.post(NEW, typed(good, {**good, **row}))
    assert response.status_code == 422
    assert field_errors(response) == {(1, field): [message]}
    page = response.content.decode()
    for value in {**good, **row}.values():
        assert not value or f'value="{value}"' in page
    assert f'href="#id_lines-1-{field}"' in page
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("header", "field", "message"),
    [
        ({"sell_to": ""}, "sell_to", "This field is required."),
        ({"sell_to": "Nortgate Components"}, "sell_to",
         "“Nortgate Components” is not known. Nearest: NORTH (Northgate Components)."),
        ({"sell_to": "A"}, "sell_to", "A Company is not a sell-to: give it the role first."),
        ({"customer_po": "   "}, "customer_po", "This field is required."),
        ({"order_date": "2026-11-24"}, "order_date", "The order date 2026-11-24 is in the future."),
        ({"order_date": "2026-10-01"}, "order_date",
         "The order date 2026-10-01 is before 2026-10-24, the oldest allowed."),
        ({"currency": "XXX"}, "currency",
         "Unknown currency 'XXX': use a three-letter ISO 4217 code such as USD."),
        ({"bill_to": "nobody"}, "bill_to", "“nobody” is not known."),
        ({"default_end_buyer": "nobody"}, "default_end_buyer", "“nobody” is not known."),
        ({"default_ship_to": "nowhere"}, "default_ship_to", "“nowhere” is not known."),
    ],
)  # fmt: skip
def test_bad_headers_are_refused_beside_the_field_and_kept(desk_client, header, field, message):
    rows = [{**row, "ship_to": "NORTH/MAIN"} for row in three_lines()]
    response = desk_client.post(NEW, typed(*rows, **header))
    assert response.status_code == 422
    assert field_errors(response) == {(None, field): [message]}
    assert 'value="1,000"' in response.content.decode()
    assert not Order.objects.exists()


def test_what_the_forms_and_the_check_find_is_named_at_once(desk_client, world):
    make_product("REEL", minimum_qty=500, multiple_qty=500)
    rows = [{"part": "REEL", "quantity": "600"}, {"part": "AUR-1", "quantity": "10", "end_buyer": "nobody"}]
    response = desk_client.post(NEW, typed(*rows, customer_po=""))
    assert field_errors(response) == {
        (None, "customer_po"): ["This field is required."],
        (0, "quantity"): ["600 is not a multiple of 500. The next is 1,000."],
        (1, "end_buyer"): ["“nobody” is not known."],
    }
    assert "3 fields to correct" in body(response)
    assert not Order.objects.exists()


def test_a_package_multiple_names_the_next_one(desk_client, world):
    make_product("REEL", minimum_qty=500, multiple_qty=500)
    response = desk_client.post(NEW, typed({"part": "REEL", "quantity": "600"}))
    assert field_errors(response) == {(0, "quantity"): ["600 is not a multiple of 500. The next is 1,000."]}


def test_an_order_without_lines_is_refused(desk_client):
    response = desk_client.post(NEW, typed())
    assert response.status_code == 422
    assert "An order has at least one line." in body(response)


def test_parties_of_another_tenant_are_not_known(desk_client, kestrel):
    with tenant_scope(kestrel.pk):
        make_sell_to("THEIRS", name="Theirs Only")
        make_end_buyer("SECRET")
        make_product("THEIR-1")
    row = {"part": "THEIR-1", "quantity": "1", "end_buyer": "SECRET"}
    response = desk_client.post(NEW, typed(row, sell_to="THEIRS"))
    errors = field_errors(response)
    assert set(errors) == {(None, "sell_to"), (0, "part"), (0, "end_buyer")}
    assert all("is not known." in message for messages in errors.values() for message in messages)
    assert "Theirs Only" not in body(response)


def test_names_are_found_as_people_type_them(desk_client, world):
    PartyAlias.objects.create(party=world.a, alias="Acme Mfg", normalised="acme mfg")
    PartNumber.objects.create(product=world.product, party=world.sell_to, number="48-10233")
    make_location(world.a, "DOCK", name="Acme Dock 4")
    row = {"part": "48-10233", "quantity": "10", "end_buyer": "ACME mfg", "ship_to": "acme dock 4"}
    desk_client.post(NEW, typed(row, sell_to="northgate components inc."))
    line = OrderLine.objects.select_related("order").get()
    assert (line.product, line.end_buyer, line.order.sell_to) == (world.product, world.a, world.sell_to)
    assert (line.customer_part, line.ship_to.name) == ("48-10233", "Acme Dock 4")


def test_a_place_that_several_have_asks_which(desk_client, world):
    for code in ("P", "Q"):
        make_location(make_end_buyer(code), "HUB")
    response = desk_client.post(NEW, typed({"part": "AUR-1", "quantity": "1", "ship_to": "hub"}))
    assert field_errors(response) == {(0, "ship_to"): ["Several places are called “hub”: P/HUB or Q/HUB."]}
    desk_client.post(NEW, typed({"part": "AUR-1", "quantity": "1", "ship_to": "q/hub"}))
    assert OrderLine.objects.get().ship_to == Location.objects.get(party__code="Q")


def test_a_merged_party_gives_its_survivor(desk_client, world):
    Party.objects.filter(pk=world.c.pk).update(merged_into=world.a)
    desk_client.post(NEW, typed({"part": "AUR-1", "quantity": "1", "end_buyer": "C"}))
    assert OrderLine.objects.get().end_buyer == world.a


def test_several_dates_in_one_text_are_schedules_of_one_line(desk_client):
    desk_client.post(NEW, typed({"part": "AUR-1", "parts": "400@2027-01-14 600@20270211"}))
    schedules = Order.objects.get().schedules.order_by("number").values_list("quantity", "request_date")
    assert list(schedules) == [(400, dt.date(2027, 1, 14)), (600, dt.date(2027, 2, 11))]


def test_rows_with_the_same_number_are_one_line(desk_client):
    rows = [
        {"line_no": "10", "part": "AUR-1", "quantity": "400", "end_buyer": "A"},
        {"line_no": "20", "part": "AUR-1", "quantity": "5"},
        {"line_no": "10", "quantity": "600", "request_date": "2027-02-11"},
    ]
    desk_client.post(NEW, typed(*rows))
    lines = OrderLine.objects.order_by("line_no").values_list("line_no", "quantity", "end_buyer__code")
    assert list(lines) == [(10, 1000, "A"), (20, 5, None)]


def test_rows_with_the_same_number_must_not_contradict(desk_client):
    rows = [
        {"line_no": "10", "part": "AUR-1", "quantity": "400", "end_buyer": "A"},
        {"line_no": "10", "quantity": "600", "end_buyer": "B"},
    ]
    response = desk_client.post(NEW, typed(*rows))
    assert field_errors(response) == {
        (1, "end_buyer"): ["Line 10 has another one in its first row: give it its own number."]
    }


def test_a_line_takes_project_agreement_and_prices_as_typed(desk_client):
    row = {
        "part": "AUR-1", "quantity": "10", "override_price": "1.1", "override_reason": "match",
        "cited_agreement": "SPA-9", "project": "Rail", "customer_price": "1.1",
    }  # fmt: skip
    desk_client.post(NEW, typed(row))
    line = OrderLine.objects.get()
    assert (line.unit_price, line.override_reason) == (Decimal("1.1"), "match")
    assert (line.cited_agreement, line.project, line.customer_price) == ("SPA-9", "Rail", Decimal("1.1"))


def test_the_price_on_the_po_is_compared(desk_client):
    row = {"part": "AUR-1", "quantity": "10", "customer_price": "1.19"}
    text = body(desk_client.post(NEW, typed(row, do="check")))
    assert "The PO says 1.19, ours is 1.20." in text


def test_currency_comes_from_the_sell_to(desk_client, world):
    make_sell_to("SOUTH", currency="EUR")
    desk_client.post(NEW, typed({"part": "AUR-1", "quantity": "1", "ship_to": "NORTH/MAIN"}, sell_to="SOUTH"))
    assert Order.objects.get().currency == "EUR"


def test_tampered_row_counts_do_not_break(desk_client):
    for count in ("", "x", "-1", "99999999"):
        data = {**typed(*three_lines()), "lines-TOTAL_FORMS": count}
        assert desk_client.post(NEW, data).status_code == 422
        assert desk_client.post(NEW, {**data, "do": "more"}).status_code == 200
    assert not Order.objects.exists()


def test_lookups_take_as_many_queries_for_thirty_lines_as_for_three(desk_client, django_assert_num_queries):
    def count(rows):
        with django_assert_num_queries(35, exact=False) as captured:
            assert desk_client.post(NEW, typed(*rows, do="check")).status_code == 200
        return len(captured)

    desk_client.get(NEW)
    assert count(three_lines()) == count(three_lines() * 10)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.FINANCE])
def test_entry_needs_its_right(client, world, role):
    client.force_login(make_member(role).user)
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, typed(*three_lines())).status_code == 403
    assert not Order.objects.exists()
