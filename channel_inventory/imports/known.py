"""What we have of the sales that a report names: the current version of each key, and the sales a return may mean."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from channel_inventory import statements
from channel_inventory.choices import PosState
from channel_inventory.models import PosLine
from channel_inventory.pos.keys import squeezed
from values.rows import as_text_array


@dataclass(frozen=True, slots=True)
class KnownLine:
    """The current version of a line. `row` is 0 for what is in our tables, else the row of the file that brings it."""

    partner_id: int
    pk: int
    key: str
    content: str
    product_id: int
    quantity: int
    invoice_number: str
    invoice_line: str
    row: int = 0


def current_by_key(partner_ids: Collection[int], keys: Sequence[str]) -> dict[tuple[int, str], KnownLine]:
    found = statements.rows("current_lines", partners=sorted(partner_ids), keys=as_text_array(keys))
    return {(row[0], row[2]): KnownLine(*row) for row in found}


def sales_by_invoice(
    partner_ids: Collection[int], invoices: Collection[str]
) -> defaultdict[tuple[int, str], list[KnownLine]]:
    """Current sales by (partner, invoice number without blanks, in capitals)."""
    found: defaultdict[tuple[int, str], list[KnownLine]] = defaultdict(list)
    wanted = {squeezed(number) for number in invoices}
    if wanted:
        for row in statements.rows("sales_of_invoices", partners=sorted(partner_ids), numbers=sorted(wanted)):
            line = KnownLine(*row)
            # INV begins the keys of INV/1 as well
            if (number := squeezed(line.invoice_number)) in wanted:
                found[line.partner_id, number].append(line)
    return found


def returned_so_far(sale_ids: Iterable[int], *, leaving_out: Collection[int]) -> dict[int, int]:
    """Units that current returns have taken back, by the sale; without those that the file brings anew."""
    stored = PosLine.objects.filter(state=PosState.CURRENT, returns_id__in=list(sale_ids)).exclude(pk__in=leaving_out)
    rows = stored.values_list("returns_id").annotate(units=Sum("quantity")).order_by()
    return {sale_id: -units for sale_id, units in rows}
