"""Every figure of the report against the story worked out by hand, and against the ledger summed the slow way."""

import datetime as dt
import json
from io import BytesIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import F, Sum
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from channel_inventory.models import LiabilityLedger
from channel_inventory.reports.rebate_liability import DoesNotFoot, Question, rebate_liability
from channel_inventory.reports.rebate_liability.foot import check
from parties.actions.merge_party import merge_party
from tests.channel_inventory.liability.claim_book import ClaimBook
from tests.channel_inventory.liability.conftest import accrue
from tests.factories.parties import make_sell_to
from tests.fixtures import NOW, TODAY

NOVEMBER = dt.date(2026, 11, 1)
KNOWN = {
    "estimated": "30000.00",
    "claimed": "400.00",
    "settled": "1300.00",
    "open": "30500.00",
    "recoverable": "100.00",
}


def ask(story, as_of=TODAY, **values):
    return rebate_liability(story.tenant, Question(values.pop("first", NOVEMBER), as_of, **values))


def usd(report):
    return next(section for section in report.sections if section.currency == "USD")


def render(path, *arguments, as_of="2026-11-23"):
    with time_machine.travel(NOW, tick=False):
        call_command(
            "render_report", "rebate_liability", "--tenant", "aurora", "--as-of", as_of, "--output", str(path),
            *arguments,
        )  # fmt: skip
    return path.read_bytes()


def raw(currency, as_of=TODAY, **only):
    """Both buckets of the ledger, row by row."""
    rows = LiabilityLedger.objects.filter(currency=currency, business_date__lte=as_of, **only)
    found = list(rows.values_list("estimated", "claimed"))
    return sum(row[0] for row in found), sum(row[1] for row in found)


def test_the_known_answer(story):
    section = usd(ask(story))
    assert section.totals() == {
        "estimated": 3_000_000,
        "claimed": 40_000,
        "settled": 130_000,
        "open": 3_050_000,
        "recoverable": 10_000,
    }
    assert (section.figures.estimated, section.figures.claimed) == raw("USD")
    assert {part.partner.name.code: (part.partner.open, part.partner.recoverable) for part in section.partners} == {
        "NGC": (3_050_000, 0),
        "KES": (0, 10_000),
    }


def test_what_one_partner_owes_is_recoverable_in_every_view(story):
    section = usd(ask(story))
    shown = {each.name.code: (each.open, each.recoverable) for each in section.agreements}
    assert shown == {"SD-1": (3_050_000, 10_000), "SD-2": (0, 0)}
    assert {each.name.code: each.open for each in section.end_buyers} == {"VOLT": 3_050_000, "WATT": 0}
    assert {each.name.code: each.figures.balance for each in section.products} == {"AUR-1": 3_040_000, "AUR-2": 0}


def test_only_what_is_claimed_ages_from_the_day_of_its_receipt(story):
    assert usd(ask(story)).figures.ages == (0, 0, -10_000, 50_000)


@pytest.mark.parametrize(
    ("days", "place"), [(-1, 0), (0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (105, 3)]
)
def test_the_bounds_of_the_ages(story, days, place):
    row = LiabilityLedger.objects.get(claim_line=story.lines["b"], entry="approve")
    ages = usd(ask(story, as_of=row.received_on + dt.timedelta(days=days), first=dt.date(2026, 1, 1))).figures.ages
    if days < 10:
        assert ages == (0, 0, 0, 0), "it was not approved yet"
        return
    assert [n for n, minor in enumerate(ages) if minor >= 50_000] == [place]


def test_the_movements_lead_from_opening_to_closing(story):
    figures = usd(ask(story)).figures
    assert (figures.opening_estimated, figures.opening_claimed) == (3_000_000, 170_000)
    assert (figures.accrued, figures.denied, figures.adjusted) == (8_000, -8_000, 0)
    assert (figures.settled_within, figures.reversed_estimated, figures.reversed_claimed) == (-120_000, 0, -10_000)
    assert (figures.estimated, figures.claimed) == (3_000_000, 40_000)


@pytest.mark.parametrize(
    ("as_of", "estimated", "claimed"),
    [
        (dt.date(2026, 8, 4), 0, 0),
        (dt.date(2026, 8, 5), 170_000, 0),
        (dt.date(2026, 8, 20), 0, 170_000),
        (dt.date(2026, 9, 10), 0, 180_000),
        (dt.date(2026, 9, 15), 0, 170_000),
        (dt.date(2026, 11, 2), 3_008_000, 170_000),
        (dt.date(2026, 11, 22), 3_008_000, 50_000),
    ],
)
def test_any_day_can_be_asked_for(story, as_of, estimated, claimed):
    section = next((each for each in ask(story, as_of, first=as_of).sections if each.currency == "USD"), None)
    assert (section.figures.estimated, section.figures.claimed) == (estimated, claimed)


def test_nothing_is_converted(story):
    report = ask(story)
    assert {each.currency: each.total.open for each in report.sections} == {"EUR": 7_000, "USD": 3_050_000}
    assert report.main is None


def test_what_was_recorded_later_is_not_known_yet(story):
    before = ask(story, known_on=TODAY - dt.timedelta(days=1))
    assert [section.total.open for section in before.sections] == [0]
    assert usd(ask(story, known_on=TODAY)).total.open == 3_050_000


def test_it_narrows_to_a_partner_an_agreement_and_a_kind(story):
    assert usd(ask(story, partners=[story.kes.pk])).totals()["recoverable"] == 10_000
    assert usd(ask(story, agreements=[story.two.agreement_id])).totals()["settled"] == 120_000
    assert ask(story, kinds=["rotation"]).sections[0].figures.entries == 0


def test_a_merged_partner_stands_under_the_survivor(story, desk):
    gone = make_sell_to("GONE")
    accrue(ClaimBook(gone).line(story.one, 11_000))
    merge_party(loser_id=gone.pk, survivor_id=story.ngc.pk, by=desk, at=NOW)
    section = usd(ask(story))
    assert {part.partner.name.code: part.partner.open for part in section.partners} == {"NGC": 3_061_000, "KES": 0}


def test_an_empty_ledger_owes_nothing_in_the_tenant_s_own_currency(inside, tmp_path):
    found = json.loads(render(tmp_path / "a.json"))
    assert (found["currency"], found["rows"]) == ("USD", [])
    assert found["totals"] == dict.fromkeys(KNOWN, "0.00")
    assert render(tmp_path / "a.pdf").startswith(b"%PDF")
    assert render(tmp_path / "a.xlsx")


def test_a_claim_without_its_day_of_receipt_does_not_foot(story):
    """Checked on the answer: the database takes no such change."""
    section = usd(ask(story))
    broken = section.figures.__class__(**{**section.figures.__dict__, "age_30": 1})
    total = section.total.__class__(section.total.name, broken, section.total.open, section.total.recoverable)
    with pytest.raises(DoesNotFoot, match="The ages in USD"):
        check(section.__class__(**{**section.__dict__, "total": total}))


# as data, as a workbook, printed -------------------------------------------------------------------------------------


def test_json_has_exactly_the_agreed_totals(story, tmp_path):
    found = json.loads(render(tmp_path / "a.json", "--agreement", "SD-1"))
    assert {key: found[key] for key in ("report", "tenant", "from", "as_of", "currency")} == {
        "report": "rebate_liability",
        "tenant": "aurora",
        "from": "2026-11-01",
        "as_of": "2026-11-23",
        "currency": "USD",
    }
    assert found["totals"] == {**KNOWN, "settled": "100.00"}
    assert [(row["partner"], row["open"], row["recoverable"]) for row in found["rows"]] == [
        ("NGC", "30500.00", "0.00"),
        ("KES", "0.00", "100.00"),
    ]


def test_json_keeps_two_currencies_apart(story, tmp_path):
    found = json.loads(render(tmp_path / "a.json"))
    assert (found["currency"], found["totals"]) == (None, dict.fromkeys(KNOWN))
    assert found["by_currency"]["USD"]["totals"] == KNOWN
    assert found["by_currency"]["EUR"]["totals"]["estimated"] == "70.00"
    assert [each["number"] for each in found["by_currency"]["USD"]["credits"]] == [story.credits["c"].number]


def test_the_workbook_read_back_equals_the_ledger(story, tmp_path):
    book = CalamineWorkbook.from_filelike(BytesIO(render(tmp_path / "a.xlsx")))
    titles, *rows = book.get_sheet_by_name("Rows").to_python()
    for currency in ("USD", "EUR"):
        estimated, claimed = raw(currency)
        mine = [dict(zip(titles, row, strict=True)) for row in rows if row[titles.index("Currency")] == currency]
        assert round(sum(row["Estimated"] for row in mine) * 100) == estimated
        assert round(sum(row["Claimed"] for row in mine) * 100) == claimed
        assert round(sum(row["Open"] - row["Recoverable"] for row in mine) * 100) == estimated + claimed
    [credit] = book.get_sheet_by_name("Credit memos").to_python()[1:]
    settled = LiabilityLedger.objects.get(credit=story.credits["c"])
    assert credit[1] == story.credits["c"].number
    assert credit[5:] == [1, settled.pk, settled.pk, 1200]


def test_the_printed_report_read_back_equals_the_ledger(story, tmp_path):
    reader = PdfReader(BytesIO(render(tmp_path / "a.pdf")))
    pages = [page.extract_text() for page in reader.pages]
    text = "\n".join(pages)
    estimated, claimed = raw("USD")
    assert f"sum to {(estimated + claimed) / 100:,.2f} = open less recoverable 30,400.00, difference 0.00" in text
    assert "30,500.00" in text
    assert "Northgate Components, total" in text
    assert story.credits["c"].number in text
    assert f"row {LiabilityLedger.objects.get(credit=story.credits['c']).pk}" in text
    assert "does not add up" not in text
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "as known on 23 Nov 2026" in page
        assert "Aurora Semiconductor" in page
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert width > height


def test_it_is_asked_for_by_partner_and_as_known_on(story, tmp_path):
    found = json.loads(render(tmp_path / "a.json", "--partner", "KES"))
    assert (found["totals"]["open"], found["totals"]["recoverable"]) == ("0.00", "100.00")
    found = json.loads(render(tmp_path / "b.json", "--known-on", "2026-11-22"))
    assert found["totals"]["open"] == "0.00"
    with pytest.raises(CommandError, match="no agreement “SD-9”"):
        render(tmp_path / "c.json", "--agreement", "SD-9")


def test_the_order_of_the_rows_does_not_matter(story):
    """The ledger's own sums, whatever the order in which rows are read."""
    section = usd(ask(story))
    rows = LiabilityLedger.objects.filter(currency="USD").order_by("?")
    found = rows.values("partner_id").annotate(total=Sum(F("estimated") + F("claimed"))).order_by()
    sums = {row["partner_id"]: row["total"] for row in found}
    assert section.total.open == sum(value for value in sums.values() if value > 0)
    assert section.total.recoverable == -sum(value for value in sums.values() if value < 0)
