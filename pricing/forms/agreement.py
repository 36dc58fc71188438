"""An agreement on one page: its head, and a row for each tier of each part or family."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.functional import cached_property

from catalog.fields import ProductField
from parties.fields import PartyField
from pricing.agreements.drafts import AgreementDraft, LineDraft
from pricing.agreements.file import with_tier
from pricing.choices import Mechanism, TierBasis
from pricing.fields import FamilyField, PriceField, QuantityField
from pricing.models import Agreement
from ui.fields import CurrencyField, DayField

HEAD = ("number", "mechanism", "end_buyer", "sell_to", "project", "currency", "valid_from", "valid_to", "note")
CELLS = ("product", "family", "min_qty", "price", "tier_basis", "cap_qty", "book_price")
FEWEST, MOST = 5, 100


class AgreementForm(forms.Form):
    number = forms.CharField(max_length=40)
    mechanism = forms.ChoiceField(choices=Mechanism.choices)
    end_buyer = PartyField(required=False, help_text="Empty: the contract price of the sell-to")
    sell_to = PartyField(required=False, label="Sell-to", help_text="Empty: any")
    project = forms.CharField(
        max_length=60, required=False, help_text="Applies only to lines that name this project or registration"
    )
    currency = CurrencyField()
    valid_from = DayField()
    valid_to = DayField()
    note = forms.CharField(required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, row_count: int = FEWEST, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_count = min(max(row_count, sent_rows(self.data), FEWEST), MOST)
        for index in range(self.row_count):
            self.fields.update({f"{name}_{index}": field for name, field in row_fields(index).items()})

    @cached_property
    def layout(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        rows = ((f"Price {i + 1}", tuple(f"{name}_{i}" for name in CELLS)) for i in range(self.row_count))
        return (("Agreement", HEAD), *rows)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lines: dict[tuple[Any, Any], LineDraft] = {}
        for index in range(self.row_count):
            if any(f"{name}_{index}" in self.errors for name in CELLS):
                continue
            row = {name: cleaned.get(f"{name}_{index}") for name in CELLS}
            if row["product"] or row["family"] or row["price"] is not None:
                self.take_row(index, row, lines)
        cleaned["lines"] = tuple(lines.values())
        if not lines and not self.errors:
            self.add_error("price_0", "An agreement needs at least one price.")
        return cleaned

    def take_row(self, index: int, row: dict[str, Any], lines: dict[tuple[Any, Any], LineDraft]) -> None:
        if bool(row["product"]) == bool(row["family"]):
            return self.add_error(f"product_{index}", "Name a part or a family, not both.")
        if row["price"] is None:
            return self.add_error(f"price_{index}", "A price is missing.")
        min_qty = row["min_qty"] or 1
        line = LineDraft(
            product_id=row["product"].pk if row["product"] else None,
            family_id=row["family"].pk if row["family"] else None,
            tiers=(),
            tier_basis=row["tier_basis"],
            cap_qty=row["cap_qty"],
            book_price=row["book_price"],
        )
        before = lines.get(line.subject)
        if before is not None and replace(before, tiers=()) != line:
            return self.add_error(f"cap_qty_{index}", "Another row of this part says something else.")
        if before is not None and min_qty in dict(before.tiers):
            return self.add_error(f"min_qty_{index}", "Another row of this part starts with this quantity.")
        lines[line.subject] = with_tier(before or line, min_qty, row["price"])
        return None

    def draft(self) -> AgreementDraft:
        found = self.cleaned_data
        return AgreementDraft(
            number=found["number"],
            mechanism=found["mechanism"],
            end_buyer_id=found["end_buyer"].pk if found["end_buyer"] else None,
            sell_to_id=found["sell_to"].pk if found["sell_to"] else None,
            project=found["project"],
            currency=found["currency"],
            valid_from=found["valid_from"],
            valid_to=found["valid_to"],
            note=found["note"],
            lines=found["lines"],
        )


def row_fields(index: int) -> dict[str, forms.Field]:
    return {
        "product": ProductField(required=False),
        "family": FamilyField(required=False, label="or family"),
        "min_qty": QuantityField(required=False, label="From quantity"),
        "price": PriceField(required=False),
        "tier_basis": forms.ChoiceField(choices=TierBasis.choices, label="Counted by"),
        "cap_qty": QuantityField(required=False, label="Cap"),
        "book_price": PriceField(required=False, label="Book fixed in it"),
    }


def sent_rows(data: Mapping[str, Any]) -> int:
    numbers = [name.removeprefix("price_") for name in data if name.startswith("price_")]
    return max((int(number) + 1 for number in numbers if number.isdecimal()), default=0)


def initial_of(agreement: Agreement, *, with_prices: bool) -> tuple[dict[str, Any], int]:
    """What the form starts with, and how many rows that takes. Prices only for those who may see them."""
    initial: dict[str, Any] = {name: getattr(agreement, name) for name in HEAD}
    index = 0
    for line in agreement.lines.select_related("product", "family").order_by("pk"):
        for min_qty, price in zip(line.min_qtys, line.prices, strict=True):
            row: dict[str, Any] = {
                "product": line.product,
                "family": line.family,
                "min_qty": min_qty,
                "tier_basis": line.tier_basis,
                "cap_qty": line.cap_qty,
            }
            if with_prices:
                row |= {"price": price, "book_price": line.book_price}
            initial |= {f"{name}_{index}": value for name, value in row.items()}
            index += 1
    return initial, index
