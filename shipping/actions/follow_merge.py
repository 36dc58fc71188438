import datetime as dt

from django.db.models import F

from shipping.models import FreightAccount, ShippingRule
from tenancy.models import Member


def follow_merge(*, loser_id: int, survivor_id: int, by: Member | None, at: dt.datetime) -> None:
    """The loser's freight accounts become the survivor's, and rules that name the one name the other, as a new version.

    What was released keeps the terms it was released with.
    """
    FreightAccount.objects.filter(party_id=loser_id).update(party_id=survivor_id)
    for column in ("sell_to_id", "end_buyer_id"):
        ShippingRule.objects.filter(**{column: loser_id}).update(**{column: survivor_id, "version": F("version") + 1})
