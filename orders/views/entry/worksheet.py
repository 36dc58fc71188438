"""The entry page as it is shown: each row of the form, with what a check found for its line."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from orders.entry.preview import Preview, PreviewLine
from orders.forms.entry import LineForm
from orders.forms.sheet import OrderSheet
from orders.views.detail.trails import Trail, price_trail, terms_trail
from ui.figures import EMPTY
from values.money import format_minor, format_money, format_price


@dataclass(frozen=True)
class SheetRow:
    place: int
    form: LineForm
    found: PreviewLine | None = None
    price: str = ""
    value: str = ""
    price_trail: Trail | None = None
    terms_trail: Trail | None = None

    @property
    def css(self) -> str:
        if self.form.errors or (self.found and not self.found.will_book):
            return "is-bad"
        return "is-warn" if self.found and self.found.holds else ""

    @property
    def label_line(self) -> str:
        return f"Row {self.place} line number"

    @property
    def cells(self) -> list[tuple[BoundField, str]]:
        """The fields of the first row, each with the name that a screen reader says."""
        return [(field, f"Row {self.place} {field.label.lower()}") for field in self.form.main_fields]


@dataclass(frozen=True)
class Worksheet:
    rows: list[SheetRow]
    total: str = ""
    credit: str = ""
    is_over_limit: bool = False
    error_count: int = 0
    # what a row added on the page is made from
    blank: SheetRow | None = None
    # (label, id of the field) of each field to correct
    wrong_fields: tuple[tuple[str, str], ...] = ()


def worksheet_of(sheet: OrderSheet, preview: Preview | None, *, member: Any) -> Worksheet:
    if preview is None:
        return unchecked(sheet)
    found = {id(rows[0].form): line for rows, line in zip(sheet.rows, preview.lines, strict=True)}
    rows = [
        sheet_row(place, form, found.get(id(form)), preview.order.currency, member)
        for place, form in enumerate(sheet.lines.forms, start=1)
    ]
    credit = preview.credit
    owed = format_money(credit.owed, credit.currency)
    allowed = ", no limit" if credit.allowed is None else f" of {format_minor(credit.allowed, credit.currency)} used"
    return Worksheet(
        rows=rows,
        blank=SheetRow(0, sheet.lines.empty_form),
        total=format_money(preview.value, preview.order.currency),
        credit=f"{owed}{allowed}",
        is_over_limit=credit.allowed is not None and credit.owed > credit.allowed,
    )


def unchecked(sheet: OrderSheet) -> Worksheet:
    """Before a check, or with what has to be corrected."""
    rows = [SheetRow(place, form) for place, form in enumerate(sheet.lines.forms, start=1)]
    wrong = [(str(field.label), field.id_for_label) for field in sheet.header if field.errors]
    for row in rows:
        wrong += [(f"row {row.place} {field.label.lower()}", field.id_for_label) for field in row.form.wrong_fields]
    loose = [*sheet.header.non_field_errors(), *sheet.lines.non_form_errors()] if sheet.is_judged else []
    loose += [error for row in rows for error in row.form.non_field_errors()]
    blank = SheetRow(0, sheet.lines.empty_form)
    return Worksheet(rows, blank=blank, error_count=len(wrong) + len(loose), wrong_fields=tuple(wrong))


def sheet_row(place: int, form: LineForm, found: PreviewLine | None, currency: str, member: Any) -> SheetRow:
    if found is None:
        return SheetRow(place, form)
    price = found.line.unit_price
    return SheetRow(
        place=place,
        form=form,
        found=found,
        price="no price" if price is None else format_price(price, currency),
        value=EMPTY if found.value is None else format_minor(found.value, currency),
        price_trail=price_trail(found.line, currency, member),
        terms_trail=terms_trail(found.line),
    )
