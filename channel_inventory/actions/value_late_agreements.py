import datetime as dt

from django.db import transaction

from channel_inventory import statements
from channel_inventory.actions.lock_partners import lock_partners
from channel_inventory.actions.value_claims import Valued, value_claims
from tenancy.models import Member


@transaction.atomic
def value_late_agreements(*, since: dt.datetime, at: dt.datetime, by: Member | None = None) -> Valued:
    """Value the sales that agreements cover which were approved from `since` on, after the sales had come in.

    What waits is valued anew, what had no claim may get one, what is decided stands. Asked again, it writes nothing.
    """
    found = statements.rows("sales_of_late_agreements", since=since)
    lock_partners(partner_id for _, partner_id in found)
    return value_claims(pos_line_ids=[line_id for line_id, _ in found], by=by, at=at)
