"""How much of what partners resold has its end buyer certified, currency by currency."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.cache import cache

from channel_inventory import statements
from channel_inventory.certification.queue import Queue
from channel_inventory.models import PosLine
from tenancy.scope import current_tenant_id

# reports that are taken at the same time may be written in another order than they are seen
KEPT_SECONDS = 600
ALL = Decimal(100)


@dataclass(frozen=True)
class Share:
    currency: str
    certified: Decimal
    total: Decimal

    @property
    def percent(self) -> Decimal | None:
        """None where returns leave nothing."""
        return self.certified / self.total * ALL if self.total > 0 else None


def certified_shares(queue: Queue, partner_id: int | None = None) -> list[Share]:
    """Of the partner of the queue, or of all. One statement beside the queue's own, and one more after each report."""
    uncertified = dict(queue.refused)
    for each in queue.sums:
        uncertified[each.currency] = uncertified.get(each.currency, Decimal()) + each.value
    return [
        Share(currency, total - uncertified.get(currency, Decimal()), total)
        for currency, total in resold_in_all(partner_id).items()
    ]


def resold_in_all(partner_id: int | None) -> dict[str, Decimal]:
    """All lines that count now. No decision changes it, only a report, whose lines are newer than all others."""
    newest = PosLine.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    key = f"resold:{current_tenant_id()}:{partner_id or 0}:{newest}"
    kept = cache.get(key)
    if kept is None:
        kept = dict(statements.rows("resold_in_all", partner=partner_id))
        cache.set(key, kept, KEPT_SECONDS)
    return {currency: Decimal(value) for currency, value in kept.items()}
