"""New, corrected or known: each line of a report beside what we have of it, and beside the other rows of the file."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from channel_inventory.imports.known import KnownLine, current_by_key
from channel_inventory.imports.old_names import heed_old_names, lines_of_merged
from channel_inventory.pos.keys import nth_key
from exchange.choices import RowChange
from exchange.rows import Row

# how many more sales that an invoice does not tell apart are looked for than the file has
SPARE = 9
# invoices whose sales are looked for at once
CHUNK = 10_000
Group = tuple[int, str]
Groups = Mapping[Group, list[Row]]


def settle_keys(rows: Sequence[Row]) -> None:
    """Give every draft its key, say what taking it does, and refuse a key that stands twice in the file."""
    groups: defaultdict[Group, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.subject.partner_id, row.subject.base_key].append(row)
    for some in chunks(groups):
        partner_ids, keys = {partner_id for partner_id, _ in some}, wanted_keys(some)
        known, old = current_by_key(partner_ids, keys), lines_of_merged(partner_ids, keys)
        for (partner_id, base), group in some.items():
            if group[0].subject.invoice_line:
                refuse_duplicates(group)
                name_row(group[0], base, known.get((partner_id, base)))
            else:
                name_untold(group, partner_id, base, known)
            if old:
                heed_old_names(group, partner_id, keys_of(base, group), old)


def chunks(groups: Groups) -> Iterator[Groups]:
    left = iter(groups.items())
    while some := dict(islice(left, CHUNK)):
        yield some


def wanted_keys(groups: Groups) -> list[str]:
    return [key for (_, base), group in groups.items() for key in keys_of(base, group)]


def keys_of(base: str, group: Sequence[Row]) -> list[str]:
    """Under which the sales of the group may be known."""
    if group[0].subject.invoice_line:
        return [base]
    return [nth_key(base, number) for number in range(1, len(group) + SPARE + 1)]


def refuse_duplicates(group: Sequence[Row]) -> None:
    first = group[0]
    for row in group[1:]:
        row.error("invoice_line", "duplicate", f"The same invoice and line as row {first.number} of this file.")


def name_untold(group: Sequence[Row], partner_id: int, base: str, known: Mapping[Group, KnownLine]) -> None:
    """Sales that the invoice does not tell apart: those we know word for word keep their key, others are numbered."""
    numbers = range(1, len(group) + SPARE + 1)
    waiting = {number: line for number in numbers if (line := known.get((partner_id, nth_key(base, number))))}
    others = []
    for row in group:
        number = next((n for n, line in waiting.items() if line.content == row.subject.content), None)
        if number is None:
            others.append(row)
        else:
            name_row(row, nth_key(base, number), waiting.pop(number))
    taken = {row.subject.key for row in group}
    for row in others:
        number = next(number for number in numbers if nth_key(base, number) not in taken)
        taken.add(nth_key(base, number))
        name_row(row, nth_key(base, number), known.get((partner_id, nth_key(base, number))))


def name_row(row: Row, key: str, known: KnownLine | None) -> None:
    row.subject.key = key
    if known is None:
        row.change = RowChange.CREATE
    elif known.content == row.subject.content:
        row.change = RowChange.UNCHANGED
    else:
        row.change = RowChange.UPDATE
        row.subject.corrects_id = known.pk


def corrected(rows: Collection[Row]) -> set[int]:
    return {row.subject.corrects_id for row in rows if row.subject.corrects_id}
