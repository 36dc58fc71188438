"""The reasons that hold for a claim line, each made once; amounts are worked out by hand."""

import datetime as dt

import pytest

from channel_inventory.engine.claims import replay
from tests.channel_inventory.claims.shop import buckets, claim_of, codes, other_product, value
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.fixtures import TODAY

DENIED, WARNED = True, False


def unknown_number(shop):
    return shop.sell(10, cited_agreement="SPA-NONE")


def cited_not_approved(shop):
    shop.agree("105", number="SPA-1", status="draft")
    return shop.sell(10, cited_agreement="SPA-1")


def cited_of_another_partner(shop):
    shop.agree("105", number="SPA-1", sell_to=make_sell_to())
    return shop.sell(10, cited_agreement="SPA-1")


def cited_but_valued_by_another(shop):
    shop.agree("105")
    return shop.sell(10, cited_agreement="SPA-NONE")


def cited_and_ended(shop):
    shop.agree("105", number="SPA-1", valid_to=dt.date(2026, 10, 31))
    return shop.sell(10, cited_agreement="SPA-1")


def cited_without_the_part(shop):
    shop.agree("105", number="SPA-1", product=other_product(shop))
    return shop.sell(10, cited_agreement="SPA-1")


def more_than_is_left(shop):
    shop.agree("105", cap_qty=1_000, consumed_qty=996)
    return shop.sell(10)


def nothing_left(shop):
    shop.agree("105", cap_qty=1_000, consumed_qty=1_000)
    return shop.sell(10)


def partner_reckons_with_another_agreed_cost(shop):
    shop.agree("105")
    return shop.sell(10, claimed_amount=20_000)


def partner_reckons_from_the_invoice_price(shop):
    """100 net of a credit; the partner starts from the 120 of the invoice: 10 × 15 instead of 10 × 0 …"""
    shop.agree("95")
    return shop.sell(10, (10, "120"), net="100", claimed_amount=25_000)


def twice_in_the_report(shop):
    shop.agree("105")
    value(shop.sell(10, invoice_number="A-1"))
    return shop.sell(10, invoice_number="A-1")


def cost_unknown(shop):
    shop.agree("105")
    line = shop.line(10)
    shop.short(line, 10, None)
    return line


def agreed_not_below(shop):
    shop.agree("120")
    return shop.sell(10)


def not_started(shop):
    shop.agree("105", valid_from=dt.date(2026, 11, 3))
    return shop.sell(10, claimed_amount=15_000)


def ended(shop):
    shop.agree("105", valid_to=dt.date(2026, 11, 1))
    return shop.sell(10, claimed_amount=15_000)


def beyond_stock(shop):
    shop.agree("105")
    line = shop.line(10)
    shop.short(line, 10, "118")
    return line


def cost_in_another_currency(shop):
    shop.agree("105")
    return shop.sell(10, cost_currency="EUR")


def another_customers(shop):
    shop.agree("105", number="SPA-1", end_buyer=make_end_buyer())
    return shop.sell(10, cited_agreement="SPA-1")


def claimed_without_any(shop):
    return shop.sell(10, claimed_amount=15_000)


def claimed_by_an_earlier_report(shop):
    shop.agree("105")
    value(shop.sell(10, invoice_number="A-1"))
    shop.batch = shop.report()
    return shop.sell(10, invoice_number="A-1")


def ninety_one_days(shop):
    shop.agree("105")
    return shop.sell(10, invoice_date=TODAY - dt.timedelta(days=91))


def ninety_days(shop):
    shop.agree("105")
    return shop.sell(10, invoice_date=TODAY - dt.timedelta(days=90))


@pytest.mark.parametrize(
    ("make", "found", "amount", "estimated"),
    [
        (unknown_number, [("01", DENIED)], 0, 0),
        (cited_not_approved, [("01", DENIED)], 0, 0),
        (cited_of_another_partner, [("01", DENIED)], 0, 0),
        (cited_but_valued_by_another, [("01", WARNED)], 15_000, 15_000),
        (cited_and_ended, [("02", DENIED)], 0, 0),
        (cited_without_the_part, [("03", DENIED)], 0, 0),
        (more_than_is_left, [("04", WARNED)], 15_000, 15_000),
        (nothing_left, [("05", DENIED)], 15_000, 0),
        (partner_reckons_with_another_agreed_cost, [("06", WARNED)], 15_000, 15_000),
        (partner_reckons_from_the_invoice_price, [("07", WARNED)], 5_000, 5_000),
        (twice_in_the_report, [("12", WARNED)], 15_000, 30_000),
        (cost_unknown, [("15", DENIED)], 0, 0),
        (agreed_not_below, [("17", DENIED)], 0, 0),
        (not_started, [("19", DENIED)], 0, 0),
        (ended, [("20", DENIED)], 0, 0),
        (beyond_stock, [("25", WARNED)], 13_000, 13_000),
        (cost_in_another_currency, [("25", DENIED)], 0, 0),
        (another_customers, [("26", DENIED)], 0, 0),
        (claimed_without_any, [("26", DENIED)], 0, 0),
        (claimed_by_an_earlier_report, [("28", DENIED)], 15_000, 15_000),
        (ninety_one_days, [("29", DENIED)], 15_000, 0),
        (ninety_days, [], 15_000, 15_000),
    ],
)
def test_each_reason_is_found_where_it_applies_and_bounds_the_amount(shop, make, found, amount, estimated):
    """`estimated` is of all lines: what a finding denies is not owed until somebody approves it all the same."""
    sale = make(shop)
    value(sale)
    claim = claim_of(sale)
    assert codes(claim) == found, claim.findings
    assert claim.reason == (found[0][0] if found else "")
    assert claim.amount == amount
    assert buckets() == (estimated, 0)
    assert replay(claim.receipt) == amount
