import datetime as dt

from channel_inventory.actions.value_claims import Valued, value_claims
from channel_inventory.choices import PosState
from channel_inventory.models import PosLine
from tenancy.models import Member


def revalue(
    *, partner_id: int, first: dt.date, last: dt.date, by: Member | None, at: dt.datetime, product_id: int | None = None
) -> Valued:
    """Value what a partner resold in these days again: an agreement came later, or a shortage was trued up.

    Decided lines stand; asked twice, nothing is written the second time.
    """
    sales = PosLine.objects.filter(
        partner_id=partner_id, state=PosState.CURRENT, invoice_date__range=(first, last), end_buyer__isnull=False
    )
    if product_id is not None:
        sales = sales.filter(product_id=product_id)
    return value_claims(pos_line_ids=list(sales.values_list("pk", flat=True)), by=by, at=at)
