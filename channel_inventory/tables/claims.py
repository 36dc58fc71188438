from dataclasses import dataclass
from typing import Any

from channel_inventory.choices import ClaimLineState, ClaimState
from channel_inventory.tables.prices import UnitPrice
from tenancy.rights import SEE_COST
from ui.cells import chip, link
from ui.columns import Chip, Column, Date, Figure, Link, Place
from ui.figures import EMPTY
from ui.tables import Table
from values.money import format_minor, from_minor

LINE_TONES = {
    ClaimLineState.PENDING: "warn",
    ClaimLineState.APPROVED: "good",
    ClaimLineState.DENIED: "bad",
}
CLAIM_TONES = {"Ready to decide": "warn", "Part decided": "info", "Decided": "good"}


@dataclass(frozen=True)
class Minor(Figure):
    """An amount in minor units of the row's own currency."""

    def cell(self, row: Any, place: Place) -> str:
        value = self.amount(row)
        return EMPTY if value is None else format_minor(value, row.currency)

    def value(self, row: Any) -> Any:
        found = self.amount(row)
        return None if found is None else from_minor(found, row.currency)

    def amount(self, row: Any) -> int | None:
        return super().value(row)


def state_of(claim: Any) -> str:
    """In the words of who decides: a claim is as far as its lines are."""
    if claim.state == ClaimState.CREDITED:
        return "Credited"
    found = claim.figures or {}
    if not found.get("waiting"):
        return "Decided"
    return "Ready to decide" if found["waiting"] == found["lines"] else "Part decided"


def sum_of(name: str) -> Any:
    return lambda claim: (claim.figures or {}).get(name, 0)


class ClaimTable(Table):
    caption = "Claims"
    columns = (
        Link("Claim", "number", url_name="channel_inventory:claim_detail", sort="number"),
        Column("Partner", "partner.name"),
        Date("Received", "received_on"),
        Figure("Lines", sum_of("lines")),
        Minor("Valued", sum_of("amount")),
        Minor("Approved", sum_of("approved")),
        Minor("Denied", sum_of("denied")),
        Minor("Pending", sum_of("pending")),
        Column("Currency", "currency"),
        Chip("State", state_of, tones=CLAIM_TONES),
    )


@dataclass(frozen=True)
class ReceiptLink(Column):
    """Opens the receipt of the line beside the list."""

    def cell(self, row: Any, place: Place) -> str:
        return link(f"?line={row.pk}", self.value(row))


@dataclass(frozen=True)
class Reasons(Column):
    """The codes of a line, the one that counts first."""

    def value(self, row: Any) -> str:
        codes = [row.reason, *(each["code"] for each in row.findings)]
        return " ".join(dict.fromkeys(code for code in codes if code))

    def cell(self, row: Any, place: Place) -> str:
        return " ".join(chip(code) for code in self.value(row).split()) or EMPTY


def of_sale(name: str) -> Any:
    return lambda line: line.receipt["sale"].get(name)


def agreement_of(line: Any) -> str:
    found = line.receipt.get("agreement")
    return f"{found['number']} r{found['revision']}" if found else line.receipt["sale"]["cited"]


class ClaimLineTable(Table):
    """What the receipt says is shown as it was when the line was valued."""

    caption = "Claim lines"
    columns = (
        ReceiptLink("Part", of_sale("sku"), css="pn"),
        Column("End buyer", of_sale("end_buyer_name"), css="name"),
        Column("Resale", of_sale("invoice"), is_extra=True),
        Column("Resold on", of_sale("resold_on"), is_extra=True),
        Column("Agreement", agreement_of),
        Figure("Sold", of_sale("quantity"), is_extra=True),
        Figure("Covered", "quantity"),
        UnitPrice("Agreed cost", "agreed_cost", right=SEE_COST, is_extra=True),
        Minor("Claimed", "claimed_amount", is_extra=True),
        Minor("Amount", "amount"),
        Chip("State", "get_state_display", tones=LINE_TONES, tone_path="state"),
        Reasons("Reasons", "reason"),
    )

    @classmethod
    def columns_open_to(cls, member: Any) -> tuple[Column, ...]:
        """A partner knows what was agreed with it."""
        return cls.columns if member.is_outsider else super().columns_open_to(member)

    def row_css(self, row: Any) -> str:
        return "struck" if row.state == ClaimLineState.REVERSED else ""


class CreditTable(Table):
    caption = "Credit memos"
    columns = (
        Link("Credit memo", "number", url_name="channel_inventory:credit_detail"),
        Column("Partner", "partner.name"),
        Date("Date", "credit_date"),
        Minor("Total", "total"),
        Column("Currency", "currency"),
    )
