"""Whole reports, judged column by column and with joins, come to what an oracle says that goes row by row."""

from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from catalog.models import UnitFactor
from channel_inventory.choices import PosState
from channel_inventory.models import PosLine
from exchange.models import ImportRow
from tests.channel_inventory.pos.oracle import BAD_DAY, FUTURE, Book
from tests.channel_inventory.pos.reports import LINE, report
from tests.factories.catalog import make_product
from tests.factories.parties import make_location, make_sell_to

GOOD = {**LINE, "partner": "", "original_invoice": ""}
TEXTS = {
    "partner": ["SOUTH"],
    "invoice_number": ["INV-1", "inv- 1", "INV-2"],
    "invoice_line": ["", "", "2"],
    "invoice_date": [BAD_DAY, FUTURE, "2026-11-17", "2026-08-24", "2026-08-25"],
    "sku": ["GONE", "AUR-2", "AUR-2"],
    "quantity": ["0", "many", "7", "-2", "-2", "-30", "-120"],
    "unit": ["CA", "BX"],
    "resale_price": ["0.9", "0.98", "9.7"],
    "currency": ["XXQ", "EUR"],
    "branch": ["NOWHERE", "RENO"],
    "end_buyer_name": ["", "B Company", "b  company", "Tarn Drives"],
    "original_invoice": ["INV-1", "INV-2/2"],
}
change = st.sampled_from([(name, text) for name, texts in TEXTS.items() for text in texts])
row = st.lists(change, max_size=4).map(lambda changes: {**GOOD, **dict(changes)})
files = st.lists(st.lists(row, min_size=1, max_size=9), min_size=1, max_size=3)
EVERY_FAULT = [
    *(
        {**GOOD, "invoice_number": f"F-{name}-{at}", name: text}
        for name in TEXTS
        for at, text in enumerate(TEXTS[name])
    ),
    GOOD,
    GOOD,
    {**GOOD, "invoice_number": "F-LATE", "end_buyer_name": "B Company", "resale_price": "0.5"},
]


def said_of(batch):
    rows = ImportRow.objects.filter(batch=batch).order_by("number")
    found = {stored.number: {finding["code"] for finding in stored.findings} for stored in rows}
    return found, {stored.number: stored.state for stored in rows}


def kept_lines():
    return sorted(
        (
            "".join(line.invoice_number.split()).upper(), line.invoice_line, line.invoice_date, line.product.sku,
            line.quantity, line.resale_price, line.currency, line.location.code if line.location else "",
            line.reported_end_buyer.name.upper().split(),
            line.returns.invoice_line if line.returns else None,
        )
        for line in PosLine.objects.filter(state=PosState.CURRENT).select_related(
            "product", "location", "reported_end_buyer", "returns"
        )
    )  # fmt: skip


def told_lines(book):
    return sorted(
        (
            line.invoice, line.line, line.day, line.sku, line.units, line.price, line.currency, line.branch,
            line.buyer.split(), line.returns.line if line.returns else None,
        )
        for line in book.lines
    )  # fmt: skip


@given(files=files)
@example(files=[EVERY_FAULT, EVERY_FAULT])
@example(files=[[{**GOOD, "invoice_number": "inv- 1"}], [{**GOOD, "quantity": "-2"}]])
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_reports_are_judged_as_an_oracle_judges_them_row_by_row(world, files):
    with transaction.atomic():
        make_product("AUR-2")
        make_sell_to("SOUTH")
        make_location(world.sell_to, "RENO")
        UnitFactor.objects.create(unit="BX", base_unit="EA", factor=10)
        book = Book()
        for rows in files:
            batch = report(world, *rows, accept_warnings=True)
            codes, ends = book.take(rows)
            assert said_of(batch) == (codes, ends)
            assert kept_lines() == told_lines(book)
        transaction.set_rollback(True)
