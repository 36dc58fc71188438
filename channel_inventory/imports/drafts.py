"""Rows of a report that are right by themselves, as lines on their way into our tables.

Half a million rows name some thousand end buyers, parts and prices: what a text means is worked out once.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from channel_inventory.imports.parts import price_each, unit_of
from channel_inventory.pos.draft import PosDraft
from channel_inventory.pos.keys import base_key, content_of, squeezed
from channel_inventory.pos.texts import UNNAMED, EndBuyerText
from exchange.rows import Row
from values.money import to_minor

BUYER = tuple(f"end_buyer_{name}" for name in ("code", "name", "address", "city", "postcode", "country"))
Told = tuple[str, ...]


class Drafts:
    """Makes the lines of one report."""

    def __init__(self) -> None:
        self.texts: dict[Told, tuple[EndBuyerText, str]] = {}
        self.prices: dict[tuple[Decimal, int], Decimal] = {}
        self.currencies: dict[str, str] = {}

    def make(self, rows: Sequence[Row]) -> None:
        """`row.subject`, and the key it is known by in `row.values`."""
        for row in rows:
            row.subject = self.draft(row)
            row.values["line_key"] = row.subject.base_key

    def draft(self, row: Row) -> PosDraft:
        sku, factor = row.subject
        values = row.values
        currency, claimed = self.currency(values["currency"]), values.get("claim_amount")
        text, text_key = self.text(row, sku)
        draft = PosDraft(
            row_number=row.number,
            partner_id=row.ids["partner"],
            product_id=row.ids["product"],
            sku=sku,
            quantity=values["quantity"] * factor,
            price=self.price(values["resale_price"], factor),
            currency=currency,
            day=values["invoice_date"],
            invoice_number=values["invoice_number"],
            invoice_line=values.get("invoice_line") or "",
            text=text,
            reported_sku=values["sku"],
            reported_quantity=values["quantity"],
            reported_unit=unit_of(row)[:10],
            location_id=row.ids.get("location"),
            agreement=values.get("agreement") or "",
            customer_po=values.get("customer_po") or "",
            original_invoice=values.get("original_invoice") or "",
            claimed=None if claimed is None else to_minor(claimed, currency),
            text_key=text_key,
        )
        returned_on = draft.day if draft.is_return else None
        draft.base_key = base_key(draft.invoice_number, draft.invoice_line, sku, text_key, returned_on)
        draft.content = content_of(draft)
        return draft

    def currency(self, text: str) -> str:
        return self.currencies.setdefault(text, text.upper())

    def price(self, price: Decimal, factor: int) -> Decimal:
        if factor == 1:
            return price
        found = self.prices.get((price, factor))
        if found is None:
            found = self.prices[price, factor] = price_each(price, factor)
        return found

    def text(self, row: Row, sku: str) -> tuple[EndBuyerText, str]:
        """Who bought, and the key of that text."""
        get = row.values.get
        told = tuple([get(name) or "" for name in BUYER])
        if told[1] == UNNAMED:
            return unnamed(row, told, sku)
        found = self.texts.get(told)
        if found is None:
            text = EndBuyerText(*told)
            found = self.texts[told] = text, text.key
        return found


def unnamed(row: Row, told: Told, sku: str) -> tuple[EndBuyerText, str]:
    """Nobody: such a line waits by itself."""
    line = squeezed(row.get("invoice_line", "")) or squeezed(sku)
    text = replace(EndBuyerText(*told), apart=f"{squeezed(row.values['invoice_number'])}/{line}")
    return text, text.key
