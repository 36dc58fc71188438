"""Dates that moved: two axes, both directions, by whom, and what left its period."""

import datetime as dt
import json
from io import BytesIO

import pytest
from django.core.management import call_command
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from metrics.reports.bookings_billings_backlog import Question, bookings_billings_backlog
from metrics.reports.bookings_billings_backlog.span import Span, span_before
from orders.models import OrderLine
from tests.fixtures import TODAY
from tests.metrics.writer import make_slot
from values.fiscal import FiscalCalendar

FIRST = dt.date(2026, 11, 1)


def moved(cast, value, *, verb="commit_moved", to, start=dt.date(2026, 12, 10), initiator="us", **values):
    slot = make_slot(cast.sell_to, cast.a, cast.product, **values)
    OrderLine.objects.filter(pk=slot.line.pk).update(booking_rate=slot.rate)
    slot.write("booked", 1, value, day=FIRST)
    days = (to - start).days
    slot.write(verb, day=TODAY, from_date=start, to_date=to, days=days, initiator=initiator)
    return slot


@pytest.fixture
def moves(cast):
    moved(cast, 100_00, to=dt.date(2026, 12, 20))
    moved(cast, 200_00, to=dt.date(2027, 1, 9))
    moved(cast, 400_00, to=dt.date(2026, 11, 30), initiator="supplier")
    moved(cast, 800_00, verb="request_moved", to=dt.date(2026, 12, 5), initiator="customer")
    return cast


def test_each_axis_direction_and_initiator_has_a_row(moves):
    request, commit = bookings_billings_backlog(moves.tenant, Question(FIRST, TODAY)).main.moves
    (pulled,) = request.moves
    assert (pulled.driver, pulled.initiator, pulled.value, pulled.days) == ("pull-in", "customer", 800_00, -5)
    assert (pulled.out_of_period, pulled.out_of_quarter) == (0, 0)
    later, earlier = commit.moves
    assert (later.rows, later.schedules, later.value, later.mean_days) == (2, 2, 300_00, 20)
    # 100 × 10 days + 200 × 30 days; January is another quarter too
    assert (later.value_days, later.out_of_period, later.out_of_quarter) == (7_000_00, 200_00, 200_00)
    assert (earlier.initiator, earlier.value_days, earlier.out_of_period) == ("supplier", -4_000_00, 400_00)
    assert (earlier.out_of_quarter, commit.net_out_of_period, commit.net_value_days) == (0, -200_00, 3_000_00)


def test_fiscal_weeks_decide_what_a_period_is(moves):
    tenant = moves.tenant
    # 4-4-5 years that end on the last Saturday of December: 26 Dec 2026 ends one, and no January day is in it
    tenant.fiscal_pattern, tenant.fiscal_end_weekday, tenant.fiscal_year_end = "445", 5, "last"
    moved(moves, 1_00, start=dt.date(2026, 12, 26), to=dt.date(2026, 12, 27))
    _, commit = bookings_billings_backlog(tenant, Question(FIRST, TODAY)).main.moves
    assert commit.moves[0].out_of_period == 201_00


def test_moved_values_convert_at_the_booking_rate_of_their_line(cast):
    moved(cast, 10_01, to=dt.date(2026, 12, 20), currency="EUR", rate=2)
    moved(cast, 1_000, to=dt.date(2026, 12, 20), currency="JPY", rate=1)
    report = bookings_billings_backlog(cast.tenant, Question(FIRST, TODAY))
    # 10.01 € at 2 and ¥1,000 at 1 are 20.02 and 1,000.00 dollars
    assert report.reporting.moves[1].moves[0].value == 20_02 + 1_000_00
    slot = moved(cast, 5_00, to=dt.date(2026, 12, 20), currency="EUR", rate=2)
    OrderLine.objects.filter(pk=slot.line.pk).update(booking_rate=None)
    report = bookings_billings_backlog(cast.tenant, Question(FIRST, TODAY))
    assert report.reporting.moves is None
    assert report.sections[0].moves[1].moves[0].value == 15_01


def test_files_hold_the_table_of_moved_dates(moves, tmp_path):
    for ending in ("json", "xlsx", "pdf"):
        given = {"tenant": "aurora", "as_of": TODAY, "output": tmp_path / f"a.{ending}"}
        call_command("render_report", "bookings_billings_backlog", **given)
    found = json.loads((tmp_path / "a.json").read_text())["reporting"]["moved_dates"]
    assert [(row["axis"], row["driver"], row["value"], row["out_of_period"]) for row in found] == [
        ("request", "pull-in", "800.00", "0.00"),
        ("commit", "push-out", "300.00", "200.00"),
        ("commit", "pull-in", "400.00", "400.00"),
    ]
    book = CalamineWorkbook.from_filelike(BytesIO((tmp_path / "a.xlsx").read_bytes()))
    _, *rows = book.get_sheet_by_name("Moved dates").to_python()
    assert [(row[1], row[7]) for row in rows] == [
        ("Request moved earlier", 800),
        ("Commit moved later", 300),
        ("Commit moved earlier", 400),
    ]
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages)
    assert "Dates that moved" in text
    # 200 left its month for later, 400 for earlier
    assert "−200.00" in text


CALENDAR, WEEKS = FiscalCalendar(), FiscalCalendar("445", 1, "last", 5)


@pytest.mark.parametrize(
    ("calendar", "days", "before"),
    [
        (CALENDAR, ("2026-11-01", "2026-11-23"), ("2026-10-01", "2026-10-23")),
        (CALENDAR, ("2026-10-01", "2026-10-31"), ("2026-09-01", "2026-09-30")),
        (CALENDAR, ("2026-03-01", "2026-03-30"), ("2026-02-01", "2026-02-28")),
        (CALENDAR, ("2026-10-01", "2026-11-22"), ("2026-07-01", "2026-08-22")),
        (CALENDAR, ("2026-01-01", "2026-11-23"), ("2025-01-01", "2025-11-23")),
        (CALENDAR, ("2026-11-10", "2026-11-19"), ("2026-10-31", "2026-11-09")),
        # weeks to 26 Dec 2026: its last period of five weeks began on 22 Nov, the four before it on 25 Oct
        (WEEKS, ("2026-11-22", "2026-12-26"), ("2026-10-25", "2026-11-21")),
        (WEEKS, ("2026-11-22", "2026-11-23"), ("2026-10-25", "2026-10-26")),
    ],
)
def test_a_stretch_is_compared_with_the_same_stretch_before(calendar, days, before):
    first, last, was_first, was_last = map(dt.date.fromisoformat, (*days, *before))
    assert span_before(calendar, first, last) == Span(was_first, was_last)


def test_the_days_before_stand_beside_the_figures(cast):
    slot = make_slot(cast.sell_to, cast.a, cast.product)
    slot.write("booked", 10, 70_00, day=dt.date(2026, 10, 23))
    slot.write("booked", 10, 30_00, day=dt.date(2026, 10, 24))
    slot.write("commit_set", day=dt.date(2026, 10, 24), to_date=dt.date(2026, 10, 26))
    report = bookings_billings_backlog(cast.tenant, Question(FIRST, TODAY))
    assert report.compared == Span(dt.date(2026, 10, 1), dt.date(2026, 10, 23))
    assert (report.main.before.net_bookings, report.main.before.book_to_bill) == (70_00, None)
    assert (report.main.late_before, report.main.figures.opening) == (100_00, 100_00)
