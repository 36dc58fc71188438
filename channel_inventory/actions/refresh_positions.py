import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from channel_inventory import statements
from tenancy.models import Tenant
from tenancy.scope import current_tenant_id


@transaction.atomic
def refresh_positions(*, at: dt.datetime, pairs: Iterable[tuple[int, int]] | None = None) -> int:
    """What partners hold, made again from ledgers and stock reports; of (partner, product) pairs, or of all.

    Called after everything that moves stock or brings a stock report, and every night, when the weeks move on.
    """
    wanted = statements.rows("stocked_products") if pairs is None else pairs
    found = sorted({(partner, product) for partner, product in wanted})
    if not found:
        return 0
    keys = {"partners": [pair[0] for pair in found], "products": [pair[1] for pair in found]}
    tenant = Tenant.objects.get(pk=current_tenant_id())
    written = statements.do("refresh_positions", on=tenant.today(at), at=at, **keys)
    statements.analyze_written(written, "stockposition")
    statements.do("classify_gaps", **keys)
    return written
