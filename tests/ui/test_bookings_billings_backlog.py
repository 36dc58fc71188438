import dataclasses
import re
from decimal import Decimal

import pytest

from tests.ui.packets import empty_usd_section, eur_section, read_pages, report
from ui.documents.bookings_billings_backlog import render
from ui.documents.bookings_billings_backlog.foot import differences
from ui.documents.bookings_billings_backlog.sentence import answer


def pages(*sections):
    return read_pages(render(report(*sections)))


def plain(section):
    return re.sub("<[^>]+>", "", answer(section))


@pytest.fixture(scope="module")
def eur_pages():
    return pages(eur_section())


def test_two_pages_for_a_currency(eur_pages):
    assert len(eur_pages) == 2
    assert len(pages(eur_section(), empty_usd_section())) == 4


@pytest.mark.parametrize(
    "words",
    [
        "Net bookings of EUR 6.62 m against billings of EUR 6.38 m: book-to-bill 1.04. "
        "Backlog rose by 0.16 m to EUR 22.35 m; 5.2 % of it is late against our current commit.",
        "Closing backlog 22,345,223.95 opening 22,181,750.25",
        "Gross bookings 7,061,864.28",
        "Billings 6,384,653.12",
        "Book-to-bill 1.04 3-period averages 1.04",
        "Shipped, not billed 1,054,872.55",
        "3-period averages – – 0.94 1.00",
        "Late (commit before 1 Nov)",
        "Unscheduled (no commit)",
        "As of 31 Oct 2026 (America/Los_Angeles), as known on 1 Nov 2026 · EUR orders only, nothing converted",
        "produced 1 Nov 2026 02:14 PST by the nightly run 8837",
        "Ledger: 41,882 order rows; opening 22,181,750.25 + 163,473.70 net change = closing 22,345,223.95, "
        "difference 0.00",
    ],
)
def test_the_first_page_answers(eur_pages, words):
    assert words in eur_pages[0]


def test_the_bridge_and_the_rows_foot_on_the_second_page(eur_pages):
    assert "Cancelled −244,032.29 1,371" in eur_pages[1]
    assert "Closing backlog 22,345,223.95 41,882" in eur_pages[1]
    assert "14 others" in eur_pages[1]
    assert "2,416,425.38 2,948,842.76 0.82 4,878,879.47 5,011,965.65" in eur_pages[1]
    assert "Total 6,618,878.60 6,384,653.12 1.04 22,181,750.25 22,345,223.95" in eur_pages[1]
    assert "difference 0.00" in eur_pages[1]


def test_no_billings_is_a_dash_and_never_a_ratio():
    first = pages(empty_usd_section())[0]
    assert "Book-to-bill – 3-period averages –" in first
    assert "no billings, so no book-to-bill" in first


def test_each_currency_stands_alone():
    found = pages(eur_section(), empty_usd_section())
    assert "USD orders only, nothing converted" in found[2]
    assert "EUR" not in found[2]
    assert "By sell-to, end buyer and product" not in found[2]


def test_a_cent_that_is_missing_is_loud():
    section = eur_section()
    totals = dataclasses.replace(section.totals, closing_backlog=Decimal("22345223.96"))
    first = pages(dataclasses.replace(section, totals=totals))[0]
    assert "This report does not add up. The bridge differs by 0.01" in first
    assert "difference 0.01" in first


def test_every_table_is_held_against_the_totals():
    section = eur_section()
    assert differences(section) == ()
    broken = dataclasses.replace(section, due=section.due[1:], rest=None)
    named = {gap.what: gap.amount for gap in differences(broken)}
    assert named == {
        "Backlog by due date": Decimal("1166729.98"),
        "Closing backlog by row": Decimal("5011965.65"),
        "Net bookings by row": Decimal("2416425.38"),
        "Billings by row": Decimal("2948842.76"),
    }


def test_the_sentence_says_fell_stayed_and_nothing_late():
    section = eur_section()
    totals = section.totals
    swapped = dataclasses.replace(
        totals, opening_backlog=totals.closing_backlog, closing_backlog=totals.opening_backlog
    )
    assert "Backlog fell by 0.16 m to EUR 22.18 m" in plain(dataclasses.replace(section, totals=swapped))
    still = dataclasses.replace(totals, opening_backlog=totals.closing_backlog)
    assert "Backlog stayed at EUR 22.35 m" in plain(dataclasses.replace(section, totals=still))
    assert "none of it is late" in plain(dataclasses.replace(section, due=()))


def test_small_amounts_are_exact():
    known = dataclasses.replace(
        empty_usd_section().totals,
        net_bookings=Decimal("390.00"),
        billings=Decimal("210.00"),
        closing_backlog=Decimal("180.00"),
        book_to_bill=Decimal("1.857"),
    )
    text = plain(dataclasses.replace(empty_usd_section(), totals=known))
    assert text.startswith("Net bookings of USD 390.00 against billings of USD 210.00: book-to-bill 1.86.")
    assert "Backlog rose by 180.00 to USD 180.00" in text


def test_no_section_at_all_says_so():
    assert "The ledger holds no order row up to 31 Oct 2026." in pages()[0]


def test_long_tables_repeat_their_heading():
    section = eur_section()
    rows = tuple(dataclasses.replace(section.slices[0], sell_to=f"Party {n}") for n in range(120))
    found = pages(dataclasses.replace(section, slices=rows))
    assert len(found) == 6
    for page in found[1:]:
        assert "Sell-to End buyer Product Net bookings" in page


def test_the_same_report_gives_the_same_bytes():
    assert render(report(eur_section())) == render(report(eur_section()))
