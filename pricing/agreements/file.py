"""Rows of an agreements file as agreements: grouped, compared with what is there. Plain values, no database."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pricing.agreements.drafts import AgreementDraft, LineDraft
from pricing.rows import CREATED, UNCHANGED, UPDATED, AgreementRow, Outcome, error

Subject = tuple[int | None, int | None]
HEADER = ("mechanism", "end_buyer_id", "sell_to_id", "project", "currency", "valid_from", "valid_to", "status")
LINE = ("cap_qty", "book_price", "tier_basis")


@dataclass
class Group:
    """All rows of one agreement number, by position in the file."""

    number: str
    first: AgreementRow
    members: dict[Subject, list[int]] = field(default_factory=lambda: defaultdict(list))
    lines: dict[Subject, LineDraft] = field(default_factory=dict)

    @property
    def indexes(self) -> list[int]:
        return [index for members in self.members.values() for index in members]

    def draft(self, lines: Sequence[LineDraft]) -> AgreementDraft:
        row = self.first
        return AgreementDraft(
            number=self.number,
            mechanism=row.mechanism,
            end_buyer_id=row.end_buyer_id,
            sell_to_id=row.sell_to_id,
            currency=row.currency,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            project=row.project,
            lines=tuple(lines),
        )


def group_rows(rows: Sequence[AgreementRow], outcomes: dict[int, Outcome]) -> dict[str, Group]:
    """Rows by number, then by product or family. Rows that contradict an earlier one are refused in `outcomes`."""
    groups: dict[str, Group] = {}
    for index, row in enumerate(rows):
        group = groups.setdefault(row.number, Group(row.number, row))
        if refusal := differing(group.first, row, HEADER):
            outcomes[index] = refusal
            continue
        subject = (row.product_id, row.family_id)
        line = group.lines.get(subject)
        refusal = None if line is None else contradicting(rows[group.members[subject][0]], line, row)
        if refusal:
            outcomes[index] = refusal
            continue
        group.members[subject].append(index)
        group.lines[subject] = with_tier(line or empty_line(row), row.min_qty, row.price)
    return groups


def differing(first: AgreementRow, row: AgreementRow, names: Sequence[str]) -> Outcome | None:
    for name in names:
        if getattr(first, name) != getattr(row, name):
            column = name.removesuffix("_id")
            return error(column, "differs", f"An earlier row of {row.number} says something else here.")
    return None


def contradicting(first: AgreementRow, line: LineDraft, row: AgreementRow) -> Outcome | None:
    if refusal := differing(first, row, LINE):
        return refusal
    said = dict(line.tiers).get(row.min_qty)
    if said is not None and said != row.price:
        return error("price", "duplicate", f"An earlier row says {said:f} from {row.min_qty:,} on.")
    return None


def empty_line(row: AgreementRow) -> LineDraft:
    return LineDraft(row.product_id, row.family_id, (), row.tier_basis, row.cap_qty, row.book_price)


def with_tier(line: LineDraft, min_qty: int, price: Decimal) -> LineDraft:
    return replace(line, tiers=tuple(sorted({**dict(line.tiers), min_qty: price}.items())))


def overlay(present: LineDraft | None, wanted: LineDraft) -> LineDraft:
    """Tiers that a file does not name stay: a corrected error file holds only the rows that were refused."""
    if present is None:
        return wanted
    return replace(wanted, tiers=tuple(sorted({**dict(present.tiers), **dict(wanted.tiers)}.items())))


def compare(row: AgreementRow, present: LineDraft | None, *, is_same_header: bool) -> Outcome:
    """What a row changes about the line that is there."""
    if present is None or row.min_qty not in dict(present.tiers):
        return CREATED
    same = is_same_header and dict(present.tiers)[row.min_qty] == row.price
    same = same and all(getattr(present, name) == getattr(row, name) for name in LINE)
    return UNCHANGED if same else UPDATED
