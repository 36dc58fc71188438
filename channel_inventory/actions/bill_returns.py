"""What comes back from an end buyer bills its claim back: its part of what is open, and of the cap."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from channel_inventory import statements
from channel_inventory.actions.append_liability import Move, accrue_claim_lines, append_liability
from channel_inventory.choices import ClaimLineState, LiabilityEntry, PosState
from channel_inventory.claiming.returns import return_of
from channel_inventory.models import ClaimLine, PosLine
from pricing.actions.restore_caps import restore_caps
from tenancy.models import Member, Tenant
from tenancy.scope import current_tenant_id
from values.rows import as_array


def live_claims(pos_line_ids: Sequence[int]) -> list[ClaimLine]:
    """Of sales and of returns, locked in key order."""
    found = ClaimLine.objects.select_for_update(of=("self",), no_key=True).filter(pos_line_id__in=pos_line_ids)
    return list(found.exclude(state=ClaimLineState.REVERSED).order_by("pk"))


def returns_of(lines: str, sales: Sequence[int]) -> list[PosLine]:
    """The returns among the lines, given as the text of an array, and those of sales whose claim has come or gone."""
    found = statements.rows("returns_among", lines=lines, sales=as_array(sales))
    return list(PosLine.objects.filter(pk__in=[pk for (pk,) in found]).order_by("pk")) if found else []


def bill_returns(returns: Sequence[PosLine], by: Member | None, at: dt.datetime) -> list[ClaimLine]:
    """Each return once, in key order; what was billed back before stands."""
    if not returns:
        return []
    originals = originals_of(returns)
    billed = billed_back({claim.pk for _, claim in originals.values()})
    made: list[ClaimLine] = []
    for back in returns:
        sold, claim = originals.get(back.pk, (None, None))
        if sold is None or claim is None or claim.state == ClaimLineState.DENIED:
            continue
        earlier = billed[claim.pk]
        if any(line.pos_line_id == back.pk for line in earlier):
            continue
        if (line := return_of(claim, sold, back, earlier, at)) is not None:
            decided(line, claim, at)
            billed[claim.pk].append(line)
            made.append(line)
    return posted(made, by, at)


def originals_of(returns: Sequence[PosLine]) -> dict[int, tuple[PosLine, ClaimLine]]:
    """The sale that each return takes back, as it now stands, and its claim. A corrected sale keeps its key."""
    named = PosLine.objects.in_bulk({back.returns_id for back in returns if back.returns_id})
    keys = {(sold.partner_id, sold.line_key) for sold in named.values() if sold.state != PosState.CURRENT}
    newest = PosLine.objects.filter(
        partner_id__in={partner for partner, _ in keys}, line_key__in={key for _, key in keys}, state=PosState.CURRENT
    )
    replaced = {(sold.partner_id, sold.line_key): sold for sold in newest}
    current = {pk: replaced.get((sold.partner_id, sold.line_key), sold) for pk, sold in named.items()}
    live = live_claims([sold.pk for sold in current.values()])
    claims = {claim.pos_line_id: claim for claim in live if claim.reverses_id is None}
    found = {}
    for back in returns:
        sold = current[back.returns_id] if back.returns_id else None
        if sold is not None and sold.pk in claims:
            found[back.pk] = (sold, claims[sold.pk])
    return found


def billed_back(claim_line_ids: set[int]) -> dict[int, list[ClaimLine]]:
    found: dict[int, list[ClaimLine]] = defaultdict(list)
    lines = ClaimLine.objects.filter(reverses_id__in=claim_line_ids).exclude(state=ClaimLineState.REVERSED)
    for line in lines.order_by("pk"):
        if line.reverses_id is not None:
            found[line.reverses_id].append(line)
    return found


def decided(line: ClaimLine, original: ClaimLine, at: dt.datetime) -> None:
    """What was approved is billed back at once: nobody decides a second time."""
    if original.state == ClaimLineState.APPROVED:
        line.decided_at = at
        line.decision_note = "Billed back: the sale that was approved has been returned"


def posted(made: list[ClaimLine], by: Member | None, at: dt.datetime) -> list[ClaimLine]:
    lines = ClaimLine.objects.bulk_create(made)
    waiting = [line.pk for line in lines if line.state == ClaimLineState.PENDING]
    accrue_claim_lines(claim_line_ids=waiting, by=by, at=at)
    today = Tenant.objects.get(pk=current_tenant_id()).today(at)
    moves = [
        Move(LiabilityEntry.APPROVE, line.pk, line.amount, today, f"approve:{line.pk}:{line.version}")
        for line in lines
        if line.state == ClaimLineState.APPROVED
    ]
    append_liability(moves=moves, by=by, at=at)
    given_back: dict[int, int] = defaultdict(int)
    for line in lines:
        if line.agreement_line_id and line.consumed_qty:
            given_back[line.agreement_line_id] -= line.consumed_qty
    restore_caps(returned=given_back)
    return lines
