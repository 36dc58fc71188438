import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from channel_inventory.actions.append_liability import Move, append_liability
from channel_inventory.actions.lock_partners import lock_partners_soon
from channel_inventory.choices import ClaimLineState, ClaimState, LiabilityEntry
from channel_inventory.documents.claim_credit import freeze_credit
from channel_inventory.models import Claim, ClaimCredit, ClaimLine
from tenancy.models import Member, Tenant
from tenancy.numbering import next_gapless_number
from tenancy.scope import current_tenant_id
from values.money import format_money


class NothingToCredit(Exception):
    """No approved line waits for a credit, or returns outweigh them."""


class TotalChanged(Exception):
    """What a memo comes to is not what whoever asks for it was shown."""

    def __init__(self, expected: int, total: int, currency: str):
        was, now = format_money(expected, currency), format_money(total, currency)
        super().__init__(f"The memo would come to {now} now, and not to {was}: look at it again.")


@transaction.atomic
def issue_credit(
    *,
    partner_id: int,
    currency: str,
    by: Member,
    at: dt.datetime,
    claim_id: int | None = None,
    expected: int | None = None,
) -> ClaimCredit:
    """Settle the approved lines of one claim, or of all claims of a partner in one currency, with one credit memo.

    What is recoverable from the partner in that currency is taken off, whichever claim it is of: returns of what was
    approved, and what was credited and then taken back. `expected`, in minor units, is what whoever asks was shown.
    Raises NothingToCredit where nothing is left, TotalChanged where it is not what was expected, PartnerBusy.
    """
    lock_partners_soon([partner_id])
    lines = approved_lines(partner_id, currency, claim_id)
    recovered = open_of_reversed(partner_id, currency)
    amounts = {line.pk: line.amount for line in lines} | recovered
    total = sum(amounts.values())
    if total <= 0:
        raise NothingToCredit(why_nothing(amounts, total, currency))
    if expected is not None and total != expected:
        raise TotalChanged(expected, total, currency)
    tenant = Tenant.objects.get(pk=current_tenant_id())
    credit = ClaimCredit(
        partner_id=partner_id, currency=currency, credit_date=tenant.today(at), total=total, issued_by=by, issued_at=at
    )
    credit.frozen = freeze_credit(credit, amounts, recovered, tenant)
    # the gapless counter is locked to the end of the transaction: last
    credit.number = f"CR-{next_gapless_number('claim_credit'):06d}"
    credit.save()
    ClaimLine.objects.filter(pk__in=[line.pk for line in lines]).update(credit=credit)
    append_liability(moves=settlements(credit, amounts), by=by, at=at)
    close_claims({line.claim_id for line in lines})
    return credit


def settlements(credit: ClaimCredit, amounts: Mapping[int, int]) -> list[Move]:
    """What the memo settles of each claim line: `amounts` by line, in minor units."""
    return [
        Move(LiabilityEntry.SETTLE, pk, amount, credit.credit_date, f"settle:{pk}:{credit.number}", credit_id=credit.pk)
        for pk, amount in sorted(amounts.items())
    ]


def to_credit(*, partner_id: int, currency: str, claim_id: int | None = None) -> int:
    """What a memo would come to now, in minor units; zero or less: none can be issued."""
    lines = creditable(partner_id, currency, claim_id)
    recovered = open_of_reversed(partner_id, currency)
    return sum(line.amount for line in lines) + sum(recovered.values())


def creditable(partner_id: int, currency: str, claim_id: int | None) -> QuerySet[ClaimLine]:
    found = ClaimLine.objects.filter(
        partner_id=partner_id, currency=currency, state=ClaimLineState.APPROVED, credit__isnull=True
    )
    if claim_id is not None:
        found = found.filter(Q(claim_id=claim_id) | Q(amount__lt=0))
    return found.order_by("pk")


def approved_lines(partner_id: int, currency: str, claim_id: int | None) -> list[ClaimLine]:
    found = creditable(partner_id, currency, claim_id)
    return list(found.select_for_update(of=("self",), no_key=True))


def open_of_reversed(partner_id: int, currency: str) -> dict[int, int]:
    """Lines that were credited and then taken back, with what that leaves open: below zero for a sale."""
    lines = ClaimLine.objects.filter(
        partner_id=partner_id, currency=currency, state=ClaimLineState.REVERSED, credit__isnull=False
    )
    sums = lines.annotate(open=Sum("liability__claimed")).exclude(open=0)
    return dict(sums.values_list("pk", "open"))


def why_nothing(amounts: Mapping[int, int], total: int, currency: str) -> str:
    if not amounts:
        return "No approved line waits for a credit."
    return f"What is open comes to {format_money(total, currency)}: nothing is credited until that is positive."


def close_claims(claim_ids: set[int]) -> None:
    """A claim is credited when nothing of it is pending, and nothing approved is without a credit."""
    left = ClaimLine.objects.filter(claim_id__in=claim_ids, credit__isnull=True).filter(
        state__in=[ClaimLineState.PENDING, ClaimLineState.APPROVED]
    )
    done = claim_ids - set(left.values_list("claim_id", flat=True))
    Claim.objects.filter(pk__in=done).update(state=ClaimState.CREDITED)
