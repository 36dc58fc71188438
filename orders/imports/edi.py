"""X12 850 purchase orders, read into the columns of an orders file."""

import hashlib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from exchange.cells import Formats
from exchange.choices import RowChange
from exchange.errors import Unreadable
from exchange.findings import Finding, Severity
from exchange.kinds import Reader
from exchange.models import TradingPartner
from exchange.reading.table import Envelope, Table, TableRow
from exchange.rows import Context, Row
from exchange.x12.envelope import read_interchanges
from exchange.x12.findings import Finding as X12Finding
from exchange.x12.findings import Severity as X12Severity
from exchange.x12.findings import X12Error
from exchange.x12.interchange import Interchange, X12File
from exchange.x12.order_values import Line850, PurchaseOrder850
from exchange.x12.parties import X12Party
from exchange.x12.purchase_order import read_850
from exchange.x12.values import format_decimal
from orders.imports.drafts import PoDraft
from orders.imports.naming import EDI_UNIT
from orders.imports.releases import EDI_BLANKET, EDI_TYPE, order_numbers
from parties.matching import match_parties
from parties.models import Party

REQUESTED = ("002", "010", "106", "074", "001", "118", "077")
ORIGINAL, REPLACEMENT = ("", "00"), "05"
BUYER_PARTS, OUR_PARTS = ("BP", "IN", "PO", "CB"), ("VP", "VN", "VC", "MG", "MF", "SK", "UP")
ROLES = {"sell_to": ("BY",), "bill_to": ("BT",), "end_buyer": ("EN",), "ship_to": ("ST",)}
REPORTED = {"DU": "Reseller", "IA": "Deploy to"}
FACTS = ("name", "address1", "city", "region", "postcode", "country")
SENDER, PURPOSE = "edi_sender", "edi_purpose"
CANONICAL = (
    "sell_to", "customer_po", "order_date", "currency", "bill_to", "line", "sku", "customer_part", "quantity",
    "unit_price", "end_buyer", "ship_to", "request_date", "commit_date",
)  # fmt: skip
EXTRA = (
    SENDER, PURPOSE, EDI_TYPE, EDI_BLANKET, "edi_unit", "edi_seller_part", "edi_description", "edi_schedules",
    "edi_end_buyer", "edi_ship_to",
    *(f"{column}_{fact}" for column in ROLES for fact in ("id", *FACTS)),
)  # fmt: skip


def is_x12(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"ISA") or b"I\x00S\x00A\x00" in start[:40]


def read(content: bytes, formats: Formats, party_id: int | None) -> Table:
    """Every line of every purchase order in the file. Raises Unreadable."""
    try:
        file = read_interchanges(content)
        orders = [
            (interchange, group.sender, read_850(transaction))
            for interchange in file.interchanges
            for group, transaction in interchange.sets()
            if transaction.set_id == "850"
        ]
    except X12Error as error:
        raise Unreadable(error.code, f"{error}.") from error
    if not any(order.lines for _, _, order in orders):
        raise Unreadable("no_orders", "The file holds no 850 purchase order with lines.")
    known = known_ids([order for _, _, order in orders])
    rows = [row for found in orders for row in order_rows(*found, known)]
    return Table(
        headings=(*CANONICAL, *EXTRA),
        rows=number(rows, [line for _, _, order in orders for line in order.lines]),
        dialect="x12",
        quarantine=tuple(quarantine(file, [order for _, _, order in orders])),
        envelopes=tuple(envelope(interchange) for interchange in file.interchanges),
    )


def number(rows: Sequence[TableRow], lines: Sequence[Line850]) -> list[TableRow]:
    """Rows go by the line of the file they start on, or by the segment where a file has no lines."""
    places = [line.position.line for line in lines]
    if len(set(places)) < len(places):
        places = [line.position.segment for line in lines]
    return [TableRow(place, row.cells, row.findings) for place, row in zip(places, rows, strict=True)]


def quarantine(file: X12File, orders: Sequence[PurchaseOrder850]) -> Iterator[str]:
    """What does not add up, or changes the order in a way that is not interpreted."""
    found = [*file.all_findings(), *(each for order in orders for each in order.findings if not each.item)]
    yield from (sentence(each) for each in found if each.severity != X12Severity.INFO)
    for interchange in file.interchanges:
        if interchange.usage == "T" and not is_test_allowed(interchange):
            yield f"Interchange {interchange.control_number} is marked as a test."


def sentence(finding: X12Finding) -> str:
    where = f" (line {finding.position.line})" if finding.position else ""
    return f"{finding.message}{where}."


def is_test_allowed(interchange: Interchange) -> bool:
    partners = TradingPartner.objects.filter(qualifier=interchange.sender_qualifier, identity=interchange.sender_id)
    return partners.filter(test_allowed=True).exists()


def envelope(interchange: Interchange) -> Envelope:
    content = [
        [group.functional_id, transaction.control_number, [[s.id, *s.elements] for s in transaction.segments]]
        for group, transaction in interchange.sets()
    ]
    return Envelope(
        sender=f"{interchange.sender_qualifier}:{interchange.sender_id}",
        receiver=f"{interchange.receiver_qualifier}:{interchange.receiver_id}",
        control_number=interchange.control_number,
        sha256=hashlib.sha256(repr(content).encode()).hexdigest(),
        findings=tuple(
            {"severity": str(each.severity), "code": each.code, "message": each.message}
            for each in interchange.all_findings()
        ),
    )


def known_ids(orders: Sequence[PurchaseOrder850]) -> set[str]:
    """Those identities in the orders that are codes or aliases of ours."""
    parties = [
        party for order in orders for party in (*order.parties, *(p for line in order.lines for p in line.parties))
    ]
    return set(match_parties({party.id for party in parties if party.id}, by_name=False))


def order_rows(
    interchange: Interchange, application: str, order: PurchaseOrder850, known: set[str]
) -> Iterator[TableRow]:
    shared = shared_ids(order)
    sender = f"{interchange.sender_qualifier}:{interchange.sender_id}:{application}"
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


def country_of(party: X12Party) -> str:
    # North American senders leave their own country out
    return party.country or ("US" if party.region and party.postcode[:5].isdigit() else "")


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


def fill_from_profile(rows: Sequence[Row], context: Context) -> None:
    """Whose order it is where the order does not say: the trading partner with the sender's identity."""
    sent = [row for row in rows if row.source.get(SENDER)]
    if not sent:
        return
    profiles = list(TradingPartner.objects.order_by("pk"))
    codes = dict(Party.objects.filter(pk__in=[p.party_id for p in profiles if p.party_id]).values_list("pk", "code"))
    partner = Party.objects.filter(pk=context.party_id).first() if context.party_id else None
    for row in sent:
        profile = profile_of(row.source[SENDER], profiles)
        if not row.source.get("sell_to"):
            known = codes.get(profile.party_id or 0) if profile else None
            name_sender(row, known or (partner.code if partner else ""))
        if profile and profile.currency and not row.source.get("currency"):
            row.filled["currency"] = profile.currency
        if profile and (unit := profile.unit_map.get(row.source.get(EDI_UNIT, "").upper())):
            row.filled[EDI_UNIT] = unit


def name_sender(row: Row, code: str) -> None:
    if code:
        row.filled["sell_to"] = code
    else:
        identity = row.source[SENDER].replace(":", " ")
        message = f"The order names no buyer, and no trading partner has the identity {identity}."
        row.error("sell_to", "unknown_sender", message)


def profile_of(sender: str, profiles: Sequence[Any]) -> TradingPartner | None:
    """The profile for this application of the sender, else the one for any."""
    qualifier, identity, application = sender.split(":", 2)
    mine = [each for each in profiles if (each.qualifier, each.identity) == (qualifier, identity)]
    exact = next((each for each in mine if each.application == application), None)
    return exact or next((each for each in mine if not each.application), None)


def check_purpose(draft: PoDraft) -> None:
    """BEG01: an original, or a replacement of an order we never had, is a new order; nothing else is."""
    for row in draft.rows:
        purpose = row.source.get(PURPOSE, "")
        if row.is_bad or purpose in ORIGINAL or row.change == RowChange.UNCHANGED:
            continue
        if purpose != REPLACEMENT:
            row.error("customer_po", "unsupported_purpose", f"BEG01 {purpose} is no new order: enter it by hand.")
        elif draft.order_id:
            row.error("customer_po", "replaces_known", f"It replaces {draft.order_number}: change that order.")
        else:
            row.warn("customer_po", "replaces_unknown", "It replaces a PO that never came: it would be a new order.")


EDI_READER = Reader("X12 850", is_x12, read)
