"""Lines taken back: the sale that each one means, and whether so much of it is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from channel_inventory.imports.known import KnownLine, returned_so_far, sales_by_invoice
from channel_inventory.imports.old_names import invoices_of_merged
from channel_inventory.imports.repeats import corrected
from channel_inventory.pos.draft import PosDraft
from channel_inventory.pos.keys import squeezed
from exchange.choices import RowChange
from exchange.rows import Row

TYPE, ADJUSTMENT = "edi_type", "PA"
Sales = Mapping[tuple[int, str], list[KnownLine]]


@dataclass(slots=True)
class Left:
    """What of a sale may still be taken back."""

    line: KnownLine
    units: int


def settle_returns(rows: Sequence[Row]) -> None:
    """Name the sale that each return takes back. It may be a row of the same file."""
    returns = [row for row in rows if row.subject.is_return and row.change != RowChange.UNCHANGED]
    if not returns:
        return
    sales = sales_of(rows, returns)
    left = units_left(rows, sales)
    missed = []
    for row in returns:
        found = sale_of(row.subject, sales)
        if found is None:
            missed.append(row)
        else:
            take_back(row, left[found.pk, found.row])
    if missed:
        say_missed(missed)


def sales_of(rows: Sequence[Row], returns: Sequence[Row]) -> Sales:
    """The sales on the invoices that returns name, as they will be once the file is in."""
    drafts = [row.subject for row in returns]
    numbers = {invoice_of(draft)[0] for draft in drafts}
    sales = sales_by_invoice({draft.partner_id for draft in drafts}, numbers)
    wanted, gone = {squeezed(number) for number in numbers}, corrected(rows)
    for lines in sales.values():
        lines[:] = [line for line in lines if line.pk not in gone]
    for row in rows:
        draft = row.subject
        if not (draft.is_return or row.is_bad or row.change == RowChange.UNCHANGED):
            number = squeezed(draft.invoice_number)
            if number in wanted:
                sales[draft.partner_id, number].append(as_known(draft))
    return sales


def as_known(draft: PosDraft) -> KnownLine:
    return KnownLine(
        draft.partner_id, draft.corrects_id or 0, draft.key, draft.content, draft.product_id, draft.quantity,
        draft.invoice_number, draft.invoice_line, draft.row_number,
    )  # fmt: skip


def invoice_of(draft: PosDraft) -> tuple[str, str]:
    """Invoice and line of the sale: named apart (INVOICE, or INVOICE/LINE), or the return's own."""
    if not draft.original_invoice:
        return draft.invoice_number, draft.invoice_line
    number, _, line = draft.original_invoice.partition("/")
    return number, line


def sale_of(draft: PosDraft, sales: Sales) -> KnownLine | None:
    """The line named, else the one line of the invoice with this part."""
    number, invoice_line = invoice_of(draft)
    lines = sales.get((draft.partner_id, squeezed(number)), [])
    same_part = [line for line in lines if line.product_id == draft.product_id]
    exact = [line for line in same_part if invoice_line and squeezed(line.invoice_line) == squeezed(invoice_line)]
    return next(iter(exact or same_part), None)


def units_left(rows: Sequence[Row], sales: Sales) -> dict[tuple[int, int], Left]:
    lines = [line for found in sales.values() for line in found]
    taken = returned_so_far({line.pk for line in lines if line.pk}, leaving_out=corrected(rows))
    return {(line.pk, line.row): Left(line, line.quantity - taken.get(line.pk, 0)) for line in lines}


def take_back(row: Row, left: Left) -> None:
    draft: PosDraft = row.subject
    if -draft.quantity > left.units:
        message = f"Only {left.units:,} of the {left.line.quantity:,} sold are left to take back."
        row.error("quantity", "return_without_original", message)
        return
    left.units += draft.quantity
    draft.returns_row = left.line.row or None
    draft.returns_id = None if left.line.row else left.line.pk


def say_missed(rows: Sequence[Row]) -> None:
    numbers = [invoice_of(row.subject)[0] for row in rows]
    old = invoices_of_merged({row.subject.partner_id for row in rows}, numbers)
    for row, number in zip(rows, numbers, strict=True):
        if (row.subject.partner_id, squeezed(number)) in old:
            message = (
                f"Invoice {number} was reported by a partner that was merged into this one. Claims stay with whom they "
                "were made: what comes back of its sales is settled by hand."
            )
            row.error("quantity", "return_without_original", message)
        else:
            miss(row, number)


def miss(row: Row, number: str) -> None:
    if row.source.get(TYPE) == ADJUSTMENT:
        message = f"An adjustment of {number}, which is not known here: it would stand without its sale."
        row.warn("quantity", "return_without_original", message)
        return
    message = (
        f"A quantity taken back, and no sale of this part on invoice {number}: write the invoice of the sale into "
        "original_invoice."
    )
    row.error("quantity", "return_without_original", message)


def wait_for_sales(rows: Sequence[Row]) -> None:
    """A return goes with its sale: where the sale's row is not taken now, the return is not either."""
    numbers = {row.number for row in rows}
    for row in rows:
        wanted = row.subject.returns_row
        if wanted and wanted not in numbers:
            message = f"It takes back row {wanted} of this file, which is not in yet."
            row.error("quantity", "return_without_original", message)
