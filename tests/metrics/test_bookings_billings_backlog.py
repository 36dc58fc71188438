import datetime as dt
from decimal import Decimal

import pytest

from metrics.actions.run_nightly import run_nightly
from metrics.models import BacklogPosition, DailyFlow
from metrics.reports.bookings_billings_backlog import (
    LEDGER,
    SNAPSHOT,
    DoesNotFoot,
    Question,
    bookings_billings_backlog,
)
from metrics.reports.question import BadQuestion, period_start
from parties.models import Party
from tenancy.models import Tenant
from tests.factories.catalog import make_product
from tests.factories.parties import make_end_buyer, make_sell_to
from tests.fixtures import NOW, TODAY
from tests.metrics.known_answer import FIRST, LAST, write_known_answer
from tests.metrics.writer import make_slot

DAY = dt.timedelta(days=1)
NOVEMBER = dt.date(2026, 11, 1)


def ask(tenant: Tenant, first=NOVEMBER, as_of=TODAY, **more):
    return bookings_billings_backlog(tenant, Question(first, as_of, **more))


@pytest.fixture(params=[SNAPSHOT, LEDGER])
def source(request) -> str:
    return request.param


def test_the_known_answer_to_the_cent(cast, source):
    write_known_answer(cast)
    run_nightly(night=TODAY, at=NOW)
    report = ask(cast.tenant, source=source)
    assert report.coverage.use_snapshot == (source == SNAPSHOT)
    assert report.main.figures.totals() == {
        "opening_backlog": 0,
        "gross_bookings": 500_00,
        "quantity_decreases": 0,
        "cancels": 60_00,
        "price_changes": -50_00,
        "net_bookings": 390_00,
        "shipped": 210_00,
        "transfers": 0,
        "closing_backlog": 180_00,
        "billings": 210_00,
    }
    assert report.main.figures.book_to_bill == Decimal("1.857")
    by_buyer = {line.end_buyer.code: line.figures for line in report.main.lines}
    assert (by_buyer["A"].transfer, by_buyer["A"].closing) == (-180_00, 0)
    assert (by_buyer["B"].transfer, by_buyer["B"].closing) == (180_00, 180_00)


def test_a_period_in_the_middle_opens_with_what_was_open(cast, source):
    write_known_answer(cast)
    run_nightly(night=TODAY, at=NOW)
    report = ask(cast.tenant, FIRST + 3 * DAY, FIRST + 5 * DAY, source=source)
    assert report.main.figures.totals() == {
        "opening_backlog": 500_00,
        "gross_bookings": 0,
        "quantity_decreases": 0,
        "cancels": 60_00,
        "price_changes": -50_00,
        "net_bookings": -110_00,
        "shipped": 210_00,
        "transfers": 0,
        "closing_backlog": 180_00,
        "billings": 0,
    }
    assert report.main.figures.book_to_bill is None
    assert report.main.unbilled == 210_00


def test_rows_recorded_after_the_snapshot_are_in_the_answer(cast, source):
    slot = make_slot(cast.sell_to, cast.a, cast.product)
    slot.write("booked", 10, 100, day=TODAY - 40 * DAY, at=NOW - 2 * DAY)
    run_nightly(night=TODAY - DAY, at=NOW - DAY)
    slot.write("qty_increased", 5, 50, day=TODAY - 40 * DAY, at=NOW)
    slot.write("shipped", -15, -150, day=TODAY, at=NOW)
    figures = ask(cast.tenant, source=source).main.figures
    assert (figures.opening, figures.shipped, figures.closing) == (150, -150, 0)


def test_each_currency_stands_alone_until_all_rows_have_a_rate(cast, source):
    make_slot(cast.sell_to, cast.a, cast.product, currency="EUR", rate=2).write("booked", 1, 100, day=TODAY)
    make_slot(cast.sell_to, cast.b, cast.product).write("booked", 1, 7, day=TODAY)
    run_nightly(night=TODAY, at=NOW)
    report = ask(cast.tenant, source=source)
    assert [(s.currency, s.figures.closing) for s in report.sections] == [("EUR", 100), ("USD", 7)]
    assert (report.reporting.currency, report.reporting.figures.closing) == ("USD", 207)
    make_slot(cast.sell_to, cast.a, cast.product, currency="EUR", rate=None).write(
        "booked", 1, 5, day=TODAY, at=NOW + dt.timedelta(minutes=1)
    )
    report = ask(cast.tenant, source=source)
    assert [(s.currency, s.figures.closing) for s in report.sections] == [("EUR", 105), ("USD", 7)]
    assert report.reporting is None
    assert report.main is None


def test_filters_follow_the_ledger_rows_and_take_branches_and_merged_parties_along(cast, source):
    branch = make_sell_to("BRANCH", parent=cast.sell_to)
    lost = make_sell_to("LOST", merged_into=branch)
    other = make_sell_to("OTHER")
    for n, party in enumerate((cast.sell_to, branch, lost, other)):
        make_slot(party, cast.a, cast.product).write("booked", 1, 10**n, day=TODAY)
    write_known_answer(cast)
    run_nightly(night=TODAY, at=NOW)
    whole = ask(cast.tenant, source=source, sell_to_id=cast.sell_to.pk, end_buyer_id=cast.a.pk)
    assert whole.main.figures.booked == 111 + 333_33
    assert {line.sell_to.code: line.figures.booked for line in whole.main.lines} == {"DISTI": 1 + 333_33, "BRANCH": 110}
    only_b = ask(cast.tenant, source=source, end_buyer_id=cast.b.pk).main.figures
    assert (only_b.opening, only_b.transfer, only_b.closing) == (0, 180_00, 180_00)
    assert ask(cast.tenant, source=source, product_id=make_product().pk).main.figures.closing == 0


def test_the_rest_of_the_keys_is_summed_so_that_the_table_foots(cast, source):
    buyers: list[Party] = [make_end_buyer(f"E{n}") for n in range(5)]
    for n, buyer in enumerate(buyers):
        make_slot(cast.sell_to, buyer, cast.product).write("booked", 1, 10**n, day=TODAY)
    run_nightly(night=TODAY, at=NOW)
    section = ask(cast.tenant, source=source, top=2).main
    assert [(line.end_buyer.code, line.keys, line.figures.closing) for line in section.lines] == [
        ("E4", 1, 10_000),
        ("E3", 1, 1_000),
        ("", 3, 111),
    ]
    assert section.lines[-1].is_rest
    assert section.figures.closing == 11_111


def test_the_bridge_names_each_driver_and_the_rows_behind_it(cast):
    write_known_answer(cast)
    drivers = ask(cast.tenant).main.drivers
    assert [(each.label, each.amount, each.ledger_rows) for each in drivers] == [
        ("New lines", 333_33, 1),
        ("Quantity up", 166_67, 1),
        ("Quantity down", 0, 0),
        ("Cancels", -60_00, 1),
        ("Price", -50_00, 1),
        ("Shipped", -210_00, 1),
        ("Transfers", 0, 2),
    ]


def test_a_bridge_that_does_not_foot_fails_and_names_the_key(cast):
    write_known_answer(cast)
    run_nightly(night=LAST, at=NOW)
    DailyFlow.objects.filter(cancel_value__isnull=False).update(cancel_value=-59_99)
    with pytest.raises(DoesNotFoot, match=r"in USD does not foot.*DISTI × A × AUR-1: -1"):
        ask(cast.tenant)


def test_positions_that_differ_from_the_schedules_fail_too(cast):
    slot = make_slot(cast.sell_to, cast.a, cast.product)
    slot.write("booked", 10, 100, day=TODAY - 40 * DAY)
    run_nightly(night=TODAY, at=NOW)
    BacklogPosition.objects.update(value=101)
    with pytest.raises(DoesNotFoot, match="1 between"):
        ask(cast.tenant)


def test_a_report_cannot_end_before_it_begins():
    with pytest.raises(BadQuestion, match="after the as-of date"):
        Question(TODAY, TODAY - DAY)


def test_it_begins_with_the_fiscal_period_of_the_tenant(inside):
    assert period_start(inside, TODAY) == NOVEMBER
    inside.fiscal_pattern, inside.fiscal_start_month = "445", 1
    # weeks end on Saturday, the year before on 27 December 2025; the twelfth period begins after 3 × 13 + 4 + 4 weeks
    assert period_start(inside, TODAY) == dt.date(2025, 12, 28) + dt.timedelta(weeks=47)


def test_the_trend_has_thirteen_periods_and_no_ratio_without_billings(cast, source):
    slot = make_slot(cast.sell_to, cast.a, cast.product)
    for month, (booked, billed) in {8: (100, 80), 9: (100, 0), 10: (50, 20), 11: (30, 40)}.items():
        slot.write("booked", booked, booked, day=dt.date(2026, month, 3))
        if billed:
            slot.write("invoiced", billed, billed, day=dt.date(2026, month, 9))
    run_nightly(night=TODAY, at=NOW)
    trend = ask(cast.tenant, source=source).main.trend
    assert (len(trend), trend[0].period.start, trend[-1].period.start) == (13, dt.date(2025, 11, 1), NOVEMBER)
    assert [(t.net_bookings, t.billings, t.book_to_bill, t.book_to_bill_3) for t in trend[-4:]] == [
        (100, 80, Decimal("1.250"), Decimal("1.250")),
        (100, 0, None, Decimal("2.500")),
        (50, 20, Decimal("2.500"), Decimal("2.500")),
        (30, 40, Decimal("0.750"), Decimal("3.000")),
    ]
