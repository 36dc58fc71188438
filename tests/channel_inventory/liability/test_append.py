"""What each entry does to the buckets, and what the ledger never takes twice."""

import datetime as dt

import pytest

from channel_inventory.actions.append_liability import (
    Move,
    accrue_claim_lines,
    append_liability,
    reverse_claim_lines,
    reverse_rows,
)
from channel_inventory.choices import ClaimLineState, LiabilityEntry
from channel_inventory.engine.liability_buckets import BadLiability, Buckets, moved, taken
from channel_inventory.models import LiabilityLedger
from tenancy.scope import tenant_scope
from tests.channel_inventory.liability.claim_book import ClaimBook
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.factories.pricing import make_agreement
from tests.fixtures import NOW, TODAY

OCTOBER = dt.date(2026, 10, 14)
ACCRUE, ADJUST, APPROVE = LiabilityEntry.ACCRUE, LiabilityEntry.ADJUST, LiabilityEntry.APPROVE
DENY, SETTLE, REVERSE = LiabilityEntry.DENY, LiabilityEntry.SETTLE, LiabilityEntry.REVERSE


@pytest.fixture
def book(inside):
    return ClaimBook(make_sell_to("NGC"))


@pytest.fixture
def agreed(inside):
    return make_agreement(make_product("AUR-1"), "105", mechanism="ship_and_debit", end_buyer=make_end_buyer("VOLT"))


def entries(line):
    rows = LiabilityLedger.objects.filter(claim_line=line).order_by("pk")
    return [(row.entry, row.estimated, row.claimed) for row in rows]


def do(line, entry, amount, *, on=TODAY, key=None, **values):
    move = Move(entry, line.pk, amount, on, key or f"{entry}:{line.pk}", **values)
    return append_liability(moves=[move], by=None, at=NOW)


def accrue(*lines):
    return accrue_claim_lines(claim_line_ids=[line.pk for line in lines], by=None, at=NOW)


@pytest.mark.parametrize(
    ("amount", "is_open", "expected"),
    [(30, 50, 30), (50, 30, 30), (30, 0, 0), (30, -5, 0), (-30, -50, -30), (-50, -30, -30), (-30, 5, 0), (0, 9, 0)],
)
def test_taking_stops_at_zero(amount, is_open, expected):
    assert taken(amount, is_open) == expected


def test_every_entry_moves_its_own_buckets():
    assert moved(ACCRUE, 30, Buckets()) == Buckets(30, 0)
    assert moved(ADJUST, -10, Buckets(30, 0)) == Buckets(-10, 0)
    assert moved(APPROVE, 25, Buckets(30, 0)) == Buckets(-25, 25)
    assert moved(APPROVE, 40, Buckets(30, 0)) == Buckets(-30, 40), "never more of the estimate than is open"
    assert moved(APPROVE, -40, Buckets(30, 0)) == Buckets(0, -40), "a bill-back takes no estimate"
    assert moved(DENY, 40, Buckets(30, 0)) == Buckets(-30, 0)
    assert moved(SETTLE, 25, Buckets(0, 25)) == Buckets(0, -25)
    assert moved(SETTLE, -25, Buckets(0, -25)) == Buckets(0, 25)


@pytest.mark.parametrize(("entry", "amount"), [(ACCRUE, 0), (ACCRUE, -1), (SETTLE, 26), (SETTLE, -1), (REVERSE, 5)])
def test_what_the_books_do_not_bear_is_refused(entry, amount):
    with pytest.raises(BadLiability):
        moved(entry, amount, Buckets(30, 25))


def test_an_accrual_stands_on_the_day_of_the_resale(book, agreed):
    line = book.line(agreed, 3_000_000, on=OCTOBER)
    assert list(accrue(line)) == [f"accrue:{line.pk}"]
    row = LiabilityLedger.objects.get()
    assert (row.estimated, row.claimed, row.currency, row.kind) == (3_000_000, 0, "USD", "ship_and_debit")
    assert (row.business_date, row.event_date, row.period) == (OCTOBER, OCTOBER, dt.date(2026, 10, 1))
    assert row.received_on == TODAY
    assert (row.partner_id, row.product_id) == (book.partner.pk, agreed.product_id)
    assert (row.end_buyer_id, row.agreement_id) == (agreed.end_buyer_id, agreed.agreement_id)


def test_a_closed_period_takes_nothing_in_but_the_event_keeps_its_day(inside, book, agreed):
    inside.closed_through = dt.date(2026, 10, 31)
    inside.save()
    accrue(book.line(agreed, 500, on=OCTOBER))
    row = LiabilityLedger.objects.get()
    assert (row.business_date, row.event_date, row.period) == (dt.date(2026, 11, 1), OCTOBER, dt.date(2026, 10, 1))


def test_only_lines_that_wait_without_a_denial_are_estimated(book, agreed):
    decided = book.line(agreed, 500, state=ClaimLineState.DENIED)
    denied = book.line(agreed, 500, findings=[{"code": "02", "message": "Expired", "is_denial": True}])
    warned = book.line(agreed, 400, findings=[{"code": "07", "message": "Book differs", "is_denial": False}])
    assert list(accrue(decided, denied, warned, book.line(agreed, 0))) == [f"accrue:{warned.pk}"]


def test_the_return_of_a_pending_sale_adjusts(book, agreed):
    line = book.line(agreed, 500)
    back = book.line(agreed, -200, reverses=line)
    accrue(line, back)
    assert entries(back) == [("adjust", -200, 0)]
    do(back, APPROVE, -200)
    assert entries(back)[1:] == [("approve", 200, -200)], "approved like any line: its estimate goes, its claim comes"


def test_the_same_asked_twice_is_one_row(book, agreed):
    line = book.line(agreed, 500)
    assert accrue(line)
    assert accrue(line) == {}
    first = do(line, APPROVE, 500)
    assert do(line, APPROVE, 500) == first
    assert entries(line) == [("accrue", 500, 0), ("approve", -500, 500)]


def test_part_is_approved_and_the_rest_denied_in_one_call(book, agreed):
    line = book.line(agreed, 500)
    accrue(line)
    moves = [Move(APPROVE, line.pk, 300, TODAY, "a"), Move(DENY, line.pk, 200, TODAY, "d")]
    assert list(append_liability(moves=moves, by=None, at=NOW)) == ["a", "d"]
    assert entries(line) == [("accrue", 500, 0), ("approve", -300, 300), ("deny", -200, 0)]


def test_nothing_leaves_no_row(book, agreed):
    line = book.line(agreed, 500)
    assert do(line, DENY, 500) == {}
    assert entries(line) == []


def test_a_settlement_names_its_credit_and_never_exceeds_the_claim(book, agreed):
    line = book.line(agreed, 500)
    accrue(line)
    do(line, APPROVE, 500)
    credit = book.credit(line)
    with pytest.raises(BadLiability):
        do(line, SETTLE, 501, credit_id=credit.pk)
    do(line, SETTLE, 500, credit_id=credit.pk)
    row = LiabilityLedger.objects.get(entry=SETTLE)
    assert (row.credit_id, row.claimed, row.estimated) == (credit.pk, -500, 0)


def test_a_reversal_is_the_exact_negative_of_one_row(book, agreed):
    line = book.line(agreed, 500, on=OCTOBER)
    [row] = accrue(line).values()
    assert list(reverse_rows(row_ids=[row], on=dt.date(2026, 1, 1), by=None, at=NOW)) == [f"reverse:{row}"]
    assert reverse_rows(row_ids=[row], on=TODAY, by=None, at=NOW) == {}, "once"
    back = LiabilityLedger.objects.get(entry=REVERSE)
    assert (back.estimated, back.claimed, back.reverses_id) == (-500, 0, row)
    assert back.business_date == OCTOBER, "never before the row itself"
    assert reverse_rows(row_ids=[back.pk], on=TODAY, by=None, at=NOW) == {}, "a reversal is not reversed"


def test_a_line_that_was_settled_is_recoverable_when_it_is_taken_back(book, agreed):
    line = book.line(agreed, 500)
    accrue(line)
    do(line, APPROVE, 500)
    do(line, SETTLE, 500, credit_id=book.credit(line).pk)
    reverse_claim_lines(claim_line_ids=[line.pk], on=TODAY, by=None, at=NOW, note="corrected")
    assert entries(line)[3:] == [("reverse", -500, 0), ("reverse", 500, -500)]
    assert sum(row[1] for row in entries(line)) == 0
    assert sum(row[2] for row in entries(line)) == -500


def test_another_tenant_s_lines_are_out_of_reach(book, agreed, kestrel):
    line = book.line(agreed, 500)
    with tenant_scope(kestrel.pk):
        assert accrue(line) == {}
