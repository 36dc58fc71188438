"""X12 850 purchase orders, read into the columns of an orders file."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from exchange.findings import Finding, Severity
from exchange.interchanges import SENDER, country_of, is_x12, read_documents, table_of
from exchange.kinds import Reader
from exchange.parsing.cells import Formats
from exchange.reading.table import Table, TableRow
from exchange.x12.findings import Severity as X12Severity
from exchange.x12.order_values import Line850, PurchaseOrder850
from exchange.x12.parties import X12Party
from exchange.x12.purchase_order import read_850
from exchange.x12.values import format_decimal
from orders.imports.releases import EDI_BLANKET, EDI_TYPE, order_numbers
from parties.matching import match_parties

REQUESTED = ("002", "010", "106", "074", "001", "118", "077")
BUYER_PARTS, OUR_PARTS = ("BP", "IN", "PO", "CB"), ("VP", "VN", "VC", "MG", "MF", "SK", "UP")
ROLES = {"sell_to": ("BY",), "bill_to": ("BT",), "end_buyer": ("EN",), "ship_to": ("ST",)}
REPORTED = {"DU": "Reseller", "IA": "Deploy to"}
FACTS = ("name", "address1", "city", "region", "postcode", "country")
PURPOSE = "edi_purpose"
CANONICAL = (
    "sell_to", "customer_po", "order_date", "currency", "bill_to", "line", "sku", "customer_part", "quantity",
    "unit_price", "end_buyer", "ship_to", "request_date", "commit_date",
)  # fmt: skip
EXTRA = (
    SENDER, PURPOSE, EDI_TYPE, EDI_BLANKET, "edi_unit", "edi_seller_part", "edi_description", "edi_schedules",
    "edi_end_buyer", "edi_ship_to",
    *(f"{column}_{fact}" for column in ROLES for fact in ("id", *FACTS)),
)  # fmt: skip


def read(content: bytes, formats: Formats, party_id: int | None) -> Table:
    """Every line of every purchase order in the file. Raises Unreadable."""
    file, found = read_documents(content, "850", read_850, code="no_orders", what="850 purchase order")
    orders = [order for _, order in found]
    known = known_ids(orders)
    rows = [row for sender, order in found for row in order_rows(sender, order, known)]
    loose = [each for order in orders for each in order.findings if not each.item]
    return table_of(file, orders, (*CANONICAL, *EXTRA), rows, loose)


def known_ids(orders: Sequence[PurchaseOrder850]) -> set[str]:
    """Those identities in the orders that are codes or aliases of ours."""
    parties = [
        party for order in orders for party in (*order.parties, *(p for line in order.lines for p in line.parties))
    ]
    return set(match_parties({party.id for party in parties if party.id}, by_name=False))


def order_rows(sender: str, order: PurchaseOrder850, known: set[str]) -> Iterator[TableRow]:
    shared = shared_ids(order)
    for line in order.lines:
        parties = {column: party_in(roles, line, order) for column, roles in ROLES.items()}
        cells = {
            **dict.fromkeys((*CANONICAL, *EXTRA), ""),
            **header_cells(order),
            **line_cells(line, order),
            **party_cells(parties, shared, known),
            SENDER: sender,
            "edi_end_buyer": spelled(parties["end_buyer"]),
            "edi_ship_to": "\n".join(reported(parties["ship_to"], order)),
        }
        yield TableRow(0, cells, tuple(line_findings(order, line)))


def header_cells(order: PurchaseOrder850) -> dict[str, str]:
    return {
        **order_numbers(order),
        "order_date": str(order.po_date or ""),
        "currency": order.currency,
        PURPOSE: order.purpose,
    }


def line_cells(line: Line850, order: PurchaseOrder850) -> dict[str, str]:
    quantity = line.quantity
    if quantity is None and line.schedules:
        quantity = sum((each.quantity or Decimal() for each in line.schedules), Decimal())
    schedules = [(each.quantity, next((d.date for d in each.dates if d.date), None)) for each in line.schedules]
    requested = line.date(*REQUESTED) or order.date(*REQUESTED) or min((d for _, d in schedules if d), default=None)
    is_split = len(schedules) > 1 and all(part and part == int(part) and day for part, day in schedules)
    buyer_part, our_part = line.part(*BUYER_PARTS), line.part(*OUR_PARTS)
    return {
        "line": line.number if line.number.isascii() and line.number.isdigit() else str(line.ordinal),
        "customer_part": buyer_part or our_part,
        "edi_seller_part": our_part,
        "quantity": format_decimal(quantity),
        "unit_price": format_decimal(None if line.unit_price is None else round(line.unit_price, 6)),
        "request_date": str(requested or ""),
        "edi_unit": line.unit,
        "edi_description": " ".join(text for text in line.descriptions if text),
        "edi_schedules": "|".join(f"{int(part or 0)}@{day}" for part, day in schedules) if is_split else "",
    }


def party_in(roles: tuple[str, ...], line: Line850, order: PurchaseOrder850) -> X12Party | None:
    """A party of the line goes before that of the order."""
    own = next((party for party in line.parties if party.qualifier in roles), None)
    return own or order.party(*roles)


def shared_ids(order: PurchaseOrder850) -> set[str]:
    """An id that one order gives to parties of different names identifies none of them."""
    names: dict[str, set[str]] = {}
    for party in order.parties:
        if party.id:
            names.setdefault(party.id, set()).add(party.name)
    return {party_id for party_id, found in names.items() if len(found) > 1}


def party_cells(parties: dict[str, X12Party | None], shared: set[str], known: set[str]) -> dict[str, str]:
    cells = {}
    for column, party in parties.items():
        if party is None:
            continue
        own_id = "" if party.id in shared else party.id
        cells[column] = own_id if not party.name or own_id in known else party.name
        facts = (
            party.id, party.name or party.name2, ", ".join(party.address), party.city, party.region, party.postcode,
            country_of(party),
        )  # fmt: skip
        cells.update({f"{column}_{fact}": text for fact, text in zip(("id", *FACTS), facts, strict=True)})
    if (ship_to := parties["ship_to"]) and ship_to.id and ship_to.id not in shared:
        # places are found by their codes, not by names
        cells["ship_to"] = ship_to.id
    return cells


def spelled(party: X12Party | None) -> str:
    if party is None:
        return ""
    place = " ".join(text for text in (party.city, party.region, party.postcode, party.country) if text)
    parts = (party.name, *party.more_names, party.id, *party.address, place)
    return ", ".join(part for part in parts if part)


def reported(ship_to: X12Party | None, order: PurchaseOrder850) -> Iterator[str]:
    """The ship-to as received, and beside it the parties that we keep as they were named."""
    if ship_to is not None:
        yield spelled(ship_to)
    for party in order.parties:
        if title := REPORTED.get(party.qualifier):
            yield f"{title}: {spelled(party)}"


def line_findings(order: PurchaseOrder850, line: Line850) -> Iterator[Finding]:
    """Errors are found again in the cells; warnings would be lost."""
    for each in order.line_findings(line):
        if each.severity == X12Severity.WARNING:
            yield Finding(Severity.WARNING, "", each.code, each.message, is_from_file=True)


EDI_READER = Reader("X12 850", is_x12, read)
