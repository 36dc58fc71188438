import json
from io import BytesIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from jobs.files import open_file
from jobs.models import GeneratedFile
from jobs.run import run
from metrics.actions.request_report import request_report
from metrics.actions.run_nightly import run_nightly
from metrics.asked import Asked
from metrics.models import DailyFlow
from tests.factories.parties import make_end_buyer
from tests.fixtures import NOW, TODAY
from tests.metrics.known_answer import LAST, write_known_answer
from tests.metrics.writer import make_slot

NAME = "bookings_billings_backlog"

KNOWN_TOTALS = {
    "opening_backlog": "0.00",
    "gross_bookings": "500.00",
    "quantity_decreases": "0.00",
    "cancels": "60.00",
    "price_changes": "-50.00",
    "net_bookings": "390.00",
    "shipped": "210.00",
    "transfers": "0.00",
    "closing_backlog": "180.00",
    "billings": "210.00",
    "book_to_bill": "1.857",
}


def render(path, *arguments):
    with time_machine.travel(NOW, tick=False):
        call_command(
            "render_report", NAME, "--tenant", "aurora", "--as-of", "2026-11-30", "--output", str(path), *arguments
        )
    return path.read_bytes()


def test_json_has_exactly_the_agreed_totals(cast, tmp_path):
    write_known_answer(cast)
    run_nightly(night=LAST, at=NOW)
    from_snapshot = json.loads(render(tmp_path / "a.json"))
    assert from_snapshot["totals"] == KNOWN_TOTALS
    assert {key: from_snapshot[key] for key in ("report", "tenant", "from", "as_of", "currency")} == {
        "report": NAME,
        "tenant": "aurora",
        "from": "2026-11-01",
        "as_of": "2026-11-30",
        "currency": "USD",
    }
    assert [(row["end_buyer"], row["transfers"], row["closing_backlog"]) for row in from_snapshot["rows"]] == [
        ("A", "-180.00", "0.00"),
        ("B", "180.00", "180.00"),
    ]
    assert from_snapshot["source"]["is_reconciled"] is True
    from_ledger = json.loads(render(tmp_path / "b.json", "--source", "ledger"))
    assert from_ledger.pop("source")["kind"] == "ledger"
    assert from_snapshot.pop("source")["kind"] == "snapshot"
    assert from_ledger == from_snapshot


def test_without_billings_book_to_bill_is_null_and_yen_have_no_decimals(cast, tmp_path):
    make_slot(cast.sell_to, cast.a, cast.product, currency="JPY", rate=None).write("booked", 1, 1234, day=TODAY)
    data = json.loads(render(tmp_path / "a.json"))
    assert (data["currency"], data["totals"]["gross_bookings"], data["totals"]["book_to_bill"]) == ("JPY", "1234", None)


def test_two_currencies_without_a_rate_are_never_added(cast, tmp_path):
    make_slot(cast.sell_to, cast.a, cast.product, currency="JPY", rate=None).write("booked", 1, 1234, day=TODAY)
    make_slot(cast.sell_to, cast.a, cast.product).write("booked", 1, 50, day=TODAY)
    data = json.loads(render(tmp_path / "a.json"))
    assert data["currency"] is None
    assert set(data["totals"]) == set(KNOWN_TOTALS)
    assert set(data["totals"].values()) == {None}
    assert {name: part["totals"]["gross_bookings"] for name, part in data["by_currency"].items()} == {
        "JPY": "1234",
        "USD": "0.50",
    }


def test_an_empty_ledger_gives_zeros_in_the_tenants_currency(inside, tmp_path):
    data = json.loads(render(tmp_path / "a.json"))
    assert (data["currency"], data["totals"]["closing_backlog"], data["rows"]) == ("USD", "0.00", [])


def test_the_workbook_holds_the_same_figures_and_no_formulas(cast, tmp_path):
    cast = type(cast)(cast.tenant, cast.sell_to, make_end_buyer("F", name='=HYPERLINK("x")'), cast.b, cast.product)
    write_known_answer(cast)
    book = CalamineWorkbook.from_filelike(BytesIO(render(tmp_path / "a.xlsx")))
    headings, *rows = book.get_sheet_by_name("Totals").to_python()
    assert dict(zip(headings, rows[0], strict=True)) == {
        "Currency": "USD",
        "Opening backlog": 0,
        "Gross bookings": 500,
        "Quantity decreases": 0,
        "Cancels": 60,
        "Price changes": -50,
        "Net bookings": 390,
        "Shipped": 210,
        "Transfers": 0,
        "Closing backlog": 180,
        "Billings": 210,
        "Book to bill": 1.857,
        "Shipped, not billed": 0,
    }
    _, *keys = book.get_sheet_by_name("Rows").to_python()
    assert [(row[2], row[3], row[15]) for row in keys] == [("F", '\'=HYPERLINK("x")', 0), ("B", "B Company", 180)]


def test_the_pdf_shows_the_totals(cast, tmp_path):
    write_known_answer(cast)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(render(tmp_path / "a.pdf"))).pages)
    for figure in ("500.00", "390.00", "210.00", "180.00", "1.86", "Aurora Semiconductor", "November 2026"):
        assert figure in text


def test_filters_by_code(cast, tmp_path):
    write_known_answer(cast)
    data = json.loads(render(tmp_path / "a.json", "--end-buyer", "B", "--sell-to", "DISTI", "--product", "AUR-1"))
    assert (data["totals"]["transfers"], data["totals"]["gross_bookings"]) == ("180.00", "0.00")


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (["nothing", "--tenant", "aurora", "--output", "a.pdf"], "no report “nothing”", 2),
        ([NAME, "--tenant", "nobody", "--output", "a.pdf"], "no tenant “nobody”", 2),
        ([NAME, "--tenant", "aurora", "--output", "a.doc"], "cannot be made as “doc”", 2),
        ([NAME, "--tenant", "aurora", "--output", "a"], "cannot be made as “”", 2),
        ([NAME, "--tenant", "aurora", "--output", "a.json", "--from", "2027-01-01"], "after the as-of date", 2),
        ([NAME, "--tenant", "aurora", "--output", "a.json", "--from", "soon"], "“soon” is not a date", 1),
        ([NAME, "--tenant", "aurora", "--output", "a.json", "--end-buyer", "?"], "no end buyer “\\?”", 2),
        ([NAME, "--tenant", "aurora", "--output", "/proc/no/a.json"], "cannot be written", 2),
    ],
)
def test_what_cannot_be_rendered_is_said(aurora, arguments, said, code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=said) as refused:
        call_command("render_report", "--as-of", "2026-11-23", *arguments)
    assert refused.value.returncode == code
    assert not list(tmp_path.iterdir())


def test_figures_that_do_not_foot_are_not_rendered(cast, tmp_path):
    write_known_answer(cast)
    run_nightly(night=LAST, at=NOW)
    DailyFlow.objects.filter(cancel_value__isnull=False).update(cancel_value=-1)
    with pytest.raises(CommandError, match="does not foot"):
        render(tmp_path / "a.json")
    assert not (tmp_path / "a.json").exists()


def ask_for(desk, click="c1", ending="json"):
    return request_report(name=NAME, ending=ending, asked=Asked(as_of=TODAY), click=click, by=desk, at=NOW)


def test_a_report_as_a_job_is_a_file_to_download(cast, desk):
    write_known_answer(cast)
    job = ask_for(desk)
    assert ask_for(desk).pk == job.pk
    assert run(cast.tenant.pk, job.pk, clock=lambda: NOW)
    file = GeneratedFile.objects.get()
    assert (file.name, file.right, file.job_id) == (
        "Bookings, billings and backlog aurora 2026-11-23.json",
        "reports.view",
        job.pk,
    )
    with open_file(file) as content:
        assert json.load(content)["totals"]["closing_backlog"] == "180.00"


def test_a_job_whose_figures_do_not_foot_gives_up_with_the_reason(cast, desk):
    write_known_answer(cast)
    run_nightly(night=LAST, at=NOW)
    DailyFlow.objects.filter(cancel_value__isnull=False).update(cancel_value=-1)
    job = ask_for(desk)
    assert not run(cast.tenant.pk, job.pk, clock=lambda: NOW)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "does not foot" in job.error
    assert not GeneratedFile.objects.exists()
