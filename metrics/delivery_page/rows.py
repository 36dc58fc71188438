"""The schedules behind a figure of delivery performance, a page at a time."""

import datetime as dt
from dataclasses import dataclass, field

from metrics.delivery_page.forms import DeliveryRowsForm
from metrics.ledger_sums import Total
from metrics.reports.delivery_performance.misses import START, Miss, misses_of
from metrics.reports.delivery_performance.query import Deliveries
from metrics.statements import prepare_session


@dataclass(frozen=True)
class Found:
    """One page of the rows, whether more follow it, and the number and quantity of all of them."""

    rows: list[Miss] = field(default_factory=list)
    has_more: bool = False
    count: int = 0
    totals: list[Total] = field(default_factory=list)


def found_by(form: DeliveryRowsForm, after: tuple[dt.date, int] = START, size: int | None = None) -> Found:
    """The page behind a due date and schedule; everything when no size is given."""
    typed = form.cleaned_data
    prepare_session()
    deliveries = Deliveries(typed["as_of"], *form.span(), form.filters())
    rows = deliveries.schedules(
        **form.wanted(),
        is_worst_first=False,
        after_date=after[0],
        after_id=after[1],
        size=None if size is None else size + 1,
    )
    shown = misses_of(rows if size is None else rows[:size])
    quantity = Total("Quantity", f"{rows[0]['picked_quantity']:,}")
    return Found(shown, size is not None and len(rows) > size, rows[0]["picked_count"], [quantity] if shown else [])
