"""The order acknowledgement: what we booked, delivery by delivery, beginning with what differs from the PO.

All of it is text, spelled once when the revision is made: it is stored and printed as it was, whatever changes later.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import zip_longest

from ui.documents.letterhead import Letterhead, instant
from ui.pdf import render_page, render_pdf

TEMPLATE = "documents/order_acknowledgement.html"


@dataclass(frozen=True)
class Side:
    """A party in the head: what it is to the order, its name, and the lines below it."""

    label: str
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    line: str
    what: str
    asked: str
    answer: str


@dataclass(frozen=True)
class ScheduleText:
    quantity: str
    asked: str
    first_commit: str
    commit: str
    days: str
    is_other: bool = False


@dataclass(frozen=True)
class LineText:
    """`notes` stand under the part: description, where the price is from, why it waits."""

    number: str
    part: str
    customer_part: str
    quantity: str
    price: str
    value: str
    notes: tuple[str, ...]
    schedules: tuple[ScheduleText, ...]
    is_held: bool = False

    @property
    def rows(self) -> list[tuple[str | None, ScheduleText | None]]:
        return list(zip_longest(self.notes, self.schedules))


@dataclass(frozen=True)
class DeliveryText:
    """Lines of one end buyer, ship-to, way and site, with their terms in words."""

    letter: str
    which: str
    sides: tuple[Side, ...]
    lines: tuple[LineText, ...]
    total: str
    terms: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"Delivery {self.letter}"


@dataclass(frozen=True)
class Clause:
    label: str
    text: str


@dataclass(frozen=True)
class OrderAcknowledgement:
    """`total` is what the ledger has booked, in the order's currency; held lines are not in it and said so."""

    sender: Letterhead
    title: str
    number: str
    customer_po: str
    po_date: str
    currency: str
    sides: tuple[Side, ...]
    differences: tuple[Difference, ...]
    deliveries: tuple[DeliveryText, ...]
    sums: tuple[tuple[str, ...], ...]
    total: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Printed:
    """One revision; `changes` against the one before, `made_at` in the tenant's zone."""

    content: OrderAcknowledgement
    revision: int
    changes: tuple[str, ...]
    made_at: dt.datetime

    @property
    def doc(self) -> str:
        return f"{self.content.title} {self.content.number} revision {self.revision}"

    @property
    def foot(self) -> str:
        content = self.content
        return (
            f"Order {content.number} revision {self.revision} · your PO {content.customer_po} "
            f"· produced {instant(self.made_at)} · goods value, {content.currency}\n"
            f"{content.sender.name}{' · ' + content.sender.registration if content.sender.registration else ''}"
        )

    @property
    def replaces(self) -> str:
        if self.revision == 1:
            return ""
        changed = "; ".join(self.changes) or "nothing in quantities, dates and prices"
        return f"Revision {self.revision} replaces revision {self.revision - 1}. Changed: {changed}."

    @property
    def context(self) -> dict:
        return {"paper": self, "order": self.content, "sender": self.content.sender, "produced_at": self.made_at}


def render(printed: Printed) -> bytes:
    return render_pdf(TEMPLATE, printed.context)


def preview(printed: Printed) -> str:
    return render_page(TEMPLATE, printed.context)
