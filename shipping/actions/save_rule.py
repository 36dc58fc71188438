import datetime as dt
from typing import Any

from shipping.actions.saving import assign, locked, refuse_taken_code
from shipping.checks import rule_problems
from shipping.errors import refuse
from shipping.models import ShippingRule
from tenancy.models import Member


def save_rule(
    *,
    code: str,
    by: Member | None,
    at: dt.datetime,
    rule_id: int | None = None,
    version: int | None = None,
    **values: Any,
) -> ShippingRule:
    """Change a shipping rule, or (without `rule_id`) make one. `values` are fields of ShippingRule, keys as `x_id`.

    The version rises with every edit that changes something. Raises ShippingRefused, StaleVersion.
    """
    rule = locked(ShippingRule, rule_id, version) if rule_id else ShippingRule()
    refuse_taken_code(ShippingRule, code, rule_id, "rules")
    if not assign(rule, {"code": code, **values}):
        return rule
    refuse(rule_problems(rule))
    if rule_id:
        rule.version += 1
    rule.save()
    return rule
