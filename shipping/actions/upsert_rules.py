import datetime as dt
from collections.abc import Sequence

from exchange.upsert import upsert
from shipping.models import ShippingRule
from tenancy.models import Member

FIELDS = (
    "version", "terms", "priority", "sell_to", "end_buyer", "ship_to", "ship_to_country", "ship_from", "family",
    "min_weight_kg", "max_weight_kg", "min_value", "max_value", "valid_from", "valid_to", "updated_at",
)  # fmt: skip


def upsert_rules(*, rules: Sequence[ShippingRule], by: Member | None, at: dt.datetime) -> list[ShippingRule]:
    """Write many rules. The code tells which are known, and their version rises by one."""
    for rule in rules:
        rule.version += rule.pk is not None
    ordered = sorted(rules, key=lambda rule: rule.code)
    return upsert(ShippingRule, ordered, unique=("code",), fields=FIELDS)
