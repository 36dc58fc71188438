"""Good rows of a file become orders, or join those that are there."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from exchange.rows import Context, Row
from orders.actions.add_lines import add_lines
from orders.actions.book_order import BookResult
from orders.actions.context import Occasion
from orders.actions.enter_and_book import enter_and_book
from orders.actions.release_from_blanket import release_from_blanket
from orders.actions.request_documents import request_acknowledgement
from orders.engine.state import VerbRefused
from orders.entry import EntryProblem, EntryRefused
from orders.imports.drafts import PoDraft, entry_of, line_of, wanted_drafts
from orders.imports.releases import order_type_of, release_of
from orders.imports.schedules import by_line
from parties.models import Party

COLUMN_OF_FIELD = {"product": "sku", "line_no": "line", "schedules": "quantity", "lines": "line"}


def accept(rows: Sequence[Row], context: Context) -> None:
    sell_tos = Party.objects.in_bulk({row.ids["sell_to"] for row in rows})
    for (sell_to_id, _), group in wanted_drafts(rows).items():
        try:
            with transaction.atomic():
                take(group, sell_tos[sell_to_id], context)
        except EntryRefused as refused:
            refuse(group, refused.problems)
        except VerbRefused as refused:
            # somebody has released from the blanket since the rows were checked
            refuse(group, [EntryProblem(None, refused.field or "customer_po", "refused", refused.message)])


def take(rows: Sequence[Row], sell_to: Party, context: Context) -> None:
    """Orders of a file book on their own date: that is how history is loaded.

    What was booked is acknowledged as from the form, except history: its papers went out long ago.
    """
    draft: PoDraft = rows[0].subject
    occasion = Occasion(by=context.by, at=context.at, on=rows[0].values["order_date"])
    if draft.blanket_id is not None:
        result = release(draft, rows, sell_to, occasion, context)
    elif draft.order_id is None:
        result = enter_and_book(entry=entry_of(rows, sell_to, context, order_type_of(rows[0])), occasion=occasion)
    else:
        lines = [line_of(group) for group in by_line(rows)]
        result = add_lines(order_id=draft.order_id, lines=lines, occasion=occasion, accept_old_dates=True)
    oldest = context.today - dt.timedelta(days=context.tenant.back_date_days)
    if result.booked and result.order.order_date >= oldest:
        request_acknowledgement(result.order, occasion)


def release(draft: PoDraft, rows: Sequence[Row], sell_to: Party, occasion: Occasion, context: Context) -> BookResult:
    entry = entry_of(rows, sell_to, context)
    return release_from_blanket(
        blanket_id=draft.blanket_id or 0,
        lines=[release_of(line, draft.blanket_lines[line.line_no or 0]) for line in entry.lines],
        customer_po=entry.customer_po,
        occasion=occasion,
        source=entry.source,
        import_batch_id=entry.import_batch_id,
        accept_old_dates=True,
    )


def refuse(rows: Sequence[Row], problems: Sequence[EntryProblem]) -> None:
    """A problem of the header is one of every row of the order, that of a schedule one of its own row."""
    groups = by_line(rows)
    for problem in problems:
        column = COLUMN_OF_FIELD.get(problem.field, problem.field)
        meant = rows if problem.line is None else groups[problem.line]
        if problem.part is not None and len(meant) > 1:
            meant = [meant[problem.part]]
        for row in meant:
            row.error(column, problem.code, problem.message)
