import datetime as dt

from channel_inventory import statements
from channel_inventory.models import Claim
from tenancy.numbering import next_numbers


def open_claims(*, at: dt.datetime) -> None:
    """A claim for each report and currency in which something is claimed now; see `claiming`.

    Whoever else makes one of them at the same time is waited for, and theirs is taken.
    """
    missing = statements.rows("claims_to_make")
    if missing:
        numbers = next_numbers("claim", len(missing))
        Claim.objects.bulk_create(
            [
                Claim(
                    number=f"CL-{number}",
                    partner_id=partner_id,
                    batch_id=batch_id,
                    currency=currency,
                    received_on=received_on,
                    created_at=at,
                )
                for (batch_id, currency, partner_id, received_on), number in zip(missing, numbers, strict=True)
            ],
            ignore_conflicts=True,
        )
