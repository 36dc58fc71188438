import datetime as dt

from django.db import transaction

from channel_inventory.actions.lock_partners import lock_partners_soon
from channel_inventory.actions.value_claims import Valued, value_claims
from channel_inventory.choices import ClaimLineState
from channel_inventory.models import Claim, ClaimLine
from tenancy.models import Member


@transaction.atomic
def revalue_claim(*, claim_id: int, by: Member, at: dt.datetime) -> Valued:
    """Value what waits of a claim by agreements, layers and caps as they are now. Raises PartnerBusy."""
    lock_partners_soon([Claim.objects.values_list("partner_id", flat=True).get(pk=claim_id)])
    waiting = ClaimLine.objects.filter(claim_id=claim_id, state=ClaimLineState.PENDING, reverses__isnull=True)
    return value_claims(pos_line_ids=waiting.values_list("pos_line_id", flat=True), by=by, at=at)
