"""The credit memo that settles ship-and-debit claims, line by line, with the reason of whatever was not approved."""

import datetime as dt
from dataclasses import dataclass

from ui.documents.letterhead import Letterhead, instant
from ui.documents.order_acknowledgement import Side
from ui.pdf import render_page, render_pdf

TEMPLATE = "documents/claim_credit.html"


@dataclass(frozen=True)
class CreditedLine:
    number: str
    part: str
    agreement: str
    end_buyer: str
    resale: str
    quantity: str
    basis: str
    agreed_cost: str
    debit: str
    claimed: str
    approved: str
    credit: str
    code: str = ""


@dataclass(frozen=True)
class Told:
    """A term and what is said about it."""

    term: str
    text: str


@dataclass(frozen=True)
class ClaimCreditText:
    """All that is printed, frozen when it is issued. `figures` are the strip: label, amount, note."""

    sender: Letterhead
    sides: tuple[Side, ...]
    figures: tuple[tuple[str, ...], ...]
    lines: tuple[CreditedLine, ...]
    claimed_total: str
    codes: tuple[Told, ...]
    how: tuple[str, ...]


@dataclass(frozen=True)
class ClaimCreditPaper:
    text: ClaimCreditText
    number: str
    issued: str
    claims: str
    currency: str
    total: str
    entries: str
    made_at: dt.datetime

    @property
    def doc(self) -> str:
        return f"Credit memo {self.number}"

    @property
    def foot(self) -> str:
        sender = self.text.sender
        own = " · ".join(filter(None, [sender.name, *sender.address, sender.registration]))
        return (
            f"{self.doc} · {self.claims} · produced {instant(self.made_at)} · {self.currency} · {self.entries}\n{own}"
        )

    @property
    def context(self) -> dict[str, object]:
        return {"paper": self, "sender": self.text.sender, "produced_at": self.made_at}


def render(paper: ClaimCreditPaper) -> bytes:
    return render_pdf(TEMPLATE, paper.context)


def preview(paper: ClaimCreditPaper) -> str:
    return render_page(TEMPLATE, paper.context)
