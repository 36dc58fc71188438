"""From what was typed to an `OrderEntry`: names looked up set-wise, rows of one line joined, errors at their field."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError

from orders.choices import OrderType
from orders.entry import EntryProblem, LineEntry, OrderEntry
from orders.forms.entry import MOST_ROWS, HeaderForm, LineForm, LineFormSet
from orders.lookup import Part, Unknown, find_parties, find_parts, find_places
from parties.models import Party
from tenancy.models import Tenant

LINES = "lines"
MISSING = "missing"
HEADER_PARTIES = ("bill_to", "default_end_buyer")
HEADER_PLACES = ("default_ship_to", "default_ship_from")
ROW_MESSAGES = {
    "too_many_forms": f"At most {MOST_ROWS} rows: bring a longer order as a file.",
    "missing_management_form": "This page is incomplete: open it anew.",
}
# where the page shows what the check calls otherwise
FIELDS = {"product": "part", "schedules": "parts", "ship_from": "ship_to", "commit_date": "request_date"}


@dataclass
class Row:
    """One row of the page with its names resolved."""

    form: LineForm
    part: Part | None = None
    end_buyer_id: int | None = None
    ship_to_id: int | None = None
    parts: list[tuple[int, date]] = field(default_factory=list)


class OrderSheet:
    """`entry()` gives the order, or None when something has to be corrected; the errors then stand on the forms."""

    def __init__(self, data: Any = None, *, tenant: Tenant, today: date):
        self.tenant = tenant
        self.today = today
        self.header = HeaderForm(data, initial={"order_date": today})
        self.lines = LineFormSet(data, prefix=LINES, error_messages=ROW_MESSAGES)
        self.rows: list[list[Row]] = []
        self.sell_to: Party | None = None
        # of the parties and places in the header, by field
        self.header_ids: dict[str, int | None] = {}
        # as typed: an error on a field takes its value out of the cleaned ones
        self.customer_po = ""

    @property
    def is_judged(self) -> bool:
        return self.header.is_bound and not self.header.is_quiet

    def quietly(self) -> Self:
        """Shown without errors: rows were only added."""
        for form in (self.header, *self.lines.forms):
            form.is_quiet = True
        return self

    # names ------------------------------------------------------------------------------------------------------

    def entry(self) -> OrderEntry | None:
        is_whole = self.read()
        if not self.rows:
            self.header.add_error(None, "An order has at least one line.")
        if not is_whole or self.has_errors() or self.sell_to is None:
            return None
        return self.order_entry()

    def read(self) -> bool:
        """Look up all that is named and join the rows. False when a field alone is wrong already."""
        is_whole = self.header.is_valid() & self.lines.is_valid()
        filled = self.filled()
        self.customer_po = self.header.cleaned_data.get("customer_po", "")
        self.header_ids = self.look_up_header(filled)
        self.rows = self.joined([self.row(form) for form in filled])
        return is_whole

    def order_entry(self) -> OrderEntry:
        typed = self.header.cleaned_data
        ids = self.header_ids
        assert self.sell_to is not None  # noqa: S101  both callers have looked
        return OrderEntry(
            sell_to_id=self.sell_to.pk,
            customer_po=typed.get("customer_po", ""),
            order_date=typed.get("order_date", self.today),
            currency=typed.get("currency") or self.sell_to.currency or self.tenant.currency,
            lines=tuple(map(self.line_entry, self.rows)),
            bill_to_id=ids["bill_to"],
            order_type=typed.get("order_type", OrderType.STANDARD),
            default_end_buyer_id=ids["default_end_buyer"],
            default_ship_to_id=ids["default_ship_to"],
            default_request_date=typed.get("default_request_date"),
        )

    def look_up_header(self, filled: list[LineForm]) -> dict[str, int | None]:
        """Find everything that is named anywhere on the page, one query per table; returns the header's ids."""
        typed = self.header.cleaned_data
        first = typed.get("sell_to", "")
        sell_to = find_parties([first]).get(first)
        self.sell_to = sell_to if isinstance(sell_to, Party) else None
        if isinstance(sell_to, Unknown):
            self.header.add_error("sell_to", sell_to.message)
        own = self.sell_to.pk if self.sell_to else None
        headers = [typed.get(name, "") for name in HEADER_PARTIES]
        self.parties = find_parties([*headers, *texts(filled, "end_buyer")], reported_by=own)
        near = self.near()
        places = [typed.get(name, "") for name in HEADER_PLACES]
        self.places = find_places([*places, *texts(filled, "ship_to")], near=near)
        self.products = find_parts(texts(filled, "part"), party_ids=near)
        parties = {name: self.id_of(self.header, name, self.parties) for name in HEADER_PARTIES}
        return parties | {name: self.id_of(self.header, name, self.places) for name in HEADER_PLACES}

    def near(self) -> list[int]:
        """The parties of this order, the sell-to first: their places and part numbers go without saying whose."""
        named = [self.sell_to, *(found for found in self.parties.values() if isinstance(found, Party))]
        ids = [each for party in named if party for each in (party.pk, party.parent_id) if each]
        return list(dict.fromkeys(ids))

    def id_of(self, form: Any, name: str, found: dict[str, Any]) -> int | None:
        row = self.found(form, name, found)
        return row.pk if row else None

    def found(self, form: Any, name: str, found: dict[str, Any]) -> Any:
        """What the text of a field stands for; an unknown text becomes the field's error."""
        text = form.cleaned_data.get(name, "")
        row = found.get(text)
        if isinstance(row, Unknown):
            form.add_error(name, row.message)
            return None
        return row

    def filled(self) -> list[LineForm]:
        """The rows in which something was typed."""
        return [form for form in self.lines.forms if form.has_changed()]

    # rows -------------------------------------------------------------------------------------------------------

    def row(self, form: LineForm) -> Row:
        return Row(
            form=form,
            part=self.found(form, "part", self.products),
            end_buyer_id=self.id_of(form, "end_buyer", self.parties),
            ship_to_id=self.id_of(form, "ship_to", self.places),
            parts=self.parts_of(form),
        )

    def parts_of(self, form: LineForm) -> list[tuple[int, date]]:
        """The schedules of a row: its own quantity and date, or several from one text."""
        typed = form.cleaned_data
        if parts := list(typed.get("parts") or ()):
            total = sum(quantity for quantity, _ in parts)
            if typed.get("quantity") not in (None, total):
                form.add_error("parts", f"The dates add up to {total:,}, the quantity is {typed['quantity']:,}.")
            return parts
        day = typed.get("request_date") or self.header.cleaned_data.get("default_request_date")
        if typed.get("quantity") is None and "quantity" not in form.errors:
            form.add_error("quantity", missing("quantity"))
        if day is None and "request_date" not in form.errors:
            form.add_error("request_date", missing("request date"))
        return [(typed["quantity"], day)] if day and typed.get("quantity") else []

    def joined(self, rows: list[Row]) -> list[list[Row]]:
        """Rows with the same line number are one line over several dates; they must not contradict the first."""
        lines: list[list[Row]] = []
        by_number: dict[int, list[Row]] = {}
        for row in rows:
            number = row.form.cleaned_data.get("line_no")
            if number in by_number:
                refuse_contradictions(by_number[number][0], row)
                by_number[number].append(row)
                continue
            if row.part is None and "part" not in row.form.errors:
                row.form.add_error("part", missing("part"))
            lines.append([row])
            if number:
                by_number[number] = lines[-1]
        return lines

    def line_entry(self, rows: list[Row]) -> LineEntry:
        ids = self.header_ids
        first, typed = rows[0], rows[0].form.cleaned_data
        parts = [part for row in rows for part in row.parts]
        assert first.part is not None  # noqa: S101  without one there were errors
        return LineEntry(
            product_id=first.part.product.pk,
            quantity=sum(quantity for quantity, _ in parts),
            request_date=min(day for _, day in parts),
            line_no=typed.get("line_no"),
            end_buyer_id=first.end_buyer_id or ids["default_end_buyer"],
            ship_to_id=first.ship_to_id or ids["default_ship_to"],
            ship_from_id=ids["default_ship_from"],
            customer_part=first.part.customer_part,
            customer_price=typed.get("customer_price"),
            override_price=typed.get("override_price"),
            override_reason=typed.get("override_reason", ""),
            cited_agreement=typed.get("cited_agreement", ""),
            project=typed.get("project", ""),
            schedules=tuple((quantity, day, None) for quantity, day in parts) if len(parts) > 1 else (),
        )

    # errors -----------------------------------------------------------------------------------------------------

    def has_errors(self) -> bool:
        return bool(self.header.errors) or any(form.errors for form in self.filled())

    def show(self, problems: Iterable[EntryProblem]) -> None:
        """Put what the check found beside the very field, unless that one was wrong before."""
        known = {id(form): set(form.errors) for form in (self.header, *self.lines.forms)}
        for problem in problems:
            form = self.header if problem.line is None else self.rows[problem.line][0].form
            name = FIELDS.get(problem.field, problem.field)
            if name in known[id(form)]:
                continue
            error = ValidationError(problem.message, code=problem.code)
            form.add_error(name if name in form.fields else None, error)


def missing(what: str) -> ValidationError:
    """Told apart from what is wrong: while somebody still types, it is not an error yet."""
    return ValidationError(f"The {what} is missing.", code=MISSING)


def texts(forms: Collection[LineForm], name: str) -> list[str]:
    return [form.cleaned_data.get(name, "") for form in forms]


SAME: tuple[tuple[str, Callable[[Row], Any]], ...] = (
    ("part", lambda row: row.part.product.pk if row.part else None),
    ("end_buyer", lambda row: row.end_buyer_id),
    ("ship_to", lambda row: row.ship_to_id),
)


def refuse_contradictions(first: Row, row: Row) -> None:
    for name, value_of in SAME:
        if value_of(row) is not None and value_of(row) != value_of(first):
            number = row.form.cleaned_data["line_no"]
            row.form.add_error(name, f"Line {number} has another one in its first row: give it its own number.")
