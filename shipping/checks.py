"""What may not stand together in one record. Forms and files ask the same questions."""

from typing import Any

from shipping.errors import Problem
from shipping.models import FreightAccount, ShippingRule, ShippingTerms
from values.incoterms import contradictions


def terms_problems(terms: ShippingTerms, account: FreightAccount | None) -> list[Problem]:
    """Contradictions of Incoterm and payers, of the two delivery flags, of account and carrier."""
    payers: Any = terms.freight_payer, terms.duty_payer
    found = [Problem("incoterm", "contradiction", text) for text in contradictions(terms.incoterm, *payers)]
    if terms.ship_complete and terms.partials_allowed:
        found.append(
            Problem("partials_allowed", "complete_has_no_parts", "What ships complete cannot ship in parts: say one.")
        )
    if account is not None:
        found += account_fits(terms, account)
    return found


def account_fits(terms: ShippingTerms, account: FreightAccount) -> list[Problem]:
    if account.carrier_id != terms.carrier_id:
        return [Problem("account", "account_of_other_carrier", f"Account {account.number} is with another carrier.")]
    if account.service and account.service != terms.service:
        message = f"Account {account.number} is only for “{account.service}”."
        return [Problem("account", "account_for_other_service", message)]
    return []


def rule_problems(rule: ShippingRule) -> list[Problem]:
    """A rule's bands must hold something, and its dates go forward."""
    return [
        *ordered(
            "max_weight_kg", rule.min_weight_kg, rule.max_weight_kg, "The weight band ends at or below its start."
        ),
        *ordered("max_value", rule.min_value, rule.max_value, "The value band ends at or below its start."),
        *date_problems(rule),
    ]


def ordered(field: str, low: Any, high: Any, message: str) -> list[Problem]:
    return [Problem(field, "empty_band", message)] if low is not None and high is not None and high <= low else []


def date_problems(record: Any) -> list[Problem]:
    since, until = record.valid_from, record.valid_to
    if since is None or until is None or since <= until:
        return []
    return [Problem("valid_to", "dates_reversed", f"It would end on {until}, before it begins on {since}.")]
