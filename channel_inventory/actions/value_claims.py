"""What certified sales may claim: the agreement of the resale date, from the layers that they were taken from."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction

from channel_inventory import statements
from channel_inventory.actions.append_liability import accrue_claim_lines
from channel_inventory.actions.bill_returns import bill_returns, returns_of
from channel_inventory.actions.open_claims import open_claims
from channel_inventory.actions.reverse_claims import reverse_claims
from channel_inventory.choices import ClaimState
from channel_inventory.claiming.valuation import work_out
from channel_inventory.models import Claim, ClaimLine
from tenancy.models import Member
from values.rows import as_array

CHUNK = 50_000


@dataclass(frozen=True)
class Valued:
    """How many claim lines were written and reversed, and by how much they changed what is claimed, by currency."""

    lines: int = 0
    reversed_lines: int = 0
    amounts: tuple[tuple[str, int], ...] = ()

    def __add__(self, other: "Valued") -> "Valued":
        sums: dict[str, int] = defaultdict(int)
        for currency, amount in (*self.amounts, *other.amounts):
            sums[currency] += amount
        return Valued(self.lines + other.lines, self.reversed_lines + other.reversed_lines, tuple(sorted(sums.items())))


class Made(NamedTuple):
    """A claim line that was written."""

    pk: int
    claim_id: int
    pos_line_id: int
    currency: str
    amount: int


def value_claims(*, pos_line_ids: Iterable[int], by: Member | None, at: dt.datetime) -> Valued:
    """Value POS lines, any number: the same asked twice writes nothing.

    A pending claim that would come out otherwise now is reversed and valued anew; a decided one stands, unless its
    sale was corrected or is certified to another end buyer, or to none. A return bills back its part of what is open
    of the sale that it names, as soon as that sale has a claim.
    """
    ids = sorted(set(pos_line_ids))
    valued = Valued()
    for start in range(0, len(ids), CHUNK):
        with transaction.atomic():
            valued += value_some(ids[start : start + CHUNK], by, at)
    return valued


def value_some(ids: Sequence[int], by: Member | None, at: dt.datetime) -> Valued:
    lines = as_array(ids)
    work_out(lines, len(ids))
    stale = [pk for (pk,) in statements.rows("stale_claims", lines=lines)]
    found = list(ClaimLine.objects.filter(pk__in=stale).order_by("pk")) if stale else []
    reversed_lines = reverse_claims(lines=found, by=by, at=at)
    made = written(by, at)
    moved = [*(line.pos_line_id for line in made), *(line.pos_line_id for line in reversed_lines)]
    backs = bill_returns(returns_of(lines, moved), by, at)
    return tally([*made, *backs], reversed_lines)


def written(by: Member | None, at: dt.datetime) -> list[Made]:
    """The claim lines of what was worked out, where a sale has none that stands.

    A claim that was credited is open again: something has joined it.
    """
    open_claims(at=at)
    made = [Made(*row) for row in statements.rows("write_claim_lines", at=at, valued_at=at.isoformat())]
    if not made:
        return made
    joined = Claim.objects.filter(pk__in={line.claim_id for line in made}, state=ClaimState.CREDITED)
    joined.update(state=ClaimState.OPEN)
    statements.analyze_written(len(made), "claimline")
    accrue_claim_lines(claim_line_ids=[line.pk for line in made], by=by, at=at)
    return made


def tally(made: Sequence[Made | ClaimLine], reversed_lines: Sequence[ClaimLine]) -> Valued:
    sums: dict[str, int] = defaultdict(int)
    for line in made:
        sums[line.currency] += line.amount
    for gone in reversed_lines:
        sums[gone.currency] -= gone.amount
    return Valued(len(made), len(reversed_lines), tuple(sorted(sums.items())))
