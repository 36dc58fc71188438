"""X12 852 product activity reports, read into the columns of a stock file."""

from decimal import Decimal

from exchange.interchanges import SENDER, is_x12, read_documents, table_of
from exchange.kinds import Reader
from exchange.parsing.cells import Formats
from exchange.reading.table import Table, TableRow
from exchange.x12.product_activity import Activity852, Line852, Stock852, read_852
from exchange.x12.values import format_decimal

HEADINGS = ("partner", "location", "as_of", "sku", "unit", "on_hand", "in_transit", "on_order", SENDER)
OUR_PARTS = ("VP", "VN", "VC", "MG", "MF", "SK", "UP", "BP", "IN", "UK")
ON_HAND, OUT_OF_STOCK, ON_ORDER, IN_TRANSIT = ("QA", "QE"), "QO", "QP", "QI"


def read(content: bytes, formats: Formats, party_id: int | None) -> Table:
    """Every part at every place of every report in the file. Raises Unreadable."""
    file, found = read_documents(content, "852", read_852, code="no_lines", what="852 activity report")
    rows = [TableRow(0, cells_of(sender, report, line)) for sender, report in found for line in report.lines]
    reports = [report for _, report in found]
    return table_of(file, reports, HEADINGS, rows, [each for report in reports for each in report.findings])


def cells_of(sender: str, report: Stock852, line: Line852) -> dict[str, str]:
    held = line.activity(*ON_HAND)
    if held is None and line.activity(OUT_OF_STOCK):
        # QO counts what was asked for and not there: nothing is on hand
        held = Activity852(OUT_OF_STOCK, Decimal(), "")
    ordered, moving = line.activity(ON_ORDER), line.activity(IN_TRANSIT)
    units = [each.unit for each in line.activities if each.unit]
    place = line.place
    return {
        "partner": "",
        "location": (place.id or place.name) if place else "",
        "as_of": str(report.as_of or ""),
        "sku": line.part(*OUR_PARTS),
        "unit": units[0] if units else "",
        "on_hand": format_decimal(held.quantity) if held else "",
        "in_transit": format_decimal(moving.quantity) if moving else "",
        "on_order": format_decimal(ordered.quantity) if ordered else "",
        SENDER: sender,
    }


ACTIVITY_READER = Reader("X12 852", is_x12, read)
