from collections.abc import Sequence

from exchange.models import TradingPartner

CHUNK = 500
FIELDS = ("name", "party_id", "currency", "test_allowed", "unit_map")


def save_trading_partners(*, partners: Sequence[TradingPartner]) -> None:
    """Write many trading partners, new ones and known ones, which have a key."""
    known = [each for each in partners if each.pk]
    TradingPartner.objects.bulk_update(known, FIELDS, batch_size=CHUNK)
    TradingPartner.objects.bulk_create([each for each in partners if not each.pk], batch_size=CHUNK)
