import datetime as dt
from collections.abc import Sequence

from exchange.upsert import upsert
from shipping.actions.upsert_carriers import upsert_carriers
from shipping.models import FreightAccount
from tenancy.models import Member

FIELDS = ("party", "payer_country", "payer_postcode", "valid_from", "valid_to")


def upsert_freight_accounts(
    *, accounts: Sequence[FreightAccount], by: Member | None, at: dt.datetime
) -> list[FreightAccount]:
    """Write many accounts with their new carriers. Carrier, number and service tell which are known."""
    upsert_carriers(carriers=[account.carrier for account in accounts if account.carrier_id is None], by=by, at=at)
    for account in accounts:
        account.carrier_id = account.carrier_id or account.carrier.pk
    ordered = sorted(accounts, key=lambda account: (account.carrier_id, account.number, account.service))
    return upsert(FreightAccount, ordered, unique=("carrier", "number", "service"), fields=FIELDS)
