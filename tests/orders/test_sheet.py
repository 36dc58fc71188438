"""The sheet while somebody types: one request keeps the draft and answers for every line."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import PartNumber
from orders.models import Order, OrderDraft
from tenancy.choices import Role
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer
from tests.factories.pricing import make_agreement
from tests.factories.tenancy import make_member
from tests.fixtures import NOW
from tests.orders.pages import three_lines, typed
from tests.orders.sheets import SHEET, ask, content

pytestmark = pytest.mark.usefixtures("noon")


def test_every_line_is_answered_with_price_reasons_and_trail(desk_client):
    answer = ask(desk_client, content(*three_lines())).json()
    assert [(row["price"], row["value"], row["tone"]) for row in answer["rows"]] == [
        ("0.95", "950.00", ""), ("1.20", "1,200.00", ""), ("1.20", "1,200.00", ""),
    ]  # fmt: skip
    assert [row["why"]["price"]["label"] for row in answer["rows"]] == [
        "SPA-A rev 1", "SPA-B rev 1 (ship and debit)", "Price list BOOK, from 1",
    ]  # fmt: skip
    losers = [step["why"] for step in answer["rows"][2]["why"]["price"]["steps"] if not step["applies"]]
    assert "It is for A Company, not for this line's end buyer." in losers
    assert answer["rows"][0]["why"]["terms"]["label"].startswith("DAP dock")
    assert dict(answer["totals"]) == {
        "Units": "3,000",
        "Value": "USD\u00a03,350.00",
        "Expected claims": "USD\u00a0−220.00",
    }
    assert not Order.objects.exists()


def test_agreed_cost_is_for_those_who_may_see_it(client, world):
    client.force_login(make_member(Role.SALES_OPS, sees_cost=False).user)
    text = ask(client, content(*three_lines())).content.decode()
    assert "SPA-B rev 1" in text
    for secret in ("0.98", "Agreed cost", "Expected claim", "220.00"):
        assert secret not in text


def test_a_half_typed_sheet_prices_what_it_can_and_calls_nothing_missing_wrong(desk_client):
    rows = [{"part": "AUR-1", "quantity": "1,000"}, {"part": "AUR-1"}, {"quantity": "5"}, {}]
    answer = ask(desk_client, content(*rows, customer_po="", default_request_date="")).json()
    assert [(row["errors"], row["missing"]) for row in answer["rows"]] == [
        ({}, ["request_date"]), ({}, ["quantity", "request_date"]), ({}, ["request_date", "part"]), ({}, []),
    ]  # fmt: skip
    assert answer["rows"][0]["price"] == "1.20"
    assert answer["header"] == {"errors": {}, "missing": ["customer_po"]}


def test_nothing_is_priced_before_the_sell_to_is_known(desk_client):
    answer = ask(desk_client, content(*three_lines(), sell_to="Nort")).json()
    assert answer["header"]["errors"] == {"sell_to": "“Nort” is not known. Nearest: NORTH (Northgate Components)."}
    assert all("price" not in row for row in answer["rows"])
    assert answer["totals"] == []


def test_a_wrong_quantity_is_priced_explained_and_corrected(desk_client):
    make_product("REEL", description="Coil", minimum_qty=1000, multiple_qty=500)
    row = ask(desk_client, content({"part": "REEL", "quantity": "600"})).json()["rows"][0]
    assert row["errors"] == {"quantity": "600 is below the minimum of 1,000. The nearest is 1,000."}
    assert (row["take"], row["tone"], row["price"]) == ("1,000", "bad", "no price")
    assert row["hints"] == ["Coil", "At least 1,000, packages of 500"]


def test_the_customers_number_names_our_part(desk_client, world):
    PartNumber.objects.create(product=world.product, party=world.sell_to, number="48-10233")
    row = ask(desk_client, content({"part": "48-10233", "quantity": "10"})).json()["rows"][0]
    assert row["hints"] == ["AUR-1: Regulator"]
    assert row["value"] == "12.00"


def test_a_date_before_the_lead_time_is_said_and_not_refused(desk_client):
    make_product("SLOW", lead_time_days=42)
    rows = [{"part": "SLOW", "quantity": "1", "request_date": day} for day in ("2027-01-03", "2027-01-04")]
    answer = ask(desk_client, content(*rows)).json()
    assert [row["late"] for row in answer["rows"]] == ["Lead time 6 weeks: first date likely 04 Jan", ""]
    assert [row["errors"] for row in answer["rows"]] == [{}, {}]


def test_holds_arise_while_typing(desk_client):
    make_product("BARE")
    answer = ask(desk_client, content({"part": "BARE", "quantity": "1"}, *three_lines()[2:])).json()
    assert answer["rows"][0]["holds"] == [
        {"tone": "bad", "text": "No price: No price in USD: none of the rules applies."}
    ]
    assert (answer["held"], answer["rows"][0]["value"]) == (1, "on hold")


def test_what_is_left_of_a_cap_is_shown_before_and_after_the_line(desk_client, world):
    buyer = make_end_buyer("CAPPED")
    make_agreement(world.product, "0.90", end_buyer=buyer, sell_to=world.sell_to, number="SPA-CAP", cap_qty=500)
    rows = [{"part": "AUR-1", "quantity": text, "end_buyer": "CAPPED"} for text in ("300", "600")]
    first, second = ask(desk_client, content(*rows)).json()["rows"]
    assert first["why"]["cap"]["facts"] == [
        ["Cap", "500"], ["Left", "500"], ["This line", "300"], ["Left after it", "200"],
    ]  # fmt: skip
    assert second["why"]["cap"] is None
    assert second["price"] == "1.20"


def test_a_po_that_is_there_already_is_named_with_its_order(desk_client):
    desk_client.post("/aurora/orders/new/", typed(*three_lines()))
    first = Order.objects.get()
    asked = content(customer_po="po 47 11")
    assert ask(desk_client, asked).json()["duplicate"] == {
        "number": first.number, "url": f"/aurora/orders/{first.pk}/",
    }  # fmt: skip
    assert ask(desk_client, content(customer_po="PO 4712")).json()["duplicate"] is None


def test_a_wrong_date_of_several_is_named_by_its_place(desk_client):
    row = ask(desk_client, content({"part": "AUR-1", "parts": "400@2027-01-14 600@2027-02-30"})).json()["rows"][0]
    assert row["errors"] == {"parts": "No such day. Write 2027-01-14, 14 Jan 2027 or 14.01.2027."}
    assert row["partErrors"] == {"1": "No such day. Write 2027-01-14, 14 Jan 2027 or 14.01.2027."}


def test_another_currency_is_totalled_in_the_tenants_own_too(desk_client):
    answer = ask(desk_client, content(*three_lines(), currency="EUR")).json()
    assert dict(answer["totals"]) == {"Units": "3,000", "Value": "EUR\u00a00.00", "In USD": "no rate"}
    assert ask(desk_client, content(*three_lines(), currency="XXX")).json()["rows"][0].get("price") is None


def test_the_number_of_queries_is_the_same_for_three_lines_and_for_thirty(desk_client):
    def queries(times):
        with CaptureQueriesContext(connection) as found:
            assert ask(desk_client, content(*three_lines() * times)).status_code == 200
        return len(found)

    queries(2)
    assert queries(1) == queries(10)


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "{}", '{"draft": null, "version": 0, "page": "no", "content": {}}',
        json.dumps({"draft": None, "version": 0, "page": str(NOW), "content": {}}),
        '{"draft": null, "version": 0, "page": "00000000-0000-0000-0000-000000000001", "content": []}',
        '{"draft": null, "version": 0, "page": "00000000-0000-0000-0000-000000000001", "content": {"rows": [1]}}',
        '{"draft": null, "version": 0, "page": "00000000-0000-0000-0000-000000000001",'
        ' "content": {"header": {"sell_to": 1}}}',
        '{"draft": 99999999999999999999, "version": 0, "page": "00000000-0000-0000-0000-000000000001", "content": {}}',
        '{"draft": null, "version": 1e999, "page": "00000000-0000-0000-0000-000000000001", "content": {}}',
        '{"draft": 1e999, "version": 0, "page": "00000000-0000-0000-0000-000000000001", "content": {}}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_what_no_page_sends_is_refused(desk_client, body):
    assert desk_client.post(SHEET, body, content_type="application/json").status_code in (400, 410)
    assert not OrderDraft.objects.exists()


def test_more_rows_than_a_page_has_are_refused(desk_client):
    assert ask(desk_client, content(*[{"part": "AUR-1"}] * 201)).status_code == 400


def test_null_characters_and_broken_letters_do_no_harm(desk_client):
    answer = ask(desk_client, content({"part": "A\0\ud800"})).json()
    assert answer["rows"][0]["errors"]["part"].startswith("“A” is not known.")
