import datetime as dt

from catalog.models import PartNumber
from parties.errors import MergeRefused
from tenancy.models import Member


def follow_merge(*, loser_id: int, survivor_id: int, by: Member | None, at: dt.datetime) -> None:
    """The loser's part numbers become the survivor's. Raises MergeRefused for a number that means two products."""
    known = {each.number: each for each in numbers_of(survivor_id)}
    twice, refused = [], []
    for mine in numbers_of(loser_id):
        theirs = known.get(mine.number)
        if theirs is None:
            continue
        if theirs.product_id == mine.product_id:
            twice.append(mine.pk)
        else:
            refused.append(
                f"The number {mine.number} means {mine.product.sku} for the one and {theirs.product.sku} for the other."
            )
    if refused:
        raise MergeRefused(refused)
    PartNumber.objects.filter(pk__in=twice).delete()
    PartNumber.objects.filter(party_id=loser_id).update(party_id=survivor_id)


def numbers_of(party_id: int) -> list[PartNumber]:
    return list(PartNumber.objects.filter(party_id=party_id).select_related("product").order_by("pk"))
