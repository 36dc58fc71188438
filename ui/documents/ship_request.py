"""The ship request packet: frozen terms on paper, for whoever packs. It never carries a price."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ui.documents.letterhead import Letterhead, day, instant, weekday
from ui.pdf import render_page, render_pdf

TEMPLATE = "documents/ship_request.html"
FINGERPRINT_LETTERS = 16
PAYERS = {"shipper": "the shipper", "receiver": "the receiver", "third_party": "a third party"}


@dataclass(frozen=True)
class Address:
    """A company at a place; `lines` end with postcode and city, the country stands apart."""

    name: str
    lines: tuple[str, ...]
    country: str
    country_code: str
    contact: str = ""


@dataclass(frozen=True)
class Freight:
    """Who pays the carrier, and whose account it is charged to: printed in full, never masked."""

    payer: str
    payer_name: str
    payer_country: str
    payer_postcode: str
    carrier: str
    service: str
    account: str

    @property
    def payer_kind(self) -> str:
        return PAYERS.get(self.payer, self.payer)

    @property
    def is_third_party(self) -> bool:
        return self.payer == "third_party"


@dataclass(frozen=True)
class Duty:
    """Who pays duty and tax."""

    payer_name: str
    account: str = ""
    note: str = ""


@dataclass(frozen=True)
class Delivery:
    """How exactly: parts, tolerance in business days, what to stick on, to enclose, and how to pack."""

    partials_allowed: bool
    ship_complete: bool
    early_days: int
    late_days: int
    labels: tuple[str, ...] = ()
    enclose: tuple[str, ...] = ()
    packing: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()

    def check_list(self, line_count: int) -> tuple[str, ...]:
        """Everything to tick off, the rule about parts first."""
        return (self.parts_rule(line_count), *self.packing, *self.labels, *self.instructions)

    def parts_rule(self, line_count: int) -> str:
        if self.ship_complete:
            lines = "the one line in full" if line_count == 1 else f"all {line_count} lines together, in full"
            return f"Ship {lines}. No partial shipment."
        if self.partials_allowed:
            return "Partial shipment is allowed. Write what stays behind."
        return "No partial shipment. If something is short, stop and call."


@dataclass(frozen=True)
class PackLine:
    """One line to pick. `quantity` is in the product's own unit."""

    number: str
    part: str
    description: str
    quantity: int
    unit: str
    order: str
    customer_po: str
    customer_part: str = ""
    end_buyer: str = ""

    @property
    def quantity_text(self) -> str:
        return f"{self.quantity:,}"


@dataclass(frozen=True)
class Revision:
    """Which revision this is, and against the one before it: its date and what changed."""

    number: int
    replaced_on: dt.date | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShipRequestPacket:
    """All that the site has to know. `deliver_to` is the re-shipper when `final_receiver` is given.

    `fingerprint` is the SHA-256 of the frozen terms in hexadecimal; `produced_at` comes in the tenant's zone.
    """

    sender: Letterhead
    number: str
    revision: Revision
    site_code: str
    site_name: str
    ship_by: dt.date
    deliver_to: Address
    freight: Freight
    duty: Duty
    incoterm: str
    named_place: str
    delivery: Delivery
    lines: tuple[PackLine, ...]
    fingerprint: str
    produced_at: dt.datetime
    final_receiver: Address | None = None
    earliest: dt.date | None = None
    onward: str = ""
    reason: str = ""
    weight: str = ""

    @property
    def doc(self) -> str:
        return f"Ship request {self.number} revision {self.revision.number} · {self.site_code}"

    @property
    def short_fingerprint(self) -> str:
        """The first 64 bits, four letters at a time: short enough to read out over the telephone."""
        letters = self.fingerprint[:FINGERPRINT_LETTERS].upper()
        return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))

    @property
    def foot(self) -> str:
        return (
            f"Ship request {self.number} revision {self.revision.number} · for {self.site_name} ({self.site_code}) "
            f"· produced {instant(self.produced_at)}\n"
            f"Fingerprint of these instructions {self.short_fingerprint} · quote it in your answer"
        )

    @property
    def replaces(self) -> str:
        """What stands in the black bar of a revision; nothing on the first."""
        if self.revision.number <= 1:
            return ""
        before = f"Revision {self.revision.number} replaces revision {self.revision.number - 1}"
        on = f" of {day(self.revision.replaced_on)}" if self.revision.replaced_on else ""
        changed = ", ".join(self.revision.changes) or "nothing that is printed here"
        return f"{before}{on}. Destroy revision {self.revision.number - 1}. Changed: {changed}."

    @property
    def ship_by_day(self) -> str:
        return weekday(self.ship_by)

    @property
    def tolerance(self) -> str:
        early, late = self.delivery.early_days, self.delivery.late_days
        allowed = f"{early} business days early, {late} late" if early or late else "neither early nor late"
        opens = f"; not before {day(self.earliest)}" if self.earliest else ""
        return f"{self.ship_by.year} · allowed: {allowed}{opens}"

    @property
    def check_list(self) -> tuple[str, ...]:
        return self.delivery.check_list(len(self.lines))

    @property
    def totals(self) -> str:
        """`3 lines, 7,500 pieces`; units are never added to each other."""
        sums: dict[str, int] = {}
        for line in self.lines:
            sums[line.unit] = sums.get(line.unit, 0) + line.quantity
        count = f"{len(self.lines)} line{'' if len(self.lines) == 1 else 's'}"
        return ", ".join([count, *(f"{quantity:,} {unit}" for unit, quantity in sums.items())])


def render(packet: ShipRequestPacket) -> bytes:
    """The packet as PDF: instructions on the first page, then the pick list and the site's answer."""
    return render_pdf(TEMPLATE, context_of(packet))


def preview(packet: ShipRequestPacket) -> str:
    return render_page(TEMPLATE, context_of(packet))


def context_of(packet: ShipRequestPacket) -> dict[str, Any]:
    return {"packet": packet, "sender": packet.sender, "produced_at": packet.produced_at}
