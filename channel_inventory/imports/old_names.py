"""What a partner that was merged into this one has reported under its own name."""

from collections.abc import Collection, Mapping, Sequence

from channel_inventory.imports.known import KnownLine, current_by_key, sales_by_invoice
from exchange.choices import RowChange
from exchange.rows import Row
from parties.models import Party

# lines of merged partners by the key of the survivor and the line's own
OldLines = Mapping[tuple[int, str], Sequence[KnownLine]]


def lines_of_merged(partner_ids: Collection[int], keys: Sequence[str]) -> OldLines:
    """The current lines with these keys of all that were merged into these partners."""
    survivors = survivors_of_merged(partner_ids)
    found: dict[tuple[int, str], list[KnownLine]] = {}
    if survivors:
        for (partner_id, key), line in current_by_key(survivors, keys).items():
            found.setdefault((survivors[partner_id], key), []).append(line)
    return found


def survivors_of_merged(partner_ids: Collection[int]) -> dict[int, int]:
    """Each party that was merged into one of these, and into which."""
    merged = Party.objects.filter(merged_into__in=partner_ids).values_list("pk", "merged_into_id")
    return {pk: survivor for pk, survivor in merged if survivor}


def invoices_of_merged(partner_ids: Collection[int], invoices: Collection[str]) -> set[tuple[int, str]]:
    """Which of these invoices hold sales that were reported under an old name: (survivor, number without blanks)."""
    survivors = survivors_of_merged(partner_ids)
    sales = sales_by_invoice(survivors, invoices) if survivors else {}
    return {(survivors[partner_id], number) for partner_id, number in sales}


def heed_old_names(rows: Sequence[Row], partner_id: int, keys: Sequence[str], old: OldLines) -> None:
    """Of new sales under these keys: those that are in word for word under an old name are known. The same invoice and
    part with another content may be a correction, or another sale of two firms that number alike: a person looks.
    """
    left = [line for key in keys for line in old.get((partner_id, key), ())]
    new = [row for row in rows if left and row.change == RowChange.CREATE and not row.is_bad]
    for row in new:
        if same := next((line for line in left if line.content == row.subject.content), None):
            left.remove(same)
            row.change = RowChange.UNCHANGED
    named = {(line.key, line.product_id) for line in left}
    for row in new:
        if row.change == RowChange.CREATE and (row.subject.key, row.subject.product_id) in named:
            row.warn("invoice_number", "duplicate", MAYBE_CORRECTED)


MAYBE_CORRECTED = (
    "A partner that was merged into this one reported this invoice, line and part before, with another content. That "
    "sale stays as it is: taken, this row counts beside it."
)
