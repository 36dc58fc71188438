"""What certified sales may claim: the agreement of the resale date, from the layers that they were taken from."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from channel_inventory.actions.append_liability import accrue_claim_lines
from channel_inventory.actions.bill_returns import bill_returns, live_claims, returns_of
from channel_inventory.actions.join_claims import join_claims
from channel_inventory.actions.reverse_claims import reverse_claim_lines_of
from channel_inventory.choices import ClaimLineState, PosState
from channel_inventory.claim_drafts import draft_of, is_same_claim
from channel_inventory.claim_facts import facts_of
from channel_inventory.models import ClaimLine, PosLine
from tenancy.models import Member

CHUNK = 5_000


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
    lines = locked(ids)
    sales = [line for line in lines if line.quantity > 0 and line.state == PosState.CURRENT]
    old = live_claims([*ids, *(line.corrects_id for line in lines if line.corrects_id)])
    drafts = {
        facts.sale.pk: draft
        for facts in facts_of([sale for sale in sales if sale.end_buyer_id])
        if (draft := draft_of(facts, at)) is not None
    }
    stale = stale_claims(old, {line.pk: line for line in lines}, drafts)
    reversed_lines = reverse_claim_lines_of(lines=stale, by=by, at=at)
    kept = {claim.pos_line_id for claim in old} - {claim.pos_line_id for claim in stale}
    fresh = [draft for pk, draft in drafts.items() if pk not in kept]
    made = written(fresh, {line.pk: line for line in sales}, by, at)
    returns = returns_of(lines, [*made, *reversed_lines])
    backs = bill_returns(returns, by, at)
    return tally([*made, *backs], reversed_lines)


def locked(ids: Sequence[int]) -> list[PosLine]:
    """In key order, so that two who value the same lines wait for each other."""
    found = PosLine.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    return list(found.select_related("product", "end_buyer").order_by("pk"))


def stale_claims(old: Sequence[ClaimLine], lines: dict[int, PosLine], drafts: dict[int, ClaimLine]) -> list[ClaimLine]:
    return [claim for claim in old if is_stale(claim, lines.get(claim.pos_line_id), drafts.get(claim.pos_line_id))]


def is_stale(claim: ClaimLine, line: PosLine | None, draft: ClaimLine | None) -> bool:
    if line is None or line.state != PosState.CURRENT:
        return True
    if claim.reverses_id is not None:
        return False
    if claim.end_buyer_id != line.end_buyer_id:
        return True
    if claim.state != ClaimLineState.PENDING:
        return False
    return draft is None or not is_same_claim(claim, draft)


def written(
    drafts: Sequence[ClaimLine], sales: dict[int, PosLine], by: Member | None, at: dt.datetime
) -> list[ClaimLine]:
    if not drafts:
        return []
    join_claims(drafts=drafts, sales=sales, at=at)
    made = ClaimLine.objects.bulk_create(drafts, batch_size=CHUNK)
    accrue_claim_lines(claim_line_ids=[line.pk for line in made], by=by, at=at)
    return made


def tally(made: Sequence[ClaimLine], reversed_lines: Sequence[ClaimLine]) -> Valued:
    sums: dict[str, int] = defaultdict(int)
    for line in made:
        sums[line.currency] += line.amount
    for line in reversed_lines:
        sums[line.currency] -= line.amount
    return Valued(len(made), len(reversed_lines), tuple(sorted(sums.items())))
