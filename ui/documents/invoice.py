"""Invoice and credit memo: goods value, line by line, as they were issued."""

import datetime as dt
from dataclasses import dataclass

from ui.documents.letterhead import Letterhead, instant
from ui.documents.order_acknowledgement import Side
from ui.pdf import render_page, render_pdf

INVOICE, CREDIT_MEMO = "documents/invoice.html", "documents/credit_memo.html"


@dataclass(frozen=True)
class BilledLine:
    number: str
    part: str
    description: str
    customer_part: str
    end_buyer: str
    price_from: str
    quantity: str
    price: str
    value: str


@dataclass(frozen=True)
class InvoiceText:
    """What surrounds the amounts: frozen when the document is issued."""

    sender: Letterhead
    sides: tuple[Side, ...]
    facts: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class InvoicePaper:
    """`figures` are the credit memo's strip: label, amount, note; amounts come spelled in the currency's decimals."""

    text: InvoiceText
    title: str
    number: str
    subtitle: str
    order: str
    customer_po: str
    currency: str
    total: str
    due: str
    lines: tuple[BilledLine, ...]
    made_at: dt.datetime
    figures: tuple[tuple[str, ...], ...] = ()
    reason: str = ""

    @property
    def doc(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def foot(self) -> str:
        sender = self.text.sender
        own = " · ".join(filter(None, [sender.name, *sender.address, sender.registration]))
        return (
            f"{self.doc} · order {self.order} · your PO {self.customer_po} · produced {instant(self.made_at)} "
            f"· {self.currency}\n{own}"
        )

    @property
    def template(self) -> str:
        return CREDIT_MEMO if self.figures else INVOICE

    @property
    def context(self) -> dict:
        return {"paper": self, "sender": self.text.sender, "produced_at": self.made_at}


def render(paper: InvoicePaper) -> bytes:
    return render_pdf(paper.template, paper.context)


def preview(paper: InvoicePaper) -> str:
    return render_page(paper.template, paper.context)
