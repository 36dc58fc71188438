"""Taking claims back exactly: the sale was corrected, returned to the queue, or certified to somebody else."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import F

from channel_inventory.actions.append_liability import reverse_claim_lines
from channel_inventory.choices import ClaimLineState
from channel_inventory.models import ClaimLine
from pricing.actions.consume_caps import consume_caps
from pricing.actions.restore_caps import restore_caps
from tenancy.models import Member, Tenant
from tenancy.scope import current_tenant_id


def reverse_claims(*, lines: Sequence[ClaimLine], by: Member | None, at: dt.datetime) -> list[ClaimLine]:
    """Reverse what sales have claimed, and what returns of them billed back: all lines that were taken back.

    What was credited stays credited, and is recoverable from then on. Caps get back what the lines had used. The
    caller holds the partner's lock.
    """
    if not lines:
        return []
    backs = ClaimLine.objects.select_for_update(of=("self",), no_key=True).filter(
        reverses_id__in=[line.pk for line in lines]
    )
    known = {line.pk for line in lines}
    found = [*lines, *backs.exclude(state=ClaimLineState.REVERSED).exclude(pk__in=known).order_by("pk")]
    ids = [line.pk for line in found]
    today = Tenant.objects.get(pk=current_tenant_id()).today(at)
    reverse_claim_lines(claim_line_ids=ids, on=today, by=by, at=at, note="The sale was corrected or valued anew")
    for line in found:
        line.state, line.version = ClaimLineState.REVERSED, line.version + 1
    settle_caps(found)
    ClaimLine.objects.bulk_update(found, ["state", "consumed_qty", "version"])
    return found


def settle_caps(lines: Sequence[ClaimLine]) -> None:
    """Give back what the lines used. A return that is taken back alone takes its part of the cap again, as far as it
    is there: what is not, its sale has not used."""
    used: dict[int, int] = defaultdict(int)
    again: dict[int, int] = defaultdict(int)
    ids = {line.pk for line in lines}
    for line in lines:
        if line.agreement_line_id is None:
            continue
        if line.consumed_qty < 0 and line.reverses_id not in ids:
            again[line.agreement_line_id] -= line.consumed_qty
        else:
            used[line.agreement_line_id] += line.consumed_qty
    restore_caps(returned=used)
    granted = consume_caps(wanted=again)
    for line in lines:
        if line.reverses_id and line.reverses_id not in ids and line.agreement_line_id in granted:
            got = min(-line.consumed_qty, granted[line.agreement_line_id])
            granted[line.agreement_line_id] -= got
            short = -line.consumed_qty - got
            if short:
                ClaimLine.objects.filter(pk=line.reverses_id).update(consumed_qty=F("consumed_qty") - short)
        line.consumed_qty = 0
