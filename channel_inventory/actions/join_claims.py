import datetime as dt
from collections.abc import Mapping, Sequence

from channel_inventory.choices import ClaimState
from channel_inventory.models import Claim, ClaimLine, PosLine
from tenancy.numbering import next_numbers


def join_claims(*, drafts: Sequence[ClaimLine], sales: Mapping[int, PosLine], at: dt.datetime) -> None:
    """Give each draft the claim of its report and currency, which is made where there is none yet.

    A claim that was credited is open again: something has joined it.
    """
    wanted: dict[tuple[int, str], PosLine] = {}
    for draft in drafts:
        sale = sales[draft.pos_line_id]
        wanted.setdefault((sale.batch_id, draft.currency), sale)
    found = claims_of(wanted)
    missing = sorted(key for key in wanted if key not in found)
    if missing:
        make(missing, wanted, at)
        found = claims_of(wanted)
    for draft in drafts:
        draft.claim = found[sales[draft.pos_line_id].batch_id, draft.currency]
    credited = [claim.pk for claim in found.values() if claim.state == ClaimState.CREDITED]
    if credited:
        Claim.objects.filter(pk__in=credited).update(state=ClaimState.OPEN)


def claims_of(wanted: Mapping[tuple[int, str], PosLine]) -> dict[tuple[int, str], Claim]:
    claims = Claim.objects.filter(batch_id__in={batch for batch, _ in wanted})
    return {(claim.batch_id, claim.currency): claim for claim in claims}


def make(missing: Sequence[tuple[int, str]], wanted: Mapping[tuple[int, str], PosLine], at: dt.datetime) -> None:
    """Whoever else makes one of them at the same time is waited for, and theirs is taken."""
    numbers = next_numbers("claim", len(missing))
    Claim.objects.bulk_create(
        [
            Claim(
                number=f"CL-{number}",
                partner_id=wanted[key].partner_id,
                batch_id=key[0],
                currency=key[1],
                received_on=wanted[key].received_on,
                created_at=at,
            )
            for key, number in zip(missing, numbers, strict=True)
        ],
        ignore_conflicts=True,
    )
