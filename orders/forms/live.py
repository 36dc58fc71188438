"""The sheet while somebody still types: what is missing is no error yet, lines are priced as soon as they can be."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.forms import Form

from orders.entry.draft import HEADER, ROWS, Content, check_content
from orders.entry.preview import Preview, look_at
from orders.forms.entry import MOST_ROWS, HeaderForm, LineForm
from orders.forms.sheet import LINES, MISSING, OrderSheet, Row
from tenancy.models import Member

# of the form's own checks and of `check_entry`: said when the order is booked, not before
LATER = (MISSING, "required")


@dataclass(frozen=True)
class Found:
    """What a form's fields have come to: messages by field, and the fields still to fill in.

    `parts` has the messages of single schedules by their index, counted from 0.
    """

    wrong: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    parts: dict[int, str] = field(default_factory=dict)


class LiveSheet(OrderSheet):
    def look(self, *, by: Member, at: datetime) -> Preview | None:
        """Price and route every line of which part and quantity are known. None before the sell-to is."""
        self.read()
        return self.look_on(by=by, at=at)

    def look_on(self, *, by: Member, at: datetime) -> Preview | None:
        """The same of a sheet that was read already; a field that is known to be wrong gets no second message."""
        self.rows = [rows for rows in self.rows if rows[0].part and any(map(has_quantity, rows))]
        if self.sell_to is None:
            return None
        for rows in self.rows:
            for row in rows:
                row.parts = row.parts or self.undated(row)
        preview = look_at(entry=self.order_entry(), by=by, at=at)
        self.show(preview.problems)
        self.rows = self.rows if preview.lines else []
        return preview

    def undated(self, row: Row) -> list[tuple[int, Any]]:
        """A line whose date is still to come is priced as if it were for today."""
        quantity = row.form.cleaned_data.get("quantity")
        return [(quantity, self.header.cleaned_data.get("default_request_date") or self.today)] if quantity else []


def has_quantity(row: Row) -> bool:
    return bool(row.parts or row.form.cleaned_data.get("quantity"))


def found_in(form: Form) -> Found:
    found = Found()
    for name, errors in form.errors.as_data().items():
        wrong = [error for error in errors if error.code not in LATER]
        if not wrong:
            found.missing.append(name)
            continue
        found.wrong[name] = " ".join(text for error in wrong for text in error.messages)
        found.parts.update({error.index: error.messages[0] for error in wrong if hasattr(error, "index")})
    return found


def form_data(content: Content, *, least_rows: int = 0) -> dict[str, str]:
    """The content of a draft as the POST of its page, with empty rows up to `least_rows`."""
    rows = content.get(ROWS, [])
    count = max(len(rows), least_rows)
    data = {**content.get(HEADER, {}), f"{LINES}-TOTAL_FORMS": str(count), f"{LINES}-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        data |= {f"{LINES}-{place}-{name}": text for name, text in row.items()}
    return data


def content_of(data: Any) -> Content:
    """The POST of the page as the content of a draft."""
    total = data.get(f"{LINES}-TOTAL_FORMS", "")
    count = min(int(total), MOST_ROWS) if total.isascii() and total.isdigit() else 0
    rows = [
        {name: data[key] for name in LineForm.base_fields if data.get(key := f"{LINES}-{place}-{name}")}
        for place in range(count)
    ]
    return check_content(
        {HEADER: {name: data[name] for name in HeaderForm.base_fields if data.get(name)}, ROWS: rows},
        header_fields=set(HeaderForm.base_fields),
        row_fields=set(LineForm.base_fields),
        most_rows=MOST_ROWS,
    )
