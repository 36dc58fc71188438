"""X12 867 resale reports, read into the columns of a POS file."""

from channel_inventory.imports.returns import TYPE
from channel_inventory.pos.texts import UNNAMED
from exchange.interchanges import SENDER, country_of, is_x12, read_documents, table_of
from exchange.kinds import Reader
from exchange.parsing.cells import Formats
from exchange.reading.table import Table, TableRow
from exchange.x12.parties import X12Party
from exchange.x12.product_transfer import Line867, Resale867, read_867
from exchange.x12.values import format_decimal
from parties.matching import match_parties

HEADINGS = (
    "partner", "invoice_number", "invoice_line", "invoice_date", "sku", "quantity", "unit", "resale_price", "currency",
    "branch", "end_buyer_name", "end_buyer_code", "end_buyer_address", "end_buyer_city", "end_buyer_postcode",
    "end_buyer_country", "agreement", "customer_po", "original_invoice", "claim_amount", SENDER, TYPE,
)  # fmt: skip
DISTRIBUTOR, END_BUYER, BRANCH = ("DB", "DS", "RS", "SE"), ("EN", "UC", "ST", "BY"), ("SF", "RL")
OUR_PARTS = ("MG", "VP", "VN", "VC", "MF", "SK", "UP", "BP", "IN", "UK")
INVOICE, ORIGINAL, PO, CONTRACT = ("DI", "IV", "IN", "VI"), ("OI",), ("PO",), ("CT", "PD", "VC", "GC")
INVOICED, SOLD, REPORTED = ("003", "370", "011"), ("090",), ("091", "090", "327")
# what the end buyer paid: resale, contract, then what is listed
RESALE = ("RS", "CT", "CA", "DI")


def read(content: bytes, formats: Formats, party_id: int | None) -> Table:
    """Every line of every resale report in the file. Raises Unreadable."""
    file, found = read_documents(content, "867", read_867, code="no_lines", what="867 resale report")
    named = {each.id for _, report in found if (each := report.party(*DISTRIBUTOR)) and each.id}
    known = set(match_parties(named, by_name=False))
    rows = [TableRow(0, cells_of(sender, report, line, known)) for sender, report in found for line in report.lines]
    reports = [report for _, report in found]
    return table_of(file, reports, HEADINGS, rows, [each for report in reports for each in report.findings])


def cells_of(sender: str, report: Resale867, line: Line867, known: set[str]) -> dict[str, str]:
    distributor, branch = report.party(*DISTRIBUTOR), line.party(*BRANCH)
    return {
        **dict.fromkeys(HEADINGS, ""),
        **invoice_cells(report, line),
        **amount_cells(line),
        **buyer_cells(line.party(*END_BUYER)),
        "partner": distributor.id if distributor and distributor.id in known else "",
        "sku": line.part(*OUR_PARTS),
        "currency": report.currency,
        "branch": branch.id if branch else "",
        "agreement": line.contract or line.reference(*CONTRACT),
        "customer_po": line.reference(*PO),
        SENDER: sender,
        TYPE: line.type,
    }


def invoice_cells(report: Resale867, line: Line867) -> dict[str, str]:
    """A line without an invoice is told apart by the report and its place in it."""
    invoice = line.reference(*INVOICE)
    day = line.date(*INVOICED) or line.date(*SOLD) or report.date(*REPORTED) or report.report_date
    return {
        "invoice_number": invoice or report.reference or report.control_number,
        "invoice_line": "" if invoice else str(line.ordinal),
        "invoice_date": str(day or ""),
        "original_invoice": line.reference(*ORIGINAL),
    }


def amount_cells(line: Line867) -> dict[str, str]:
    quantity, price = line.quantity, line.price(*RESALE)
    if quantity is not None and line.is_taken_back:
        quantity = -abs(quantity)
    return {
        "quantity": format_decimal(quantity),
        "unit": line.unit,
        "resale_price": format_decimal(price.price) if price else "",
        "claim_amount": format_decimal(line.claim),
    }


def buyer_cells(buyer: X12Party | None) -> dict[str, str]:
    if buyer is None or not (buyer.name or buyer.id):
        return {"end_buyer_name": UNNAMED}
    return {
        "end_buyer_name": buyer.name or buyer.name2 or buyer.id,
        "end_buyer_code": buyer.id,
        "end_buyer_address": ", ".join(buyer.address),
        "end_buyer_city": buyer.city,
        "end_buyer_postcode": buyer.postcode,
        "end_buyer_country": country_of(buyer),
    }


RESALE_READER = Reader("X12 867", is_x12, read)
