import datetime as dt
from collections.abc import Sequence

from channel_inventory.actions.catch_up_sell_in import catch_up_sell_in
from channel_inventory.actions.refresh_positions import refresh_positions
from channel_inventory.models import ReportedStock
from tenancy.models import Member

CHUNK = 2_000


def post_stock_report(
    *, lines: Sequence[ReportedStock], batch_id: int, by: Member | None, at: dt.datetime
) -> list[ReportedStock]:
    """Keep what a partner says it holds. What it said before of the same place, part and day stays, as no longer
    current. Compared at once with what our ledgers come to. The caller holds the partner's lock.
    """
    wanted = {(line.partner_id, line.location_id, line.product_id, line.as_of) for line in lines}
    earlier = ReportedStock.objects.filter(
        is_current=True,
        partner_id__in={line.partner_id for line in lines},
        location_id__in={line.location_id for line in lines},
        as_of__in={line.as_of for line in lines},
    ).order_by("pk")
    columns = ("pk", "partner_id", "location_id", "product_id", "as_of")
    replaced = [pk for pk, *key in earlier.values_list(*columns) if tuple(key) in wanted]
    ReportedStock.objects.filter(pk__in=replaced).update(is_current=False)
    for line in lines:
        line.batch_id, line.recorded_at = batch_id, at
    written = ReportedStock.objects.bulk_create(lines, batch_size=CHUNK)
    catch_up_sell_in(at=at, by=by, partner_ids={line.partner_id for line in written})
    refresh_positions(at=at, pairs={(line.partner_id, line.product_id) for line in written})
    return written
