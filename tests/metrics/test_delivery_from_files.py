"""Delivery performance of what files alone tell, over New Year, worked out by hand.

Goods leave the United States. 1 January 2026 is a Thursday and a holiday, so three business days before Friday
2 January is Monday 29 December, and three before Monday 5 January is Tuesday 30 December.

    PO  request  commit   left               request      first commit
    A   2 Jan    2 Jan    29 Dec             on time      on time
    B   2 Jan    5 Jan    26 Dec             too early    too early
    C   2 Jan    –        5 Jan              late         uncommitted
    E   2 Jan    5 Jan    50 30 Dec, 5 Jan   late         on time
    F   2 Jan    6 Jan    not yet            late         pending on the 6th, late on the 7th
"""

import json

import pytest
import time_machine
from django.core.management import call_command

from tests.exchange.files import counts, take
from tests.factories.parties import make_location, make_party
from tests.fixtures import NOW

PRICES = "list,currency,sku,min_qty,price,valid_from,valid_to\nOLD,USD,AUR-1,1,1.20,2025-01-01,2025-12-31\n"
BUYERS = "list,party,valid_from,valid_to\nOLD,NORTH,2025-01-01,2025-12-31\n"
ORDERS = """sell_to,customer_po,order_date,line,sku,quantity,ship_to,request_date,commit_date
NORTH,A,2025-12-01,1,AUR-1,100,NORTH/MAIN,2026-01-02,2026-01-02
NORTH,B,2025-12-01,1,AUR-1,100,NORTH/MAIN,2026-01-02,2026-01-05
NORTH,C,2025-12-01,1,AUR-1,100,NORTH/MAIN,2026-01-02,
NORTH,E,2025-12-01,1,AUR-1,100,NORTH/MAIN,2026-01-02,2026-01-05
NORTH,F,2025-12-01,1,AUR-1,100,NORTH/MAIN,2026-01-02,2026-01-06
"""
SHIPMENTS = """sell_to,customer_po,line,quantity,ship_date,site
NORTH,A,1,100,2025-12-29,AUSTIN
NORTH,B,1,100,2025-12-26,AUSTIN
NORTH,C,1,100,2026-01-05,AUSTIN
NORTH,E,1,50,2025-12-30,AUSTIN
NORTH,E,1,50,2026-01-05,AUSTIN
"""
REQUEST = {"due": 5, "on_time": 1, "late": 3, "too_early": 1, "pending": 0, "uncommitted": 0, "rate": "0.2000"}
ON_6TH = {"due": 4, "on_time": 2, "late": 0, "too_early": 1, "pending": 1, "uncommitted": 1, "rate": "0.6667"}
ON_7TH = {"due": 4, "on_time": 2, "late": 1, "too_early": 1, "pending": 0, "uncommitted": 1, "rate": "0.5000"}


@pytest.fixture
def told(world, tmp_path):
    make_location(make_party("HOUSE", country="US"), "AUSTIN", purpose="ship_from")
    assert counts(take("price_lists", PRICES)) == counts(take("price_list_assignments", BUYERS)) == (1, 0, 0, 0)
    assert counts(take("orders", ORDERS, accept_warnings=True)) == (5, 0, 0, 0)
    assert counts(take("shipments", SHIPMENTS, accept_warnings=True)) == (5, 0, 0, 0)

    def report(as_of, *arguments):
        target = tmp_path / "a.json"
        asked = ("--tenant", "aurora", "--from", "2026-01-01", "--as-of", as_of, "--output", str(target))
        with time_machine.travel(NOW, tick=False):
            call_command("render_report", "delivery_performance", *asked, *arguments)
        return json.loads(target.read_text())

    return report


@pytest.mark.parametrize(("as_of", "committed"), [("2026-01-06", ON_6TH), ("2026-01-07", ON_7TH)])
def test_windows_are_counted_in_the_holidays_of_the_site_that_a_file_names(told, as_of, committed):
    totals = told(as_of)["totals"]
    assert totals == {"request": REQUEST, "first_commit": committed, "current_commit": committed}


def test_what_left_stands_under_its_site(told):
    rows = [row for row in told("2026-01-07")["rows"] if row["dimension"] == "site"]
    assert {row["code"]: row["request"]["due"] for row in rows} == {None: 1, "HOUSE/AUSTIN": 4}
    assert told("2026-01-07", "--site", "HOUSE/AUSTIN")["totals"]["request"] == {
        **REQUEST, "due": 4, "late": 2, "rate": "0.2500"
    }  # fmt: skip
